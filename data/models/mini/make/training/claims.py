"""Several processes train side by side: each first claims what it trains."""

import os
import time
from contextlib import contextmanager

from paths import WORK
from recipes import Recipe

WAIT = 20  # seconds between looks at what others train


def family(recipe: Recipe, seed: int) -> str:
    """Recipes that begin alike share their first stage: who trains one trains them one after another."""
    return f"{recipe.size.name}-{recipe.stages[0].name}-{recipe.tokenizer}-{seed}"


@contextmanager
def claim_when_free(name: str):
    """Waits until nobody else holds the claim."""
    while True:
        with claim(name) as held:
            if held:
                yield
                return
        time.sleep(WAIT)


@contextmanager
def claim(name: str):
    """Yields whether this process now holds the claim; a claim whose process has gone is taken over."""
    WORK.mkdir(exist_ok=True)
    path = WORK / f"{name}.claim"
    held = _take(path) or (_abandoned(path) and _take(path))
    try:
        yield held
    finally:
        if held:
            path.unlink()


def _take(path) -> bool:
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(str(os.getpid()))
        return True
    except FileExistsError:
        return False


def _abandoned(path) -> bool:
    """Removes the claim of a process that is no more."""
    try:
        os.kill(int(path.read_text("utf-8")), 0)
        return False
    except (ProcessLookupError, ValueError):
        path.unlink(missing_ok=True)
        return True
    except FileNotFoundError:
        return True
    except PermissionError:
        return False
