"""Tiny configurations of what is built like Llama but for a few changes: bias, norm, scale, layers without rotation."""

import transformers
from family_configurations import CONTEXT, HEADS, ORIGINAL_CONTEXT, SIZES, TOKENS, Configuration, phi3, rotary

# Factors and the context they start from, so that of eight frequencies one is kept, two are mixed and five are slowed down.
LLAMA3_SCALING = {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": ORIGINAL_CONTEXT}
# For families without a key `head_dim`, whose heads are hidden size / heads wide. GroupQueryAttention wants a multiple of 16.
SHORT_HEADS = {**HEADS, "hidden_size": 32, "intermediate_size": 32, "max_position_embeddings": CONTEXT}
TWO_HEADS = {**SHORT_HEADS, "num_attention_heads": 2, "num_key_value_heads": 1}


def llama3(**changes: object) -> Configuration:
    return transformers.LlamaConfig(**{**TOKENS, **SIZES, **llama3_scaling(), "tie_word_embeddings": True, **changes})


def llama3_scaling(**changes: object) -> dict[str, object]:
    return rotary(rope_type="llama3", **{**LLAMA3_SCALING, **changes})


def qwen2(**changes: object) -> Configuration:
    """Biases of queries, keys and values; a window that is written down and not used."""
    window = {"use_sliding_window": False, "sliding_window": 16, "max_window_layers": 1}
    return transformers.Qwen2Config(**{**TOKENS, **TWO_HEADS, **rotary(), **window, "tie_word_embeddings": True, **changes})


def gemma(**changes: object) -> Configuration:
    """One key-value head; embeddings scaled by 4, the root of the hidden size, and norms that add 1 to their weights."""
    return transformers.GemmaConfig(**{**TOKENS, **SIZES, **rotary(), "num_key_value_heads": 1, **changes})


def phi4_mini(**changes: object) -> Configuration:
    """Three quarters of each head are rotated; embeddings are the output layer, too. 64 is the least that both exporters take."""
    partial = {**rotary(partial_rotary_factor=0.75), "partial_rotary_factor": 0.75}
    return phi3(**{**partial, "hidden_size": 16, "head_dim": 64, "tie_word_embeddings": True, **changes})


def olmo(**changes: object) -> Configuration:
    """LayerNorm without parameters; queries, keys and values clipped so low that leaving it out shows."""
    return transformers.OlmoConfig(**{**TOKENS, **TWO_HEADS, **rotary(), "hidden_size": 16, "clip_qkv": 1.5, **changes})


def olmo2(**changes: object) -> Configuration:
    """Norms after attention and after the feed-forward part, and of queries and keys over all their heads."""
    return transformers.Olmo2Config(**{**TOKENS, **SHORT_HEADS, **rotary(), **changes})


def smollm3(**changes: object) -> Configuration:
    """The first of two layers is rotated, the second is not."""
    return transformers.SmolLM3Config(**{**TOKENS, **TWO_HEADS, **rotary(), "no_rope_layers": [1, 0], **changes})


def granite(**changes: object) -> Configuration:
    scales = {"embedding_multiplier": 3.0, "attention_multiplier": 0.1, "residual_multiplier": 0.6, "logits_scaling": 2.0}
    return transformers.GraniteConfig(**{**TOKENS, **TWO_HEADS, **rotary(), **scales, "tie_word_embeddings": True, **changes})
