"""The prompts of this folder as lm-evaluation-harness takes them, and what it reports of each. Made by culture-lens."""

from math import exp
from pathlib import Path
from typing import Any

from datasets import Dataset, load_dataset

Document = dict[str, Any]
Answers = list[tuple[float, bool]]


def documents(**_: Any) -> dict[str, Dataset]:
    return load_dataset("json", data_files={"test": str(Path(__file__).with_name("documents.jsonl"))})


def context(document: Document) -> str:
    return document["context"]


def choices(document: Document) -> list[str]:
    return document["choices"]


def most_people(document: Document) -> str:
    """The letter of people's most common answer: no right answer, and none where shares of answers are unknown."""
    return document["most_people"] or "unknown"


def figures(document: Document, answers: Answers) -> dict[str, float]:
    log_probs = [log_prob for log_prob, _ in answers]
    options = len(document["letters"])
    # Where white space ends the prompt it is the last choice, and every option begins with it.
    border = log_probs[options] if document["border"] else 0.0
    most_probable = document["letters"][max(range(options), key=log_probs.__getitem__)]
    found: dict[str, float] = {}
    if document["reading"] == "letter":
        found["option_mass"] = sum(exp(log_prob - border) for log_prob in log_probs[:options])
    if document["most_people"]:
        found["agrees_with_most_people"] = float(most_probable == document["most_people"])
    return found
