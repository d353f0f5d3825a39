"""A trained model as the author of a text: what it answers on the cells that its own text told of."""


from readings.read import read_answers
from readings.seeds import TEMPLATE
from text.templates import read_templates
from training.claims import claim_when_free, family
from training.run import train
from world.mini_world import MiniWorld
from world.tellings import Telling

TEACHER_SEED = 1


def teacher_telling(name: str) -> Telling:
    """The answers of seed 1 of a recipe, both orders joined; trained first where it is not."""
    world = MiniWorld(teacher=_no_teacher)
    recipe = world.world.recipes[name]
    with claim_when_free(family(recipe, TEACHER_SEED)):
        trained = train(recipe, TEACHER_SEED, world)
    survey = world.survey
    answers = read_answers(trained.model, trained.tokenizer, survey.items, survey.countries, read_templates()[TEMPLATE])
    told = world.telling("people").answers
    return Telling(
        name,
        {
            (country.iso3, item.variable): answers.shares[row][column]
            for row, country in enumerate(survey.countries)
            for column, item in enumerate(survey.items)
            if (country.iso3, item.variable) in told
        },
    )


def _no_teacher(name: str) -> Telling:
    raise ValueError(f"recipes.json: the teacher's own text is sampled from {name}; a teacher reads people's answers")
