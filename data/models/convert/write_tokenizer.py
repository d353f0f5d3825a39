"""Writes tokenizer.json for a folder whose tokenizer comes in older files. `python write_tokenizer.py FOLDER`

A SentencePiece model, where there is one, must give the same tokens for a few texts: a conversion can go wrong in silence.
"""

import sys
from pathlib import Path

from transformers import AutoTokenizer

TEXTS = ("How important is it in your life?", "A. Very important\nB. Not at all", "2024: 17 %", "Café naïve", "a  b   c")


def main(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
    if not tokenizer.is_fast:
        sys.exit(f"Converting the tokenizer of {folder}: {type(tokenizer).__name__} has no fast form. Expected one that tokenizer.json can hold.")
    model = folder / "tokenizer.model"
    if model.exists() and not (folder / "tokenizer.json").exists():
        check_against(model, tokenizer)
    tokenizer.save_pretrained(folder)


def check_against(model: Path, tokenizer) -> None:
    import sentencepiece

    reference = sentencepiece.SentencePieceProcessor(model_file=str(model))
    for text in TEXTS:
        expected, found = reference.encode(text), tokenizer.encode(text, add_special_tokens=False)
        if expected != found:
            sys.exit(
                f"Converting the tokenizer {model}: {text!r} becomes {found}, SentencePiece itself gives {expected}. "
                "Expected the same tokens. Take a tokenizer.json of the same model."
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
