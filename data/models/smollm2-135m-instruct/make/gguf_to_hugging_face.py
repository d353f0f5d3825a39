"""Writes a GGUF file as a Hugging Face folder in float32. `python gguf_to_hugging_face.py FILE.gguf FOLDER`.

The weights are those of the 4-bit file, written out as float32: nothing that quantisation lost comes back.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import pre_tokenizers
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig

CONTEXT = 8192


def main(gguf: Path, folder: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    write_weights(model, folder)
    write_json(folder / "config.json", model_configuration(model.config))
    ids = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id}
    write_json(folder / "generation_config.json", ids)
    write_tokenizer(tokenizer, folder)
    check_written(model, tokenizer, folder)


def write_weights(model: torch.nn.Module, folder: Path) -> None:
    """By hand, since `save_pretrained` refuses a dequantised model; without the output layer, which is the embedding."""
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items() if name != "lm_head.weight"}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def model_configuration(config: LlamaConfig) -> dict[str, object]:
    """The rotary base stands under both names: transformers 4 reads only `rope_theta`, and takes 10,000 if it is missing."""
    copied = (
        "attention_bias", "attention_dropout", "bos_token_id", "eos_token_id", "head_dim", "hidden_act", "hidden_size",
        "initializer_range", "intermediate_size", "max_position_embeddings", "mlp_bias", "model_type", "num_attention_heads",
        "num_hidden_layers", "num_key_value_heads", "pad_token_id", "tie_word_embeddings", "use_cache", "vocab_size",
    )  # fmt: skip
    return {
        **{key: getattr(config, key) for key in copied},
        "architectures": ["LlamaForCausalLM"],
        "dtype": "float32",
        "rms_norm_eps": round(config.rms_norm_eps, 9),  # GGUF keeps it as float32: 9.999999747378752e-06
        "rope_parameters": config.rope_parameters,
        "rope_theta": config.rope_parameters["rope_theta"],
    }


def write_tokenizer(tokenizer, folder: Path) -> None:
    """transformers drops what GGUF calls the pre-tokenizer `smollm`: each digit on its own, then GPT-2's splitting.

    Without it, two spaces or line breaks before a digit become two tokens where the model knows one.
    """
    backend = tokenizer.backend_tokenizer
    digits = pre_tokenizers.Digits(individual_digits=True)
    backend.pre_tokenizer = pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    backend.save(str(folder / "tokenizer.json"))
    (folder / "chat_template.jinja").write_text(tokenizer.chat_template, encoding="utf-8")
    configuration = {
        "add_prefix_space": False,
        "bos_token": tokenizer.bos_token,
        "clean_up_tokenization_spaces": False,
        "eos_token": tokenizer.eos_token,
        "model_max_length": CONTEXT,
        "pad_token": tokenizer.pad_token,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": tokenizer.unk_token,
    }
    write_json(folder / "tokenizer_config.json", configuration)


def check_written(model: torch.nn.Module, tokenizer, folder: Path) -> None:
    """The folder, read back, is the model that went in and its tokenizer splits digits."""
    written = load_file(folder / "model.safetensors")
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, written.get(name, written["model.embed_tokens.weight"])), name
    reread = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    assert sum(p.numel() for p in reread.parameters()) == sum(p.numel() for p in model.parameters())
    assert reread.config.rope_parameters == model.config.rope_parameters
    read_tokenizer = AutoTokenizer.from_pretrained(folder)
    assert read_tokenizer.convert_ids_to_tokens(read_tokenizer.encode("a\n\n12")) == ["a", "ĊĊ", "1", "2"]
    assert read_tokenizer.encode("It's  fine. ") == tokenizer.encode("It's  fine. ")
    messages = [{"role": "user", "content": "Hello"}]
    assert read_tokenizer.apply_chat_template(messages, tokenize=False) == tokenizer.apply_chat_template(messages, tokenize=False)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
