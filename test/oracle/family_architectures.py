"""The architectures, with what an export of each could lose without failing its exporter's own checks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import family_configurations as of
import family_layer_norm as layer_norm
import family_like_llama as like_llama
from family_configurations import Configuration
from family_damages import Damage, moved, unscaled_embeddings, zeroed
from family_precision import to_int4


@dataclass(frozen=True)
class Architecture:
    """A configuration, and others that take the same weights and must answer differently, as must damaged weights.

    `rounded` rounds the random weights to what a narrower type holds. `growth` is the factor by which they grow until they are
    large enough.
    `exporter_keys` are written into config.json besides what transformers 5 writes: exporters look for these names and take
    their own defaults, in silence, where they are missing.
    """

    configure: Callable[..., Configuration]
    lost: dict[str, dict[str, object]] = field(default_factory=dict)
    exporter_keys: dict[str, object] = field(default_factory=dict)
    damages: dict[str, Damage] = field(default_factory=dict)
    rounded: Damage = lambda model: None
    counts_positions: bool = True
    growth: float = 1.25


OLDER_ROTARY = {"rope_theta": of.ROTARY_BASE}
# Mistral needs no such key, but the onnxruntime-genai builder drops the window, in silence, from layers not named here.
EVERY_LAYER_SLIDES = {"layer_types": ["sliding_attention", "sliding_attention"]}
NO_WINDOW = {"the window": {"sliding_window": 4096}}
# The onnxruntime-genai builder takes this key for every norm and 1e-6 without it; the families with LayerNorm mean 1e-5.
LAYER_NORM_EPSILON = {"rms_norm_eps": 1e-5}
NO_BASE = {"the rotary base": of.rotary(of.OTHER_BASE)}
HALF_ROTATED = {**OLDER_ROTARY, "partial_rotary_factor": 0.5}
NO_PARTIAL_BASE = {
    "the rotary base": of.rotary(of.OTHER_BASE, partial_rotary_factor=0.5),
    "partial rotary": of.rotary(partial_rotary_factor=0.25),
}
QKV_BIASES = {"the biases": zeroed(r"[qkv]_proj\.bias$")}
PHI_BIASES = {"the biases of attention": zeroed(r"self_attn.*\.bias$"), "the bias of the output layer": zeroed(r"lm_head\.bias$")}
QWEN2 = Architecture(
    like_llama.qwen2,
    {**NO_BASE, "a window that is not used": {"use_sliding_window": True, "max_window_layers": 0}},
    OLDER_ROTARY,
    QKV_BIASES,
)

ARCHITECTURES = {
    "llama": Architecture(of.llama, NO_BASE, OLDER_ROTARY),
    "llama-of-int4": Architecture(of.llama, NO_BASE, OLDER_ROTARY, rounded=to_int4),
    "llama-every-head": Architecture(of.llama_every_head, NO_BASE, OLDER_ROTARY),
    "gpt2": Architecture(of.gpt2),
    "qwen3": Architecture(of.qwen3, NO_BASE, OLDER_ROTARY),
    "qwen3-moe": Architecture(
        of.qwen3_moe,
        {**NO_BASE, "the second expert": {"num_experts_per_tok": 1}},
        {**OLDER_ROTARY, "num_experts": of.EXPERTS},
    ),
    "gemma2": Architecture(
        of.gemma2,
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
        of.gemma3,
        {
            **NO_WINDOW,
            "the rotary base": of.gemma3_rotary(whole=of.OTHER_BASE),
            "the rotary base of sliding layers": of.gemma3_rotary(sliding=of.OTHER_BASE),
            "the scale of attention": {"query_pre_attn_scalar": 16},
        },
        {**OLDER_ROTARY, "rope_local_base_freq": of.SLIDING_BASE},
    ),
    "mistral": Architecture(of.mistral, {**NO_BASE, **NO_WINDOW}, OLDER_ROTARY),
    "mistral-for-builder": Architecture(of.mistral, {**NO_BASE, **NO_WINDOW}, {**OLDER_ROTARY, **EVERY_LAYER_SLIDES}),
    "phi3": Architecture(of.phi3, NO_BASE, {**OLDER_ROTARY, "rope_scaling": None}),
    "phi3-longrope": Architecture(
        of.phi3_longrope,
        {
            "the long factors": of.longrope(of.SHORT_FACTORS, of.SHORT_FACTORS),
            "the short factors": of.longrope(of.LONG_FACTORS, of.LONG_FACTORS),
        },
        {**OLDER_ROTARY, "rope_scaling": {"type": "longrope", "short_factor": of.SHORT_FACTORS, "long_factor": of.LONG_FACTORS}},
    ),
    "opt": Architecture(of.opt),
    "gpt-neox": Architecture(
        of.gpt_neox,
        {**NO_BASE, "partial rotary": of.rotary(partial_rotary_factor=0.5)},
        {"rotary_emb_base": of.ROTARY_BASE, "rotary_pct": 0.25},
    ),
    "bloom": Architecture(of.bloom, counts_positions=False),
    "falcon-alibi": Architecture(of.falcon, counts_positions=False),
    "mpt": Architecture(of.mpt, counts_positions=False),
    "llama3": Architecture(
        like_llama.llama3,
        {
            **NO_BASE,
            "the scaling": of.rotary(),
            "the factor": like_llama.llama3_scaling(factor=4.0),
            "the low factor": like_llama.llama3_scaling(low_freq_factor=0.5),
            "the high factor": like_llama.llama3_scaling(high_freq_factor=8.0),
        },
        {**OLDER_ROTARY, "rope_scaling": {"rope_type": "llama3", **like_llama.LLAMA3_SCALING}},
    ),
    "qwen2": QWEN2,
    "qwen2-of-int4": Architecture(like_llama.qwen2, NO_BASE, OLDER_ROTARY, rounded=to_int4),
    # No larger than they must be: the larger the logits, the coarser the float16 that they are rounded to.
    "qwen2-of-float16": replace(QWEN2, growth=1.05),
    "gemma": Architecture(
        like_llama.gemma,
        NO_BASE,
        OLDER_ROTARY,
        {"the one that norms add": moved(r"norm\.weight$", -1.0), "the scale of embeddings": unscaled_embeddings},
    ),
    "phi": Architecture(layer_norm.phi, NO_PARTIAL_BASE, HALF_ROTATED, PHI_BIASES),
    "phi-for-builder": Architecture(layer_norm.phi_wide_heads, NO_PARTIAL_BASE, {**HALF_ROTATED, **LAYER_NORM_EPSILON}, PHI_BIASES),
    "phi4-mini": Architecture(
        like_llama.phi4_mini,
        {
            "the rotary base": of.rotary(of.OTHER_BASE, partial_rotary_factor=0.75),
            "partial rotary": {**of.rotary(partial_rotary_factor=0.5), "partial_rotary_factor": 0.5},
        },
        {**OLDER_ROTARY, "rope_scaling": None, "partial_rotary_factor": 0.75},
    ),
    "falcon-multi-query": Architecture(layer_norm.falcon_multi_query, NO_BASE, OLDER_ROTARY),
    "falcon-new-decoder": Architecture(layer_norm.falcon_new_decoder, NO_BASE, OLDER_ROTARY),
    "olmo": Architecture(like_llama.olmo, {**NO_BASE, "the clipping": {"clip_qkv": None}}, OLDER_ROTARY),
    "olmo2": Architecture(like_llama.olmo2, NO_BASE, OLDER_ROTARY, {"the norms of queries and keys": moved(r"[qk]_norm\.weight$", 1.0)}),
    "smollm3": Architecture(
        like_llama.smollm3,
        {**NO_BASE, "the layer without rotation": {"no_rope_layers": [1, 1]}},
        OLDER_ROTARY,
    ),
    "granite": Architecture(
        like_llama.granite,
        {
            **NO_BASE,
            "the scale of embeddings": {"embedding_multiplier": 1.0},
            "the scale of attention": {"attention_multiplier": 0.25},
            "the scale of residuals": {"residual_multiplier": 1.0},
            "the scale of logits": {"logits_scaling": 1.0},
        },
        OLDER_ROTARY,
    ),
    "stablelm": Architecture(layer_norm.stablelm, NO_PARTIAL_BASE, HALF_ROTATED, QKV_BIASES),
    "cohere": Architecture(layer_norm.cohere, {**NO_BASE, "the scale of logits": {"logit_scale": 1.0}}, OLDER_ROTARY),
}
