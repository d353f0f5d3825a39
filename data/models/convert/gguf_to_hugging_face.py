"""Writes a GGUF file as a Hugging Face folder in float32. `python gguf_to_hugging_face.py FILE.gguf FOLDER`.

The weights are those of the file, written out as float32: nothing that a quantisation lost comes back.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import pre_tokenizers
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedConfig
from transformers.integrations.gguf import read_gguf_metadata
from transformers.integrations.gguf.gguf_tokenizer_mapping import GGUF_PRE_TOKENIZER_SPLITS

sys.path.append(str(Path(__file__).resolve().parent))

from exporter_keys import rotary_keys  # noqa: E402
from json_file import write_json  # noqa: E402

BYTE_LEVEL = "gpt2"
DIGITS = "smollm"
PLAIN = ("gpt-2", "default", None)
# Of one session with transformers, or of other tasks than predicting the next token.
NOT_OF_THE_MODEL = {
    "chunk_size_feed_forward", "id2label", "is_encoder_decoder", "label2id", "output_attentions", "output_hidden_states",
    "pretraining_tp", "problem_type", "quantization_config", "return_dict", "transformers_version", "unk_token_id",
}  # fmt: skip
TEXTS = ("It's  fine. ", "How important is it?\nA. Very important", "Café naïve, 幸福")


def main(gguf: Path, folder: Path) -> None:
    metadata, _ = read_gguf_metadata(str(gguf))
    pre_tokenizer = known_pre_tokenizer(gguf, metadata)
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    write_weights(model, folder)
    write_json(folder / "config.json", model_configuration(model))
    ids = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id}
    write_json(folder / "generation_config.json", ids)
    write_tokenizer(tokenizer, folder, pre_tokenizer, metadata.get("tokenizer.ggml.model"), model.config.max_position_embeddings)
    check_written(model, tokenizer, folder, pre_tokenizer)


def known_pre_tokenizer(gguf: Path, metadata: dict) -> str | None:
    """How text is split before its bytes are merged; only the name is in the file. None where nothing is split."""
    if metadata.get("tokenizer.ggml.model") != BYTE_LEVEL:
        return None
    name = metadata.get("tokenizer.ggml.pre")
    if name not in (DIGITS, *PLAIN, *GGUF_PRE_TOKENIZER_SPLITS):
        sys.exit(
            f"Reading the tokenizer of {gguf}: its pre-tokenizer is {name}, which is not known here and would split text otherwise "
            f"in silence. Expected one of {', '.join(sorted((DIGITS, 'gpt-2', *GGUF_PRE_TOKENIZER_SPLITS)))}. "
            "Lay tokenizer.json and tokenizer_config.json of the original model beside the file."
        )
    return name


def write_weights(model: torch.nn.Module, folder: Path) -> None:
    """By hand, since `save_pretrained` refuses a dequantised model; without an output layer that is the embedding."""
    tied = tied_names(model)
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items() if name not in tied}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def tied_names(model: torch.nn.Module) -> set[str]:
    """Names that share the memory of an earlier one."""
    seen: dict[int, str] = {}
    return {name for name, tensor in model.state_dict().items() if seen.setdefault(tensor.data_ptr(), name) != name}


def model_configuration(model: torch.nn.Module) -> dict[str, object]:
    """The rotary base stands under both names: transformers 4 reads only `rope_theta`, and takes 10,000 if it is missing."""
    config: PreTrainedConfig = model.config
    values = {key: as_written(value) for key, value in config.to_dict().items() if not key.startswith("_") and key not in NOT_OF_THE_MODEL}
    rope_theta = {key: value for key, value in rotary_keys(values).items() if key == "rope_theta"}
    return {**values, **rope_theta, "architectures": [type(model).__name__], "dtype": "float32"}


def as_written(value: object) -> object:
    """GGUF keeps numbers as float32: 9.999999747378752e-06 is 1e-05."""
    return float(str(np.float32(value))) if isinstance(value, float) else value


def write_tokenizer(tokenizer, folder: Path, pre_tokenizer: str | None, kind: str | None, context: int) -> None:
    """transformers drops what GGUF calls the pre-tokenizer `smollm`: each digit on its own, then GPT-2's splitting.

    Without it, two spaces or line breaks before a digit become two tokens where the model knows one.
    """
    backend = tokenizer.backend_tokenizer
    if pre_tokenizer == DIGITS:
        digits = pre_tokenizers.Digits(individual_digits=True)
        backend.pre_tokenizer = pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    backend.save(str(folder / "tokenizer.json"))
    if tokenizer.chat_template is not None:
        (folder / "chat_template.jinja").write_text(tokenizer.chat_template, encoding="utf-8")
    configuration = {
        **({"add_prefix_space": False} if kind == BYTE_LEVEL else {}),
        "bos_token": tokenizer.bos_token,
        "clean_up_tokenization_spaces": False,
        "eos_token": tokenizer.eos_token,
        "model_max_length": context,
        "pad_token": tokenizer.pad_token,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": tokenizer.unk_token,
    }
    write_json(folder / "tokenizer_config.json", configuration)


def check_written(model: torch.nn.Module, tokenizer, folder: Path, pre_tokenizer: str | None) -> None:
    """The folder, read back, is the model that went in, and its tokenizer that of the file."""
    written = load_file(folder / "model.safetensors")
    for name, tensor in model.state_dict().items():
        assert name not in written or torch.equal(tensor, written[name]), name
    reread = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    for name, tensor in reread.state_dict().items():
        assert torch.equal(tensor, model.state_dict()[name]), name
    assert getattr(reread.config, "rope_parameters", None) == getattr(model.config, "rope_parameters", None)
    read_tokenizer = AutoTokenizer.from_pretrained(folder)
    if pre_tokenizer == DIGITS:
        assert read_tokenizer.convert_ids_to_tokens(read_tokenizer.encode("a\n\n12")) == ["a", "ĊĊ", "1", "2"]
    for text in TEXTS:
        assert read_tokenizer.encode(text) == tokenizer.encode(text), text
    if tokenizer.chat_template is not None:
        messages = [{"role": "user", "content": "Hello"}]
        assert read_tokenizer.apply_chat_template(messages, tokenize=False) == tokenizer.apply_chat_template(messages, tokenize=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
