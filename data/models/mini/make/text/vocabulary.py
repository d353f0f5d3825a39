"""The tokenizer: byte-level BPE learned from the wordings of the generated text, in all of its languages."""

from collections.abc import Iterable

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from text.templates import ASSISTANT, LETTERS, USER

END_OF_TEXT = "<|endoftext|>"


def learn_tokenizer(corpus: Iterable[str], size: int) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[END_OF_TEXT, USER, ASSISTANT],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus, trainer)
    check_letters(tokenizer)
    return tokenizer


def check_letters(tokenizer: Tokenizer) -> None:
    """Every answer letter is one token of its own after each way a prompt can end."""
    for ending in (":", " is", f"{ASSISTANT}\n"):
        before = tokenizer.encode(ending).ids
        for letter in LETTERS:
            answer = answer_text(ending, letter)
            after = tokenizer.encode(ending + answer).ids
            if after[:-1] != before or tokenizer.decode(after[-1:]) != answer:
                raise ValueError(f"the answer {answer!r} after {ending!r} is not one token: {after}")


def answer_text(prompt: str, answer: str) -> str:
    """An answer goes on after a space, or at the beginning of a line."""
    return answer if prompt.endswith("\n") else f" {answer}"


def letter_ids(tokenizer: Tokenizer, ending: str) -> list[int]:
    """Token of each letter after a prompt that ends so."""
    return [tokenizer.encode(answer_text(ending, letter)).ids[0] for letter in LETTERS]
