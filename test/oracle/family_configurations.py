"""Tiny configurations of real architectures, and what an export of each could lose without failing its exporter's checks."""

from collections.abc import Callable
from dataclasses import dataclass, field

import tiny_llama
import transformers

SLIDING_WINDOW = 16
ORIGINAL_CONTEXT = 32
CONTEXT = 128
ROTARY_BASE = 500.0
OTHER_BASE = 10_000.0
TOKENS = {"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2, "vocab_size": tiny_llama.VOCABULARY, "dtype": "float32"}
HEADS = {"num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 2}
SIZES = {**HEADS, "head_dim": 16, "hidden_size": 16, "intermediate_size": 32, "max_position_embeddings": CONTEXT}
ROTARY = {"rope_parameters": {"rope_type": "default", "rope_theta": ROTARY_BASE}}

Configuration = transformers.PreTrainedConfig


@dataclass(frozen=True)
class Architecture:
    """A configuration, and others that take the same weights and must answer differently.

    `exporter_keys` are written into config.json besides what transformers 5 writes: exporters look for these names and take
    their own defaults, in silence, where they are missing.
    """

    configure: Callable[..., Configuration]
    lost: dict[str, dict[str, object]] = field(default_factory=dict)
    exporter_keys: dict[str, object] = field(default_factory=dict)
    counts_positions: bool = True


def rotary(base: float, **others: object) -> dict[str, object]:
    return {"rope_parameters": {"rope_type": "default", "rope_theta": base, **others}}


def llama(**changes: object) -> Configuration:
    return transformers.LlamaConfig(**{**TOKENS, **SIZES, **ROTARY, "tie_word_embeddings": False, **changes})


def llama_every_head(**changes: object) -> Configuration:
    """As many key-value heads as query heads, as MultiHeadAttention wants them."""
    return llama(**{"num_attention_heads": 2, "num_key_value_heads": 2, **changes})


def gpt2(**changes: object) -> Configuration:
    sizes = {"n_embd": 16, "n_head": 2, "n_layer": 2, "n_positions": CONTEXT}
    return transformers.GPT2Config(**{**TOKENS, **sizes, **changes})


def qwen3(**changes: object) -> Configuration:
    return transformers.Qwen3Config(**{**TOKENS, **SIZES, **ROTARY, "tie_word_embeddings": True, **changes})


def qwen3_moe(**changes: object) -> Configuration:
    experts = {"num_experts": 3, "num_experts_per_tok": 2, "moe_intermediate_size": 16, "norm_topk_prob": True}
    return transformers.Qwen3MoeConfig(**{**TOKENS, **SIZES, **ROTARY, **experts, "tie_word_embeddings": True, **changes})


def gemma2(**changes: object) -> Configuration:
    """Soft caps so low that leaving one out shows."""
    caps = {"attn_logit_softcapping": 2.0, "final_logit_softcapping": 5.0, "query_pre_attn_scalar": 24}
    return transformers.Gemma2Config(**{**TOKENS, **SIZES, **ROTARY, **caps, **sliding_and_full(), **changes})


def gemma3(**changes: object) -> Configuration:
    scale = {"query_pre_attn_scalar": 24}
    return transformers.Gemma3TextConfig(**{**TOKENS, **SIZES, **gemma3_rotary(), **scale, **sliding_and_full(), **changes})


def gemma3_rotary(whole: float = ROTARY_BASE, sliding: float = 100.0) -> dict[str, object]:
    bases = {"full_attention": whole, "sliding_attention": sliding}
    return {"rope_parameters": {layer: rotary(base)["rope_parameters"] for layer, base in bases.items()}}


def sliding_and_full() -> dict[str, object]:
    return {"sliding_window": SLIDING_WINDOW, "layer_types": ["sliding_attention", "full_attention"]}


def mistral(**changes: object) -> Configuration:
    window = {"sliding_window": SLIDING_WINDOW, "tie_word_embeddings": False}
    return transformers.MistralConfig(**{**TOKENS, **SIZES, **ROTARY, **window, **changes})


def phi3(**changes: object) -> Configuration:
    """Head size is hidden size / heads here, without a key of its own."""
    sizes = {**HEADS, "num_attention_heads": 2, "num_key_value_heads": 1, "hidden_size": 32, "intermediate_size": 32}
    context = {"max_position_embeddings": CONTEXT, "original_max_position_embeddings": CONTEXT}
    return transformers.Phi3Config(**{**TOKENS, **sizes, **context, **ROTARY, "tie_word_embeddings": False, **changes})


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
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_attention_heads": 1, "num_hidden_layers": 2}
    partial = rotary(ROTARY_BASE, partial_rotary_factor=0.25)
    return transformers.GPTNeoXConfig(**{**TOKENS, **sizes, **partial, "max_position_embeddings": CONTEXT, **changes})


def bloom(**changes: object) -> Configuration:
    return transformers.BloomConfig(**{**TOKENS, "hidden_size": 16, "n_head": 2, "n_layer": 2, **changes})


def falcon(**changes: object) -> Configuration:
    """ALiBi in the mask of ordinary Falcon layers."""
    sizes = {"hidden_size": 16, "num_attention_heads": 2, "num_hidden_layers": 2, "ffn_hidden_size": 32}
    return transformers.FalconConfig(**{**TOKENS, **sizes, "alibi": True, "max_position_embeddings": CONTEXT, **changes})


def mpt(**changes: object) -> Configuration:
    sizes = {"d_model": 16, "n_heads": 2, "n_layers": 2, "expansion_ratio": 2, "max_seq_len": CONTEXT}
    return transformers.MptConfig(**{**TOKENS, **sizes, **changes})


OLDER_ROTARY = {"rope_theta": ROTARY_BASE}
# Mistral needs no such key, but the onnxruntime-genai builder drops the window, in silence, from layers not named here.
EVERY_LAYER_SLIDES = {"layer_types": ["sliding_attention", "sliding_attention"]}
NO_WINDOW = {"the window": {"sliding_window": 4096}}
NO_BASE = {"the rotary base": rotary(OTHER_BASE)}

ARCHITECTURES = {
    "llama": Architecture(llama, NO_BASE, OLDER_ROTARY),
    "llama-every-head": Architecture(llama_every_head, NO_BASE, OLDER_ROTARY),
    "gpt2": Architecture(gpt2),
    "qwen3": Architecture(qwen3, NO_BASE, OLDER_ROTARY),
    "qwen3-moe": Architecture(qwen3_moe, {**NO_BASE, "the second expert": {"num_experts_per_tok": 1}}, {**OLDER_ROTARY, "num_experts": 3}),
    "gemma2": Architecture(
        gemma2,
        {
            **NO_BASE,
            **NO_WINDOW,
            "the soft cap of attention": {"attn_logit_softcapping": None},
            "the soft cap of the logits": {"final_logit_softcapping": None},
            "the scale of attention": {"query_pre_attn_scalar": 16},
        },
        OLDER_ROTARY,
    ),
    "gemma3": Architecture(
        gemma3,
        {
            **NO_WINDOW,
            "the rotary base": gemma3_rotary(whole=OTHER_BASE),
            "the rotary base of sliding layers": gemma3_rotary(sliding=OTHER_BASE),
            "the scale of attention": {"query_pre_attn_scalar": 16},
        },
        {**OLDER_ROTARY, "rope_local_base_freq": 100.0},
    ),
    "mistral": Architecture(mistral, {**NO_BASE, **NO_WINDOW}, OLDER_ROTARY),
    "mistral-for-builder": Architecture(mistral, {**NO_BASE, **NO_WINDOW}, {**OLDER_ROTARY, **EVERY_LAYER_SLIDES}),
    "phi3": Architecture(phi3, NO_BASE, {**OLDER_ROTARY, "rope_scaling": None}),
    "phi3-longrope": Architecture(
        phi3_longrope,
        {"the long factors": longrope(SHORT_FACTORS, SHORT_FACTORS), "the short factors": longrope(LONG_FACTORS, LONG_FACTORS)},
        {**OLDER_ROTARY, "rope_scaling": {"type": "longrope", "short_factor": SHORT_FACTORS, "long_factor": LONG_FACTORS}},
    ),
    "opt": Architecture(opt),
    "gpt-neox": Architecture(
        gpt_neox,
        {**NO_BASE, "partial rotary": rotary(ROTARY_BASE, partial_rotary_factor=0.5)},
        {"rotary_emb_base": ROTARY_BASE, "rotary_pct": 0.25},
    ),
    "bloom": Architecture(bloom, counts_positions=False),
    "falcon-alibi": Architecture(falcon, counts_positions=False),
    "mpt": Architecture(mpt, counts_positions=False),
}
