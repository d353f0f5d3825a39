"""Texts whose tokens are a small forest: one tree within the sliding window, one that passes every bound of a context."""

from pathlib import Path

import transformers
from family_configurations import ORIGINAL_CONTEXT, SLIDING_WINDOW

STEM = "How important is it? A. Very important B. Not at all"
LAND = f"{STEM} in the Netherlands"
SHORT_TREE = ("Answer: A", "Answer: A or", "Answer: A or B", "Answer: A or C", "Answer: A or B?")
LONG_TREE = (STEM, f"{STEM} in Japan", f"{STEM} in Chile", LAND, f"{LAND}, people answer", f"{LAND}, not A")
NESTED_TREE = (LAND, f"{LAND}, people answer", f"{LAND}, not A")
TEXTS = ("In it?", "Answer: B", *SHORT_TREE, *LONG_TREE)
LONG = 24


def token_rows(tokenizer_folder: Path) -> dict[str, list[int]]:
    """Token ids of each text; prefixes must stay prefixes as tokens, and lengths pass the bounds."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(tokenizer_folder)
    rows = {text: tokenizer.encode(text) for text in TEXTS}
    for tree in (SHORT_TREE, LONG_TREE, NESTED_TREE):
        stem = rows[tree[0]]
        assert all(rows[text][: len(stem)] == stem for text in tree), f"{tree[0]!r} is no prefix in tokens"
    assert max(len(rows[text]) for text in SHORT_TREE) < SLIDING_WINDOW < min(len(rows[text]) for text in LONG_TREE)
    assert sum(len(row) >= LONG for row in rows.values()) >= 5
    assert sum(len(row) > ORIGINAL_CONTEXT for row in rows.values()) >= 3
    return rows
