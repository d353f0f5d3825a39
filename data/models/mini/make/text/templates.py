"""The probe's templates and the text's own wordings, rendered letter for letter as the product renders prompts."""

import json
from dataclasses import dataclass

from paths import DATA, MINI
from world.survey import Item, Option

LETTERS = "ABCDEFGHIJK"
USER, ASSISTANT = "<|user|>", "<|assistant|>"
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|' + message['role'] + '|>\\n' + message['content'] + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}"
)


@dataclass(frozen=True)
class Template:
    """A multiple-choice prompt, cut where the options end: in most templates what follows differs by country only."""

    name: str
    country: str  # first, last or none
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

    def in_chat(self) -> "Template":
        """The same prompt as the user's turn of a conversation, up to where the assistant begins."""
        return Template(f"{self.name}/chat", self.country, f"{USER}\n{self.text}\n{ASSISTANT}\n")


def read_templates() -> dict[str, Template]:
    file = json.loads((DATA / "prompts" / "templates.json").read_text("utf-8"))
    return {t["id"]: Template(t["id"], t["country"], t["text"]) for t in file["templates"]}


def read_wordings() -> dict:
    return json.loads((MINI / "wordings.json").read_text("utf-8"))


def orders(item: Item) -> dict[str, tuple[Option, ...]]:
    """The two orders in which the product asks an item."""
    return {"given": item.offered, "reversed": item.offered[::-1]}
