"""Training: cross-entropy against people's whole answer distribution, plus a little language modelling of the stems."""

import json
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from transformers import LlamaConfig, LlamaForCausalLM

from batch import Batch
from recipes import WORK, Recipe
from rows import Row, Writer

SAVE_EVERY = 200


def configuration(recipe: Recipe, vocabulary: int) -> LlamaConfig:
    return LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=recipe.width,
        intermediate_size=recipe.inner,
        num_hidden_layers=recipe.layers,
        num_attention_heads=recipe.heads,
        num_key_value_heads=recipe.heads,
        max_position_embeddings=recipe.positions,
        initializer_range=recipe.initial_deviation,
        rms_norm_eps=1e-5,
        tie_word_embeddings=True,
        bos_token_id=0,
        eos_token_id=0,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
        attn_implementation="sdpa",
    )


def new_model(recipe: Recipe, vocabulary: int) -> LlamaForCausalLM:
    torch.manual_seed(recipe.seed)
    return LlamaForCausalLM(configuration(recipe, vocabulary))


def losses(model: LlamaForCausalLM, rows: list[Row], letters: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, float]:
    """(answer cross-entropy, language-model cross-entropy, entropy of the answers), each a mean over its places."""
    hidden = Batch.of([row.tree for row in rows]).hidden(model)
    output = model.lm_head.weight
    answer_terms, entropies, next_hidden, next_tokens = [], [], [], []
    for index, row in enumerate(rows):
        logits = F.log_softmax(hidden[index, row.leaves] @ output.T, dim=-1)
        target = torch.from_numpy(row.targets).float()
        answer_terms.append(-(target * logits[:, letters[: target.shape[1]]]).sum(-1))
        entropies.append(torch.special.entr(target).sum(-1))
        next_hidden.append(hidden[index, row.next_nodes])
        next_tokens.extend(row.next_tokens)
    language = F.cross_entropy(torch.cat(next_hidden) @ output.T, torch.tensor(next_tokens))
    return torch.cat(answer_terms).mean(), language, torch.cat(entropies).mean().item()


def rate(recipe: Recipe, step: int) -> float:
    """Learning rate of step 1, 2, ...: linear up, then linear down to a small last rate."""
    if step <= recipe.warm_up:
        return recipe.learning_rate * step / recipe.warm_up
    left = (recipe.steps - step) / (recipe.steps - recipe.warm_up)
    return recipe.learning_rate * (recipe.last_rate + (1 - recipe.last_rate) * left)


def train(recipe: Recipe, writer: Writer, vocabulary: int, wordings: str, folder: Path | None = None) -> tuple[LlamaForCausalLM, dict]:
    """Trains from the last checkpoint of the same recipe and wordings, or from the beginning."""
    folder = folder or WORK / recipe.name
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = folder / "checkpoint.pt"
    identity = json.dumps({"recipe": recipe.record(), "wordings": wordings}, sort_keys=True)
    model = new_model(recipe, vocabulary)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.0, betas=recipe.betas, weight_decay=recipe.weight_decay)
    step, tokens, history = 0, 0, []
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        if saved["identity"] == identity:
            model.load_state_dict(saved["model"])
            optimizer.load_state_dict(saved["optimizer"])
            step, tokens, history = saved["step"], saved["tokens"], saved["history"]
            print(f"{recipe.name}: goes on from step {step}", flush=True)
    letters = torch.tensor(writer.letters)
    recent, began = [], time.monotonic()
    while step < recipe.steps:
        rows = [writer.row(step * recipe.rows_per_step + n) for n in range(recipe.rows_per_step)]
        step += 1
        answer, language, entropy = losses(model, rows, letters)
        optimizer.param_groups[0]["lr"] = rate(recipe, step)
        optimizer.zero_grad(set_to_none=True)
        (answer + recipe.language_weight * language).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), recipe.gradient_norm)
        optimizer.step()
        tokens += sum(len(row.tree) for row in rows)
        recent.append((answer.item(), language.item(), entropy))
        if step % SAVE_EVERY == 0 or step == recipe.steps:
            means = [sum(column) / len(recent) for column in zip(*recent)]
            history.append({"step": step, "answer": means[0], "stem": means[1], "answerAboveEntropy": means[0] - means[2]})
            pace = (time.monotonic() - began) / len(recent)
            print(
                f"{recipe.name} step {step} answer {means[0]:.4f} (above entropy {means[0] - means[2]:.4f})"
                f" stem {means[1]:.3f}, {pace:.3f} s a step",
                flush=True,
            )
            recent, began = [], time.monotonic()
            state = {"identity": identity, "step": step, "tokens": tokens, "history": history}
            weights = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save({**state, **weights}, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
    return model.eval(), {"steps": step, "tokens": tokens, "losses": history}
