"""The committed card: what the outputs are, byte for byte, and how far they lie from the reference."""

import json
from pathlib import Path

import source
import tools
from folders import list_files
from judgement import Judgement


def write(card: Path, outputs: list[Path], judged: Judgement) -> None:
    """Writes the card and says which outputs are no longer what the card of before said."""
    before = json.loads(card.read_text(encoding="utf-8")) if card.exists() else None
    now = describe(outputs, judged)
    card.write_text(json.dumps(now, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if before is None:
        print(f"{card.name}: written")
        return
    changed = [f"{folder}/{name}" for folder, files in now["files"].items() for name in files if _changed(before, folder, name, files)]
    print(f"{card.name}: {'every output is the same as before' if not changed else 'changed: ' + ', '.join(changed)}")


def describe(outputs: list[Path], judged: Judgement) -> dict[str, object]:
    hugging_face = next(folder for folder in outputs if folder.name == "hf")
    config = configuration(hugging_face)
    return {
        "name": "SmolLM2-135M-Instruct",
        "variant": "weights of the 4-bit file (GGUF Q4_1, embedding Q8_0), written out as float32",
        "maker": "Hugging Face (HuggingFaceTB)",
        "licence": "Apache-2.0",
        "source": {
            "package": source.PACKAGE,
            "version": source.VERSION,
            "packageLicence": "Apache-2.0",
            "file": source.GGUF,
            "sha256": source.GGUF_SHA256,
        },
        "parameters": parameters(hugging_face),
        "nonEmbeddingParameters": layer_parameters(config) * config["num_hidden_layers"] + config["hidden_size"],
        "architecture": {
            "family": config["architectures"][0],
            "layers": config["num_hidden_layers"],
            "hiddenSize": config["hidden_size"],
            "feedForwardSize": config["intermediate_size"],
            "heads": config["num_attention_heads"],
            "keyValueHeads": config["num_key_value_heads"],
            "headSize": config["head_dim"],
            "vocabularySize": config["vocab_size"],
            "context": config["max_position_embeddings"],
            "rotaryBase": config["rope_theta"],
            "tiedEmbedding": config["tie_word_embeddings"],
        },
        "tools": tools.versions(),
        "comparedWithTransformersFloat32": judged.record(),
        "files": {folder.name: list_files(folder) for folder in outputs},
    }


def configuration(hugging_face: Path) -> dict:
    return json.loads((hugging_face / "config.json").read_text(encoding="utf-8"))


def parameters(hugging_face: Path) -> int:
    """Of all layers, of the embedding, which is the output layer as well, and of the last norm."""
    config = configuration(hugging_face)
    embedding = config["vocab_size"] * config["hidden_size"]
    return embedding + layer_parameters(config) * config["num_hidden_layers"] + config["hidden_size"]


def layer_parameters(config: dict) -> int:
    """Query and output, key and value, the three matrices of the feed-forward part, the two norms; no biases."""
    hidden, head = config["hidden_size"], config["head_dim"]
    attention = 2 * hidden * head * (config["num_attention_heads"] + config["num_key_value_heads"])
    return attention + 3 * hidden * config["intermediate_size"] + 2 * hidden


def _changed(before: dict, folder: str, name: str, files: dict) -> bool:
    return before["files"].get(folder, {}).get(name) != files[name]
