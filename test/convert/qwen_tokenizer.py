"""The tokenizer of Qwen2 and Qwen3 as their own folders have it, from the vocabulary that comes with llama.cpp's source.

llama.cpp's converter knows a pre-tokenizer by a hash of the tokens of one text alone. What is written here passes there for
`qwen2`, so its tokens are those of the real tokenizer.
"""

from pathlib import Path

import tiny_llama
from gguf import GGUFReader
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX

SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
# Qwen3's: found whole in a text, yet not special.
PLAIN = ("<think>", "</think>")
CHAT_TEMPLATE = (
    "{%- if messages[0].role != 'system' %}{{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}{%- endif %}"
    "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n<think>\\n\\n</think>\\n\\n' }}{%- endif %}"
)


def write(vocabulary: Path, folder: Path) -> dict[str, int]:
    """Writes the tokenizer's files; returns the ids of the added tokens."""
    fields = GGUFReader(vocabulary).fields
    tokens, merges = (fields[f"tokenizer.ggml.{name}"].contents() for name in ("tokens", "merges"))
    known = {token: index for index, token in enumerate(tokens[: tokens.index(SPECIAL[0])])}
    tokenizer = Tokenizer(models.BPE(vocab=known, merges=[tuple(merge.split(" ")) for merge in merges]))
    tokenizer.normalizer = normalizers.NFC()
    split = pre_tokenizers.Split(Regex(PRETOKENIZE_REGEX), behavior="isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIAL])
    tokenizer.add_tokens([AddedToken(token, normalized=False) for token in PLAIN])
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "add_bos_token": False,
        "add_prefix_space": False,
        "bos_token": None,
        "chat_template": CHAT_TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "tokenizer_class": "Qwen2Tokenizer",
        "unk_token": None,
    }
    tiny_llama.write_json(folder / "tokenizer_config.json", settings)
    return {token: tokenizer.token_to_id(token) for token in (*SPECIAL, *PLAIN)}
