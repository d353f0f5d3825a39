"""One stage of training, resumable: from the last checkpoint, or from the model that it is given."""

import math
import time
from pathlib import Path

import torch
from transformers import LlamaForCausalLM

from recipes import Size
from text.rows import Writer
from training.loss import losses
from training.optimizers import Optimizers

SAVE_EVERY = 500


def rate_share(step: int, steps: int, warm_up: int, last: float) -> float:
    """Share of the learning rate in step 1, 2, ...: linear up, then linear down to `last`."""
    if step <= warm_up:
        return step / warm_up
    return last + (1 - last) * (steps - step) / (steps - warm_up)


def train_stage(
    model: LlamaForCausalLM, size: Size, writer: Writer, steps: int, training: dict, identity: str, checkpoint: Path, label: str
) -> dict:
    """Trains `model` in place; returns what it cost and how the losses went. `identity` names all that the result depends on."""
    optimizers = Optimizers(model, size, training)
    step, tokens, history = 0, 0, []
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        if saved["identity"] == identity:
            model.load_state_dict(saved["model"])
            optimizers.load(saved["optimizers"])
            step, tokens, history = saved["step"], saved["tokens"], saved["history"]
            if step < steps:
                print(f"{label}: goes on from step {step}", flush=True)
    rows_per_step = training["rowsPerStep"]
    recent, began = [], time.monotonic()
    while step < steps:
        rows = [writer.row(step * rows_per_step + n) for n in range(rows_per_step)]
        step += 1
        found = losses(model, rows)
        (found.answers + training["languageWeight"] * found.language).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), training["gradientNorm"])
        optimizers.step(rate_share(step, steps, training["warmUp"], training["lastRate"]))
        tokens += sum(len(row.tree) for row in rows)
        recent.append((found.answers.item(), found.language.item(), found.above_entropy))
        if step % SAVE_EVERY == 0 or step == steps:
            means = [_mean(column) for column in zip(*recent)]
            history.append({"step": step, "answers": means[0], "language": means[1], "aboveEntropy": means[2]})
            pace = (time.monotonic() - began) / len(recent)
            print(f"{label} step {step}: answers {means[0]:.3f}, letters above entropy {means[2]:.4f}, {pace * 1000:.0f} ms a step", flush=True)
            recent, began = [], time.monotonic()
            state = {"identity": identity, "step": step, "tokens": tokens, "history": history}
            _save({**state, "model": model.state_dict(), "optimizers": optimizers.state()}, checkpoint)
    return {"steps": steps, "tokensComputed": tokens, "losses": history}


def _mean(values: tuple[float, ...]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else float("nan")


def _save(state: dict, path: Path) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
