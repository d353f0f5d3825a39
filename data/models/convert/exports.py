"""ONNX exports of a Hugging Face folder, as the two usual exporters make them. The folders can each be opened alone."""

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import environments

HERE = Path(__file__).resolve().parent
BESIDE_THE_GRAPH = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja")
LAYER = re.compile(r"Reading layer (\d+)$")


def export_with_optimum(source: Path, folder: Path, task: str) -> None:
    """Plain attention with `position_ids`. Task `text-generation-with-past` has a key-value cache, `text-generation` none."""
    command = ("-m", "optimum.exporters.onnx", "--model", str(source), "--task", task, str(folder))
    environments.run_python(*command, optimum=True)
    copy_beside_the_graph(source, folder)


def export_with_genai_builder(source: Path, folder: Path, precision: str, on_layer: Callable[[int], None] | None = None) -> None:
    """GroupQueryAttention with a key-value cache, without `position_ids`. Precision is `fp32`, `int8` or `int4`.

    `hf_token=false` keeps the builder from asking for a login; `windowed_kv_cache=false` from caches of the window's size,
    with which no prompt can be read from an empty cache.
    """

    def on_line(line: str) -> None:
        found = LAYER.search(line)
        if found and on_layer is not None:
            on_layer(int(found.group(1)) + 1)

    with tempfile.TemporaryDirectory() as cache:
        command = ("-m", "onnxruntime_genai.models.builder", "-i", str(source), "-o", str(folder), "-c", cache, "-p", precision, "-e", "cpu")
        environments.run_python(*command, "--extra_options", "hf_token=false", "windowed_kv_cache=false", on_line=on_line)
    copy_beside_the_graph(source, folder)


def make_smaller(source: Path, folder: Path, dtype: str) -> None:
    """A float32 export in `fp16`, or with weights in `int8` or `int4` (see smaller.py)."""
    folder.mkdir(parents=True, exist_ok=True)
    environments.run_python(str(HERE / "smaller.py"), dtype, str(source / "model.onnx"), str(folder / "model.onnx"))
    copy_beside_the_graph(source, folder)


def copy_beside_the_graph(source: Path, folder: Path) -> None:
    """The source's own configuration and tokenizer, in place of what the exporter wrote in its own words."""
    for path in folder.iterdir():
        if path.suffix in (".json", ".jinja", ".txt", ".model") and path.name != "genai_config.json":
            path.unlink()
    for name in BESIDE_THE_GRAPH:
        if (source / name).exists():
            shutil.copyfile(source / name, folder / name)
