"""Compares ONNX exports with the Hugging Face folder as transformers loads it: log-probabilities of the next token.

`python verify.py HF_FOLDER ONNX_FOLDER...` prints one JSON object: differences by name of the ONNX folder.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

QUESTION = "How important is {} in your life?\nA. Very important\nB. Rather important\nC. Not very important\nD. Not at all important\n"
PROMPTS = ("The capital of France is", "1, 2, 3, 4, 5,", *(QUESTION.format(x) + "Answer of a person in Japan:" for x in ("family", "work")))
CHATS = (QUESTION.format("religion") + "Answer with a letter.", "Who are you?")
TAIL = 3
LIKELY = 100


def main(reference: Path, folders: list[Path]) -> None:
    tokenizer = AutoTokenizer.from_pretrained(reference)
    model = AutoModelForCausalLM.from_pretrained(reference, dtype=torch.float32)
    rows = [tokenizer.encode(text) for text in PROMPTS]
    for question in CHATS:
        text = tokenizer.apply_chat_template([{"role": "user", "content": question}], tokenize=False, add_generation_prompt=True)
        rows.append(tokenizer.encode(text, add_special_tokens=False))
    expected = np.stack([transformers_log_probs(model, row) for row in rows])
    assert tokenizer.decode([int(expected[0].argmax())]) == " Paris"
    print(json.dumps({folder.name: compare(folder, rows, expected) for folder in folders}))


def compare(folder: Path, rows: list[list[int]], expected: np.ndarray) -> dict[str, object]:
    """Over all prompts and the whole vocabulary, and over the 100 most probable tokens of each prompt.

    Each prompt is read in one run, and again with its last tokens as a second run over the key-value cache of the first.
    """
    session = onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
    head_size = json.loads((folder / "config.json").read_text(encoding="utf-8"))["head_dim"]
    whole = np.stack([onnx_log_probs(session, head_size, [row]) for row in rows])
    cached = np.stack([onnx_log_probs(session, head_size, [row[:-TAIL], row[-TAIL:]]) for row in rows])
    likely = np.argsort(-expected, axis=1)[:, :LIKELY]
    difference, difference_over_cache = np.abs(whole - expected), np.abs(cached - expected)
    return {
        "prompts": len(rows),
        "medianDifference": significant(np.median(difference)),
        "largestDifference": significant(difference.max()),
        "medianDifferenceOfLikelyTokens": significant(np.median(np.take_along_axis(difference, likely, 1))),
        "largestDifferenceOfLikelyTokens": significant(np.take_along_axis(difference, likely, 1).max()),
        "largestDifferenceOverCacheOfLikelyTokens": significant(np.take_along_axis(difference_over_cache, likely, 1).max()),
        "promptsWithTheSameBestToken": int((whole.argmax(1) == expected.argmax(1)).sum()),
    }


def transformers_log_probs(model: torch.nn.Module, row: list[int]) -> np.ndarray:
    with torch.no_grad():
        return log_softmax(model(torch.tensor([row])).logits[0, -1].numpy())


def onnx_log_probs(session: onnxruntime.InferenceSession, head_size: int, pieces: list[list[int]]) -> np.ndarray:
    """Feeds the pieces one after the other, each over the cache of those before; the first over an empty cache.

    The size of a head comes from config.json, since the builder's graphs leave it open.
    """
    pasts = [graph_input for graph_input in session.get_inputs() if graph_input.name.startswith("past_key_values.")]
    cache = {past.name: np.zeros((1, past.shape[1], 0, head_size), np.float32) for past in pasts}
    names = [output.name for output in session.get_outputs()]
    seen = 0
    for piece in pieces:
        feeds = {"input_ids": np.array([piece], np.int64), "attention_mask": np.ones((1, seen + len(piece)), np.int64), **cache}
        if any(graph_input.name == "position_ids" for graph_input in session.get_inputs()):
            feeds["position_ids"] = np.arange(seen, seen + len(piece), dtype=np.int64)[None]
        outputs = dict(zip(names, session.run(None, feeds)))
        cache = {name.replace("present", "past_key_values"): value for name, value in outputs.items() if name != "logits"}
        seen += len(piece)
    return log_softmax(outputs["logits"][0, -1])


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits.astype(np.float64) - logits.max()
    return shifted - np.log(np.exp(shifted).sum())


def significant(value: float) -> float:
    return float(f"{value:.2g}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]])
