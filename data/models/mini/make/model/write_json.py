"""JSON as this project writes it."""

import json
from pathlib import Path


def write_json(path: Path, value: dict) -> None:
    """Whole or not at all."""
    path.with_suffix(".new").write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")
    path.with_suffix(".new").replace(path)
