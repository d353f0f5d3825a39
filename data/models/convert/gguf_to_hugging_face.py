"""Writes a GGUF file as a Hugging Face folder in float32. `python gguf_to_hugging_face.py FILE.gguf FOLDER [--no-tokenizer]`.

The weights are those of the file, written out as float32: nothing that a quantisation lost comes back. Which files can be read
without loss is checkpoint.py's to say.
"""

import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedConfig
from transformers.integrations.gguf import read_gguf_metadata

sys.path.append(str(Path(__file__).resolve().parent))

import gguf_tokenizer  # noqa: E402
from exporter_keys import rotary_keys  # noqa: E402
from json_file import write_json  # noqa: E402

# Of one session with transformers, or of other tasks than predicting the next token.
NOT_OF_THE_MODEL = {
    "chunk_size_feed_forward", "id2label", "is_encoder_decoder", "label2id", "output_attentions", "output_hidden_states",
    "pretraining_tp", "problem_type", "quantization_config", "return_dict", "transformers_version", "unk_token_id",
}  # fmt: skip
ENDS = (("bos", "bos"), ("eos", "eos"), ("pad", "padding"))


def main(gguf: Path, folder: Path, with_tokenizer: bool) -> None:
    metadata, _ = read_gguf_metadata(str(gguf), (gguf_tokenizer.TOKENS,))
    config = configuration(gguf, metadata)
    if with_tokenizer:
        gguf_tokenizer.write(gguf, metadata, folder, config.max_position_embeddings)
    model = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, config=config, dtype=torch.float32)
    write_weights(model, folder)
    write_json(folder / "config.json", model_configuration(model))
    write_json(folder / "generation_config.json", {f"{name}_token_id": metadata.get(f"tokenizer.ggml.{key}_token_id") for name, key in ENDS})
    check_model(model, folder)


def configuration(gguf: Path, metadata: dict) -> PreTrainedConfig:
    """transformers reads no `attention.key_length`: Qwen3's heads would be 128 wide whatever the file says."""
    config = AutoConfig.from_pretrained(gguf.parent, gguf_file=gguf.name)
    if config.model_type == "qwen3":
        config.head_dim = metadata.get("qwen3.attention.key_length", config.hidden_size // config.num_attention_heads)
    return config


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


def check_model(model: torch.nn.Module, folder: Path) -> None:
    """The folder, read back, is the model that went in."""
    written = load_file(folder / "model.safetensors")
    for name, tensor in model.state_dict().items():
        assert name not in written or torch.equal(tensor, written[name]), name
    reread = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    for name, tensor in reread.state_dict().items():
        assert torch.equal(tensor, model.state_dict()[name]), name
    assert getattr(reread.config, "rope_parameters", None) == getattr(model.config, "rope_parameters", None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), with_tokenizer="--no-tokenizer" not in sys.argv[3:])
