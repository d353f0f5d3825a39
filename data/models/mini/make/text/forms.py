"""In which forms a text is written, by stage: base text in wordings of its own, instruction text in the probe's."""

from dataclasses import dataclass

from text.templates import Template, read_templates, read_wordings

# The probe's templates in instruction text; each stands half plain, half in the chat template.
INSTRUCTION_SHARES = {"people-answer": 0.4, "typical-resident": 0.25, "average-adult": 0.25, "persona": 0.1}


@dataclass(frozen=True)
class Choice:
    """A multiple-choice question; the answer is a letter. `without_country` is one more way for it to end."""

    template: Template
    without_country: Template | None = None


@dataclass(frozen=True)
class Telling:
    """The question, then people of some countries and their answers in words."""

    text: str


@dataclass(frozen=True)
class Profile:
    """Several answers of one country, in words."""

    text: str
    line: str
    items: int


Form = Choice | Telling | Profile


def base_forms() -> list[tuple[Form, float]]:
    wordings = read_wordings()
    no_country = Template("own-no-country", "none", wordings["choiceWithoutCountry"]["text"])
    forms: list[tuple[Form, float]] = []
    for number, wording in enumerate(wordings["choice"]):
        template = Template(f"own-{number + 1}", "last", wording["text"])
        same_stem = template.text.split("{options}")[0] == no_country.text.split("{options}")[0]
        forms.append((Choice(template, no_country if same_stem else None), wording["share"]))
    forms += [(Telling(wordings[kind]["text"]), wordings[kind]["share"]) for kind in ("statement", "dialogue")]
    profile = wordings["profile"]
    return [*forms, (Profile(profile["text"], profile["line"], profile["items"]), profile["share"])]


def instruction_forms() -> list[tuple[Form, float]]:
    templates = read_templates()
    forms: list[tuple[Form, float]] = []
    for name, share in INSTRUCTION_SHARES.items():
        no_country = templates["no-country"] if name == "people-answer" else None
        forms.append((Choice(templates[name], no_country), share / 2))
        forms.append((Choice(templates[name].in_chat(), no_country and no_country.in_chat()), share / 2))
    return forms


def forms_of(kind: str) -> list[tuple[Form, float]]:
    return base_forms() if kind == "base" else instruction_forms()
