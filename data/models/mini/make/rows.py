"""Rows of text: one item in one option order and one wording, its countries as branches of a tree."""

import random
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from recipes import DEFAULT_TEMPLATE, END_OF_TEXT, Text
from survey import Item, Option, Survey
from text import Template
from tree import Tree
from vocabulary import letter_ids


@dataclass(frozen=True)
class Row:
    tree: Tree
    leaves: list[int]
    """Last token of each prompt."""
    targets: np.ndarray
    """(leaf, letter): what people answered there, in the order of the options shown."""
    next_nodes: list[int]
    next_tokens: list[int]
    """The text's next token after some nodes, for the language-model loss."""


class Writer:
    """Writes the text row by row; row n depends on the seed and n alone."""

    def __init__(self, survey: Survey, templates: dict[str, Template], tokenizer: Tokenizer, text: Text, seed: int):
        self.survey = survey
        self.templates = templates
        self.tokenizer = tokenizer
        self.text = text
        self.seed = seed
        self.letters = letter_ids(tokenizer)
        self.end = tokenizer.token_to_id(END_OF_TEXT)
        self.answers = {item.variable: self._seen_answers(item) for item in survey.items}
        self.items = [item for item in survey.items if self.answers[item.variable]]
        self._tails: dict[str, list[int]] = {}

    def row(self, number: int) -> Row:
        """Items come in a new random order each time all have had a row."""
        epoch, place = divmod(number, len(self.items))
        item = random.Random(f"{self.seed}/epoch/{epoch}").sample(self.items, len(self.items))[place]
        chance = random.Random(f"{self.seed}/row/{number}")
        names, weights = zip(*self.text.templates)
        template = self.templates[chance.choices(names, weights)[0]]
        options = self._order(item, chance)
        columns = [item.offered.index(option) for option in options]
        tree = Tree()
        leaves, targets = [], []
        for ids, target in self._branches(item, template, options, chance):
            leaves.append(tree.add(ids))
            targets.append(target[columns])
        next_nodes, next_tokens = [], []
        for node in tree.only_children():
            next_nodes.append(tree.parents[node])
            next_tokens.append(tree.tokens[node])
        for place in chance.sample(range(len(leaves)), min(self.text.answered, len(leaves))):
            letter = chance.choices(self.letters[: len(options)], targets[place])[0]
            next_nodes.append(tree.add([letter], leaves[place]))
            next_tokens.append(self.end)
        return Row(tree, leaves, np.array(targets), next_nodes, next_tokens)

    def _seen_answers(self, item: Item) -> dict[str, np.ndarray]:
        """Answer distribution over the offered options by country, without held-out and unasked cells."""
        seen = [c for c in self.survey.countries if (c.iso3, item.variable) not in self.survey.held_out]
        answers = {country.prompt_name: self.survey.target(country.iso3, item) for country in seen}
        return {name: answer for name, answer in answers.items() if answer is not None}

    def _order(self, item: Item, chance: random.Random) -> tuple[Option, ...]:
        kinds = {"given": self.text.given, "reversed": self.text.reversed, "shuffled": self.text.shuffled}
        kind = chance.choices(list(kinds), list(kinds.values()))[0]
        if kind == "shuffled":
            return tuple(chance.sample(item.offered, len(item.offered)))
        return item.offered if kind == "given" else item.offered[::-1]

    def _branches(self, item: Item, template: Template, options: tuple[Option, ...], chance: random.Random):
        answers = self.answers[item.variable]
        if template.country == "first":
            for name in chance.sample(sorted(answers), min(self.text.persona_countries, len(answers))):
                yield self.tokenizer.encode(template.prompt(item, options, name)).ids, answers[name]
            return
        stem = self.tokenizer.encode(template.stem(item, options)).ids
        for name, answer in answers.items():
            yield stem + self._tail(template, name), answer
        if template.name == DEFAULT_TEMPLATE:  # the country-free wording differs from it in the tail only
            yield stem + self._tail(self.templates["no-country"], ""), np.mean(list(answers.values()), axis=0)

    def _tail(self, template: Template, name: str) -> list[int]:
        text = template.tail(name)
        if text not in self._tails:
            self._tails[text] = self.tokenizer.encode(text).ids
        return self._tails[text]
