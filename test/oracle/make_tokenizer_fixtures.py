"""Makes test/fixtures/tokenizers/: tiny tokenizers in the shapes of real families, texts, and the ids that Python gives.

`python3 make_tokenizer_fixtures.py`. It uses the exporters' environment of data/models/convert (made
there when missing, about 5 GB) and starts itself again inside it. Ids and texts come from transformers' generic class on
tokenizer.json; `ownClass` tells what AutoTokenizer makes of the same folder where that is another class.
"""

import base64
import gzip
import hashlib
import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
FIXTURES = REPOSITORY / "test" / "fixtures" / "tokenizers"
sys.path.append(str(REPOSITORY / "data" / "models" / "convert"))

import environments  # noqa: E402

if Path(sys.prefix).resolve() != environments.EXPORTER.resolve():
    environments.prepare()
    print(environments.run_python(str(Path(__file__).resolve())), end="")
    sys.exit()

sys.path.append(str(HERE))  # last, so that the packages still find Python's own modules first

import tokenizer_kinds_bytes  # noqa: E402
import tokenizer_kinds_configured  # noqa: E402
import tokenizer_kinds_sentencepiece  # noqa: E402
import tokenizers  # noqa: E402
import transformers  # noqa: E402
from tokenizer_texts import all_texts  # noqa: E402
from tokenizer_training import Kind, whole  # noqa: E402
from transformers import AutoTokenizer, PreTrainedTokenizerFast  # noqa: E402

WHOLE_IDS = 30
LARGEST_SUM = 900_000
HASH_BYTES = {"ids": 2, "decoded": 1, "tokenTexts": 2}


def main() -> None:
    shutil.rmtree(FIXTURES, ignore_errors=True)
    texts = all_texts()
    kinds = {**tokenizer_kinds_bytes.make(), **tokenizer_kinds_sentencepiece.make(), **tokenizer_kinds_configured.make()}
    expected = {name: expected_of(FIXTURES / name, kind, texts) for name, kind in kinds.items()}
    versions = {"tokenizers": tokenizers.__version__, "transformers": transformers.__version__}
    write_gzip(FIXTURES / "texts.json.gz", texts)
    write_gzip(FIXTURES / "expected.json.gz", {"versions": versions, "hashBytes": HASH_BYTES, "kinds": expected})
    size = sum(path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file())
    assert size < LARGEST_SUM, f"the fixtures have {size} bytes"
    for name, record in expected.items():
        print(f"{name}: {record['ownClass']}")
    print(f"{len(kinds)} tokenizers, {len(texts)} texts, {size} bytes")


def expected_of(folder: Path, kind: Kind, texts: list[str]) -> dict[str, object]:
    write(folder, kind)
    generic = PreTrainedTokenizerFast.from_pretrained(folder)
    encodings = [encoding(generic, text) for text in texts]
    decoded = [decode(generic, encoded["plain"]) for encoded in encodings]
    return {
        "ids": hashes([[encoded["plain"], encoded["special"]] for encoded in encodings], HASH_BYTES["ids"]),
        "decoded": hashes(decoded, HASH_BYTES["decoded"]),
        "first": encodings[:WHOLE_IDS],
        "tokenTexts": hashes([decode(generic, [token]) for token in range(len(generic))], HASH_BYTES["tokenTexts"]),
        "ownClass": own_class(folder, kind, texts, encodings),
    }


def own_class(folder: Path, kind: Kind, texts: list[str], encodings: list[dict[str, list[int]]]) -> dict[str, object]:
    """What AutoTokenizer, which may rebuild the tokenizer by its class, makes different."""
    config = folder / "config.json"
    config.write_text(json.dumps({"model_type": kind.model_type}))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config.unlink()
    different = [text for text, encoded in zip(texts, encodings) if encoding(tokenizer, text) != encoded]
    example = min(different, key=len) if different else None
    return {"name": type(tokenizer).__name__, "different": len(different), "example": example}


def encoding(tokenizer: PreTrainedTokenizerFast, text: str) -> dict[str, list[int]]:
    return {name: tokenizer.encode(text, add_special_tokens=name == "special") for name in ("plain", "special")}


def decode(tokenizer: PreTrainedTokenizerFast, ids: list[int]) -> str:
    return tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False)


def hashes(values: list[object], length: int) -> str:
    """The first bytes of each value's SHA-256, over its JSON without spaces, joined; base64."""
    lines = (json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode() for value in values)
    return base64.b64encode(b"".join(hashlib.sha256(line).digest()[:length] for line in lines)).decode()


def write(folder: Path, kind: Kind) -> None:
    folder.mkdir(parents=True)
    for name, value in (("tokenizer.json", whole(kind)), ("tokenizer_config.json", kind.config)):
        (folder / name).write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def write_gzip(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
