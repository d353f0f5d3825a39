"""Rows of text: one item in one form, its documents (countries drawn by coverage) as branches of a tree."""

import random
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from text.forms import Choice, Form, Profile, Telling
from text.sources import DocumentSource
from text.templates import Template
from text.tree import Tree
from text.vocabulary import END_OF_TEXT, letter_ids
from world.survey import Item, Option

ORDERS = {"given": 0.45, "reversed": 0.45, "shuffled": 0.1}
ANSWERED = 2  # branches of a choice that go on with a letter and the end of the text
COUNTRY_FIRST = 3  # documents of a row whose branches share nothing
IN_WORDS = 6  # documents of a row whose answers are words
LANGUAGE_SHARE = 0.25  # of the question's own tokens that count in the loss of a row, drawn anew each time


@dataclass
class Row:
    tree: Tree = field(default_factory=Tree)
    leaves: list[int] = field(default_factory=list)
    """Last token of each prompt that a letter answers."""
    letters: list[int] = field(default_factory=list)
    """Token of each letter offered."""
    targets: list[np.ndarray] = field(default_factory=list)
    """What the text answers at each leaf, in the order of the options shown."""
    documents: list[float] = field(default_factory=list)
    """How many documents each leaf stands for."""
    words: list[tuple[int, int]] = field(default_factory=list)
    """(node, next token) of answers in words."""
    language: list[tuple[int, int]] = field(default_factory=list)
    """(node, next token) of everything else."""


class Writer:
    """Writes the text of one stage row by row; row n depends on the seed and n alone."""

    def __init__(self, sources: list[DocumentSource], forms: list[tuple[Form, float]], tokenizer: Tokenizer, documents: int, seed: str):
        self.sources = sources
        self.forms = forms
        self.tokenizer = tokenizer
        self.documents = documents
        self.seed = seed
        self.end = tokenizer.token_to_id(END_OF_TEXT)
        self._ids: dict[str, list[int]] = {}
        self._letters = {ending: letter_ids(tokenizer, ending) for ending in (":", "\n")}

    def row(self, number: int) -> Row:
        chance = random.Random(f"{self.seed}/row/{number}")
        source = chance.choices(self.sources, [source.share for source in self.sources])[0]
        form = chance.choices([form for form, _ in self.forms], [share for _, share in self.forms])[0]
        # Items come in a new random order each time all have had a row.
        epoch, place = divmod(number, len(source.items))
        item = random.Random(f"{self.seed}/epoch/{epoch}").sample(source.items, len(source.items))[place]
        match form:
            case Choice():
                row = self._choice(source, item, form, chance)
            case Telling():
                row = self._in_words(source, item, source.translate(form.text), chance)
            case Profile():
                row = self._profile(source, form, chance)
        for node in row.tree.only_children():
            if chance.random() < LANGUAGE_SHARE:
                row.language.append((row.tree.parents[node], row.tree.tokens[node]))
        return row

    def _choice(self, source: DocumentSource, item: Item, form: Choice, chance: random.Random) -> Row:
        template = source.in_language(form.template)
        options = _shown(item, chance)
        columns = [item.offered.index(option) for option in options]
        row = Row(letters=self._letters["\n" if template.text.endswith("\n") else ":"][: len(options)])
        told = source.answers[item.variable]
        drawn = source.draw(item, COUNTRY_FIRST if template.country == "first" else self.documents, chance)

        def leaf(prompt: list[int], answer: np.ndarray, documents: float) -> None:
            row.leaves.append(row.tree.add(prompt))
            row.targets.append(answer[columns])
            row.documents.append(documents)

        if template.country == "first":
            for iso3, documents in drawn.items():
                leaf(self._encode(template.prompt(item, options, source.names[iso3])), told[iso3], documents)
        else:
            stem = self._encode(template.stem(item, options), remember=False)
            for iso3, documents in drawn.items():
                leaf(stem + self._encode(template.tail(source.names[iso3])), told[iso3], documents)
            if form.without_country:
                mean = sum(n * told[iso3] for iso3, n in drawn.items()) / sum(drawn.values())
                leaf(stem + self._encode(source.in_language(form.without_country).tail()), mean, 1)
        for place in chance.sample(range(len(row.leaves)), min(ANSWERED, len(row.leaves))):
            letter = chance.choices(row.letters, row.targets[place])[0]
            row.language.append((row.tree.add([letter], row.leaves[place]), self.end))
        return row

    def _in_words(self, source: DocumentSource, item: Item, text: str, chance: random.Random) -> Row:
        row = Row()
        head, tail = text.replace("{question}", item.question).split("{country}")
        stem = self._encode(head.rstrip(" "), remember=False)
        between = tail.removesuffix(" {answer}")
        for iso3, documents in source.draw(item, IN_WORDS, chance).items():
            prompt = row.tree.add(stem + self._encode(f" {source.names[iso3]}{between}"))
            for _ in range(documents):
                self._answer(row, item, source.answers[item.variable][iso3], prompt, chance, last=True)
        return row

    def _profile(self, source: DocumentSource, form: Profile, chance: random.Random) -> Row:
        row = Row()
        iso3 = source.draw_country(chance)
        head = source.translate(form.text).split("\n")[0].replace("{country}", source.names[iso3])
        node = row.tree.add(self._encode(head))
        told = [item for item in source.items if iso3 in source.answers[item.variable]]
        line = source.translate(form.line).removesuffix(" {answer}")
        for item in chance.sample(told, min(form.items, len(told))):
            node = row.tree.add(self._encode("\n") + self._encode(line.replace("{question}", item.question)), node)
            node = self._answer(row, item, source.answers[item.variable][iso3], node, chance, last=False)
        return row

    def _answer(self, row: Row, item: Item, answer: np.ndarray, node: int, chance: random.Random, last: bool) -> int:
        """One answer drawn and written out in words below a node."""
        option = chance.choices(item.offered, answer)[0]
        for token in self._encode(f" {option.label}") + ([self.end] if last else []):
            row.words.append((node, token))
            if token != self.end:
                node = row.tree.add([token], node)
        return node

    def _encode(self, text: str, remember: bool = True) -> list[int]:
        if text in self._ids:
            return self._ids[text]
        ids = self.tokenizer.encode(text).ids
        if remember:
            self._ids[text] = ids
        return ids


def _shown(item: Item, chance: random.Random) -> tuple[Option, ...]:
    kind = chance.choices(list(ORDERS), list(ORDERS.values()))[0]
    if kind == "shuffled":
        return tuple(chance.sample(item.offered, len(item.offered)))
    return item.offered if kind == "given" else item.offered[::-1]
