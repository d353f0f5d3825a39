"""Folders that are either whole or absent, and what is in them."""

import hashlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path


def make_once(folder: Path, make: Callable[[Path], None]) -> None:
    """Lets `make` fill a temporary folder beside `folder` and renames it at the end; does nothing if `folder` is there."""
    if folder.exists():
        print(f"{folder.name}: there already", flush=True)
        return
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    start = time.monotonic()
    make(unfinished)
    unfinished.rename(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder.name}: made in {time.monotonic() - start:.0f} s, {size / 1e6:.0f} MB", flush=True)


def list_files(folder: Path) -> dict[str, dict[str, object]]:
    """Size and SHA-256 of every file, by its path inside the folder."""
    return {
        path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
