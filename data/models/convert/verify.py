"""Compares ONNX exports with the Hugging Face folder as transformers loads it: log-probabilities of the next token.

`python verify.py HF_FOLDER ONNX_FOLDER... [--expected FILE]`. The reference computes in float32 with plain attention. The
last line that is printed is one JSON object: differences by name of the ONNX folder. FILE takes what transformers says, so
that another program can be held against it.
"""

import argparse
import datetime
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import chat_template_utils

sys.path.append(str(Path(__file__).resolve().parent))

import prompts  # noqa: E402
from json_file import write_json  # noqa: E402

ELEMENTS = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
TAIL = 3
LIKELY = 100
LISTED_EACH = 3


class PinnedDate(datetime.datetime):
    """The day that chat templates see, the same as culture-lens gives them."""

    @classmethod
    def now(cls, tz=None) -> datetime.datetime:
        return datetime.datetime(2024, 7, 1)


def main(reference: Path, folders: list[Path], expected_file: Path | None) -> None:
    chat_template_utils.datetime = PinnedDate
    tokenizer = AutoTokenizer.from_pretrained(reference)
    model = AutoModelForCausalLM.from_pretrained(reference, dtype=torch.float32, attn_implementation="eager").eval()
    asked = prompts.make(tokenizer, getattr(model.config, "max_position_embeddings", None))
    expected = np.stack([transformers_log_probs(model, prompt.token_ids) for prompt in asked])
    if not np.isfinite(expected).all():
        sys.exit(f"{reference}: transformers itself gives log-probabilities that are not finite numbers")
    head_size = getattr(model.config, "head_dim", None) or model.config.hidden_size // model.config.num_attention_heads
    # The weights are not held twice.
    del model
    if expected_file is not None:
        write_expected(expected_file, asked, expected)
    rows = [prompt.token_ids for prompt in asked]
    differences = {folder.name: compare(folder, head_size, rows, expected) for folder in folders}
    continued = tokenizer.decode([int(expected[0].argmax())])
    print(json.dumps({"prompts": len(rows), "continues": {prompts.CONTINUED: continued}, "differences": differences}))


def compare(folder: Path, head_size: int, rows: list[list[int]], expected: np.ndarray) -> dict[str, object]:
    """Over all prompts and the whole vocabulary, and over the 100 most probable tokens of each prompt.

    Each prompt is read in one run, and again with its last tokens as a second run over the key-value cache of the first.
    """
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    difference = np.abs(np.stack([onnx_log_probs(session, head_size, [row]) for row in rows]) - expected)
    likely = np.argsort(-expected, axis=1)[:, :LIKELY]
    measured = {
        "medianDifference": significant(np.median(difference)),
        "largestDifference": significant(difference.max()),
        "medianDifferenceOfLikelyTokens": significant(np.median(np.take_along_axis(difference, likely, 1))),
        "largestDifferenceOfLikelyTokens": significant(np.take_along_axis(difference, likely, 1).max()),
    }
    if any(graph_input.name.startswith("past_key_values.") for graph_input in session.get_inputs()):
        cached = np.stack([onnx_log_probs(session, head_size, [row[:-TAIL], row[-TAIL:]]) for row in rows])
        measured["largestDifferenceOverCache"] = significant(np.abs(cached - expected).max())
    return measured


def transformers_log_probs(model: torch.nn.Module, row: list[int]) -> np.ndarray:
    with torch.no_grad():
        return log_softmax(model(torch.tensor([row]), use_cache=False).logits[0, -1].numpy())


def onnx_log_probs(session: onnxruntime.InferenceSession, head_size: int, pieces: list[list[int]]) -> np.ndarray:
    """Feeds the pieces one after the other, each over the cache of those before; the first over an empty cache.

    The size of a head comes from the configuration, since the builder's graphs leave it open.
    """
    inputs = {graph_input.name: graph_input for graph_input in session.get_inputs()}
    pasts = [given for name, given in inputs.items() if name.startswith("past_key_values.")]
    cache = {past.name: np.zeros((1, past.shape[1], 0, head_size), ELEMENTS[past.type]) for past in pasts}
    names = [output.name for output in session.get_outputs()]
    seen = 0
    for piece in pieces:
        feeds = {"input_ids": [piece], "attention_mask": [[1] * (seen + len(piece))], "position_ids": [list(range(seen, seen + len(piece)))]}
        known = {name: np.array(value, np.int64) for name, value in feeds.items() if name in inputs}
        outputs = dict(zip(names, session.run(None, {**known, **cache})))
        cache = {name.replace("present", "past_key_values"): value for name, value in outputs.items() if name != "logits"}
        cache = {name: value for name, value in cache.items() if name in inputs}
        seen += len(piece)
    return log_softmax(outputs["logits"][0, -1])


def write_expected(path: Path, asked: list[prompts.Asked], expected: np.ndarray) -> None:
    """Of each prompt's most probable tokens, the log-probabilities after every prompt."""
    listed = sorted({int(token) for row in expected for token in np.argsort(-row)[:LISTED_EACH]})
    sequences = [
        {"form": prompt.form, "text": prompt.text, "tokenIds": prompt.token_ids, "logProbs": [ten_digits(row[token]) for token in listed]}
        for prompt, row in zip(asked, expected)
    ]
    write_json(path, {"listedTokenIds": listed, "sequences": sequences})


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits.astype(np.float64) - logits.max().astype(np.float64)
    return shifted - np.log(np.exp(shifted).sum())


def significant(value: float) -> float | None:
    """None where the export gives something that is not a number."""
    return float(f"{value:.2g}") if np.isfinite(value) else None


def ten_digits(value: float) -> float:
    return float(f"{value:.10g}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--expected", type=Path)
    options = parser.parse_args()
    main(options.reference, options.folders, options.expected)
