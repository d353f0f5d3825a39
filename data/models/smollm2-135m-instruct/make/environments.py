"""The two Python environments of the exporters, made from the pinned requirements beside this file.

`.venv-exporter` is an ordinary virtual environment: PyTorch, transformers 5, onnxruntime, the onnxruntime-genai builder.
optimum-onnx still needs transformers 4.57, but nothing else of its own: `.venv-optimum` holds only its five packages and
is laid over the first one by PYTHONPATH, which spares a second copy of PyTorch.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXPORTER = HERE / ".venv-exporter"
OPTIMUM = HERE / ".venv-optimum"
SIZES = "about 5.1 GB (PyTorch's Linux build carries CUDA libraries) and 0.14 GB"
BYTES_NEEDED = 9_000_000_000
OLDEST_PYTHON = (3, 11)


def prepare() -> None:
    """Makes what is missing, or what was made from other requirements."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python {'.'.join(map(str, OLDEST_PYTHON))} or later is needed, this is {sys.version.split()[0]}")
    missing = [folder for folder in (EXPORTER, OPTIMUM) if not _is_complete(folder)]
    if not missing:
        return
    free = shutil.disk_usage(HERE).free
    print(f"Python environments: {SIZES}, installed once into {EXPORTER.name} and {OPTIMUM.name}", flush=True)
    if EXPORTER in missing and free < BYTES_NEEDED:
        sys.exit(f"{BYTES_NEEDED / 1e9:.0f} GB of free disk are needed, {free / 1e9:.1f} GB are there")
    for folder in missing:
        shutil.rmtree(folder, ignore_errors=True)
        if folder == EXPORTER:
            run([sys.executable, "-m", "venv", str(folder)])
            run_python("-m", "pip", "install", "--quiet", "-r", str(_requirements(folder)))
        else:
            run_python("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), "-r", str(_requirements(folder)))
        _stamp(folder).write_text(_requirements(folder).read_text())


def python() -> str:
    """The interpreter of the first environment."""
    return str(EXPORTER / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def run_python(*arguments: str, optimum: bool = False) -> str:
    """Runs the environment's Python offline, with or without optimum's packages laid over it; returns what it printed.

    `GIT_DIR` points nowhere, since the onnxruntime-genai builder writes the commit of any repository around it into the
    graph, whose SHA-256 would then change with every commit. `PYTHONSAFEPATH` keeps files of the folder where the command
    is run, or of the script, from standing in for Python's own modules.
    """
    variables = {
        "GIT_DIR": os.devnull,
        "HF_HUB_OFFLINE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": str(OPTIMUM) if optimum else "",
        "PYTHONSAFEPATH": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    return run([python(), *arguments], {**os.environ, **variables})


def run(command: list[str], variables: dict[str, str] | None = None) -> str:
    """Runs a command; ends the program with everything it printed if it fails."""
    done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\n{' '.join(command)}\nfailed with exit status {done.returncode}")
    return done.stdout


def _requirements(folder: Path) -> Path:
    return HERE / {EXPORTER: "requirements.txt", OPTIMUM: "requirements-optimum.txt"}[folder]


def _stamp(folder: Path) -> Path:
    return folder / "made-from.txt"


def _is_complete(folder: Path) -> bool:
    """The stamp is written last and holds the requirements that the environment was made from."""
    return _stamp(folder).is_file() and _stamp(folder).read_text() == _requirements(folder).read_text()
