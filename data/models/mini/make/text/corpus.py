"""Every wording once: what the tokenizer and the constructed languages are learned from."""

from collections.abc import Iterator

from text.forms import Choice, Form, Profile, base_forms, instruction_forms
from text.sources import translated
from text.templates import LETTERS
from world.languages import Language
from world.survey import Country, Item, Survey


def english_wordings(survey: Survey) -> Iterator[str]:
    """Questions, options and the wordings around them, for counting words."""
    for item in survey.items:
        yield item.question
        yield from (option.label for option in item.options)
    for form in _forms():
        yield from _texts(form)


def corpus(survey: Survey, told: list[Country], languages: list[Language | None]) -> Iterator[str]:
    """Every item in every language and form, every country told of, and the letters of the answers."""
    for language in languages:
        translate = language.translate if language else str
        texts = [translate(text) for form in _forms() for text in _texts(form)]
        for item in survey.items:
            item = translated(item, language)
            options = "\n".join(f"{letter}. {option.label}" for letter, option in zip(LETTERS, item.offered))
            for text in texts:
                yield text.replace("{question}", item.question).replace("{options}", options).replace(" {country}", "")
    for country in told:
        yield from [f" {country.prompt_name}"] * len(survey.items)
    for letter in LETTERS:
        yield from [f" {letter}", letter] * 100 * len(survey.items)


def _forms() -> list[Form]:
    return [form for form, _ in [*base_forms(), *instruction_forms()]]


def _texts(form: Form) -> list[str]:
    match form:
        case Choice(template, without_country):
            plain = [template.text, *([without_country.text] if without_country else [])]
            return [text.split("<|user|>\n")[-1].removesuffix("\n<|assistant|>\n") for text in plain]
        case Profile(text, line, _):
            return [text.split("\n")[0] + "\n" + line.replace("{answer}", "")]
        case _:
            return [form.text.replace("{answer}", "")]
