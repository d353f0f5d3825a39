"""Tiny Qwen checkpoints, the GGUF files that llama.cpp's own converter makes of them, and what transformers says of the former.

`make_gguf.py LLAMA_CPP FOLDER NAMES...`: LLAMA_CPP is its source. A name is one of family_architectures.py, with `+untied`
behind it where the output layer has weights of its own. FOLDER/NAME is the checkpoint, FOLDER/NAME.json what transformers says of it, and FOLDER/gguf/NAME.gguf lies
where no tokenizer does. Runs in the exporters' environment.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "oracle"))

import family_models  # noqa: E402
import qwen_tokenizer  # noqa: E402
import tiny_llama  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402

# Rows of the embedding without a token, as the real models have them.
SPARE_ROWS = 5
TEXTS = (
    "How important is it in your life?\nA. Very important\r\nB. Not at all\n\n\n  1\n\n2",
    "It's fine, we'LL see: 'tis I'm   three  spaces\tand\t\ttabs \n \n end  ",
    "1234567890 3.14 12,5 ٣٤٥ ½ ² 2024年",
    "Café naïve e\u0301te\u0301 A\u030angstro\u0308m \u1e9b\u0323 ﬁn \u212b",
    "😀👩‍👩‍👧🏽🇯🇵 幸福とは何か。중요합니까? العربية हिन्दी ไทย",
    "<|im_start|>user\nWho?<|im_end|>\n<think>\n\n</think>\n\nA<|endoftext|> <think >",
    "[PAD151648] <|im_sep|> <|end",
)
LISTED = 12
SPREAD_OVER = 2


def main(llama_cpp: Path, parent: Path, names: list[str]) -> None:
    (parent / "gguf").mkdir(parents=True)
    for name in names:
        folder = parent / name
        folder.mkdir()
        write_checkpoint(name, llama_cpp / "models" / "ggml-vocab-qwen2.gguf", folder)
        tiny_llama.write_json(parent / f"{name}.json", answers_of(folder))
        command = [sys.executable, str(llama_cpp / "convert_hf_to_gguf.py"), str(folder), "--outtype", "f32"]
        subprocess.run([*command, "--outfile", str(parent / "gguf" / f"{name}.gguf")], check=True, capture_output=True)
        print(name, flush=True)


def write_checkpoint(name: str, vocabulary: Path, folder: Path) -> None:
    architecture, *changes = name.split("+")
    ids = qwen_tokenizer.write(vocabulary, folder)
    named = {"bos_token_id": ids["<|endoftext|>"], "eos_token_id": ids["<|im_end|>"], "pad_token_id": ids["<|endoftext|>"]}
    settings = {**named, "vocab_size": max(ids.values()) + 1 + SPARE_ROWS}
    if changes == ["untied"]:
        settings["tie_word_embeddings"] = False
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    rows = [torch.tensor([tokenizer.encode(text)]) for text in TEXTS[:SPREAD_OVER]]
    family_models.make_model(architecture, rows, **settings).save_pretrained(folder)


def answers_of(folder: Path) -> dict[str, object]:
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = family_models.load(folder)
    listed = torch.randperm(model.config.vocab_size, generator=torch.Generator().manual_seed(tiny_llama.SEED))[:LISTED].sort().values.tolist()
    sequences = []
    for text in TEXTS:
        row = tokenizer.encode(text)
        log_probs = tiny_llama.next_log_probs(model, torch.tensor([row]))[listed]
        sequences.append({"text": text, "tokenIds": row, "logProbs": [tiny_llama.ten_digits(value) for value in log_probs.tolist()]})
    special = {f"{kind}_token_id": getattr(tokenizer, f"{kind}_token_id") for kind in ("eos", "pad")}
    return {"listedTokenIds": listed, "sequences": sequences, "chatTemplate": tokenizer.chat_template, "special": special}


if __name__ == "__main__":
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
