"""The Python environments of the exporters, made from the pinned requirements beside this file.

`.venv-exporter` is an ordinary virtual environment: PyTorch, transformers 5, onnxruntime, the onnxruntime-genai builder.
optimum-onnx still needs transformers 4.57, but nothing else of its own: `.venv-optimum` holds only its five packages and
is laid over the first one by PYTHONPATH, which spares a second copy of PyTorch. `.venv-sentencepiece` is laid over it in
the same way, and is made only for a tokenizer that comes as a SentencePiece model.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import processes
from refusal import Refused

HERE = Path(__file__).resolve().parent
EXPORTER = HERE / ".venv-exporter"
OPTIMUM = HERE / ".venv-optimum"
SENTENCEPIECE = HERE / ".venv-sentencepiece"
REQUIREMENTS = {
    EXPORTER: HERE / "requirements.txt",
    OPTIMUM: HERE / "requirements-optimum.txt",
    SENTENCEPIECE: HERE / "requirements-sentencepiece.txt",
}
SIZES = "about 5.1 GB (PyTorch's Linux build carries CUDA libraries) and 0.14 GB"
BYTES_NEEDED = 9_000_000_000
OLDEST_PYTHON = (3, 11)


def missing(sentencepiece: bool = False) -> list[Path]:
    """The environments that are not there, or were made from other requirements."""
    needed = [EXPORTER, OPTIMUM, *([SENTENCEPIECE] if sentencepiece else [])]
    return [folder for folder in needed if not _is_complete(folder)]


def prepare(sentencepiece: bool = False) -> None:
    """Makes what is missing; an interrupted installation leaves nothing."""
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise Refused(f"Making the Python environment: this is Python {sys.version.split()[0]}. Expected {oldest} or later.")
    folders = missing(sentencepiece)
    free = shutil.disk_usage(HERE).free
    if EXPORTER in folders:
        print(f"Python environments: {SIZES}, installed once into {EXPORTER} and {OPTIMUM.name}", flush=True)
        if free < BYTES_NEEDED:
            raise Refused(
                f"Making the Python environment in {HERE}: {free / 1e9:.1f} GB of disk are free. "
                f"Expected {BYTES_NEEDED / 1e9:.0f} GB. Free some, then repeat the command."
            )
    for folder in folders:
        _remove(folder)
        try:
            _install(folder)
        except BaseException:
            _remove(folder)
            raise


def python() -> str:
    """The interpreter of the first environment."""
    return str(EXPORTER / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def run_python(
    *arguments: str,
    optimum: bool = False,
    sentencepiece: bool = False,
    on_line: Callable[[str], None] | None = None,
) -> str:
    """Runs the environment's Python offline, with or without other packages laid over it; returns what it printed.

    `GIT_DIR` points nowhere, since the onnxruntime-genai builder writes the commit of any repository around it into the
    graph, whose SHA-256 would then change with every commit. `PYTHONSAFEPATH` keeps files of the folder where the command
    is run, or of the script, from standing in for Python's own modules.
    """
    over = [str(folder) for folder, wanted in ((OPTIMUM, optimum), (SENTENCEPIECE, sentencepiece)) if wanted]
    variables = {
        "GIT_DIR": os.devnull,
        "HF_HUB_OFFLINE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": os.pathsep.join(over),
        "PYTHONSAFEPATH": "1",
        "PYTHONUNBUFFERED": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    return processes.run([python(), *arguments], {**os.environ, **variables}, on_line)


def _install(folder: Path) -> None:
    pip = ("-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS[folder]))
    if folder == EXPORTER:
        processes.run([sys.executable, "-m", "venv", str(folder)])
        run_python(*pip)
    else:
        run_python(*pip, "--no-deps", "--target", str(folder))
    _stamp(folder).write_text(REQUIREMENTS[folder].read_text())


def _remove(folder: Path) -> None:
    """A link is removed as such: what it names may be another checkout's environment."""
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _stamp(folder: Path) -> Path:
    return folder / "made-from.txt"


def _is_complete(folder: Path) -> bool:
    """The stamp is written last and holds the requirements that the environment was made from."""
    return _stamp(folder).is_file() and _stamp(folder).read_text() == REQUIREMENTS[folder].read_text()
