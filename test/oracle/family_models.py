"""Random weights for a tiny configuration, so large that what an export could lose shows in its log-probabilities."""

import json
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path

import family_damages
import family_texts
import tiny_llama
import torch
import transformers
from family_architectures import ARCHITECTURES, Architecture

# So that sums do not depend on the number of cores.
torch.set_num_threads(1)

SMALLEST_SPREAD = 1.0
LARGEST_SCALE = 3.0


def write(name: str, folder: Path) -> None:
    """Writes the architecture's model and the tokenizer of tiny_llama as a Hugging Face folder."""
    folder.mkdir(parents=True)
    tiny_llama.write_tokenizer(folder)
    rows = [torch.tensor([row]) for row in family_texts.token_rows(folder).values()]
    make_model(name, rows).save_pretrained(folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tiny_llama.write_json(folder / "config.json", {**config, **ARCHITECTURES[name].exporter_keys})


def load(folder: Path) -> transformers.PreTrainedModel:
    return transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()


def make_model(name: str, rows: list[torch.Tensor], **changes: object) -> transformers.PreTrainedModel:
    """Weights grow until log-probabilities spread by at least 1 after each row and everything that could be lost shows.

    `changes` are of single values of the configuration.
    """
    architecture = replace(ARCHITECTURES[name], configure=partial(ARCHITECTURES[name].configure, **changes))
    scale = 0.1
    while True:
        model = random_model(architecture, scale)
        spread = min(tiny_llama.next_log_probs(model, row).std().item() for row in rows)
        unseen = [what for what, shift in shifts(model, architecture, rows).items() if shift <= tiny_llama.SHIFT]
        if spread >= SMALLEST_SPREAD and not unseen:
            return model
        scale *= architecture.growth
        assert scale < LARGEST_SCALE, f"{name}: log-probabilities spread by {spread}; not seen: {unseen}"


def random_model(architecture: Architecture, scale: float) -> transformers.PreTrainedModel:
    torch.manual_seed(tiny_llama.SEED)
    model = transformers.AutoModelForCausalLM.from_config(architecture.configure(), attn_implementation="eager").eval()
    with torch.no_grad():
        for module in model.modules():
            norm = "norm" in type(module).__name__.lower()
            for weight in module.parameters(recurse=False):
                # Norm weights near their own start (one, or zero in Gemma, which adds one), so that leaving one out shows.
                noise = torch.randn(weight.shape) * (0.2 if norm else scale)
                weight.copy_(weight + noise if norm else noise)
        architecture.rounded(model)
    return model


def shifts_of(name: str, folder: Path) -> dict[str, float]:
    """The shifts of a model that was written."""
    rows = [torch.tensor([row]) for row in family_texts.token_rows(folder).values()]
    return shifts(load(folder), ARCHITECTURES[name], rows)


def shifts(model: transformers.PreTrainedModel, architecture: Architecture, rows: list[torch.Tensor]) -> dict[str, float]:
    """Largest change of a log-probability over the rows, for each thing lost."""
    others = {what: with_other(model, architecture, how) for what, how in architecture.lost.items()}
    damages = {"the order of query heads": family_damages.swap_query_heads, **architecture.damages}
    others |= {what: damaged(model, damage) for what, damage in damages.items()}
    found = {what: changed(model, other, rows) for what, other in others.items()}
    if not architecture.counts_positions:
        return found
    return {**found, "the positions": max(changed_by_positions(model, row) for row in rows)}


def with_other(model: transformers.PreTrainedModel, architecture: Architecture, how: dict) -> transformers.PreTrainedModel:
    config = architecture.configure(**deepcopy(how))
    other = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
    other.load_state_dict(model.state_dict())
    return other


def damaged(model: transformers.PreTrainedModel, damage: family_damages.Damage) -> transformers.PreTrainedModel:
    other = deepcopy(model)
    with torch.no_grad():
        damage(other)
    return other


def changed(model: transformers.PreTrainedModel, other: transformers.PreTrainedModel, rows: list[torch.Tensor]) -> float:
    return max((tiny_llama.next_log_probs(other, row) - tiny_llama.next_log_probs(model, row)).abs().max().item() for row in rows)


def changed_by_positions(model: transformers.PreTrainedModel, row: torch.Tensor) -> float:
    doubled = torch.arange(row.shape[1])[None] * 2
    wrong = tiny_llama.next_log_probs(model, row, position_ids=doubled)
    return (wrong - tiny_llama.next_log_probs(model, row)).abs().max().item()
