"""Whether an export says what transformers says of the same weights."""

import json
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import environments
from refusal import Refused

HERE = Path(__file__).resolve().parent
EXPECTED = "expected.json"
BOUND = 1e-4
SMALL_MODEL = 1_000_000_000


@dataclass(frozen=True)
class Judgement:
    """Differences of log-probabilities from transformers in float32, by name of the export."""

    prompts: int
    continues: dict[str, str]
    bound: float
    differences: dict[str, dict[str, float | None]]

    def record(self) -> dict[str, object]:
        """`boundOfFloat32` is what the float32 export was held to; other element types are other models and not judged."""
        return {"prompts": self.prompts, "boundOfFloat32": self.bound, "continues": self.continues, "differences": self.differences}


def bound_of(parameters: int) -> float:
    """Nats. Rounding errors of a sum grow with the root of its length, so beyond a billion parameters the bound does, too."""
    return BOUND * max(1.0, sqrt(parameters / SMALL_MODEL))


def compare(reference: Path, exports: list[Path], parameters: int, expected: Path | None = None) -> Judgement:
    """Asks verify.py; the numbers are measured here and judged in `require`."""
    more = () if expected is None else ("--expected", str(expected))
    printed = environments.run_python(str(HERE / "verify.py"), str(reference), *map(str, exports), *more)
    found = json.loads(printed.splitlines()[-1])
    return Judgement(found["prompts"], found["continues"], bound_of(parameters), found["differences"])


def require(judgement: Judgement) -> None:
    """@raises Refused when the float32 export differs by more than the bound, or any export gives no number"""
    for name, measured in judgement.differences.items():
        largest = largest_of(measured)
        if largest is None:
            raise Refused(f"Comparing {name} with transformers: it gives log-probabilities that are not numbers. Nothing was kept.")
        if name.endswith("fp32") and largest > judgement.bound:
            raise Refused(
                f"Comparing {name} with transformers in float32: a log-probability differs by {largest:.2g} nats (median "
                f"{measured['medianDifference']:.2g}) over {judgement.prompts} prompts. Expected at most {judgement.bound:.1g}: the export "
                "is another model than the checkpoint. Nothing was kept. Try the other exporter: --exporter optimum or genai."
            )


def largest_of(measured: dict[str, float | None]) -> float | None:
    values = [measured["largestDifference"], measured.get("largestDifferenceOverCache", 0.0)]
    return None if None in values else max(values)
