"""Writes a GGUF file as a Hugging Face folder in float32. `python gguf_to_hugging_face.py FILE.gguf FOLDER [--no-tokenizer]`.

The weights are those of the file, written out as float32: nothing that a quantisation lost comes back. Which files can be read
without loss is checkpoint.py's to say.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import normalizers, pre_tokenizers
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, PreTrainedConfig
from transformers.integrations.gguf import read_gguf_metadata
from transformers.integrations.gguf.gguf_tokenizer_mapping import GGUF_PRE_TOKENIZER_SPLITS

sys.path.append(str(Path(__file__).resolve().parent))

from exporter_keys import rotary_keys  # noqa: E402
from json_file import write_json  # noqa: E402

BYTE_LEVEL = "gpt2"
DIGITS = "smollm"
QWEN = "qwen2"
PLAIN = ("gpt-2", "default", None)
# Of one session with transformers, or of other tasks than predicting the next token.
NOT_OF_THE_MODEL = {
    "chunk_size_feed_forward", "id2label", "is_encoder_decoder", "label2id", "output_attentions", "output_hidden_states",
    "pretraining_tp", "problem_type", "quantization_config", "return_dict", "transformers_version", "unk_token_id",
}  # fmt: skip
TOKENS = "tokenizer.ggml.tokens"
ENDS = (("bos", "bos"), ("eos", "eos"), ("pad", "padding"))
# The kinds of tokens that are found whole in a text.
CONTROL, USER_DEFINED = 3, 4
TEXTS = ("It's  fine. ", "How important is it?\nA. Very important", "Café naïve, 幸福")


def main(gguf: Path, folder: Path, with_tokenizer: bool) -> None:
    metadata, _ = read_gguf_metadata(str(gguf), (TOKENS,))
    config = configuration(gguf, metadata)
    model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, config=config, dtype=torch.float32)
    write_weights(model, folder)
    write_json(folder / "config.json", model_configuration(model))
    write_json(folder / "generation_config.json", {f"{name}_token_id": metadata.get(f"tokenizer.ggml.{key}_token_id") for name, key in ENDS})
    check_model(model, folder)
    if with_tokenizer:
        pre_tokenizer = known_pre_tokenizer(gguf, metadata)
        tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
        mend_tokenizer(tokenizer, pre_tokenizer)
        require_whole_tokens(gguf, metadata, tokenizer)
        write_tokenizer(tokenizer, folder, metadata.get("tokenizer.ggml.model"), model.config.max_position_embeddings)
        check_tokenizer(tokenizer, folder, pre_tokenizer)


def configuration(gguf: Path, metadata: dict) -> PreTrainedConfig:
    """transformers reads no `attention.key_length`: Qwen3's heads would be 128 wide whatever the file says."""
    config = AutoConfig.from_pretrained(gguf.parent, gguf_file=gguf.name)
    if config.model_type == "qwen3":
        config.head_dim = metadata.get("qwen3.attention.key_length", config.hidden_size // config.num_attention_heads)
    return config


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


def mend_tokenizer(tokenizer, pre_tokenizer: str | None) -> None:
    """transformers drops what belongs to two names of a pre-tokenizer.

    - `smollm`: each digit on its own, then GPT-2's splitting. Without it, two spaces or line breaks before a digit become two tokens
      where the model knows one.
    - `qwen2`: Unicode's form C before anything else, without which letters with separate accents become other tokens.
    """
    backend = tokenizer.backend_tokenizer
    if pre_tokenizer == DIGITS:
        digits = pre_tokenizers.Digits(individual_digits=True)
        backend.pre_tokenizer = pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    if pre_tokenizer == QWEN:
        backend.normalizer = normalizers.NFC()


def require_whole_tokens(gguf: Path, metadata: dict, tokenizer) -> None:
    """transformers passes over control tokens in other letters than a byte-level vocabulary has, and cuts them into pieces."""
    kinds = metadata.get("tokenizer.ggml.token_type") or ()
    whole = [(index, token) for index, (token, kind) in enumerate(zip(metadata[TOKENS], kinds)) if kind in (CONTROL, USER_DEFINED)]
    lost = [token for index, token in whole if tokenizer.encode(token, add_special_tokens=False) != [index]]
    if metadata.get("tokenizer.ggml.model") == BYTE_LEVEL and lost:
        sys.exit(
            f"Reading the tokenizer of {gguf}: {len(lost)} of its added tokens are cut into pieces by transformers, {lost[0]!r} for one. "
            "Expected each to stay whole. Lay tokenizer.json and tokenizer_config.json of the original model beside the file."
        )


def write_tokenizer(tokenizer, folder: Path, kind: str | None, context: int) -> None:
    backend = tokenizer.backend_tokenizer
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


def check_model(model: torch.nn.Module, folder: Path) -> None:
    """The folder, read back, is the model that went in."""
    written = load_file(folder / "model.safetensors")
    for name, tensor in model.state_dict().items():
        assert name not in written or torch.equal(tensor, written[name]), name
    reread = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    for name, tensor in reread.state_dict().items():
        assert torch.equal(tensor, model.state_dict()[name]), name
    assert getattr(reread.config, "rope_parameters", None) == getattr(model.config, "rope_parameters", None)


def check_tokenizer(tokenizer, folder: Path, pre_tokenizer: str | None) -> None:
    """The tokenizer, read back, is the one that went in."""
    reread = AutoTokenizer.from_pretrained(folder)
    if pre_tokenizer == DIGITS:
        assert reread.convert_ids_to_tokens(reread.encode("a\n\n12")) == ["a", "ĊĊ", "1", "2"]
    if pre_tokenizer == QWEN:
        assert reread.encode("e\u0301") == reread.encode("é")
    for text in TEXTS:
        assert reread.encode(text) == tokenizer.encode(text), text
    if tokenizer.chat_template is not None:
        messages = [{"role": "user", "content": "Hello"}]
        assert reread.apply_chat_template(messages, tokenize=False) == tokenizer.apply_chat_template(messages, tokenize=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), with_tokenizer="--no-tokenizer" not in sys.argv[3:])
