"""The world of recipes.json, ready to be written about: survey, held-out cells, languages, tokenizers, tellings."""

from collections.abc import Callable
from functools import cache

from tokenizers import Tokenizer

from recipes import Recipe, Source, World, read_world
from text.corpus import corpus, english_wordings
from text.sources import DocumentSource
from text.vocabulary import learn_tokenizer
from world.coverage import country_weights
from world.held_out import HeldOut, choose_held_out
from world.languages import Language
from world.survey import Survey, read_survey
from world.tell import tell
from world.tellings import Cell, Telling


class MiniWorld:
    def __init__(self, teacher: Callable[[str], Telling], world: World | None = None):
        self.world = world or read_world()
        self.teacher = teacher
        self.survey: Survey = read_survey()
        held_out = self.world.section("heldOut")
        self.held_out: dict[Cell, str] = choose_held_out(
            self.survey, HeldOut(self.world.seed, held_out["countries"], held_out["cellShare"])
        )
        first = self.survey.items[0].variable
        self.told_countries = [c for c in self.survey.countries if self.held_out.get((c.iso3, first)) != "country"]
        self.telling = cache(self._telling)
        self.language = cache(self._language)
        self.tokenizer = cache(self._tokenizer)

    def _telling(self, name: str) -> Telling:
        return tell(name, self.world, self.survey, self.held_out, self.teacher)

    def _language(self, name: str) -> Language | None:
        """None for English."""
        record = self.world.section("languages")[name]
        return Language(name, record["seed"], english_wordings(self.survey)) if "seed" in record else None

    def _tokenizer(self, name: str) -> Tokenizer:
        record = self.world.section("tokenizers")[name]
        languages = [self.language(language) for language in record["languages"]]
        return learn_tokenizer(corpus(self.survey, self.told_countries, languages), record["vocabulary"])

    def documents(self, source: Source) -> DocumentSource:
        speakers = set(self.world.section("languages")[source.language]["continents"])
        weights = country_weights(self.survey, self.world.section("coverages")[source.coverage], speakers)
        language = self.language(source.language)
        return DocumentSource(self.survey.items, self.survey.countries, self.telling(source.telling), weights, language, source.share)

    def stages(self, recipe: Recipe) -> list[list[DocumentSource]]:
        return [[self.documents(source) for source in stage.sources] for stage in recipe.stages]
