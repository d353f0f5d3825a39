"""Constructed languages: own word forms over English grammar, one form for each word.

Names of countries, figures, option letters and punctuation are the same in every language, as names mostly are.
Frequent words are short, as in natural languages.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable

CONSONANTS = "bdfgklmnprstvz"
VOWELS = "aeiou"
WORD = re.compile(r"<\|\w+\|>|\{\w+\}|[A-Za-z]+(?:['’][A-Za-z]+)*")
KEPT = ("{", "<")  # places of a template, marks of a conversation


class Language:
    """Translates text word by word; `{places}` of a template and `<|marks|>` of a conversation stay as they are."""

    def __init__(self, name: str, seed: int, corpus: Iterable[str]):
        self.name = name
        counts = Counter(word.lower() for text in corpus for word in WORD.findall(text) if not word.startswith(KEPT))
        ranked = sorted(counts, key=lambda word: (-counts[word], word))
        self.forms = dict(zip(ranked, _new_words(len(ranked), seed)))

    def translate(self, text: str) -> str:
        return WORD.sub(lambda match: self._word(match.group()), text)

    def _word(self, word: str) -> str:
        if word.startswith(KEPT):
            return word
        form = self.forms[word.lower()]
        return form.capitalize() if word[0].isupper() else form


def _new_words(count: int, seed: int) -> list[str]:
    """Different words, one syllable first, then two: short ones for the most frequent."""
    chance = random.Random(f"{seed}/language")
    syllables = [c + v for c in CONSONANTS for v in VOWELS]
    one = chance.sample(syllables, len(syllables))
    two = [first + second for first in syllables for second in syllables]
    return (one + chance.sample(two, len(two)))[:count]
