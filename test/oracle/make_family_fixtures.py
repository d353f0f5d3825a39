"""Makes test/fixtures/onnx/families/: tiny random-weight models of real architectures in the forms that exporters write.

`python3 make_family_fixtures.py [names...]`, all of them without a name. It uses the exporters' environments of
data/models/smollm2-135m-instruct/make (made there when missing, about 5 GB) and starts itself again inside them. Expected
values come from transformers in float32 with eager attention, never from an exporter. What is written does not depend on
the day or the folder.
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
sys.path.append(str(REPOSITORY / "data" / "models" / "smollm2-135m-instruct" / "make"))

import environments  # noqa: E402

if Path(sys.prefix).resolve() != environments.EXPORTER.resolve():
    environments.prepare()
    print(environments.run_python(str(Path(__file__).resolve()), *sys.argv[1:]), end="")
    sys.exit()

sys.path.append(str(HERE))  # last, so that the packages still find Python's own modules first

import family_answers  # noqa: E402
import family_exports as to  # noqa: E402
import family_graphs  # noqa: E402
import family_models  # noqa: E402
import tiny_llama  # noqa: E402

LARGEST_FOLDER = 300_000
LARGEST_SUM = 6_000_000
TOLERANCE = 1e-4
# Eight bits cost about a tenth of a nat here; a lost position or layer costs more than a whole one.
INT8_TOLERANCE = 0.25

Export = Callable[[Path, Path], None]
# Folder: architecture, and the way to its graph.
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
}


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
    answers = family_answers.expected(source)
    if export is not to.with_bfloat16:  # which no CPU runs
        largest = family_answers.largest_difference(folder, answers)
        tolerance = INT8_TOLERANCE if export is to.with_int8 else TOLERANCE
        assert largest < tolerance, f"{name} differs from transformers by {largest}"
        print(f"{name}: largest difference from transformers {largest:.1e}")
    tiny_llama.write_json(folder / "expected.json", answers)
    assert size(folder) < LARGEST_FOLDER, f"{name} has {size(folder)} bytes"
    shutil.rmtree(FIXTURES / name, ignore_errors=True)
    shutil.copytree(folder, FIXTURES / name)
    print(f"{name}: {size(folder)} bytes", flush=True)


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


if __name__ == "__main__":
    main(sys.argv[1:])
