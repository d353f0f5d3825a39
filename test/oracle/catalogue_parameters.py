"""Parameters of the models of data/models/catalogue.json, counted in the empty models that transformers builds.

    pip install -r test/oracle/requirements.txt
    python test/oracle/catalogue_parameters.py

writes test/oracle/catalogue_parameters.expected.json. Nothing is downloaded and no weight takes memory: the models are
built from the numbers in the catalogue, on the meta device.
"""

import json
import pathlib

import torch
from transformers import AutoModelForCausalLM, CONFIG_MAPPING

from expected_file import write

CATALOGUE = pathlib.Path(__file__).parents[2] / "data" / "models" / "catalogue.json"


def common_fields(numbers):
    return {
        "num_hidden_layers": numbers["layers"],
        "hidden_size": numbers["hidden"],
        "num_attention_heads": numbers["heads"],
        "num_key_value_heads": numbers["keyValueHeads"],
        "head_dim": numbers["headSize"],
        "intermediate_size": numbers["inner"],
        "vocab_size": numbers["vocabulary"],
        "tie_word_embeddings": numbers["tied"],
        # Those of special tokens would have to lie inside the vocabulary.
        "pad_token_id": 0,
    }


def fields_of(architecture, numbers):
    """What the configuration class of this architecture calls the numbers."""
    fields = common_fields(numbers)
    if architecture == "opt":
        # OPT adds two to the positions it is told.
        renamed = {"ffn_dim": numbers["inner"], "max_position_embeddings": numbers["positions"] - 2}
        return fields | renamed | {"word_embed_proj_dim": numbers["hidden"]}
    if architecture == "xglm":
        renamed = {"d_model": numbers["hidden"], "num_layers": numbers["layers"], "ffn_dim": numbers["inner"]}
        return {"attention_heads": numbers["heads"], "vocab_size": numbers["vocabulary"]} | renamed
    if architecture == "bloom":
        return fields | {"n_layer": numbers["layers"], "n_head": numbers["heads"]}
    return fields


def count(architecture, numbers):
    configuration = CONFIG_MAPPING[architecture](**fields_of(architecture, numbers))
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(configuration)
    return sum(parameter.numel() for parameter in model.parameters())


def cases():
    models = json.loads(CATALOGUE.read_text(encoding="utf-8"))["models"]
    return [
        {"id": model["id"], "parameters": count(model["architecture"], model["configuration"])}
        for model in models
        if model["configuration"] is not None
    ]


if __name__ == "__main__":
    write(__file__, {"parameters": cases()}, ["torch", "transformers"])
