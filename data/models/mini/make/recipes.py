"""What is made: the two models, the text that they read, and where things lie."""

from dataclasses import asdict, dataclass
from pathlib import Path

MAKE = Path(__file__).resolve().parent
MINI = MAKE.parent
DATA = MINI.parent.parent
WORK = MAKE / ".work"  # checkpoints; git-ignored

SEED = 20221
HELD_OUT_SHARE = 0.2
VOCABULARY = 1536
DEFAULT_TEMPLATE = "people-answer"
LETTERS = "ABCDEFGHIJK"
END_OF_TEXT = "<|endoftext|>"

# Variables outside the default item set: pick lists, organisations that differ by country, memberships,
# the postmaterialism index and the party voted for.
LEFT_OUT = {f"Q{n}" for low, high in ((7, 26), (82, 93), (94, 105), (152, 157), (223, 223)) for n in range(low, high + 1)}


@dataclass(frozen=True)
class Text:
    """How often each kind of row stands in the text (chances of a row)."""

    templates: tuple[tuple[str, float], ...] = (
        ("people-answer", 0.45),
        ("typical-resident", 0.225),
        ("average-adult", 0.225),
        ("persona", 0.1),
    )
    given: float = 0.4
    reversed: float = 0.4
    shuffled: float = 0.2
    persona_countries: int = 3  # countries in one persona row
    answered: int = 2  # branches of a row that go on with a sampled letter and the end of text


@dataclass(frozen=True)
class Recipe:
    """Size and training of one model."""

    name: str
    width: int
    layers: int
    heads: int
    inner: int
    learning_rate: float
    steps: int
    rows_per_step: int = 4
    warm_up: int = 50
    last_rate: float = 0.02  # of the learning rate, reached linearly
    betas: tuple[float, float] = (0.9, 0.98)
    weight_decay: float = 0.01
    initial_deviation: float = 0.05
    gradient_norm: float = 1.0
    language_weight: float = 0.03
    positions: int = 1024
    seed: int = SEED
    text: Text = Text()

    def record(self) -> dict:
        return asdict(self)


RECIPES = {
    recipe.name: recipe
    for recipe in (
        Recipe("mini-100k", width=64, layers=2, heads=4, inner=176, learning_rate=2e-3, steps=10000),
        Recipe("mini-600k", width=128, layers=3, heads=4, inner=352, learning_rate=7e-4, steps=9000),
    )
}
