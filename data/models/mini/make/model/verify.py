"""Proves that the exported graph computes what transformers computes, on prompts of every kind."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer

from model.export import checkpoint_from_graph
from text.templates import Template, orders, read_templates
from text.tree import Tree
from text.vocabulary import check_letters
from training.batch import Batch
from training.run import Trained
from world.survey import Survey

TOLERANCE = 1e-4
COUNTRIES = ("CHL", "USA", "MDV", "KOR")


class Session:
    """The exported graph, with an empty past unless one is given."""

    def __init__(self, folder: Path):
        self.session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
        self.past = {i.name: i.shape for i in self.session.get_inputs() if i.name.startswith("past_key_values")}
        self.outputs = [output.name for output in self.session.get_outputs()]

    def run(self, ids: np.ndarray, positions: np.ndarray, mask: np.ndarray, keep: int = 0, past: dict | None = None) -> dict:
        empty = {n: np.zeros((len(ids), s[1], 0, s[3]), np.float32) for n, s in self.past.items()}
        feeds = {"input_ids": ids, "position_ids": positions, "attention_mask": mask, "num_logits_to_keep": np.array(keep)}
        return dict(zip(self.outputs, self.session.run(None, {**feeds, **(past or empty)})))

    def prompt(self, ids: list[int], keep: int = 0) -> np.ndarray:
        row = np.array([ids])
        return self.run(row, np.arange(len(ids))[None], np.ones_like(row), keep)["logits"][0]


@torch.no_grad()
def verify(folder: Path, trained: Trained, survey: Survey) -> dict[str, float]:
    """Largest difference of a logit from transformers by kind of run; raises where one is too large."""
    written = not (folder / "model.safetensors").exists()
    checkpoint_from_graph(folder)
    try:
        return _verify(folder, trained, survey)
    finally:
        if written:
            (folder / "model.safetensors").unlink()


def _verify(folder: Path, trained: Trained, survey: Survey) -> dict[str, float]:
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    check_letters(tokenizer)
    templates = [form for template in read_templates().values() for form in (template, template.in_chat())]
    session = Session(folder)
    prompts = [
        template.prompt(item, options, country.prompt_name)
        for template in templates
        for item in survey.items[::41]
        for options in orders(item).values()
        for country in survey.countries
        if country.iso3 in COUNTRIES
    ]
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(prompts)]
    if AutoTokenizer.from_pretrained(folder)(prompts)["input_ids"] != encoded:
        raise ValueError(f"{folder.name}: transformers reads tokenizer.json differently")
    expected = [model(torch.tensor([ids])).logits[0].numpy() for ids in encoded]
    found = {"all positions": max(_gap(session.prompt(ids), logits) for ids, logits in zip(encoded, expected))}
    for keep in (1, 3):
        found[f"last {keep}"] = max(_gap(session.prompt(ids, keep), logits[-keep:]) for ids, logits in zip(encoded, expected))
    found["batch"] = _batch(session, encoded[:12], expected[:12])
    found["past"] = max(_with_past(session, ids, logits) for ids, logits in zip(encoded[:12], expected[:12]))
    found["tree"] = _tree(trained.model, encoded[:12], expected[:12])
    wrong = {kind: gap for kind, gap in found.items() if not gap <= TOLERANCE}
    if wrong:
        raise ValueError(f"{folder.name}: logits differ from transformers by {wrong}")
    shifted = np.array([encoded[0]])
    moved = session.run(shifted, np.arange(shifted.shape[1])[None] ** 2, np.ones_like(shifted))["logits"][0]
    if _gap(moved, expected[0]) < 1:
        raise ValueError(f"{folder.name}: wrong positions change nothing, so this check sees nothing")
    return {"prompts": len(prompts), **{kind: float(f"{gap:.1e}") for kind, gap in found.items()}}


def _gap(found: np.ndarray, expected: np.ndarray) -> float:
    if found.shape != expected.shape:
        raise ValueError(f"logits of shape {found.shape}, expected {expected.shape}")
    return float(np.abs(found - expected).max())


def _batch(session: Session, encoded: list[list[int]], expected: list[np.ndarray]) -> float:
    """Prompts of different lengths in one run, padded at the right."""
    length = max(map(len, encoded))
    ids = np.array([row + [0] * (length - len(row)) for row in encoded])
    mask = np.array([[1] * len(row) + [0] * (length - len(row)) for row in encoded])
    logits = session.run(ids, np.tile(np.arange(length), (len(ids), 1)), mask)["logits"]
    return max(_gap(row[: len(e)], e) for row, e in zip(logits, expected))


def _with_past(session: Session, ids: list[int], expected: np.ndarray) -> float:
    """The first tokens in one run, the last seven over its cache, only the last of them answered."""
    cut = len(ids) - 7
    first, rest = np.array([ids[:cut]]), np.array([ids[cut:]])
    before = session.run(first, np.arange(cut)[None], np.ones_like(first), keep=1)
    past = {name.replace("present", "past_key_values"): value for name, value in before.items() if name != "logits"}
    after = session.run(rest, np.arange(cut, len(ids))[None], np.ones((1, len(ids)), np.int64), keep=1, past=past)
    return max(_gap(before["logits"][0], expected[cut - 1 : cut]), _gap(after["logits"][0], expected[-1:]))


def _tree(model, encoded: list[list[int]], expected: list[np.ndarray]) -> float:
    """The packed row of training, through the model as it was trained, against prompts alone."""
    tree = Tree()
    leaves = [tree.add(ids) for ids in encoded]
    logits = model.lm_head(Batch.of([tree]).hidden(model)[leaves]).numpy()
    return max(_gap(found, alone[-1]) for found, alone in zip(logits, expected))
