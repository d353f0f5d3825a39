"""The exporters' ways to a graph, each from a Hugging Face folder into an empty one."""

import tempfile
from pathlib import Path

import environments
import exports
from onnxruntime.quantization import QuantType, quantize_dynamic

HERE = Path(__file__).resolve().parent
BUILDER = ("-m", "onnxruntime_genai.models.builder")
OTHER_BUILDER = str(HERE / "family_builder.py")
REQUIREMENTS = HERE / "family_requirements.txt"
# torch.onnx needs it to write opset 23; laid beside the exporters' own environment, whose packages stay as they are pinned.
ONNXSCRIPT = HERE / ".venv-onnxscript"


def with_optimum(source: Path, folder: Path) -> None:
    """Plain attention with key-value caches."""
    exports.export_with_optimum(source, folder, "text-generation-with-past")


def without_cache(source: Path, folder: Path) -> None:
    """Plain attention alone. optimum cannot trace the cache of Falcon's new decoder: it expects one head for each group."""
    exports.export_with_optimum(source, folder, "text-generation")


def form_of_optimum(form: str, source: Path, folder: Path) -> None:
    """A form that optimum's command line does not write; the forms are those of family_optimum.py."""
    environments.run_python(str(HERE / "family_optimum.py"), form, str(source), str(folder), optimum=True)
    exports.copy_beside_the_graph(source, folder)


def with_int8(source: Path, folder: Path) -> None:
    """optimum's graph after onnxruntime's dynamic quantisation: weights in 8 bits, activations scaled in each run."""
    with_optimum(source, folder)
    # Unsigned weights, since signed ones saturate on processors without the newer integer instructions.
    quantize_dynamic(folder / "model.onnx", folder / "model.onnx", weight_type=QuantType.QUInt8)


def with_builder(source: Path, folder: Path, **options: str) -> None:
    """GroupQueryAttention with the rotary embedding inside."""
    build(BUILDER, source, folder, "cpu", **options)


def with_bfloat16(source: Path, folder: Path) -> None:
    """GroupQueryAttention with weights, caches and arithmetic in bfloat16, which the builder writes for CUDA alone."""
    build(BUILDER, source, folder, "cuda", precision="bf16")


def with_builder_in_int4(source: Path, folder: Path) -> None:
    """The same with weights in 4 bits, in blocks with a scale of their own (MatMulNBits)."""
    build(BUILDER, source, folder, "cpu", precision="int4")


def with_builder_in_float16(source: Path, folder: Path) -> None:
    """The same in float16, which the builder writes for CUDA only."""
    build(BUILDER, source, folder, "cuda", precision="fp16")


def with_rotary_outside(source: Path, folder: Path) -> None:
    """GroupQueryAttention after RotaryEmbedding nodes that read `position_ids`."""
    build((OTHER_BUILDER, "rotary-outside"), source, folder, "cpu", fuse_qkv="false")


def with_multi_head_attention(source: Path, folder: Path) -> None:
    """MultiHeadAttention after RotaryEmbedding nodes that read `position_ids`."""
    build((OTHER_BUILDER, "multi-head"), source, folder, "cuda")


def build(builder: tuple[str, ...], source: Path, folder: Path, provider: str, precision: str = "fp32", **options: str) -> None:
    extra = [f"{name}={value}" for name, value in {"hf_token": "false", **options}.items()]
    with tempfile.TemporaryDirectory() as cache:
        command = (*builder, "-i", str(source), "-o", str(folder), "-c", cache)
        environments.run_python(*command, "-p", precision, "-e", provider, "--extra_options", *extra)
    exports.copy_beside_the_graph(source, folder)


def with_standard_attention(form: str, source: Path, folder: Path) -> None:
    """ONNX's own Attention and RotaryEmbedding; the forms are those of family_standard_attention.py."""
    stamp = ONNXSCRIPT / "made-from.txt"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--upgrade", "--target", str(ONNXSCRIPT))
        environments.run_python(*pip, "-r", str(REQUIREMENTS))
        stamp.write_text(REQUIREMENTS.read_text())
    environments.run_python(str(HERE / "family_standard_attention.py"), form, str(source), str(folder), str(ONNXSCRIPT))
    exports.copy_beside_the_graph(source, folder)
