"""Makes SmolLM2-135M-Instruct as a Hugging Face folder and as four ONNX exports. `python3 make.py`

Needs only Python and pip. What is there already is kept, so the command can be run again after an interruption.
`python3 make.py --help` for the rest; ../README.md says what comes out. The exporters are those of data/models/convert.
"""

import argparse
import sys
import time
from pathlib import Path

MODEL = Path(__file__).resolve().parents[1]
CONVERT = MODEL.parent / "convert"
sys.path.append(str(CONVERT))

import card  # noqa: E402
import environments  # noqa: E402
import exports  # noqa: E402
import judgement  # noqa: E402
import source  # noqa: E402
from folders import make_once  # noqa: E402

OUT = MODEL / "out"
SIZES = "about 2 GB in out/ (gguf 0.1, hf 0.54, plain-fp32 0.54, genai-fp32 0.54, genai-int4 0.09, plain-int8 0.16)"
CONTINUES = " Paris"


def main() -> None:
    argparse.ArgumentParser(description=f"{__doc__.splitlines()[0]} Disk: {environments.SIZES}, and {SIZES}.").parse_args()
    start = time.monotonic()
    print(f"Disk needed: {environments.SIZES} for Python; {SIZES}", flush=True)
    environments.prepare()
    outputs = make_outputs()
    card.write(MODEL / "card.json", outputs, measure(outputs))
    print(f"done in {time.monotonic() - start:.0f} s")


def make_outputs() -> list[Path]:
    gguf, hugging_face, plain = OUT / "gguf", OUT / "hf", OUT / "plain-fp32"
    converter = str(CONVERT / "gguf_to_hugging_face.py")
    steps = {
        gguf: source.fetch,
        hugging_face: lambda folder: environments.run_python(converter, str(gguf / source.GGUF), str(folder)),
        plain: lambda folder: exports.export_with_optimum(hugging_face, folder, "text-generation-with-past"),
        OUT / "genai-fp32": lambda folder: exports.export_with_genai_builder(hugging_face, folder, "fp32"),
        OUT / "genai-int4": lambda folder: exports.export_with_genai_builder(hugging_face, folder, "int4"),
        OUT / "plain-int8": lambda folder: exports.make_smaller(plain, folder, "int8"),
    }
    for folder, make in steps.items():
        make_once(folder, make)
    return list(steps)


def measure(outputs: list[Path]) -> judgement.Judgement:
    """Differences of log-probabilities from transformers; a float32 export must be within the bound."""
    hugging_face, *onnx_folders = outputs[1:]
    judged = judgement.compare(hugging_face, onnx_folders, card.parameters(hugging_face))
    if judged.continues != {prompt: CONTINUES for prompt in judged.continues}:
        sys.exit(f"{hugging_face}: transformers goes on with {judged.continues}, expected {CONTINUES!r}: these are other weights")
    for name, measured in judged.differences.items():
        print(f"{name}: log-probabilities differ from transformers by {measured['medianDifference']:.2g} (median), {judgement.largest_of(measured):.2g} (largest)")
    judgement.require(judged)
    return judged


if __name__ == "__main__":
    main()
