"""Tiny configurations of real architectures, in the words of transformers 5. Keyword arguments change single values."""

import tiny_llama
import transformers

SLIDING_WINDOW = 16
ORIGINAL_CONTEXT = 32
CONTEXT = 128
ROTARY_BASE = 500.0
SLIDING_BASE = 100.0
OTHER_BASE = 10_000.0
EXPERTS = 3
TOKENS = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2, "vocab_size": tiny_llama.VOCABULARY, "dtype": "float32"}
HEADS = {"num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 2}
SIZES = {**HEADS, "head_dim": 16, "hidden_size": 16, "intermediate_size": 32, "max_position_embeddings": CONTEXT}

Configuration = transformers.PreTrainedConfig


def rotary(base: float = ROTARY_BASE, **others: object) -> dict[str, object]:
    """Made anew for each configuration, since some write their defaults into it."""
    return {"rope_parameters": {"rope_type": "default", "rope_theta": base, **others}}


def llama(**changes: object) -> Configuration:
    return transformers.LlamaConfig(**{**TOKENS, **SIZES, **rotary(), "tie_word_embeddings": False, **changes})


def llama_every_head(**changes: object) -> Configuration:
    """As many key-value heads as query heads, as MultiHeadAttention wants them."""
    return llama(**{"num_attention_heads": 2, "num_key_value_heads": 2, **changes})


def gpt2(**changes: object) -> Configuration:
    sizes = {"n_embd": 16, "n_head": 2, "n_layer": 2, "n_positions": CONTEXT}
    return transformers.GPT2Config(**{**TOKENS, **sizes, **changes})


def qwen3(**changes: object) -> Configuration:
    return transformers.Qwen3Config(**{**TOKENS, **SIZES, **rotary(), "tie_word_embeddings": True, **changes})


def qwen3_moe(**changes: object) -> Configuration:
    experts = {"num_experts": EXPERTS, "num_experts_per_tok": 2, "moe_intermediate_size": 16, "norm_topk_prob": True}
    return transformers.Qwen3MoeConfig(**{**TOKENS, **SIZES, **rotary(), **experts, "tie_word_embeddings": True, **changes})


def gemma2(**changes: object) -> Configuration:
    """Soft caps so low that leaving one out shows."""
    caps = {"attn_logit_softcapping": 2.0, "final_logit_softcapping": 5.0, "query_pre_attn_scalar": 24}
    return transformers.Gemma2Config(**{**TOKENS, **SIZES, **rotary(), **caps, **sliding_and_full(), **changes})


def gemma3(**changes: object) -> Configuration:
    scale = {"query_pre_attn_scalar": 24}
    return transformers.Gemma3TextConfig(**{**TOKENS, **SIZES, **gemma3_rotary(), **scale, **sliding_and_full(), **changes})


def gemma3_rotary(whole: float = ROTARY_BASE, sliding: float = SLIDING_BASE) -> dict[str, object]:
    bases = {"full_attention": whole, "sliding_attention": sliding}
    return {"rope_parameters": {layer: rotary(base)["rope_parameters"] for layer, base in bases.items()}}


def sliding_and_full() -> dict[str, object]:
    return {"sliding_window": SLIDING_WINDOW, "layer_types": ["sliding_attention", "full_attention"]}


def mistral(**changes: object) -> Configuration:
    window = {"sliding_window": SLIDING_WINDOW, "tie_word_embeddings": False}
    return transformers.MistralConfig(**{**TOKENS, **SIZES, **rotary(), **window, **changes})


def phi3(**changes: object) -> Configuration:
    """Head size is hidden size / heads here, without a key of its own."""
    sizes = {**HEADS, "num_attention_heads": 2, "num_key_value_heads": 1, "hidden_size": 32, "intermediate_size": 32}
    context = {"max_position_embeddings": CONTEXT, "original_max_position_embeddings": CONTEXT}
    return transformers.Phi3Config(**{**TOKENS, **sizes, **context, **rotary(), "tie_word_embeddings": False, **changes})


def phi3_longrope(**changes: object) -> Configuration:
    return phi3(**{**longrope(SHORT_FACTORS, LONG_FACTORS), "original_max_position_embeddings": ORIGINAL_CONTEXT, **changes})


SHORT_FACTORS = [1.0, 1.1, 1.2, 1.3, 1.5, 1.7, 2.0, 2.5]
LONG_FACTORS = [1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0]


def longrope(short: list[float], long: list[float]) -> dict[str, object]:
    factors = {"short_factor": short, "long_factor": long, "original_max_position_embeddings": ORIGINAL_CONTEXT}
    return {"rope_parameters": {"type": "longrope", "rope_type": "longrope", "rope_theta": ROTARY_BASE, **factors}}


def opt(**changes: object) -> Configuration:
    sizes = {"hidden_size": 16, "ffn_dim": 32, "num_attention_heads": 2, "num_hidden_layers": 2, "word_embed_proj_dim": 16}
    return transformers.OPTConfig(**{**TOKENS, **sizes, "max_position_embeddings": CONTEXT, "pad_token_id": 1, **changes})


def gpt_neox(**changes: object) -> Configuration:
    sizes = {"hidden_size": 32, "intermediate_size": 32, "num_attention_heads": 2, "num_hidden_layers": 2}
    partial = rotary(partial_rotary_factor=0.25)
    return transformers.GPTNeoXConfig(**{**TOKENS, **sizes, **partial, "max_position_embeddings": CONTEXT, **changes})


def bloom(**changes: object) -> Configuration:
    return transformers.BloomConfig(**{**TOKENS, "hidden_size": 16, "n_head": 2, "n_layer": 2, **changes})


def falcon(**changes: object) -> Configuration:
    """With ALiBi in place of rotary positions, as the first Falcons had it."""
    sizes = {"hidden_size": 16, "num_attention_heads": 2, "num_hidden_layers": 2, "ffn_hidden_size": 32}
    return transformers.FalconConfig(**{**TOKENS, **sizes, "alibi": True, "max_position_embeddings": CONTEXT, **changes})


def mpt(**changes: object) -> Configuration:
    sizes = {"d_model": 16, "n_heads": 2, "n_layers": 2, "expansion_ratio": 2, "max_seq_len": CONTEXT}
    return transformers.MptConfig(**{**TOKENS, **sizes, **changes})
