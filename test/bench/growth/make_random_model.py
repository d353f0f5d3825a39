"""Makes an ONNX model with random weights at the shape of a real one's layers, as the onnxruntime-genai builder exports it.

`python make_random_model.py SHAPE.json TOKENIZER_FOLDER OUTPUT_FOLDER`. The weights say nothing; their number and shapes
decide how long a forward pass takes. The Hugging Face folder in between is temporary and as large as the result.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

SEED = 20221224
CONTEXT = 8192
BESIDE_THE_GRAPH = ("generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja")


def main() -> None:
    shape_file, tokenizer, output = map(Path, sys.argv[1:4])
    shape = json.loads(shape_file.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(dir=output.parent) as temporary:
        source = Path(temporary) / "source"
        make_checkpoint(shape, tokenizer, source)
        built = Path(temporary) / "built"
        export(source, built, cache=Path(temporary) / "cache")
        for name in ("config.json", *BESIDE_THE_GRAPH):
            shutil.copyfile(source / name, built / name)
        built.rename(output)


def make_checkpoint(shape: dict[str, int], tokenizer: Path, folder: Path) -> None:
    torch.manual_seed(SEED)
    config = LlamaConfig(
        num_hidden_layers=shape["layers"],
        hidden_size=shape["hiddenSize"],
        intermediate_size=shape["feedForwardSize"],
        num_attention_heads=shape["heads"],
        num_key_value_heads=shape["keyValueHeads"],
        head_dim=shape["headSize"],
        vocab_size=shape["vocabularySize"],
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
        bos_token_id=1,
        eos_token_id=2,
        dtype=torch.float32,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    for name in BESIDE_THE_GRAPH:
        shutil.copyfile(tokenizer / name, folder / name)


def export(source: Path, folder: Path, cache: Path) -> None:
    # The builder writes the commit of any repository around it into the graph, and would ask a hub for a login.
    environment = os.environ | {"GIT_DIR": os.devnull, "HF_HUB_OFFLINE": "1", "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "onnxruntime_genai.models.builder", "-i", source, "-o", folder, "-c", cache]
    subprocess.run([*command, "-p", "fp32", "-e", "cpu", "--extra_options", "hf_token=false"], check=True, env=environment)


if __name__ == "__main__":
    main()
