"""Whether disk and memory are enough, before anything is begun."""

import shutil
from pathlib import Path

from checkpoint import Checkpoint
from refusal import Refused

FLOAT32 = 4
# Times the float32 weights. For 0.54 GB of them the largest process had 3.4 GB with optimum and 1.7 GB with the builder, whose
# peak is the comparison; Python and its libraries are the part that does not grow.
MEMORY_FACTOR = {"optimum": 4.6, "genai": 1.6}
PYTHON_BYTES = 1_000_000_000
DTYPE_BYTES = {"fp32": 4, "fp16": 2, "int8": 1.2, "int4": 0.8}
SPARE = 1.05


def disk_needed(checkpoint: Checkpoint, dtype: str) -> int:
    """Bytes beside the output folder: the float32 copy of a GGUF file, the float32 export, and what is made of it."""
    copies = FLOAT32 * (2 if checkpoint.kind == "gguf" else 1) + (0 if dtype == "fp32" else DTYPE_BYTES[dtype])
    return int(checkpoint.parameters * copies * SPARE) + 50_000_000


def memory_needed(checkpoint: Checkpoint, exporter: str) -> int:
    return int(checkpoint.parameters * FLOAT32 * MEMORY_FACTOR[exporter]) + PYTHON_BYTES


def check(checkpoint: Checkpoint, out: Path, exporter: str, dtype: str) -> None:
    """@raises Refused when disk or memory cannot hold the work"""
    size = f"{checkpoint.parameters / 1e6:,.1f} million parameters"
    disk, free = disk_needed(checkpoint, dtype), shutil.disk_usage(_nearest(out.parent)).free
    if free < disk:
        raise Refused(
            f"Converting {checkpoint.path} ({size}): {free / 1e9:.1f} GB of disk are free beside {out}. "
            f"Expected {disk / 1e9:.1f} GB. Free some, or name an output folder on another disk."
        )
    memory, available = memory_needed(checkpoint, exporter), available_memory()
    if available is not None and available < memory:
        raise Refused(
            f"Converting {checkpoint.path} ({size}): {available / 1e9:.1f} GB of memory are available. Expected about "
            f"{memory / 1e9:.1f} GB for the {exporter} exporter. Close other programs, or convert on a larger machine."
        )


def available_memory(report: Path = Path("/proc/meminfo")) -> int | None:
    """Bytes that a program can take without swapping; None where the system does not say in this way."""
    if not report.is_file():
        return None
    lines = dict(line.split(":", 1) for line in report.read_text().splitlines() if ":" in line)
    return int(lines["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in lines else None


def _nearest(folder: Path) -> Path:
    return folder if folder.exists() else _nearest(folder.parent)
