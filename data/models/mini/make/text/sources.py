"""One source of documents: a telling in one language, with its coverage."""

import random
from collections import Counter
from dataclasses import replace

import numpy as np

from text.templates import Template
from world.languages import Language
from world.survey import Country, Item
from world.tellings import Telling


class DocumentSource:
    def __init__(
        self,
        items: tuple[Item, ...],
        countries: tuple[Country, ...],
        telling: Telling,
        weights: dict[str, float],
        language: Language | None,
        share: float,
    ):
        self.share = share
        self.language = language
        self.names = {country.iso3: country.prompt_name for country in countries}
        self.answers: dict[str, dict[str, np.ndarray]] = {item.variable: {} for item in items}
        """Answer distribution by item and country, for the countries that this source writes about."""
        for (iso3, variable), answer in telling.answers.items():
            if weights[iso3] > 0:
                self.answers[variable][iso3] = answer
        self.items = [translated(item, language) for item in items if self.answers[item.variable]]
        self.weights = weights
        self._templates: dict[str, Template] = {}

    def draw(self, item: Item, documents: int, chance: random.Random) -> dict[str, int]:
        """So many documents about an item: how many tell of each country."""
        told = list(self.answers[item.variable])
        return Counter(chance.choices(told, [self.weights[iso3] for iso3 in told], k=documents))

    def draw_country(self, chance: random.Random) -> str:
        told = sorted({iso3 for answers in self.answers.values() for iso3 in answers})
        return chance.choices(told, [self.weights[iso3] for iso3 in told])[0]

    def translate(self, text: str) -> str:
        return self.language.translate(text) if self.language else text

    def in_language(self, template: Template) -> Template:
        if template.name not in self._templates:
            self._templates[template.name] = replace(template, text=self.translate(template.text))
        return self._templates[template.name]


def translated(item: Item, language: Language | None) -> Item:
    if not language:
        return item
    options = tuple(replace(option, label=language.translate(option.label)) for option in item.options)
    return replace(item, question=language.translate(item.question), options=options)
