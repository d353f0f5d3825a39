"""Makes an ONNX folder that culture-lens opens of a checkpoint: a Hugging Face folder with safetensors, or a GGUF file.

What comes out is compared with transformers in float32 before it gets its name; a failure leaves nothing behind.
"""

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import checkpoint
import conversion_card
import environments
import exports
import judgement
import resources
import source_folder
from checkpoint import Checkpoint
from refusal import Refused
from steps import step

EXIT_ENVIRONMENT_MISSING = 3
EXIT_INTERRUPTED = 130
EXPORTERS = {"genai": "onnxruntime-genai builder", "optimum": "optimum"}
DTYPES = ("fp32", "fp16", "int8", "int4")
EXAMPLES = """examples:
  python3 convert.py models/Qwen3-0.6B models/qwen3-onnx
  python3 convert.py SmolLM2.Q4_1.gguf smollm2 --exporter optimum
  python3 convert.py models/Qwen3-0.6B models/qwen3-int4 --dtype int4"""


def main() -> None:
    options = parse(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(EXIT_INTERRUPTED))
    try:
        convert(options)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)


def parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="Hugging Face folder (config.json, *.safetensors, tokenizer), or a .gguf file")
    parser.add_argument("out", type=Path, help="folder to make")
    parser.add_argument("--exporter", choices=EXPORTERS, help="default: genai, whose graphs run faster, or optimum where it lacks the architecture")
    parser.add_argument("--dtype", choices=DTYPES, default="fp32", help="default: fp32; bfloat16 and float16 weights become float32 on the way")
    parser.add_argument("--name", help="name on the card (default: name of the folder)")
    parser.add_argument("--replace", action="store_true", help="replace a folder that is there")
    parser.add_argument("--no-verify", dest="verify", action="store_false", help="leave out the comparison with transformers")
    parser.add_argument("--keep-source", action="store_true", help="of a GGUF file: keep its float32 Hugging Face folder as OUT/hugging-face")
    parser.add_argument("--make-environment", action="store_true", help=f"install the exporters where they are missing: {environments.SIZES}")
    return parser.parse_args(words)


def convert(options: argparse.Namespace) -> None:
    given = checkpoint.read(options.source)
    exporter = choose_exporter(given, options.exporter)
    check_out(options, given)
    resources.check(given, options.out, exporter, options.dtype)
    require_environment(given, options.make_environment)
    print(f"{given.architecture}, {given.parameters / 1e6:,.1f} million parameters, {EXPORTERS[exporter]}, {options.dtype}", flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{options.out.name}.", suffix=".unfinished", dir=options.out.parent) as temporary:
        made = make(given, Path(temporary), exporter, options)
        place(made, options.out)
    print(f"written: {options.out}", flush=True)


def choose_exporter(given: Checkpoint, wanted: str | None) -> str:
    """@raises Refused when the wanted exporter lacks the architecture"""
    known = [name for name in EXPORTERS if getattr(given.exporters, name)]
    if wanted is not None and wanted not in known:
        raise Refused(f"Converting {given.path}: {EXPORTERS[wanted]} does not know {given.architecture}. Expected --exporter {known[0]}, or none.")
    return wanted or known[0]


def check_out(options: argparse.Namespace, given: Checkpoint) -> None:
    if options.out.exists() and not options.replace:
        raise Refused(f"Converting into {options.out}: it is there already. Expected a new folder. Name another one, or add --replace.")
    if options.out.exists() and options.out.resolve() in (given.path.resolve(), *given.path.resolve().parents):
        raise Refused(f"Converting into {options.out}: the source {given.path} lies there. Expected another folder.")
    if options.keep_source and given.kind != "gguf":
        raise Refused(f"Converting {given.path}: --keep-source is for GGUF files only. Leave it out: the folder stays as it is.")


def require_environment(given: Checkpoint, may_make: bool) -> None:
    sentencepiece = given.tokenizer == "sentencepiece"
    missing = environments.missing(sentencepiece)
    if missing and not may_make:
        names = ", ".join(str(folder) for folder in missing)
        size = environments.SIZES if environments.EXPORTER in missing else "less than 0.2 GB"
        print(
            f"Converting {given.path}: the Python environment of the exporters is missing: {names} ({size}). "
            "Expected it to be made, once.",
            file=sys.stderr,
        )
        sys.exit(EXIT_ENVIRONMENT_MISSING)
    if missing:
        with step("installing the exporters"):
            environments.prepare(sentencepiece)


def make(given: Checkpoint, work: Path, exporter: str, options: argparse.Namespace) -> Path:
    """The finished folder, below `work`. Every element type is made of, or beside, a float32 export that is judged."""
    source, out = work / "source", work / options.dtype
    for folder in (source, work / "fp32"):
        folder.mkdir()
    with step("reading the checkpoint"):
        source_folder.make(given, source, exporter)
    if options.dtype == "fp32" or options.verify or made_of_float32(exporter, options.dtype):
        with step(f"exporting with {EXPORTERS[exporter]}"):
            export(source, work / "fp32", exporter, "fp32")
    if options.dtype != "fp32":
        with step(f"making {options.dtype}"):
            if made_of_float32(exporter, options.dtype):
                exports.make_smaller(work / "fp32", out, options.dtype)
            else:
                export(source, out, exporter, options.dtype)
    judged = compare(given, work, out) if options.verify else None
    if options.keep_source:
        source.rename(out / "hugging-face")
    wanted = conversion_card.Conversion(options.name or options.out.resolve().name, exporter, options.dtype, remake(options, exporter))
    conversion_card.write(out, given, wanted, judged)
    return out


def made_of_float32(exporter: str, dtype: str) -> bool:
    """The builder quantises by itself; it has no float16 for the CPU."""
    return dtype == "fp16" or (exporter == "optimum" and dtype != "fp32")


def export(source: Path, folder: Path, exporter: str, precision: str) -> None:
    folder.mkdir(exist_ok=True)
    if exporter == "optimum":
        exports.export_with_optimum(source, folder, "text-generation-with-past")
        return
    layers = checkpoint.read_json(source / "config.json").get("num_hidden_layers", 0)
    exports.export_with_genai_builder(source, folder, precision, lambda layer: print(f"  layer {min(layer, layers)} of {layers}", flush=True))


def compare(given: Checkpoint, work: Path, out: Path) -> judgement.Judgement:
    with step("comparing with transformers in float32"):
        exported = [work / "fp32", *([] if out.name == "fp32" else [out])]
        judged = judgement.compare(work / "source", exported, given.parameters, out / judgement.EXPECTED)
    judgement.require(judged)
    for name, measured in judged.differences.items():
        print(
            f"{name}: log-probabilities differ from transformers by {measured['medianDifference']:.2g} (median), "
            f"{judgement.largest_of(measured):.2g} (largest) over {judged.prompts} prompts",
            flush=True,
        )
    return judged


def remake(options: argparse.Namespace, exporter: str) -> list[str]:
    flags = {"--no-verify": not options.verify, "--keep-source": options.keep_source}
    named = [] if options.name is None else ["--name", options.name]
    chosen = ["--exporter", exporter, "--dtype", options.dtype, *named, *(flag for flag, given in flags.items() if given)]
    return [str(options.source), str(options.out), *chosen, "--replace"]


def place(made: Path, out: Path) -> None:
    """Renames the finished folder; an older one stays until then."""
    older = made.parent / "older"
    if out.exists():
        out.rename(older)
    try:
        made.rename(out)
    except OSError:
        if older.exists():
            older.rename(out)
        raise
    shutil.rmtree(older, ignore_errors=True)


if __name__ == "__main__":
    main()
