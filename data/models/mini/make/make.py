"""Makes the mini world: `python make.py train mini-100k`, or `all`. Interrupted, it goes on from the last checkpoint.

Several may run side by side; each takes the next training that nobody has begun.
"""

import argparse
import sys
import time
from functools import cache

import torch

from model.card import check_cards, write_card
from model.export import checkpoint_from_graph, export
from model.verify import verify
from paths import MINI
from readings.seeds import is_done, write_seed
from readings.teacher import teacher_telling
from recipes import Recipe, World, read_world
from training.claims import WAIT, claim, family
from training.identity import stage_identities
from training.run import train
from training.sweep import sweep
from world.held_out import FILE as HELD_OUT_FILE
from world.held_out import held_out_csv
from world.mini_world import MiniWorld
from world.tell import write_text_implied

Job = tuple[Recipe, int]
NOT_SHIPPED = ("mini-600k-western-heavy",)  # a teacher only: its readings ship


def jobs(world: World, names: list[str]) -> list[Job]:
    """First seed of every recipe, then the second of every recipe, ...: whatever is there at any time is balanced."""
    recipes = [world.recipes[name] for name in names]
    most = max(recipe.seeds for recipe in recipes)
    return [(recipe, seed) for seed in range(1, most + 1) for recipe in recipes if seed <= recipe.seeds]


def train_all(world: MiniWorld, todo: list[Job]) -> None:
    while todo:
        waiting = []
        for recipe, seed in todo:
            with claim(family(recipe, seed)) as held:
                if not held:
                    waiting.append((recipe, seed))
                    continue
                if is_done(recipe.name, seed, stage_identities(recipe, seed, world)[-1]):
                    continue
                write_seed(train(recipe, seed, world), world)
                print(f"{recipe.name} seed {seed}: readings written", flush=True)
        todo = waiting
        if todo:
            time.sleep(WAIT)


def ship(world: MiniWorld, recipe: Recipe) -> None:
    """Seed 1 as a model folder, proven against transformers."""
    trained = train(recipe, 1, world)
    folder = export(trained, world.world.section("training"))
    verified = verify(folder, trained, world.survey)
    write_card(folder, trained, world, verified)
    print(f"{recipe.name}: shipped; largest logit difference from transformers {verified}", flush=True)


def write_world(world: MiniWorld, tellings: list[str]) -> None:
    """What is fixed before any training: held-out cells and text-implied means."""
    HELD_OUT_FILE.write_text(held_out_csv(world.survey, world.held_out), "utf-8")
    for name in tellings:
        write_text_implied(name, world.telling(name), world.survey)
        print(f"text-implied means of {name} written", flush=True)


def main() -> None:
    world = MiniWorld(teacher=cache(teacher_telling))
    names = list(world.world.recipes)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch (default 1)")
    commands = parser.add_subparsers(dest="command", required=True)
    telling = commands.add_parser("tell", help="write held-out cells and text-implied means")
    telling.add_argument("telling", nargs="*", help="names of tellings (default: those that need no teacher)")
    training = commands.add_parser("train", help="train recipes and write the readings of each seed")
    training.add_argument("recipe", nargs="+", choices=[*names, "all"])
    training.add_argument("--seed", type=int, nargs="+", help="these seeds only")
    sweeping = commands.add_parser("sweep", help="try learning rates for each size on validation cells")
    sweeping.add_argument("size", nargs="*", help="names of sizes (default: all)")
    shipping = commands.add_parser("ship", help="write the model folder of seed 1, and check it against transformers")
    shipping.add_argument("recipe", nargs="+", choices=[*names, "all"])
    commands.add_parser("safetensors", help="write model.safetensors of every shipped model from its model.onnx")
    commands.add_parser("check", help="compare the shipped files with their cards")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.command == "tell":
        records = world.world.section("tellings")
        write_world(world, arguments.telling or [name for name in records if "othersFrom" not in records[name]])
    elif arguments.command == "sweep":
        sizes = {recipe.size.name: recipe.size for recipe in world.world.recipes.values()}
        sweep(world, [sizes[name] for name in arguments.size or sizes])
    elif arguments.command == "safetensors":
        for name in filter(lambda one: (MINI / one / "model.onnx").exists(), names):
            checkpoint_from_graph(MINI / name)
    elif arguments.command == "check":
        problems = check_cards([name for name in names if name not in NOT_SHIPPED])
        print("\n".join(problems) or "all files are as their cards say")
        sys.exit(1 if problems else 0)
    elif arguments.command == "ship":
        for name in names if "all" in arguments.recipe else arguments.recipe:
            if name not in NOT_SHIPPED:
                ship(world, world.world.recipes[name])
    else:
        chosen = names if "all" in arguments.recipe else arguments.recipe
        todo = [job for job in jobs(world.world, chosen) if not arguments.seed or job[1] in arguments.seed]
        train_all(world, todo)


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(f"make.py: {error}")
