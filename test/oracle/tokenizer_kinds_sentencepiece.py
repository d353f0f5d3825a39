"""Tokenizers that come from SentencePiece models (spaces are letters, rare letters are bytes), and word-level ones."""

from tokenizer_kinds_bytes import names, sequence
from tokenizer_training import WORD_START, Definition, Kind, added, sentencepiece_model, unigram_model, word_level_model

SPECIAL = ["<unk>", "<s>", "</s>"]
PREPEND = {"type": "Prepend", "prepend": WORD_START}
REPLACE = {"type": "Replace", "pattern": {"String": " "}, "content": WORD_START}
PREPEND_AND_REPLACE = {"type": "Sequence", "normalizers": [PREPEND, REPLACE]}
SPACES = {"type": "Replace", "pattern": {"String": WORD_START}, "content": " "}
PLAIN_DECODER = {"type": "Sequence", "decoders": [SPACES, {"type": "ByteFallback"}, {"type": "Fuse"}]}
DECODER = {"type": "Sequence", "decoders": [*PLAIN_DECODER["decoders"], {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
MERGED_WITH_PREVIOUS = {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False}
BEGIN_AND_END = {**names(bos="<s>", eos="</s>", unk="<unk>"), "add_bos_token": True, "add_eos_token": False}


def metaspace(prepend_scheme: str, **settings: object) -> Definition:
    return {"type": "Metaspace", "replacement": WORD_START, "prepend_scheme": prepend_scheme, "split": False, **settings}


def kind(normalizer: Definition | None, pre_tokenizer: Definition | None, *more: Definition, decoder: Definition = DECODER, **settings: object) -> Kind:
    config = {"tokenizer_class": "LlamaTokenizer", "clean_up_tokenization_spaces": False, **BEGIN_AND_END, **settings.pop("config", {})}
    special = settings.pop("special", SPECIAL)
    model = settings.pop("model", None) or sentencepiece_model(special)
    return Kind(normalizer, pre_tokenizer, decoder, model, [*map(added, special), *more], config=config, **settings)


def make() -> dict[str, Kind]:
    begin = {"frame": (["<s>"], [])}
    gemma_special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>"]
    gemma = {
        "decoder": PLAIN_DECODER,
        "special": gemma_special,
        "frame": (["<bos>"], []),
        "model_type": "gemma2",
        "config": {"tokenizer_class": "GemmaTokenizer", **names(bos="<bos>", eos="<eos>", unk="<unk>", pad="<pad>")},
    }
    tags = (added("<table>", special=False), added("[@BOS@]", special=False))
    unigram = {"decoder": metaspace("always"), "special": ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]}
    xlm_config = {"tokenizer_class": "PreTrainedTokenizerFast", "add_eos_token": True}
    word_special = ["<unk>", "<s>", "</s>"]
    uncut = {"model": sentencepiece_model(SPECIAL, words=False), "config": {"tokenizer_class": "PreTrainedTokenizerFast"}}
    return {
        "llama2": kind(PREPEND_AND_REPLACE, None, **begin, config={"legacy": False}),
        "llama2-legacy": kind(PREPEND_AND_REPLACE, None, **begin, config={"legacy": True, "tokenizer_class": "PreTrainedTokenizerFast"}),
        "llama2-metaspace-first": kind(None, metaspace("first"), added("<tool>", normalized=True, special=False), **begin, config={"legacy": False, "add_prefix_space": None}),
        "llama2-metaspace-always": kind(None, metaspace("always"), **begin, config={"legacy": True}),
        "llama2-metaspace-never": kind(None, metaspace("never"), decoder=PLAIN_DECODER, **begin, config={"add_prefix_space": False}),
        "metaspace-words": kind(None, metaspace("always", split=True), decoder=metaspace("always"), **begin, **uncut),
        "metaspace-words-of-sections": kind(None, metaspace("first", split=True), decoder=metaspace("never", split=True), **uncut),
        "mistral": kind(None, metaspace("first"), *map(added, ("[INST]", "[/INST]", "[TOOL_CALLS]")), **begin, model_type="mistral", config={"legacy": False}),
        "phi-3": kind(
            PREPEND_AND_REPLACE,
            None,
            *(added(token, rstrip=True) for token in ("<|assistant|>", "<|end|>", "<|user|>", "<|system|>")),
            added("<|endoftext|>"),
            model_type="phi3",
            config={"legacy": False, "add_bos_token": False, **names(eos="<|endoftext|>", pad="<|endoftext|>")},
        ),
        "gemma": kind(REPLACE, MERGED_WITH_PREVIOUS, *tags, **gemma, model=sentencepiece_model(gemma_special)),
        "gemma-without-split": kind(REPLACE, None, *tags, **gemma, model=sentencepiece_model(gemma_special)),
        "bpe-unknown-fused": kind(None, metaspace("always", split=True), decoder=metaspace("always"), model=sentencepiece_model(SPECIAL, 330, bytes_too=False, words=False), config={"tokenizer_class": "PreTrainedTokenizerFast"}),
        "unigram": kind(None, metaspace("always", split=True), **unigram, model=unigram_model(unigram["special"]), frame=(["<s>"], ["</s>"]), config=xlm_config),
        "unigram-two-steps": kind(None, sequence({"type": "WhitespaceSplit"}, metaspace("always", split=True)), **unigram, model=unigram_model(unigram["special"]), frame=(["<s>"], ["</s>"]), config=xlm_config),
        "unigram-bytes": kind(None, metaspace("always", split=True), **unigram, model=unigram_model(unigram["special"], bytes_too=True), frame=([], ["</s>"]), config={**xlm_config, "add_bos_token": False}),
        "word-level": kind(
            None,
            {"type": "Whitespace"},
            decoder=None,
            special=word_special,
            model=word_level_model(word_special, {"type": "Whitespace"}),
            config={"tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": False},
        ),
    }
