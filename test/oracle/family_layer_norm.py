"""Tiny configurations with LayerNorm and rotary positions, most with attention and feed-forward part side by side."""

import transformers
from family_configurations import CONTEXT, TOKENS, Configuration, rotary

SIZES = {"num_attention_heads": 2, "num_hidden_layers": 2, "hidden_size": 32, "intermediate_size": 32, "max_position_embeddings": CONTEXT}
HALF = {**rotary(partial_rotary_factor=0.5), "partial_rotary_factor": 0.5}


def phi(**changes: object) -> Configuration:
    """Biases everywhere, half of each head rotated, one norm before both parts."""
    return transformers.PhiConfig(**{**TOKENS, **SIZES, **HALF, **changes})


def phi_wide_heads(**changes: object) -> Configuration:
    """GroupQueryAttention rotates 16 numbers of a head at least."""
    return phi(**{"hidden_size": 16, "head_dim": 32, **changes})


def falcon_multi_query(**changes: object) -> Configuration:
    """One key-value head, as Falcon 7B has it."""
    return falcon(**{"multi_query": True, "new_decoder_architecture": False, **changes})


def falcon_new_decoder(**changes: object) -> Configuration:
    """Groups of queries around their keys and values, and a norm for each of the two parts, as Falcon 40B has it."""
    return falcon(**{"num_attention_heads": 4, "num_kv_heads": 2, "new_decoder_architecture": True, **changes})


def falcon(**changes: object) -> Configuration:
    sizes = {"num_attention_heads": 2, "num_hidden_layers": 2, "hidden_size": 32, "ffn_hidden_size": 32}
    kind = {"alibi": False, "parallel_attn": True, "max_position_embeddings": CONTEXT}
    return transformers.FalconConfig(**{**TOKENS, **sizes, **kind, **rotary(), **changes})


def stablelm(**changes: object) -> Configuration:
    """Half of each head rotated; biases of queries, keys and values."""
    kind = {"num_key_value_heads": 2, "use_qkv_bias": True, "tie_word_embeddings": False}
    return transformers.StableLmConfig(**{**TOKENS, **SIZES, **HALF, **kind, **changes})


def cohere(**changes: object) -> Configuration:
    """Neighbouring numbers rotated together; logits scaled."""
    sizes = {**SIZES, "num_attention_heads": 4, "num_key_value_heads": 2}
    return transformers.CohereConfig(**{**TOKENS, **sizes, **rotary(), "logit_scale": 0.5, "tie_word_embeddings": True, **changes})
