"""The texts that tokenizers are compared on: the project's own words, sentences in many scripts, and what trips tokenizers."""

import csv
import json
import random
import unicodedata
from pathlib import Path

import tokenizer_sentences as sentences

SEED = 20260712
DATA = Path(__file__).resolve().parents[2] / "data"
DRAWN = 1400
# Each has broken some tokenizer: look-alikes of spaces and letters, digits that are not 0-9, joiners, signs without a letter.
TRICKY = (
    *("", " ", "  ", "   ", "    ", "\t", "\n", "\n\n", "\r\n", " \n ", "\t\t\t", "\u00a0", "\u0085", "\ufeff", "\u200b", "\u2028"),
    *("\u3000", "\u1680", "\u202f", "a\u0085b", "a\ufeffb", "\ufeffa b", "a\u200bb", "a\u00adb", "a\u001cb", "a\u0000b", "\u007f", "\u0001\u0002"),
    *("a ", " a", "a  b", "a   b", "a    b", "a\tb", "a\t\tb", "a\n b", "a \nb", "a\n\n\nb", "?\n", "?\n\n  x", " ?\r\n\r\n", "word \u00a0 word"),
    *("0", "12", "123", "1234", "12345678", "1,234.56", "3.14", "2024-07-01", "٢٠٢٤", "१२३", "²", "x²+y³", "½ ¾", "Ⅷ", "①②③", "一二三", "𝟘𝟙𝟚", "１２３"),
    *("'s", "it's", "IT'S", "I'LL we'Ve they'Re", "'ſ", "it'ſ", "don't 'Tis 'd", "ſtraße", "\u212a", "’s it’s", "O'Neill's", "'' '''"),
    *("é", "e\u0301", "ﬁ", "ﬀ", "Å\u212b", "ё", "е\u0308", "각", "각", "ﷺ", "㍿", "ｶﾞ", "か\u3099", "\u0301", "\u0301a", "a\u0301\u0302\u0303", " \u0301"),
    *("🙂", "👩\u200d🌾", "🏳\ufe0f\u200d🌈", "👍🏽", "🇳🇱🇫🇷", "❤\ufe0f", "☺", "1\ufe0f\u20e3", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𠀀𠮷", "\U0001f9d1\U0001f3fd\u200d\U0001f680"),
    *("https://example.org/a?b=c&d=%20#e", "name@example.org", "C:\\data\\x.txt", "#tag @user", "a_b-c/d", "$5.00 €5 £5 ¥5", "{}[]()<>", "!!!???", "...", "…"),
    *("—–-", "“quoted” «quoted» „quoted‟", "¿qué? ¡sí!", "。、！？", "\u2581", "a\u2581b", "\u2581\u2581a", " \u2581 ", "_\u2581_", "ΟΔΟΣ ΟΔΟΣ.", "İstanbul ıI"),
    *("<s>", "</s>", "<unk>", "<s>A", "<s> A", " <s>", "A <s> A", "<s><s>", "</s>\n", "<|endoftext|>", "a<|endoftext|>b", " <|endoftext|> ", "<|im_start|>user\nA<|im_end|>"),
    *("<|user|>\nHi<|end|>\n<|assistant|>\n", "<|user|>  x", "<bos>a", "<start_of_turn>user\na<end_of_turn>\n", "<pad>", "<mask>", "a<mask>b", "a <mask> b", "[MASK]"),
    *("<|begin_of_text|>a", "<|eot_id|>", "<｜begin▁of▁sentence｜>a", "<0x41>", "<0x0A>", "<|END|>", "cat cats scat cat. cat", "catalog", "xcat cat", "é cat ñcat cat²"),
    *("left<l>right", "left   <l>   right", "left<r>right", "left   <r>   right", "left <b> \n right", "a\u00a0<b>\u3000b", "<l><r><b>", "<l> <r> <b>", " <r>  <l> "),
    *("<r>\u0085x", "<r>\ufeffx", "x\ufeff<l>", "ABC", "ABCD", "BCD", "xABCDx", "abcd", "Zoë zoë ZOË", "Zoe\u0308", "Zo\u0308e zoe\u0308"),
    *("A", "B.", " A", "\nA", ": A", ":A", "A. Very important", "Answer: A\n", "Answer:", "Answer: "),
    *("a" * 70, "ab" * 120, " " * 33, "\n" * 17, "Donaudampfschifffahrtsgesellschaftskapitän", "x" * 15 + " " + "y" * 15, "-" * 40, "=" * 9, "." * 12),
)


def survey_texts() -> list[str]:
    """Countries, items with their labels, and a prompt of each of some items, as the library renders them."""
    with (DATA / "survey" / "countries.csv").open(encoding="utf-8", newline="") as file:
        names = [row["prompt_name"] for row in csv.DictReader(file)]
    items = [item for path in sorted((DATA / "items" / "bank").glob("*.json")) for item in json.loads(path.read_text(encoding="utf-8"))["items"]]
    template = json.loads((DATA / "prompts" / "templates.json").read_text(encoding="utf-8"))["templates"][0]["text"]
    texts = [*names, *(item["question"] for item in items), *(option["label"] for item in items for option in item["options"])]
    for place, item in enumerate(items[::9]):
        lines = "\n".join(f"{letter}. {option['label']}" for letter, option in zip("ABCDEFGHIJKLMNOP", item["options"]))
        slots = {"{question}": item["question"], "{options}": lines, "{country}": names[place % len(names)]}
        prompt = template
        for slot, value in slots.items():
            prompt = prompt.replace(slot, value)
        texts.append(prompt)
    return texts


def drawn_texts() -> list[str]:
    """Random mixtures of all of the above, and of single characters of many blocks."""
    draw = random.Random(SEED)
    words = [word for sentence in sentences.ALL for word in sentence.split(" ")]
    pieces = [*words, *(piece for piece in TRICKY if len(piece) < 20)]
    mixed = ["".join(draw.choice(pieces) + draw.choice((" ", "", "", "  ", "\n")) for _ in range(draw.randint(2, 9))) for _ in range(DRAWN)]
    return [*mixed, *("".join(draw.choice(LETTERS) for _ in range(draw.randint(3, 14))) for _ in range(DRAWN // 3))]


def old_letters() -> list[str]:
    """Characters of Unicode 8 and before: what came later has other properties in other libraries' tables."""
    return [chr(code) for code in range(1, 0x2FFF) if unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Cs", "Co")]


LETTERS = old_letters()


def all_texts() -> list[str]:
    """Without repetitions, in a fixed order."""
    forms = [unicodedata.normalize(form, sentence) for sentence in sentences.ALL for form in ("NFC", "NFD", "NFKC", "NFKD")]
    return list(dict.fromkeys([*TRICKY, *sentences.ALL, *forms, *survey_texts(), *drawn_texts()]))
