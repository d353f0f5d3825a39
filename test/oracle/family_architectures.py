"""The architectures, with what an export of each could lose without failing its exporter's own checks."""

from collections.abc import Callable
from dataclasses import dataclass, field

import family_configurations as of
from family_configurations import Configuration


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


OLDER_ROTARY = {"rope_theta": of.ROTARY_BASE}
# Mistral needs no such key, but the onnxruntime-genai builder drops the window, in silence, from layers not named here.
EVERY_LAYER_SLIDES = {"layer_types": ["sliding_attention", "sliding_attention"]}
NO_WINDOW = {"the window": {"sliding_window": 4096}}
NO_BASE = {"the rotary base": of.rotary(of.OTHER_BASE)}

ARCHITECTURES = {
    "llama": Architecture(of.llama, NO_BASE, OLDER_ROTARY),
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
}
