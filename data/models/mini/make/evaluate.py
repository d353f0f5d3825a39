"""What a model answers about every item and country, and how far that agrees with people."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from batch import Batch
from recipes import DEFAULT_TEMPLATE
from survey import Survey
from text import Template, orders
from tree import Tree
from vocabulary import letter_ids

PERSONA_ITEMS = slice(0, None, 8)  # its prompts share almost nothing, so an eighth of the items is read


@dataclass(frozen=True)
class Answers:
    """Both option orders joined, by (country, item); NaN where nothing was read."""

    mean_scores: np.ndarray
    option_mass: np.ndarray
    order_gap: np.ndarray
    """Mean score in the given order minus mean score in the reversed order."""


@torch.no_grad()
def read_answers(model: LlamaForCausalLM, tokenizer: Tokenizer, survey: Survey, template: Template) -> Answers:
    items = survey.items[PERSONA_ITEMS] if template.country == "first" else survey.items
    shape = (1 if template.country == "none" else len(survey.countries), len(survey.items))
    scores, mass, gap = (np.full(shape, np.nan) for _ in range(3))
    for item in items:
        column = survey.items.index(item)
        by_order = []
        for options in orders(item).values():
            names = [""] if template.country == "none" else [country.prompt_name for country in survey.countries]
            log_probs = _option_log_probs(model, tokenizer, [template.prompt(item, options, name) for name in names], len(options))
            by_order.append(log_probs[:, [options.index(option) for option in item.offered]])
        mass[:, column] = np.mean([np.exp(log_probs).sum(1) for log_probs in by_order], axis=0)
        if item.can_mean:
            values = np.array([option.score for option in item.offered])
            scores[:, column] = _normalised(np.mean(by_order, axis=0)) @ values
            gap[:, column] = _normalised(by_order[0]) @ values - _normalised(by_order[1]) @ values
    return Answers(scores, mass, gap)


def _option_log_probs(model: LlamaForCausalLM, tokenizer: Tokenizer, prompts: list[str], options: int) -> np.ndarray:
    tree = Tree()
    leaves = [tree.add(encoding.ids) for encoding in tokenizer.encode_batch(prompts)]
    hidden = Batch.of([tree]).hidden(model)[0, leaves]
    log_probs = torch.log_softmax(hidden @ model.lm_head.weight.T, dim=-1)
    return log_probs[:, letter_ids(tokenizer)[:options]].double().numpy()


def _normalised(log_probs: np.ndarray) -> np.ndarray:
    weights = np.exp(log_probs - log_probs.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def human_scores(survey: Survey) -> np.ndarray:
    """People's mean scores by (country, item); NaN where there is none."""
    rows = [[survey.mean_score(country.iso3, item) for item in survey.items] for country in survey.countries]
    return np.array(rows, dtype=float)


def held_out_mask(survey: Survey) -> np.ndarray:
    return np.array([[(c.iso3, item.variable) in survey.held_out for item in survey.items] for c in survey.countries])


def agreement(human: np.ndarray, model: np.ndarray, cells: np.ndarray) -> dict[str, float]:
    """Mean r per country, mean deviation r per country and mean r within items, over the cells of a mask."""
    both = ~np.isnan(human) & ~np.isnan(model)
    cells = cells & both
    human_deviation, model_deviation = (_deviations(np.where(both, values, np.nan)) for values in (human, model))
    countries = range(len(human))
    columns = [item for item in range(human.shape[1]) if cells[:, item].sum() >= 5]
    return {
        "rPerCountry": r_per_country(human, model, cells),
        "deviationR": _mean(_cosine(human_deviation[c, cells[c]], model_deviation[c, cells[c]]) for c in countries),
        "rWithinItems": _mean(_pearson(human[cells[:, i], i], model[cells[:, i], i]) for i in columns),
        "meanAbsoluteError": float(np.abs(human - model)[cells].mean()),
        "cells": int(cells.sum()),
    }


def r_per_country(human: np.ndarray, model: np.ndarray, cells: np.ndarray) -> float:
    """Mean over countries of Pearson's r over items."""
    cells = cells & ~np.isnan(human) & ~np.isnan(model)
    return _mean(_pearson(human[c, cells[c]], model[c, cells[c]]) for c in range(len(human)))


def _deviations(values: np.ndarray) -> np.ndarray:
    """Distance of each cell from the mean of the other countries' cells of its item."""
    known = ~np.isnan(values)
    others = known.sum(0) - known
    return values - (np.nansum(values, axis=0) - np.nan_to_num(values)) / np.maximum(others, 1)


def _pearson(x: np.ndarray, y: np.ndarray) -> float:
    return _cosine(x - x.mean(), y - y.mean())


def _cosine(x: np.ndarray, y: np.ndarray) -> float:
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))


def _mean(values) -> float:
    return float(np.mean(list(values)))


def numbers(model: LlamaForCausalLM, tokenizer: Tokenizer, survey: Survey, templates: dict[str, Template]) -> dict:
    """Everything the card says about what the model answers, by template."""
    human, held_out = human_scores(survey), held_out_mask(survey)
    report = {}
    for template in templates.values():
        answers = read_answers(model, tokenizer, survey, template)
        entry = {
            "itemsRead": int((~np.isnan(answers.option_mass)).any(0).sum()),
            "optionMass": float(np.nanmean(answers.option_mass)),
            "lowestOptionMass": float(np.nanmin(answers.option_mass)),
            "orderGap": float(np.nanmean(np.abs(answers.order_gap))),
        }
        if template.country == "none":
            entry["rWithItemMeans"] = r_per_country(_item_means(human), answers.mean_scores, np.array(True))
        else:
            entry["seen"] = agreement(human, answers.mean_scores, ~held_out)
        if template.country == "last":  # too few items are read in the persona wording for the held-out fifth
            entry["heldOut"] = agreement(human, answers.mean_scores, held_out)
        report[template.name] = entry
    baseline = np.repeat(_item_means(np.where(held_out, np.nan, human)), len(human), axis=0)
    report["itemMeansOfSeenCells"] = {
        "seen": {"rPerCountry": r_per_country(human, baseline, ~held_out)},
        "heldOut": {"rPerCountry": r_per_country(human, baseline, held_out)},
    }
    return report


def _item_means(human: np.ndarray) -> np.ndarray:
    """People's mean score of each item over countries, (1, item); NaN for items without one."""
    known = ~np.isnan(human)
    return np.where(known.any(0), np.nansum(human, axis=0) / np.maximum(known.sum(0), 1), np.nan)[None]
