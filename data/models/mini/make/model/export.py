"""Writes a trained model as a folder that any tool for Llama checkpoints reads."""

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save

from model.graph import llama_graph
from model.write_json import write_json
from paths import MINI
from recipes import Size
from text.templates import CHAT_TEMPLATE
from text.vocabulary import END_OF_TEXT
from training.run import Trained

ROTARY_BASE = 10000.0


def config_record(size: Size, vocabulary: int, training: dict) -> dict:
    """Both spellings of the rotary base: older readers look for `rope_theta`, newer ones for `rope_parameters`."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "attention_bias": False,
        "attention_dropout": 0.0,
        "bos_token_id": 0,
        "dtype": "float32",
        "eos_token_id": 0,
        "head_dim": size.width // size.heads,
        "hidden_act": "silu",
        "hidden_size": size.width,
        "initializer_range": training["initialDeviation"],
        "intermediate_size": size.inner,
        "max_position_embeddings": training["positions"],
        "mlp_bias": False,
        "num_attention_heads": size.heads,
        "num_hidden_layers": size.layers,
        "num_key_value_heads": size.heads,
        "rms_norm_eps": 1e-05,
        "rope_parameters": {"rope_theta": ROTARY_BASE, "rope_type": "default"},
        "rope_theta": ROTARY_BASE,
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "use_cache": True,
        "vocab_size": vocabulary,
    }


def export(trained: Trained, training: dict) -> Path:
    folder = MINI / trained.recipe.name
    folder.mkdir(exist_ok=True)
    weights = {
        name: value.detach().numpy().astype(np.float32)
        for name, value in trained.model.state_dict().items()
        if name != "lm_head.weight"  # tied to the embedding
    }
    config = config_record(trained.recipe.size, trained.tokenizer.get_vocab_size(), training)
    write_json(folder / "config.json", config)
    write_json(
        folder / "tokenizer_config.json",
        {
            "add_bos_token": False,
            "add_eos_token": False,
            "add_prefix_space": False,
            "bos_token": None,
            "chat_template": CHAT_TEMPLATE,
            "clean_up_tokenization_spaces": False,
            "eos_token": END_OF_TEXT,
            "model_max_length": training["positions"],
            "tokenizer_class": "PreTrainedTokenizerFast",
            "unk_token": None,
        },
    )
    trained.tokenizer.save(str(folder / "tokenizer.json"))
    onnx.save(llama_graph(config, weights), folder / "model.onnx")
    return folder


def checkpoint_from_graph(folder: Path) -> None:
    """Writes model.safetensors from model.onnx, which holds every weight under its checkpoint name."""
    initializers = onnx.load(folder / "model.onnx").graph.initializer
    weights = {t.name: numpy_helper.to_array(t) for t in initializers if t.name.startswith("model.")}
    (folder / "model.safetensors").write_bytes(save(dict(sorted(weights.items())), metadata={"format": "pt"}))
