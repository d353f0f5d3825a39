"""Makes test/fixtures/onnx/: one tiny Llama with random weights, in five ONNX forms, and a folder for its chat template.

`python3 make_onnx_fixtures.py`. It uses the exporters' environments of data/models/convert (made there
when missing, about 5 GB) and starts itself again inside them. Expected values come from transformers in float32, never
from an exporter. What is written does not depend on the day or the folder.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
FIXTURES = REPOSITORY / "test" / "fixtures" / "onnx"
sys.path.append(str(REPOSITORY / "data" / "models" / "convert"))

import environments  # noqa: E402
import exports  # noqa: E402

if Path(sys.prefix).resolve() != environments.EXPORTER.resolve():
    environments.prepare()
    print(environments.run_python(str(Path(__file__).resolve())), end="")
    sys.exit()

sys.path.append(str(HERE))  # last, so that the packages still find Python's own modules first

import tiny_llama  # noqa: E402
import onnx  # noqa: E402
from onnxruntime.transformers.float16 import convert_float_to_float16  # noqa: E402

LARGEST_FOLDER = 400_000


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary)
        source = made / "source"
        expected = tiny_llama.write(source)
        forms = {
            "plain": export_plain,
            "no-position-ids": lambda source, folder: exports.export_with_genai_builder(source, folder, "fp32"),
            "fp16": export_float16,
            "external-data": export_external_data,
            "no-cache": lambda source, folder: exports.export_with_optimum(source, folder, "text-generation"),
        }
        for name, export in forms.items():
            folder = made / name
            folder.mkdir()
            export(source, folder)
            (folder / "generation_config.json").unlink()
            largest = tiny_llama.largest_difference(folder, expected)
            tolerance = 0.02 if name == "fp16" else 1e-4
            assert largest < tolerance, f"{name} differs from transformers by {largest}"
            tiny_llama.write_json(folder / "expected.json", expected)
            place(folder, FIXTURES / name)
            print(f"{name}: {size(FIXTURES / name)} bytes, largest difference from transformers {largest:.1e}")
    tiny_llama.write_chat(FIXTURES / "plain", FIXTURES / "chat")
    print(f"chat: {size(FIXTURES / 'chat')} bytes")


def export_plain(source: Path, folder: Path) -> None:
    exports.export_with_optimum(source, folder, "text-generation-with-past")


def export_float16(source: Path, folder: Path) -> None:
    """Weights, cache and logits in float16."""
    export_plain(source, folder)
    model = onnx.load(folder / "model.onnx")
    onnx.save(convert_float_to_float16(model, keep_io_types=False), folder / "model.onnx")
    configuration = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tiny_llama.write_json(folder / "config.json", {**configuration, "dtype": "float16"})


def export_external_data(source: Path, folder: Path) -> None:
    """Large tensors in model.onnx_data, small ones inside the graph."""
    export_plain(source, folder)
    model = onnx.load(folder / "model.onnx")
    onnx.save(model, folder / "model.onnx", save_as_external_data=True, location="model.onnx_data", size_threshold=1024)


def place(folder: Path, destination: Path) -> None:
    shutil.rmtree(destination, ignore_errors=True)
    shutil.copytree(folder, destination)
    assert size(destination) < LARGEST_FOLDER, f"{destination.name} has {size(destination)} bytes"


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


if __name__ == "__main__":
    main()
