"""Tiny checkpoints as a model builder has them, each with what transformers says. `make_checkpoints.py FOLDER NAMES...`

The names are those of family_architectures.py, with `+sharded`, `+bfloat16` or `+sentencepiece` behind them for weights in
several files, in bfloat16, and a tokenizer that comes as a SentencePiece model. Nothing is written for the sake of exporters:
config.json is what transformers 5 writes. Runs in the exporters' environment, `+sentencepiece` with its package laid over it.
"""

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "oracle"))

import family_answers  # noqa: E402
import family_models  # noqa: E402
import family_texts  # noqa: E402
import tiny_llama  # noqa: E402
import torch  # noqa: E402

LARGEST_SHARD = "30KB"
TEXTS = ("How important is it?", "In a country, people answer the question.", "A. Very important\nB. Not at all")


def main(parent: Path, names: list[str]) -> None:
    for name in names:
        architecture, *changes = name.split("+")
        folder = parent / name
        folder.mkdir(parents=True)
        tiny_llama.write_tokenizer(folder)
        rows = [torch.tensor([row]) for row in family_texts.token_rows(folder).values()]
        model = family_models.make_model(architecture, rows)
        if "bfloat16" in changes:
            model = model.to(torch.bfloat16)
        model.save_pretrained(folder, **({"max_shard_size": LARGEST_SHARD} if "sharded" in changes else {}))
        if "sentencepiece" in changes:
            write_sentencepiece(folder)
        answers = answers_of(folder) if "sentencepiece" in changes else family_answers.expected(folder, rounded=False)
        tiny_llama.write_json(parent / f"{name}.json", answers)
        print(name, sorted(path.name for path in folder.iterdir()), flush=True)


def write_sentencepiece(folder: Path) -> None:
    """In place of tokenizer.json, a byte-pair model with the settings that Llama's tokenizer has."""
    import sentencepiece

    corpus, model = folder / "corpus.txt", folder / "tokenizer"
    corpus.write_text(tiny_llama.CORPUS, encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(model), vocab_size=tiny_llama.VOCABULARY, model_type="bpe", byte_fallback=True,
        hard_vocab_limit=True, normalization_rule_name="identity", remove_extra_whitespaces=False, minloglevel=2,
        character_coverage=1.0,
    )  # fmt: skip
    for name in ("corpus.txt", "tokenizer.vocab", "tokenizer.json", "tokenizer_config.json"):
        (folder / name).unlink()
    settings = {"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "add_bos_token": True}
    tiny_llama.write_json(folder / "tokenizer_config.json", {**settings, "add_eos_token": False, "legacy": False})


def answers_of(folder: Path) -> dict[str, object]:
    """Tokens as SentencePiece itself gives them, behind the token that begins a text."""
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "tokenizer.model"))
    model = family_models.load(folder)
    listed = list(range(3, 300, 25))
    sequences = []
    for text in TEXTS:
        row = [processor.bos_id(), *processor.encode(text)]
        values = [tiny_llama.ten_digits(value) for value in tiny_llama.next_log_probs(model, torch.tensor([row]))[listed].tolist()]
        sequences.append({"text": text, "tokenIds": row, "logProbs": values})
    return {"listedTokenIds": listed, "sequences": sequences}


if __name__ == "__main__":
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    main(Path(sys.argv[1]), sys.argv[2:])
