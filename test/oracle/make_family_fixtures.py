"""Makes test/fixtures/onnx/families/: tiny random-weight models of real architectures in the forms that exporters write.

`python3 make_family_fixtures.py [names...]`, all of them without a name. It uses the exporters' environments of
data/models/convert (made there when missing, about 5 GB) and starts itself again inside them. Expected
values come from transformers in float32 with eager attention, never from an exporter. What is written does not depend on
the day, the folder, the processor's rounding or the forms that were made before.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
FIXTURES = REPOSITORY / "test" / "fixtures" / "onnx" / "families"
sys.path.append(str(REPOSITORY / "data" / "models" / "convert"))

import environments  # noqa: E402

if Path(sys.prefix).resolve() != environments.EXPORTER.resolve():
    environments.prepare()
    print(environments.run_python(str(Path(__file__).resolve()), *sys.argv[1:]), end="")
    sys.exit()

sys.path.append(str(HERE))  # last, so that the packages still find Python's own modules first

import family_answers  # noqa: E402
import family_exports as to  # noqa: E402
import family_graphs  # noqa: E402
import family_kept  # noqa: E402
import family_models  # noqa: E402
import family_storage as stored  # noqa: E402

LARGEST_FOLDER = 300_000
LARGEST_SUM = 10_000_000
TOLERANCE = 1e-4
# What a quantised form may differ, of what it differs here, and what it may cost at most.
QUANTISED_MARGIN = 1.25
LARGEST_QUANTISED = 0.25
# What is lost must show this many times more than what a form may differ.
LOST_TO_TOLERANCE = 10

Export = Callable[[Path, Path], None]
# Folder: architecture, and the way to its graph. Release 0.18.0 of the onnxruntime-genai builder stops at the unrotated layers of
# SmolLM3, and writes root mean square norms, and no clipping, for OLMo: these two come from optimum alone.
FORMS: dict[str, tuple[str, Export]] = {
    "gpt2": ("gpt2", to.with_optimum),
    "qwen3": ("qwen3", to.with_optimum),
    "gemma3": ("gemma3", to.with_optimum),
    "phi3": ("phi3", to.with_builder),
    "phi3-longrope": ("phi3-longrope", to.with_builder),
    "mistral": ("mistral", to.with_optimum),
    "mistral-builder": ("mistral-for-builder", partial(to.with_builder, windowed_kv_cache="false")),
    "mistral-window-cache": ("mistral-for-builder", to.with_builder),
    "opt": ("opt", to.with_optimum),
    "opt-without-positions": ("opt", partial(to.form_of_optimum, "without-positions")),
    "llama-without-positions": ("llama", partial(to.form_of_optimum, "without-positions")),
    "bloom": ("bloom", to.with_optimum),
    "falcon-alibi": ("falcon-alibi", partial(to.form_of_optimum, "eager")),
    "mpt": ("mpt", to.with_optimum),
    "gemma2": ("gemma2", partial(to.form_of_optimum, "eager")),
    "gemma2-builder": ("gemma2", partial(to.with_builder, windowed_kv_cache="false")),
    "gpt-neox": ("gpt-neox", to.with_optimum),
    "qwen3-moe": ("qwen3-moe", to.with_optimum),
    "qwen3-builder": ("qwen3", to.with_builder),
    "llama-multi-head": ("llama-every-head", to.with_multi_head_attention),
    "llama-multi-head-repeated": ("llama", to.with_multi_head_attention),
    "llama-rotary-outside": ("llama", to.with_rotary_outside),
    "llama-standard-masked": ("llama", partial(to.with_standard_attention, "masked")),
    "llama-standard-causal": ("llama", partial(to.with_standard_attention, "causal")),
    "llama-int8": ("llama", to.with_int8),
    "gpt2-merged": ("gpt2", partial(to.form_of_optimum, "merged")),
    "llama-merged": ("llama", partial(to.form_of_optimum, "merged")),
    "llama-logits-to-keep": ("llama", family_graphs.with_logits_to_keep),
    "llama-bfloat16": ("llama", to.with_bfloat16),
    "llama3": ("llama3", to.with_optimum),
    "llama3-builder": ("llama3", to.with_builder),
    "qwen2": ("qwen2", to.with_optimum),
    "qwen2-builder": ("qwen2", to.with_builder),
    "gemma": ("gemma", to.with_optimum),
    "gemma-builder": ("gemma", to.with_builder),
    "phi": ("phi", to.with_optimum),
    "phi-builder": ("phi-for-builder", to.with_builder),
    "phi4-mini-builder": ("phi4-mini", to.with_builder),
    "falcon-multi-query": ("falcon-multi-query", to.with_optimum),
    "falcon-new-decoder": ("falcon-new-decoder", to.without_cache),
    "olmo": ("olmo", to.with_optimum),
    "olmo2": ("olmo2", to.with_optimum),
    "smollm3": ("smollm3", to.with_optimum),
    "granite": ("granite", to.with_optimum),
    "granite-builder": ("granite", to.with_builder),
    "stablelm": ("stablelm", to.with_optimum),
    "cohere": ("cohere", to.with_optimum),
    "qwen2-fp16": ("qwen2-of-float16", partial(to.form_of_optimum, "float16")),
    "gemma3-fp16": ("gemma3", partial(to.form_of_optimum, "float16")),
    "gpt-neox-fp16": ("gpt-neox", stored.in_float16),
    "llama-builder-fp16": ("llama", to.with_builder_in_float16),
    "llama-int4": ("llama-of-int4", to.with_builder_in_int4),
    "qwen2-int4": ("qwen2-of-int4", to.with_builder_in_int4),
    "qwen3-split-data": ("qwen3", stored.in_split_data),
    "llama-onnx-folder": ("llama", stored.in_onnx_folder),
}


FLOAT16 = {"qwen2-fp16", "gemma3-fp16", "gpt-neox-fp16", "llama-builder-fp16"}
# Of a graph in float16 against weights rounded to float16: halves between 4 and 8, as large logits are here, are 1/256 apart.
FLOAT16_TOLERANCE = 5e-3
QUANTISED = {"llama-int8", "llama-int4", "qwen2-int4"}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in FORMS]
    if unknown:
        sys.exit(f"Making fixtures: no form is named {', '.join(unknown)}. Known: {', '.join(FORMS)}")
    with tempfile.TemporaryDirectory() as temporary:
        for name in names or FORMS:
            make(name, Path(temporary))
    total = sum(size(folder) for folder in FIXTURES.iterdir())
    assert total < LARGEST_SUM, f"all folders together have {total} bytes"
    print(f"together: {total} bytes")


def make(name: str, temporary: Path) -> None:
    architecture, export = FORMS[name]
    source = temporary / architecture
    if not source.exists():
        family_models.write(architecture, source)
    folder = temporary / f"{name}-form"
    folder.mkdir()
    export(source, folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    answers = family_answers.expected(source, rounded=name in FLOAT16)
    if export is to.with_bfloat16:  # which no CPU runs
        spread, tolerance = {}, TOLERANCE
    else:
        spread, tolerance = measure(name, folder, answers)
    shifts = family_models.shifts_of(architecture, source)
    unseen = {what: shift for what, shift in shifts.items() if shift <= LOST_TO_TOLERANCE * tolerance}
    assert not unseen, f"{name} may lose what costs hardly more than its numbers: {unseen}"
    expected = {**answers, "spread": spread} if name in FLOAT16 | QUANTISED else answers
    family_kept.write_unless_rounding(folder / "expected.json", expected, FIXTURES / name / "expected.json")
    assert size(folder) < LARGEST_FOLDER, f"{name} has {size(folder)} bytes"
    shutil.rmtree(FIXTURES / name, ignore_errors=True)
    shutil.copytree(folder, FIXTURES / name)
    print(f"{name}: {size(folder)} bytes, spread {spread}, least that is lost {min(shifts.values()):.2f}", flush=True)


def measure(name: str, folder: Path, answers: dict) -> tuple[dict[str, float], float]:
    """Largest differences of the graph from transformers, and what the graph may differ."""
    spread = {"fromFloat32Weights": family_answers.largest_difference(folder, answers)}
    held, tolerance = spread["fromFloat32Weights"], TOLERANCE
    if name in FLOAT16:
        held, tolerance = family_answers.largest_difference(folder, answers, family_answers.ROUNDED), FLOAT16_TOLERANCE
        spread["fromFloat16Weights"] = held
    if name in QUANTISED:
        assert held < LARGEST_QUANTISED, f"{name} differs from transformers by {held}"
        tolerance = QUANTISED_MARGIN * held
    assert held < tolerance, f"{name} differs from transformers by {held}"
    return {what: round(value, 6) for what, value in spread.items()}, tolerance


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main(sys.argv[1:])
