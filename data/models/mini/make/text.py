"""Prompts, letter for letter as the product renders them."""

import hashlib
import json
from dataclasses import dataclass

from recipes import DATA, LETTERS
from survey import Item, Option, Survey


@dataclass(frozen=True)
class Template:
    """A template, cut where the options end: what follows them differs by country only."""

    name: str
    country: str
    text: str

    def stem(self, item: Item, options: tuple[Option, ...], country: str = "") -> str:
        """The prompt up to its last option."""
        lines = "\n".join(f"{letter}. {option.label}" for letter, option in zip(LETTERS, options))
        head = self.text[: self.text.index("{options}")]
        return head.replace("{country}", country).replace("{question}", item.question) + lines

    def tail(self, country: str = "") -> str:
        """The prompt after its last option."""
        return self.text[self.text.index("{options}") + len("{options}") :].replace("{country}", country)

    def prompt(self, item: Item, options: tuple[Option, ...], country: str = "") -> str:
        return self.stem(item, options, country) + self.tail(country)


def read_templates() -> dict[str, Template]:
    file = json.loads((DATA / "prompts" / "templates.json").read_text("utf-8"))
    return {t["id"]: Template(t["id"], t["country"], t["text"]) for t in file["templates"]}


def orders(item: Item) -> dict[str, tuple[Option, ...]]:
    """The two orders in which the product asks an item."""
    return {"given": item.offered, "reversed": item.offered[::-1]}


def text_hash(survey: Survey, templates: dict[str, Template]) -> str:
    """SHA-256 over every wording that the models have read: it changes when an item or a template does."""
    digest = hashlib.sha256()
    for template in templates.values():
        digest.update(f"{template.name}\n{template.text}\n".encode())
    for country in survey.countries:
        digest.update(f"{country.iso3} {country.prompt_name}\n".encode())
    for item in survey.items:
        options = "\n".join(f"{option.code} {option.label}" for option in item.offered)
        digest.update(f"{item.variable}\n{item.question}\n{options}\n".encode())
    return digest.hexdigest()
