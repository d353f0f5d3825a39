"""ONNX exports of a Hugging Face folder, as the two usual exporters make them. The folders can each be opened alone."""

import shutil
import tempfile
from pathlib import Path

import environments

BESIDE_THE_GRAPH = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja")


def export_with_optimum(source: Path, folder: Path, task: str) -> None:
    """Plain attention with `position_ids`. Task `text-generation-with-past` has a key-value cache, `text-generation` none."""
    command = ("-m", "optimum.exporters.onnx", "--model", str(source), "--task", task, str(folder))
    environments.run_python(*command, optimum=True)
    copy_beside_the_graph(source, folder)


def export_with_genai_builder(source: Path, folder: Path, precision: str) -> None:
    """GroupQueryAttention with a key-value cache, without `position_ids`. Precision is `fp32` or `int4`.

    `hf_token=false` keeps the builder from asking for a login.
    """
    with tempfile.TemporaryDirectory() as cache:
        command = ("-m", "onnxruntime_genai.models.builder", "-i", str(source), "-o", str(folder), "-c", cache)
        environments.run_python(*command, "-p", precision, "-e", "cpu", "--extra_options", "hf_token=false")
    copy_beside_the_graph(source, folder)


def quantise_dynamic(source: Path, folder: Path) -> None:
    """int8 weights, and activations rounded to 8 bits while running, scaled over the whole tensor: onnxruntime's dynamic quantisation."""
    folder.mkdir(parents=True, exist_ok=True)
    code = "import sys; from onnxruntime.quantization import QuantType, quantize_dynamic; quantize_dynamic(sys.argv[1], sys.argv[2], weight_type=QuantType.QInt8)"
    environments.run_python("-c", code, str(source / "model.onnx"), str(folder / "model.onnx"))
    copy_beside_the_graph(source, folder)


def copy_beside_the_graph(source: Path, folder: Path) -> None:
    """The source's own configuration and tokenizer, in place of what the exporter wrote in its own words."""
    for path in folder.iterdir():
        if path.suffix in (".json", ".jinja", ".txt", ".model") and path.name != "genai_config.json":
            path.unlink()
    for name in BESIDE_THE_GRAPH:
        if (source / name).exists():
            shutil.copyfile(source / name, folder / name)
