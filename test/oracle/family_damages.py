"""Damages of a model's weights, each in place, that an export could do without failing its exporter's own checks."""

import re
from collections.abc import Callable

import torch
import transformers

Damage = Callable[[transformers.PreTrainedModel], object]

# Projections that begin with the queries, one head after the other.
QUERIES_FIRST = ("q_proj", "qkv_proj", "Wqkv", "c_attn")
GROUPED = "query_key_value"


def zeroed(pattern: str) -> Damage:
    """Parameters of these names left out."""
    return lambda model: [weight.zero_() for weight in named(model, pattern)]


def moved(pattern: str, by: float) -> Damage:
    """A number that the model adds to these parameters left out, or added where it should not be."""
    return lambda model: [weight.add_(by) for weight in named(model, pattern)]


def named(model: transformers.PreTrainedModel, pattern: str) -> list[torch.nn.Parameter]:
    found = [weight for name, weight in model.named_parameters() if re.search(pattern, name)]
    assert found, f"no parameter is named {pattern}"
    return found


def unscaled_embeddings(model: transformers.PreTrainedModel) -> None:
    """Embeddings as they are stored, where the model multiplies them by a number that config.json does not name."""
    model.get_input_embeddings().embed_scale.fill_(1.0)


def swap_query_heads(model: transformers.PreTrainedModel) -> None:
    """The first two query heads of the first layer change places; keys, values and what reads them stay."""
    name, projection = next(
        (name, module)
        for name, module in model.named_modules()
        if name.split(".")[-1] in (*QUERIES_FIRST, GROUPED)
    )
    size, second = query_rows(model.config, name.split(".")[-1])
    for weight in projection.parameters(recurse=False):
        # GPT-2 keeps its weights the other way around.
        rows = weight.T if name.endswith("c_attn") else weight
        rows[: second + size] = torch.cat((rows[second : second + size], rows[size:second], rows[:size]))


def query_rows(config: transformers.PreTrainedConfig, projection: str) -> tuple[int, int]:
    """Rows of one query head, and the row that the second one begins at."""
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    # Falcon's queries stand together within a group; Bloom, GPT-NeoX and the first Falcons alternate query, key, value.
    alternate = projection == GROUPED and not (getattr(config, "new_decoder_architecture", False) or getattr(config, "multi_query", False))
    return size, 3 * size if alternate else size
