"""Numbers that another processor rounds otherwise stay as they were written."""

import json
from pathlib import Path

import tiny_llama

# Nats. Sums in float32 differ by less from one kind of processor to another, and what is tested is 1e-4.
ROUNDING = 1e-5


def write_unless_rounding(path: Path, values: dict[str, object], older: Path) -> None:
    """Writes `values`, or what the older file says where the two differ by no more than rounding."""
    before = json.loads(older.read_text(encoding="utf-8")) if older.exists() else None
    tiny_llama.write_json(path, before if alike(before, values) else values)


def alike(before: object, after: object) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) <= ROUNDING
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(alike(before[key], after[key]) for key in after)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(alike, before, after))
    return before == after
