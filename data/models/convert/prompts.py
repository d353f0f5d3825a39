"""The dozen prompts on which an export is compared with transformers: several lengths, some with the chat template."""

from dataclasses import dataclass
from typing import Literal

CONTINUED = "The capital of France is"
QUESTION = (
    "How important is {} in the life of people in {}?\nA. Very important\nB. Rather important\nC. Not very important\nD. Not at all important\n"
    "Answer: "
)
TOPICS = ("family", "work", "religion", "politics", "friends", "leisure time")
COUNTRIES = ("Japan", "Nigeria", "Germany", "Brazil", "the Netherlands", "Egypt")
LIST = "".join(QUESTION.format(topic, country) + "A\n\n" for topic in TOPICS[:3] for country in COUNTRIES)
PLAIN = (
    CONTINUED,
    "1, 2, 3, 4, 5,",
    "Café naïve: 17 % or not?",
    *(QUESTION.format(topic, country) for topic, country in zip(TOPICS[:3], COUNTRIES)),
    LIST[:900],
    LIST[:2600],
)
CHATS = ("Who are you?", *(QUESTION.format(topic, "Kenya") + "Answer with a letter." for topic in TOPICS[2:5]))
# Prompts of a study are shorter; one token of the context is left for the answer.
LONGEST = 700


@dataclass(frozen=True)
class Asked:
    """`text` is the whole prompt, or what the user says where `form` is `chat`."""

    text: str
    form: Literal["plain", "chat"]
    token_ids: list[int]


def make(tokenizer, context: int | None) -> list[Asked]:
    """Without a chat template, what would be said in a chat is asked plainly."""
    longest = min(LONGEST, (context or LONGEST + 1) - 1)
    form = "plain" if tokenizer.chat_template is None else "chat"
    return [
        *(_shortened(tokenizer, text, "plain", longest) for text in PLAIN),
        *(_shortened(tokenizer, text, form, longest) for text in CHATS),
    ]


def _shortened(tokenizer, text: str, form: Literal["plain", "chat"], longest: int) -> Asked:
    """Characters are left out at the end until the prompt fits, so that its text and its tokens stay each other's."""
    while True:
        token_ids = _encode(tokenizer, text, form)
        if len(token_ids) <= longest or len(text) < 2:
            return Asked(text, form, token_ids)
        text = text[: len(text) * 7 // 8]


def _encode(tokenizer, text: str, form: str) -> list[int]:
    if form == "plain":
        return tokenizer.encode(text)
    rendered = tokenizer.apply_chat_template([{"role": "user", "content": text}], tokenize=False, add_generation_prompt=True)
    return tokenizer.encode(rendered, add_special_tokens=False)
