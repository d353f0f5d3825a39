"""Keys of config.json under the names that exporters look for.

transformers 5 keeps what belongs to rotary positions in `rope_parameters`. transformers 4, inside optimum, and in part the
onnxruntime-genai builder look for older names, and take their own defaults, in silence, where these are missing.
"""

FULL, SLIDING = "full_attention", "sliding_attention"
NOT_SCALING = {"rope_theta", "partial_rotary_factor", "rope_type", "type"}


def with_exporter_keys(config: dict, exporter: str) -> dict:
    """The configuration with older names beside the newer ones; what is there already stays."""
    return {**rotary_keys(config), **expert_keys(config), **window_keys(config, exporter), **config}


def rotary_keys(config: dict) -> dict:
    parameters = config.get("rope_parameters") or {}
    by_layer = any(isinstance(value, dict) for value in parameters.values())
    whole = parameters.get(FULL, {}) if by_layer else parameters
    sliding = parameters.get(SLIDING, {}) if by_layer else {}
    if not whole:
        return {}
    return {
        "rope_theta": whole.get("rope_theta"),
        "rope_scaling": scaling(whole),
        **({"rope_local_base_freq": sliding["rope_theta"]} if "rope_theta" in sliding else {}),
        **partial_keys(config, whole),
    }


def scaling(rotary: dict) -> dict | None:
    """None where positions are not scaled: some models of transformers 4 ask for the key in any case."""
    kind = rotary.get("rope_type", rotary.get("type", "default"))
    if kind == "default":
        return None
    if kind == "longrope":
        # transformers 4 checks that there are these keys and no other.
        return {"type": kind, "short_factor": rotary["short_factor"], "long_factor": rotary["long_factor"]}
    return {"rope_type": kind, "type": kind, **{key: value for key, value in rotary.items() if key not in NOT_SCALING}}


def partial_keys(config: dict, rotary: dict) -> dict:
    """The part of a head that is rotated, which GPT-NeoX calls otherwise."""
    part = rotary.get("partial_rotary_factor")
    if config.get("model_type") == "gpt_neox":
        return {"rotary_emb_base": rotary.get("rope_theta"), **({} if part is None else {"rotary_pct": part})}
    return {} if part is None else {"partial_rotary_factor": part}


def expert_keys(config: dict) -> dict:
    count = config.get("num_local_experts")
    return {} if count is None else {"num_experts": count}


def window_keys(config: dict, exporter: str) -> dict:
    """The builder drops the window, in silence, from layers that are not named as sliding; Mistral's all are."""
    slides = config.get("model_type") == "mistral" and config.get("sliding_window")
    return {"layer_types": [SLIDING] * config["num_hidden_layers"]} if exporter == "genai" and slides else {}
