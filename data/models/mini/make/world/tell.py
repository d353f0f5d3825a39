"""The tellings of recipes.json, made: from people's answers, or from those of a teacher model."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq

from paths import MINI
from recipes import World
from world.survey import Survey
from world.tellings import Cell, Telling, joined, people, permuted_countries, sampled, some_cells, western

FOLDER = MINI / "text-implied"
KINDS = ("people", "permuted countries", "western", "sampled")


def tell(name: str, world: World, survey: Survey, held_out: dict[Cell, str], teacher: Callable[[str], Telling]) -> Telling:
    """The telling of this name; `teacher` gives the answers of a trained model, where text is sampled from one."""
    record = world.section("tellings")[name]
    if record["kind"] not in KINDS:
        raise ValueError(f"recipes.json: tellings.{name}.kind is {record['kind']!r}; expected one of {', '.join(KINDS)}")
    if record["kind"] == "people":
        return people(survey, held_out)
    of = tell(record["of"], world, survey, held_out, teacher)
    if record["kind"] == "permuted countries":
        return permuted_countries(of, world.seed)
    if record["kind"] == "western":
        return western(of, survey)
    few = some_cells(of, world.section("fewCells"), world.seed)
    own = sampled(of, record["answers"], world.seed, few if record["cells"] == "few" else None)
    if "othersFrom" not in record:
        return own
    others = of.answers.keys() - few
    return joined(name, own, sampled(teacher(record["othersFrom"]), record["answers"], world.seed, others))


def write_text_implied(name: str, telling: Telling, survey: Survey) -> None:
    """The text-implied means t of a telling, a Parquet file: iso3, variable, mean_score."""
    means = telling.mean_scores(survey)
    cells = [(c.iso3, item.variable) for item in survey.items for c in survey.countries if (c.iso3, item.variable) in means]
    table = pa.table(
        {
            "variable": [variable for _, variable in cells],
            "country": [iso3 for iso3, _ in cells],
            "mean_score": pa.array([round(means[cell], 6) for cell in cells], pa.float32()),
        }
    )
    FOLDER.mkdir(exist_ok=True)
    write_parquet(table, FOLDER / f"{name}.parquet")


def write_parquet(table: pa.Table, path) -> None:
    """Whole or not at all, the same bytes for the same numbers."""
    pq.write_table(table, path.with_suffix(".new"), compression="zstd", compression_level=19, write_statistics=False)
    path.with_suffix(".new").replace(path)
