"""Makes SmolLM2-135M-Instruct as a Hugging Face folder and as four ONNX exports. `python3 make.py`

Needs only Python and pip. What is there already is kept, so the command can be run again after an interruption.
`python3 make.py --help` for the rest; ../README.md says what comes out.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import card
import environments
import exports
import source
from folders import make_once

MODEL = Path(__file__).resolve().parents[1]
OUT = MODEL / "out"
SIZES = "about 2 GB in out/ (gguf 0.1, hf 0.54, plain-fp32 0.54, genai-fp32 0.54, genai-int4 0.09, plain-int8 0.16)"
FLOAT32_TOLERANCE = 1e-4


def main() -> None:
    argparse.ArgumentParser(description=f"{__doc__.splitlines()[0]} Disk: {environments.SIZES}, and {SIZES}.").parse_args()
    start = time.monotonic()
    print(f"Disk needed: {environments.SIZES} for Python; {SIZES}", flush=True)
    environments.prepare()
    outputs = make_outputs()
    differences = measure(outputs)
    card.write(MODEL / "card.json", outputs, differences)
    print(f"done in {time.monotonic() - start:.0f} s")


def make_outputs() -> list[Path]:
    gguf, hugging_face = OUT / "gguf", OUT / "hf"
    converter = str(Path(__file__).with_name("gguf_to_hugging_face.py"))
    steps = {
        gguf: source.fetch,
        hugging_face: lambda folder: environments.run_python(converter, str(gguf / source.GGUF), str(folder)),
        OUT / "plain-fp32": lambda folder: exports.export_with_optimum(hugging_face, folder, "text-generation-with-past"),
        OUT / "genai-fp32": lambda folder: exports.export_with_genai_builder(hugging_face, folder, "fp32"),
        OUT / "genai-int4": lambda folder: exports.export_with_genai_builder(hugging_face, folder, "int4"),
        OUT / "plain-int8": lambda folder: exports.quantise_dynamic(OUT / "plain-fp32", folder),
    }
    for folder, make in steps.items():
        make_once(folder, make)
    return list(steps)


def measure(outputs: list[Path]) -> dict[str, dict[str, float]]:
    """Differences of log-probabilities from transformers; a float32 export must be within the tolerance."""
    hugging_face, *onnx_folders = outputs[1:]
    verifier = str(Path(__file__).with_name("verify.py"))
    printed = environments.run_python(verifier, str(hugging_face), *map(str, onnx_folders))
    differences = json.loads(printed.splitlines()[-1])
    for name, found in differences.items():
        largest = max(found["largestDifferenceOfLikelyTokens"], found["largestDifferenceOverCacheOfLikelyTokens"])
        print(f"{name}: log-probabilities differ from transformers by {found['medianDifferenceOfLikelyTokens']:.2g} (median), {largest:.2g} (largest)")
        if name.endswith("fp32") and largest > FLOAT32_TOLERANCE:
            sys.exit(f"{name} differs by {largest:.2g}, more than {FLOAT32_TOLERANCE:.0e}: the export is wrong; card.json is unchanged")
    return differences


if __name__ == "__main__":
    main()
