"""Makes the mini models: `python make.py --model mini-100k`. Interrupted, it goes on from the last checkpoint."""

import argparse
import sys

import torch

from card import check_cards, write_card
from evaluate import numbers
from export import checkpoint_from_graph, export
from recipes import MINI, RECIPES
from rows import Writer
from survey import read_survey, write_held_out
from text import read_templates, text_hash
from train import train
from verify import verify
from vocabulary import learn_tokenizer


def make(name: str) -> None:
    recipe = RECIPES[name]
    survey, templates = read_survey(), read_templates()
    write_held_out(survey)
    tokenizer = learn_tokenizer(survey, templates)
    writer = Writer(survey, templates, tokenizer, recipe.text, recipe.seed)
    wordings = text_hash(survey, templates)
    model, training = train(recipe, writer, tokenizer.get_vocab_size(), wordings)
    folder = export(recipe, model, tokenizer)
    verified = verify(folder, survey, templates)
    print(f"{name}: largest logit difference from transformers {verified}", flush=True)
    reached = numbers(model, tokenizer, survey, templates)
    embedding = model.model.embed_tokens.weight.numel()
    total = sum(parameter.numel() for parameter in model.parameters())
    parameters = {"withoutEmbedding": total - embedding, "embedding": embedding, "total": total}
    write_card(recipe, training, parameters, reached, verified, wordings)
    for template, entry in reached.items():
        print(f"{name} {template}: {entry}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=[*RECIPES, "all"], help="train, export, verify, evaluate and write the card")
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch (default 1)")
    parser.add_argument("--safetensors", action="store_true", help="write each model.safetensors again from its model.onnx")
    parser.add_argument("--check", action="store_true", help="compare the shipped files with their cards")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for name in RECIPES if arguments.model == "all" else filter(None, [arguments.model]):
        make(name)
    if arguments.safetensors:
        for name in RECIPES:
            checkpoint_from_graph(MINI / name)
    if arguments.check:
        problems = check_cards(text_hash(read_survey(), read_templates()))
        print("\n".join(problems) or "all files are as their cards say")
        sys.exit(1 if problems else 0)
    if not (arguments.model or arguments.safetensors):
        parser.print_help()


if __name__ == "__main__":
    main()
