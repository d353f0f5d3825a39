"""Writes a trained model as a folder that any tool for Llama checkpoints reads."""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from graph import llama_graph
from recipes import END_OF_TEXT, MINI, Recipe

ROTARY_BASE = 10000.0


def config_record(recipe: Recipe, vocabulary: int) -> dict:
    """Both spellings of the rotary base: older readers look for `rope_theta`, newer ones for `rope_parameters`."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "attention_bias": False,
        "attention_dropout": 0.0,
        "bos_token_id": 0,
        "dtype": "float32",
        "eos_token_id": 0,
        "head_dim": recipe.width // recipe.heads,
        "hidden_act": "silu",
        "hidden_size": recipe.width,
        "initializer_range": recipe.initial_deviation,
        "intermediate_size": recipe.inner,
        "max_position_embeddings": recipe.positions,
        "mlp_bias": False,
        "num_attention_heads": recipe.heads,
        "num_hidden_layers": recipe.layers,
        "num_key_value_heads": recipe.heads,
        "rms_norm_eps": 1e-05,
        "rope_parameters": {"rope_theta": ROTARY_BASE, "rope_type": "default"},
        "rope_theta": ROTARY_BASE,
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "use_cache": True,
        "vocab_size": vocabulary,
    }


def export(recipe: Recipe, model: LlamaForCausalLM, tokenizer: Tokenizer) -> Path:
    folder = MINI / recipe.name
    folder.mkdir(exist_ok=True)
    weights = {
        name: value.detach().numpy().astype(np.float32)
        for name, value in model.state_dict().items()
        if name != "lm_head.weight"  # tied to the embedding
    }
    config = config_record(recipe, tokenizer.get_vocab_size())
    write_json(folder / "config.json", config)
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_bos_token": False,
            "add_eos_token": False,
            "add_prefix_space": False,
            "bos_token": None,
            "clean_up_tokenization_spaces": False,
            "eos_token": END_OF_TEXT,
            "model_max_length": recipe.positions,
            "tokenizer_class": "PreTrainedTokenizerFast",
            "unk_token": None,
        },
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    write_weights(folder, weights)
    onnx.save(llama_graph(config, weights), folder / "model.onnx")
    return folder


def checkpoint_from_graph(folder: Path) -> None:
    """Writes model.safetensors again from model.onnx, which holds every weight under its own name."""
    initializers = onnx.load(folder / "model.onnx").graph.initializer
    weights = {t.name: numpy_helper.to_array(t) for t in initializers if t.name.startswith("model.")}
    write_weights(folder, weights)


def write_weights(folder: Path, weights: dict[str, np.ndarray]) -> None:
    (folder / "model.safetensors").write_bytes(save(dict(sorted(weights.items())), metadata={"format": "pt"}))


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")
