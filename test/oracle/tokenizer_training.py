"""Trains the vocabulary of a tiny tokenizer on our own sentences and writes it in the order that its family has."""

import json
from dataclasses import dataclass, field

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

import tokenizer_sentences as sentences
from tokenizer_texts import TRICKY

WORD_START = "\u2581"
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
UNCUT = (*sentences.ALL, *TRICKY, *TRICKY, *["it'ſ x"] * 12)
Definition = dict[str, object]


@dataclass
class Kind:
    """A tokenizer.json in parts, and what stands beside it."""

    normalizer: Definition | None
    pre_tokenizer: Definition | None
    decoder: Definition
    model: Definition
    added: list[Definition]
    frame: tuple[list[str], list[str]] | None = None
    post_processors: list[Definition] = field(default_factory=list)
    config: Definition = field(default_factory=dict)
    model_type: str = "llama"


def added(content: str, **settings: object) -> Definition:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"content": content, **flags, **settings}


def byte_level_model(special: list[str], size: int = 560, **settings: object) -> Definition:
    """Special tokens first, as far as they are in the vocabulary at all, then bytes, then merges.

    Trained on texts that nothing cuts: merges join what a pre-tokenizer keeps apart, so that a cut in another place shows.
    """
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=special, initial_alphabet=alphabet, max_token_length=9, show_progress=False)
    trained.train_from_iterator(UNCUT, trainer)
    return {**model_of(trained), "byte_fallback": False, **settings}


def sentencepiece_model(special: list[str], size: int = 560, bytes_too: bool = True, words: bool = True, **settings: object) -> Definition:
    """Letters, of which the rare ones are missing, and merges: of spaces, and inside of words or over their borders, too."""
    trained = Tokenizer(models.BPE())
    trained.normalizer = normalizers.Replace(" ", WORD_START)
    if words:
        trained.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    trainer = trainers.BpeTrainer(vocab_size=size - 3 - 256 * bytes_too, limit_alphabet=170, max_token_length=9, show_progress=False)
    trained.train_from_iterator(sentences.ALL if words else UNCUT, trainer)
    model = model_of(trained)
    spaces = [WORD_START * 2, WORD_START * 4]
    pieces = [*special, *(BYTES if bytes_too else []), *spaces, *sorted(model["vocab"], key=model["vocab"].get)]
    vocab = {piece: place for place, piece in enumerate(dict.fromkeys(pieces))}
    merges = [[WORD_START, WORD_START], [WORD_START * 2, WORD_START * 2], *model["merges"]]
    return {**model, "unk_token": "<unk>", "fuse_unk": True, "byte_fallback": bytes_too, "vocab": vocab, "merges": merges, **settings}


def unigram_model(special: list[str], size: int = 400, bytes_too: bool = False) -> Definition:
    trained = Tokenizer(models.Unigram())
    trained.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=special, unk_token="<unk>", show_progress=False, max_piece_length=8)
    trained.train_from_iterator([*sentences.LATIN, *sentences.OTHERS[:12]], trainer)
    pieces = [[piece, round(score, 4)] for piece, score in definition_of(trained)["model"]["vocab"]]
    known = [piece for piece, _ in pieces]
    missing = [[piece, 0.0] for piece in (BYTES if bytes_too else []) if piece not in known]
    return {"type": "Unigram", "unk_id": known.index("<unk>"), "vocab": [*pieces, *missing], "byte_fallback": bytes_too}


def word_level_model(special: list[str], pre_tokenizer: Definition) -> Definition:
    trained = parts_of(None, pre_tokenizer, models.WordLevel(unk_token="<unk>"))
    trained.train_from_iterator(sentences.ALL, trainers.WordLevelTrainer(vocab_size=300, special_tokens=special, show_progress=False))
    return definition_of(trained)["model"]


def whole(kind: Kind) -> Definition:
    """The tokenizer.json of a kind: added tokens get the ids of the vocabulary, or the next free ones."""
    vocab = kind.model["vocab"]
    ids = dict(vocab) if isinstance(vocab, dict) else {piece: place for place, (piece, _) in enumerate(vocab)}
    tokens = []
    for token in kind.added:
        ids.setdefault(token["content"], len(ids))
        tokens.append({"id": ids[token["content"]], **token})
    return {
        **{"version": "1.0", "truncation": None, "padding": None, "added_tokens": tokens},
        **{"normalizer": kind.normalizer, "pre_tokenizer": kind.pre_tokenizer},
        **{"post_processor": post_processor(kind, ids), "decoder": kind.decoder, "model": kind.model},
    }


def post_processor(kind: Kind, ids: dict[str, int]) -> Definition | None:
    steps = list(kind.post_processors)
    if kind.frame is not None:
        before, after = kind.frame
        special = {name: {"id": name, "ids": [ids[name]], "tokens": [name]} for name in (*before, *after)}
        single = [*map(special_token, before), {"Sequence": {"id": "A", "type_id": 0}}, *map(special_token, after)]
        pair = [*single, {"Sequence": {"id": "B", "type_id": 1}}]
        steps.append({"type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": special})
    if not steps:
        return None
    return steps[0] if len(steps) == 1 else {"type": "Sequence", "processors": steps}


def special_token(name: str) -> Definition:
    return {"SpecialToken": {"id": name, "type_id": 0}}


def parts_of(normalizer: Definition | None, pre_tokenizer: Definition | None, model: models.Model) -> Tokenizer:
    empty = definition_of(Tokenizer(model))
    return Tokenizer.from_str(json.dumps({**empty, "normalizer": normalizer, "pre_tokenizer": pre_tokenizer}))


def model_of(tokenizer: Tokenizer) -> Definition:
    return definition_of(tokenizer)["model"]


def definition_of(tokenizer: Tokenizer) -> Definition:
    return json.loads(tokenizer.to_str())
