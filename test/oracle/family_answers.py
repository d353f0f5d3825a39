"""What transformers answers to the texts, and how far an ONNX graph is from it."""

from pathlib import Path

import family_models
import family_precision
import family_texts
import numpy as np
import onnxruntime
import tiny_llama
import tokenizers
import torch
import transformers
from family_configurations import SLIDING_WINDOW

LISTED = 12
EXACT, ROUNDED = "logProbs", "roundedLogProbs"
ELEMENTS = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(int64)": np.int64, "tensor(int32)": np.int32}


def expected(source: Path, rounded: bool) -> dict[str, object]:
    """Log-probabilities of a fixed set of tokens after each text, in the form of the other fixtures.

    With `rounded`, those of weights rounded to float16 stand beside them: `roundedLogProbs`.
    """
    model = family_models.load(source)
    rows = family_texts.token_rows(source)
    drawn = np.random.default_rng(tiny_llama.SEED).choice(tiny_llama.VOCABULARY, LISTED, replace=False)
    listed = sorted(drawn.tolist())
    sequences = [{"text": text, "tokenIds": row, "logProbs": log_probs(model, row, listed)} for text, row in rows.items()]
    if rounded:
        with torch.no_grad():
            family_precision.to_float16(model)
        sequences = [{**one, ROUNDED: log_probs(model, one["tokenIds"], listed)} for one in sequences]
    versions = {"tokenizers": tokenizers.__version__, "torch": torch.__version__, "transformers": transformers.__version__}
    return {**tiny_llama.MEASURES, "versions": versions, "listedTokenIds": listed, "sequences": sequences}


def log_probs(model: transformers.PreTrainedModel, row: list[int], listed: list[int]) -> list[float]:
    all_tokens = tiny_llama.next_log_probs(model, torch.tensor([row]))
    assert all_tokens.std() >= family_models.SMALLEST_SPREAD, f"log-probabilities after {row} spread by {all_tokens.std()}"
    return [tiny_llama.ten_digits(value) for value in all_tokens[listed].tolist()]


def largest_difference(folder: Path, answers: dict, kind: str = EXACT) -> float:
    """Of the listed log-probabilities, between the folder's graph, each sequence alone, and the answers."""
    graph = next(path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.exists())
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    head_size = head_size_of(folder)
    largest = 0.0
    for sequence in answers["sequences"]:
        logits = session.run(["logits"], feeds(session, sequence["tokenIds"], head_size))[0][0, -1]
        found = torch.log_softmax(torch.from_numpy(logits).double(), dim=-1)[answers["listedTokenIds"]]
        largest = max(largest, (found - torch.tensor(sequence[kind], dtype=torch.float64)).abs().max().item())
    return largest


def feeds(session: onnxruntime.InferenceSession, row: list[int], head_size: int) -> dict[str, np.ndarray]:
    """One row, a mask of ones, positions from 0, empty caches."""
    known = {"input_ids": [row], "attention_mask": [[1] * len(row)], "position_ids": [list(range(len(row)))]}
    known["use_cache_branch"] = [False]
    known["num_logits_to_keep"] = 0
    return {
        given.name: np.array(known[given.name], ELEMENTS.get(given.type, np.bool_))
        if given.name in known
        else np.zeros(empty_cache(given.shape, head_size), ELEMENTS[given.type])
        for given in session.get_inputs()
    }


def empty_cache(shape: list[int | str], head_size: int) -> list[int]:
    """Batch, heads, no past, head size, which the builder leaves open. A cache of the window's size must have it from the start."""
    _, heads, past, width = shape
    return [1, heads, SLIDING_WINDOW if past == "past_sliding_length" else 0, width if isinstance(width, int) else head_size]


def head_size_of(folder: Path) -> int:
    config = transformers.AutoConfig.from_pretrained(folder)
    return getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
