"""Recomputes recorded readings with transformers in float32: 200 rows drawn by a seed. `python3 check_readings.py`

Prompts come from the library (write-recorded-prompts.js, so `npm run build` first); chat templates are rendered again by
transformers, token ids and log-probabilities are its own (test/oracle/reference.py on out/hf). Readings of the float32
exports must agree to 1e-4, those of answer texts to 1e-4 a token. Those of int8 and int4 exports are other models: their
differences are listed, not judged.
"""

import argparse
import json
import math
import re
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

MODEL = Path(__file__).resolve().parents[1]
PROJECT = MODEL.parents[2]
sys.path.append(str(MODEL.parent / "convert"))

import environments  # noqa: E402
import processes  # noqa: E402

RECORDINGS = PROJECT / "data" / "readings"
HUGGING_FACE = MODEL / "out" / "hf"
TOLERANCE = 1e-4
QUANTISED = re.compile(r"-int\d+$")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recordings", nargs="*", type=Path, help="recordings (default: those of this model in data/readings)")
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    recordings = options.recordings or sorted(RECORDINGS.glob(f"{MODEL.name}*"))
    if not recordings:
        sys.exit(f"{RECORDINGS} holds no recording of {MODEL.name}; make one with `npx culture-lens record`")
    if not HUGGING_FACE.is_dir():
        sys.exit(f"{HUGGING_FACE} is missing; make it with `python3 {Path(__file__).with_name('make.py')}`")
    environments.prepare()
    failures = [problem for recording in recordings for problem in check(recording.resolve(), options.rows, options.seed)]
    sys.exit("\n".join(failures) if failures else 0)


def check(recording: Path, rows: int, seed: int) -> list[str]:
    """Prints how one recording compares with the reference; returns what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        prompts_path, answers_path = Path(folder, "prompts.json"), Path(folder, "answers.json")
        script = Path(__file__).with_name("write-recorded-prompts.js")
        processes.run(["node", str(script), str(recording), str(rows), str(seed), str(HUGGING_FACE), str(prompts_path)])
        environments.run_python(str(PROJECT / "test" / "oracle" / "reference.py"), str(prompts_path), str(answers_path))
        given = json.loads(prompts_path.read_text(encoding="utf-8"))
        answers = json.loads(answers_path.read_text(encoding="utf-8"))["prompts"]
    compared = [compare(prompt, answer) for prompt, answer in zip(given["prompts"], answers, strict=True)]
    report(given["name"], compared)
    if not compared:
        return [f"{recording}: it holds no scored reading"]
    wrong = [f"{recording}: {row['key']}: {row['problem']}" for row in compared if row["problem"]]
    if QUANTISED.search(given["name"]):
        print(f"  quantised: another model than the reference, so not judged by {TOLERANCE:g}")
    else:
        far = [row for row in compared if row["problem"] is None and not row["difference"] <= TOLERANCE]
        wrong += [f"{recording}: {row['key']} differs by {row['difference']:.2g} from transformers, more than {TOLERANCE:g}" for row in far]
    return wrong


def compare(prompt: dict, answer: dict) -> dict:
    """One reading: the largest difference of a log-probability, and what differs that no rounding explains."""
    recorded = prompt["recorded"]
    problem = None
    difference = math.nan
    if answer["renderedText"] != prompt["text"]:
        problem = "transformers renders another text"
    elif len(answer["tokenIds"]) != recorded["tokenCount"]:
        problem = f"{recorded['tokenCount']} tokens were recorded, transformers makes {len(answer['tokenIds'])}"
    elif None in answer["letterTokenIds"]:
        problem = "transformers finds no token for a letter"
    elif recorded["readingKind"] == "answer-text":
        texts = zip(recorded["optionLogProbs"], answer["continuations"], strict=True)
        difference = max(abs(one - text["logProb"]) / text["tokens"] for one, text in texts)
    else:
        log_probs = zip(recorded["optionLogProbs"], answer["letterLogProbs"], strict=True)
        mass = abs(math.log(recorded["optionMass"]) - answer["letterLogMass"])
        difference = max(mass, *(abs(one - other) for one, other in log_probs))
    return {**recorded, "difference": difference, "problem": problem}


def report(name: str, compared: list[dict]) -> None:
    groups = defaultdict(list)
    for row in compared:
        if row["problem"] is None:
            groups[f"{row['template']}, {row['format']}, {row['readingKind']}"].append(row["difference"])
    print(f"{name}: {len(compared)} readings against transformers, differences of log-probabilities in nats (answer texts: a token)")
    for group, differences in sorted(groups.items()):
        print(f"  {group}: {len(differences)} readings, median {statistics.median(differences):.2g}, largest {max(differences):.2g}")


if __name__ == "__main__":
    main()
