"""The tokenizer of a GGUF file as Hugging Face files, with what transformers drops when it reads it put back."""

import sys
from pathlib import Path

from json_file import write_json
from tokenizers import normalizers, pre_tokenizers
from transformers import AutoTokenizer
from transformers.integrations.gguf.gguf_tokenizer_mapping import GGUF_PRE_TOKENIZER_SPLITS

BYTE_LEVEL = "gpt2"
DIGITS = "smollm"
QWEN = "qwen2"
PLAIN = ("gpt-2", "default", None)
TOKENS = "tokenizer.ggml.tokens"
# The kinds of tokens that are found whole in a text.
CONTROL, USER_DEFINED = 3, 4
TEXTS = ("It's  fine. ", "How important is it?\nA. Very important", "Café naïve, 幸福")


def write(gguf: Path, metadata: dict, folder: Path, context: int) -> None:
    """Writes tokenizer.json, its configuration and the chat template, and reads them back.

    `metadata` is that of the file with its tokens, `context` the longest text of the model in tokens.
    """
    pre_tokenizer = known_pre_tokenizer(gguf, metadata)
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    mend_tokenizer(tokenizer, pre_tokenizer)
    require_whole_tokens(gguf, metadata, tokenizer)
    write_tokenizer(tokenizer, folder, metadata.get("tokenizer.ggml.model"), context)
    check_tokenizer(tokenizer, folder, pre_tokenizer)


def known_pre_tokenizer(gguf: Path, metadata: dict) -> str | None:
    """How text is split before its bytes are merged; only the name is in the file. None where nothing is split."""
    if metadata.get("tokenizer.ggml.model") != BYTE_LEVEL:
        return None
    name = metadata.get("tokenizer.ggml.pre")
    if name not in (DIGITS, *PLAIN, *GGUF_PRE_TOKENIZER_SPLITS):
        sys.exit(
            f"Reading the tokenizer of {gguf}: its pre-tokenizer is {name}, which is not known here and would split text otherwise "
            f"in silence. Expected one of {', '.join(sorted((DIGITS, 'gpt-2', *GGUF_PRE_TOKENIZER_SPLITS)))}. "
            "Lay tokenizer.json and tokenizer_config.json of the original model beside the file."
        )
    return name


def mend_tokenizer(tokenizer, pre_tokenizer: str | None) -> None:
    """transformers drops what belongs to two names of a pre-tokenizer.

    - `smollm`: each digit on its own, then GPT-2's splitting. Without it, two spaces or line breaks before a digit become two tokens
      where the model knows one.
    - `qwen2`: Unicode's form C before anything else, without which letters with separate accents become other tokens.
    """
    backend = tokenizer.backend_tokenizer
    if pre_tokenizer == DIGITS:
        digits = pre_tokenizers.Digits(individual_digits=True)
        backend.pre_tokenizer = pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    if pre_tokenizer == QWEN:
        backend.normalizer = normalizers.NFC()


def require_whole_tokens(gguf: Path, metadata: dict, tokenizer) -> None:
    """transformers passes over control tokens in other letters than a byte-level vocabulary has, and cuts them into pieces."""
    kinds = metadata.get("tokenizer.ggml.token_type") or ()
    whole = [(index, token) for index, (token, kind) in enumerate(zip(metadata[TOKENS], kinds)) if kind in (CONTROL, USER_DEFINED)]
    lost = [token for index, token in whole if tokenizer.encode(token, add_special_tokens=False) != [index]]
    if metadata.get("tokenizer.ggml.model") == BYTE_LEVEL and lost:
        sys.exit(
            f"Reading the tokenizer of {gguf}: {len(lost)} of its added tokens are cut into pieces by transformers, {lost[0]!r} for one. "
            "Expected each to stay whole. Lay tokenizer.json and tokenizer_config.json of the original model beside the file."
        )


def write_tokenizer(tokenizer, folder: Path, kind: str | None, context: int) -> None:
    backend = tokenizer.backend_tokenizer
    backend.save(str(folder / "tokenizer.json"))
    if tokenizer.chat_template is not None:
        (folder / "chat_template.jinja").write_text(tokenizer.chat_template, encoding="utf-8")
    configuration = {
        **({"add_prefix_space": False} if kind == BYTE_LEVEL else {}),
        "bos_token": tokenizer.bos_token,
        "clean_up_tokenization_spaces": False,
        "eos_token": tokenizer.eos_token,
        "model_max_length": context,
        "pad_token": tokenizer.pad_token,
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": tokenizer.unk_token,
    }
    write_json(folder / "tokenizer_config.json", configuration)


def check_tokenizer(tokenizer, folder: Path, pre_tokenizer: str | None) -> None:
    """The tokenizer, read back, is the one that went in."""
    reread = AutoTokenizer.from_pretrained(folder)
    if pre_tokenizer == DIGITS:
        assert reread.convert_ids_to_tokens(reread.encode("a\n\n12")) == ["a", "ĊĊ", "1", "2"]
    if pre_tokenizer == QWEN:
        assert reread.encode("e\u0301") == reread.encode("é")
    for text in TEXTS:
        assert reread.encode(text) == tokenizer.encode(text), text
    if tokenizer.chat_template is not None:
        messages = [{"role": "user", "content": "Hello"}]
        assert reread.apply_chat_template(messages, tokenize=False) == tokenizer.apply_chat_template(messages, tokenize=False)
