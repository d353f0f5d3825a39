"""One training: a recipe and a seed, stage by stage, from whatever is done already."""

from dataclasses import dataclass, replace

from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from paths import WORK
from recipes import Recipe
from text.forms import forms_of
from text.rows import Writer
from training.identity import stage_identities
from training.new_model import new_model
from training.train import train_stage
from world.mini_world import MiniWorld


@dataclass(frozen=True)
class Trained:
    recipe: Recipe
    seed: int
    identity: str
    model: LlamaForCausalLM
    tokenizer: Tokenizer
    stages: list[dict]
    """Name, steps, tokens computed and losses of each."""


def train(recipe: Recipe, seed: int, world: MiniWorld) -> Trained:
    training = world.world.section("training")
    tokenizer = world.tokenizer(recipe.tokenizer)
    model = new_model(recipe.size, tokenizer.get_vocab_size(), training, seed)
    identities = stage_identities(recipe, seed, world)
    done = []
    for number, (stage, sources, identity) in enumerate(zip(recipe.stages, world.stages(recipe), identities)):
        writer = Writer(sources, forms_of(stage.forms), tokenizer, training["documentsPerRow"], f"{seed}/{number}")
        share = 1.0 if number == 0 else training["laterRate"]
        size = replace(recipe.size, rate=recipe.size.rate * share, embedding_rate=recipe.size.embedding_rate * share)
        label = f"{recipe.name} seed {seed}, {stage.name}"
        cost = train_stage(model.train(), size, writer, stage.steps, training, identity, WORK / "stages" / f"{identity[:24]}.pt", label)
        done.append({"name": stage.name, **cost})
    return Trained(recipe, seed, identities[-1], model.eval(), tokenizer, done)
