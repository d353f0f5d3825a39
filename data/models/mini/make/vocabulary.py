"""The tokenizer: byte-level BPE learned from the generated text."""

from collections.abc import Iterator

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from recipes import END_OF_TEXT, LETTERS, VOCABULARY
from survey import Survey
from text import Template


def learn_tokenizer(survey: Survey, templates: dict[str, Template]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[END_OF_TEXT],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_corpus(survey, templates), trainer)
    check_letters(tokenizer)
    return tokenizer


def check_letters(tokenizer: Tokenizer) -> None:
    """Every answer letter is one token of its own after each way a prompt can end."""
    for ending in (":", " is"):
        before = tokenizer.encode(ending).ids
        for letter in LETTERS:
            after = tokenizer.encode(f"{ending} {letter}").ids
            if after[:-1] != before or tokenizer.decode(after[-1:]) != f" {letter}":
                raise ValueError(f"the answer ' {letter}' after '{ending}' is not one token: {after}")


def letter_ids(tokenizer: Tokenizer) -> list[int]:
    return [tokenizer.encode(f" {letter}").ids[0] for letter in LETTERS]


def _corpus(survey: Survey, templates: dict[str, Template]) -> Iterator[str]:
    """Every item with every country in each template, and as many answers."""
    for item in survey.items:
        for template in templates.values():
            for country in survey.countries:
                yield template.prompt(item, item.offered, country.prompt_name)
        for _ in survey.countries:
            yield " ".join(["", *LETTERS])
