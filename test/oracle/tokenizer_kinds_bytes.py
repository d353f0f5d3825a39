"""Byte-level tokenizers in the pipeline shapes of real model families."""

from tokenizer_training import Definition, Kind, added, byte_level_model

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LETTERS_THEN_REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA3 = rf"{CONTRACTIONS}|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{{1,3}}|{LETTERS_THEN_REST}"
QWEN2 = LLAMA3.replace("{1,3}", "")
CL100K = LLAMA3.replace(CONTRACTIONS, "'(?i:[sdmt]|ll|ve|re)")
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
O200K = (
    rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{CONTRACTIONS}?|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{CONTRACTIONS}?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TEKKEN = O200K.replace(f"{CONTRACTIONS}?", "").replace("{1,3}", "")
BLOOM = " ?[^(\\s|[.,!?…。，、।۔،])]+"
DEEPSEEK_V3 = (
    r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"""
    r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
NFC = {"type": "NFC"}
DIGITS = {"type": "Digits", "individual_digits": True}
BYTES = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
BYTES_ONLY = {**BYTES, "use_regex": False}
BYTE_DECODER = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
BYTE_POST = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}
BEHAVIOURS = {"merged-with-previous": "MergedWithPrevious", "merged-with-next": "MergedWithNext", "contiguous": "Contiguous", "removed": "Removed"}
GENERIC = "PreTrainedTokenizerFast"


def split(pattern: str, behavior: str = "Isolated", invert: bool = False) -> Definition:
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": invert}


def sequence(*steps: Definition) -> Definition:
    return {"type": "Sequence", "pretokenizers": list(steps)}


def spaces(longest: int) -> list[Definition]:
    return [added(" " * count, normalized=True, special=False) for count in range(longest, 1, -1)]


def names(**tokens: str | None) -> Definition:
    return {f"{name}_token": token for name, token in tokens.items()}


def kind(pre_tokenizer: Definition, special: list[str], *more: Definition, tokenizer_class: str = GENERIC, **settings: object) -> Kind:
    """Special tokens are added tokens of the vocabulary; `more` are added behind it, as later trainings did."""
    normalizer = settings.pop("normalizer", None)
    model = byte_level_model(special, **settings.pop("model", {}))
    config = {"tokenizer_class": tokenizer_class, "clean_up_tokenization_spaces": False, **settings.pop("config", {})}
    return Kind(normalizer, pre_tokenizer, BYTE_DECODER, model, [*map(added, special), *more], config=config, **settings)


def make() -> dict[str, Kind]:
    end, begin = "<|endoftext|>", "<|begin_of_text|>"
    deepseek = ["<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>"]
    falcon = (
        {"type": "Punctuation", "behavior": "Contiguous"},
        BYTES,
        {"type": "Digits", "individual_digits": False},
        split("[0-9][0-9][0-9]"),
    )
    deepseek_llm = (
        split(r"[\r\n]"),
        split(r"\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-Ⴥ]+"),
        split(r"\s?[!-/:-~！-／：-～‘-‟　-。]+"),
        split(r"\s+$"),
        split(r"[一-龥ࠀ-一가-퟿]+"),
        DIGITS,
        BYTES_ONLY,
    )
    deepseek_v3 = (split(r"\p{N}{1,3}"), split(r"[一-龥぀-ゟ゠-ヿ]+"), split(DEEPSEEK_V3), BYTES_ONLY)
    wide = {"lstrip": True, "rstrip": True}
    return {
        "gpt2": kind(BYTES, [end], tokenizer_class="GPT2Tokenizer", model_type="gpt2", config={"add_prefix_space": False, **names(bos=end, eos=end, unk=end)}),
        "gpt2-prefix-space": kind({**BYTES, "add_prefix_space": True}, [end], config={"add_prefix_space": True, **names(eos=end)}),
        "llama3": kind(
            sequence(split(LLAMA3), BYTES_ONLY),
            [],
            *map(added, (begin, "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")),
            model={"ignore_merges": True},
            post_processors=[BYTE_POST],
            frame=([begin], []),
            config=names(bos=begin, eos="<|eot_id|>"),
        ),
        "qwen2": kind(
            sequence(split(QWEN2), BYTES_ONLY),
            [],
            *map(added, (end, "<|im_start|>", "<|im_end|>")),
            added("<tool_call>", special=False),
            normalizer=NFC,
            post_processors=[{**BYTE_POST, "add_prefix_space": False}],
            tokenizer_class="Qwen2Tokenizer",
            model_type="qwen2",
            config={"add_bos_token": False, "add_prefix_space": False, **names(bos=None, eos="<|im_end|>", pad=end, unk=None)},
        ),
        "pythia": kind(
            BYTES,
            [end, "<|padding|>"],
            *spaces(24),
            normalizer=NFC,
            tokenizer_class="GPTNeoXTokenizer",
            model_type="gpt_neox",
            config={"add_prefix_space": False, **names(bos=end, eos=end, unk=end)},
        ),
        "olmo": kind(
            BYTES,
            [end, "<|padding|>"],
            added("|||IP_ADDRESS|||", normalized=True, special=False),
            *spaces(24),
            normalizer=NFC,
            tokenizer_class="GPTNeoXTokenizer",
            model_type="olmo",
            config={"add_bos_token": False, "add_eos_token": False, **names(bos=None, eos=end)},
        ),
        "olmo2": kind(sequence(split(CL100K), BYTES_ONLY), [], *map(added, (end, "<|user|>", "<|assistant|>")), tokenizer_class="GPT2Tokenizer", model_type="olmo2", config=names(bos=end, eos=end)),
        "opt": kind(
            BYTES,
            ["<s>", "<pad>", "</s>", "<unk>"],
            frame=(["</s>"], []),
            tokenizer_class="GPT2Tokenizer",
            model_type="opt",
            config={"add_bos_token": True, "add_prefix_space": False, **names(bos="</s>", eos="</s>", pad="<pad>", unk="</s>")},
        ),
        "bloom": kind(
            sequence(split(BLOOM), BYTES_ONLY),
            ["<unk>", "<s>", "</s>", "<pad>"],
            post_processors=[BYTE_POST],
            tokenizer_class="BloomTokenizerFast",
            model_type="bloom",
            config={"add_prefix_space": False, **names(bos="<s>", eos="</s>", unk="<unk>", pad="<pad>")},
        ),
        "falcon": kind(sequence(*falcon), [">>TITLE<<", end], post_processors=[], model_type="falcon", config={"add_prefix_space": False, **names(eos=end)}),
        "phi-2": kind(
            BYTES,
            [end],
            *spaces(12),
            *(added("\t" * count, normalized=True, special=False) for count in range(5, 1, -1)),
            tokenizer_class="CodeGenTokenizer",
            model_type="phi",
            config={"add_prefix_space": False, **names(bos=end, eos=end, unk=end)},
        ),
        "phi-4": kind(
            sequence(split(CL100K), BYTES_ONLY),
            [],
            *(added(token, **wide) for token in (end, "<|im_start|>", "<|im_sep|>", "<|im_end|>")),
            tokenizer_class="GPT2Tokenizer",
            model_type="phi3",
            config=names(bos=end, eos="<|im_end|>", pad=end),
        ),
        "gpt-oss": kind(sequence(split(O200K), BYTES_ONLY), [], *map(added, ("<|startoftext|>", "<|start|>", "<|message|>", "<|end|>", "<|return|>")), config=names(bos="<|startoftext|>", eos="<|return|>")),
        "mistral-tekken": kind(
            sequence(split(TEKKEN), BYTES_ONLY),
            ["<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"],
            model={"ignore_merges": True},
            frame=(["<s>"], []),
            model_type="llama",
            config={"add_bos_token": True, "add_eos_token": False, **names(bos="<s>", eos="</s>", unk="<unk>")},
        ),
        "smollm2": kind(sequence(DIGITS, BYTES), [end, "<|im_start|>", "<|im_end|>"], model_type="llama", config={"add_prefix_space": False, **names(bos="<|im_start|>", eos="<|im_end|>", unk=end)}),
        "granite": kind(
            sequence(DIGITS, BYTES),
            [end],
            *map(added, ("<|start_of_role|>", "<|end_of_role|>")),
            tokenizer_class="GPT2Tokenizer",
            model_type="granite",
            config={"add_bos_token": False, **names(bos=end, eos=end, unk=end, pad=end)},
        ),
        "command-r": kind(
            sequence(DIGITS, BYTES),
            ["<PAD>", "<UNK>", "<BOS_TOKEN>", "<EOS_TOKEN>"],
            *map(added, ("<|START_OF_TURN_TOKEN|>", "<|USER_TOKEN|>")),
            normalizer=NFC,
            frame=(["<BOS_TOKEN>"], []),
            tokenizer_class="CohereTokenizer",
            model_type="cohere",
            config={"add_bos_token": True, "add_eos_token": False, **names(bos="<BOS_TOKEN>", eos="<EOS_TOKEN>", unk="<UNK>", pad="<PAD>")},
        ),
        "deepseek-llm": kind(
            sequence(*deepseek_llm),
            [],
            *(added(token, normalized=True) for token in deepseek),
            post_processors=[],
            frame=([deepseek[0]], []),
            tokenizer_class="LlamaTokenizerFast",
            config={"add_bos_token": True, "add_eos_token": False, "legacy": True, **names(bos=deepseek[0], eos=deepseek[1], unk=None)},
        ),
        "deepseek-v3": kind(
            sequence(*deepseek_v3),
            deepseek,
            *map(added, ("<｜User｜>", "<｜Assistant｜>")),
            added("<think>", special=False),
            post_processors=[BYTE_POST],
            frame=([deepseek[0]], []),
            tokenizer_class="LlamaTokenizerFast",
            config={"add_bos_token": True, "add_eos_token": False, **names(bos=deepseek[0], eos=deepseek[1], unk=None)},
        ),
        **{name: kind(sequence({"type": "Split", "pattern": {"String": " "}, "behavior": behavior, "invert": False}, BYTES_ONLY), [end], config=names(eos=end)) for name, behavior in BEHAVIOURS.items()},
        "kept-letters": kind(sequence(split(r"\p{L}+|\s", "Removed", invert=True), BYTES_ONLY), [end], config=names(eos=end)),
        "punctuation-alone": kind(sequence({"type": "Punctuation", "behavior": "Isolated"}, {"type": "WhitespaceSplit"}, BYTES_ONLY), [end], config=names(eos=end)),
    }
