"""Added tokens with every flag, and folders whose tokenizer_config.json disagrees with its tokenizer.json."""

from dataclasses import replace

import tokenizer_kinds_bytes as byte_level
import tokenizer_kinds_sentencepiece as sentencepiece
from tokenizer_training import Definition, Kind, added

LOWERCASE = {"type": "Lowercase"}
SPECIAL = ["<s>", "</s>", "<unk>"]
NAMES = byte_level.names(bos="<s>", eos="</s>")


def flagged() -> list[Definition]:
    """Tokens that swallow white space, stand alone only, overlap, or are looked for in the normalised text."""
    return [
        *(added("<l>", lstrip=True), added("<r>", rstrip=True), added("<b>", lstrip=True, rstrip=True)),
        *(added("cat", single_word=True, special=False), added("<mask>", lstrip=True, single_word=True)),
        *(added("ABC", special=False), added("BCD", special=False), added("ABCD", special=False), added("Zoë", normalized=True, special=False)),
        *(added("<|END|>", normalized=True), added("the people", normalized=True, special=False), added("  ", normalized=True, special=False)),
        added("eop", special=False),
    ]


def make() -> dict[str, Kind]:
    small = {"config": NAMES, "model": {"size": 300}}
    plain = byte_level.kind(byte_level.BYTES, SPECIAL, **small)
    framed = byte_level.kind(byte_level.BYTES, SPECIAL, frame=(["<s>"], ["</s>"]), **small)
    metaspace = sentencepiece.kind(None, sentencepiece.metaspace("first"), *flagged(), config={"tokenizer_class": "PreTrainedTokenizerFast"})
    objects = {"bos_token": {"__type": "AddedToken", **added("<s>", lstrip=True, rstrip=True)}, "unk_token": {"__type": "AddedToken", **added("<unk>")}}
    return {
        "added": byte_level.kind(byte_level.BYTES, SPECIAL, *flagged(), config=NAMES),
        "added-lowercase": byte_level.kind(byte_level.BYTES, SPECIAL, *flagged(), normalizer=LOWERCASE, config=NAMES),
        "added-metaspace": metaspace,
        "added-prepend": replace(metaspace, normalizer=sentencepiece.PREPEND_AND_REPLACE, pre_tokenizer=None),
        "bos-asked": configured(plain, add_bos_token=True),
        "bos-eos-asked": configured(plain, add_bos_token=True, add_eos_token=True),
        "bos-asked-unnamed": configured(plain, add_bos_token=True, bos_token=None),
        "eos-asked-of-bos": configured(framed, add_eos_token=True),
        "bos-eos-refused": configured(framed, add_bos_token=False, add_eos_token=False),
        "bos-eos-unmentioned": framed,
        "bos-as-object": configured(framed, **objects),
        "prefix-space-asked": configured(plain, add_prefix_space=True),
        "prefix-space-refused": configured(byte_level.kind({**byte_level.BYTES, "add_prefix_space": True}, SPECIAL, **small), add_prefix_space=False),
        "tokens-of-config": configured(
            replace(plain, added=plain.added[:1]),
            pad_token="</s>",
            additional_special_tokens=["<unk>"],
            added_tokens_decoder={"300": added("Ġthe", special=False)},
        ),
        "flags-of-old-classes": configured(plain, do_lower_case=True, remove_space=True, do_lowercase_and_remove_accent=True, legacy=True),
    }


def configured(kind: Kind, **settings: object) -> Kind:
    return replace(kind, config={**kind.config, **settings})
