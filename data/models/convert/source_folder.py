"""The folder that exporters and reference read: the checkpoint's own weights, and a configuration that both understand."""

import os
import shutil
from pathlib import Path

import environments
from checkpoint import SETTINGS, Checkpoint, read_json
from exporter_keys import with_exporter_keys
from json_file import write_json

HERE = Path(__file__).resolve().parent
FAST_TOKENIZER = ("tokenizer.json", "tokenizer_config.json")
CHAT_TEMPLATE = "chat_template.jinja"
SPECIAL = ("bos_token", "eos_token", "unk_token", "pad_token")
GENERATION = ("bos_token_id", "eos_token_id", "pad_token_id")


def make(checkpoint: Checkpoint, folder: Path, exporter: str) -> None:
    """Fills an empty folder: weights linked, or written out as float32 from a GGUF file."""
    if checkpoint.kind == "gguf":
        own = ("--no-tokenizer",) if checkpoint.tokenizer == "json" else ()
        environments.run_python(str(HERE / "gguf_to_hugging_face.py"), str(checkpoint.path), str(folder), *own)
        _copy(checkpoint.beside, folder)
    else:
        for weights in checkpoint.weights:
            _link(weights, folder / weights.name)
        _copy(checkpoint.beside, folder)
    config = with_exporter_keys(read_json(folder / "config.json"), exporter)
    write_json(folder / "config.json", config)
    if not (folder / SETTINGS[1]).exists():
        write_json(folder / SETTINGS[1], {key: config[key] for key in GENERATION if config.get(key) is not None})
    if any(not (folder / name).exists() for name in FAST_TOKENIZER):
        script = str(HERE / "write_tokenizer.py")
        environments.run_python(script, str(folder), sentencepiece=checkpoint.tokenizer == "sentencepiece")
    _settle_tokenizer(folder)


def _settle_tokenizer(folder: Path) -> None:
    """Special tokens and the chat template where readers of today look: older folders keep them in files of their own."""
    path = folder / "tokenizer_config.json"
    config = read_json(path)
    older = folder / "special_tokens_map.json"
    named = read_json(older) if older.exists() else {}
    lacking = {key: named[key] for key in SPECIAL if key in named and config.get(key) is None}
    if lacking:
        write_json(path, {**config, **lacking})
    template = config.get("chat_template")
    older_template = folder / "chat_template.json"
    if template is None and older_template.exists():
        template = read_json(older_template).get("chat_template")
    if isinstance(template, str) and not (folder / CHAT_TEMPLATE).exists():
        (folder / CHAT_TEMPLATE).write_text(template, encoding="utf-8")


def _copy(files: tuple[Path, ...], folder: Path) -> None:
    for file in files:
        shutil.copyfile(file, folder / file.name)


def _link(file: Path, link: Path) -> None:
    """A second copy of the weights only where the system allows no link."""
    try:
        os.symlink(file.resolve(), link)
    except OSError:
        shutil.copyfile(file, link)
