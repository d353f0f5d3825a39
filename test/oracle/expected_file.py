"""Writes a file of expected values: the versions that made them, then one case a line."""

import json
import pathlib
import platform
from importlib import metadata


def write(script, groups, packages):
    """groups: name -> list of cases; packages: those whose numbers the file holds."""
    versions = {"python": platform.python_version(), **{name: metadata.version(name) for name in packages}}
    lines = [f' "versions": {json.dumps(versions)}']
    for name, cases in groups.items():
        rows = ",\n  ".join(json.dumps(case) for case in cases)
        lines.append(f' "{name}": [\n  {rows}\n ]')
    path = pathlib.Path(script).with_suffix(".expected.json")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def rounded(values):
    """Inputs with six decimals, so that a case can be read."""
    return [round(float(value), 6) for value in values]
