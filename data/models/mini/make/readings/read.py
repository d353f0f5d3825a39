"""What a model answers about every item and country: both option orders, joined."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from text.templates import Template, orders
from text.tree import Tree
from text.vocabulary import letter_ids
from training.batch import Batch
from world.survey import Country, Item


@dataclass(frozen=True)
class Answers:
    """By (country, item); NaN where the item carries no mean."""

    shares: list[list[np.ndarray]]
    """Probability of each offered option among the options, orders joined."""
    mean_scores: np.ndarray
    option_mass: np.ndarray
    """Mean over both orders."""


@torch.no_grad()
def read_answers(
    model: LlamaForCausalLM, tokenizer: Tokenizer, items: tuple[Item, ...], countries: tuple[Country, ...], template: Template
) -> Answers:
    scores, mass = (np.full((len(countries), len(items)), np.nan) for _ in range(2))
    shares: list[list[np.ndarray]] = [[] for _ in countries]
    for column, item in enumerate(items):
        by_order = []
        for options in orders(item).values():
            prompts = [template.prompt(item, options, country.prompt_name) for country in countries]
            log_probs = option_log_probs(model, tokenizer, prompts, len(options))
            by_order.append(log_probs[:, [options.index(option) for option in item.offered]])
        mass[:, column] = np.mean([np.exp(log_probs).sum(1) for log_probs in by_order], axis=0)
        joined = _normalised(np.mean(by_order, axis=0))
        for row, share in zip(shares, joined):
            row.append(share)
        if item.can_mean:
            scores[:, column] = joined @ np.array([option.score for option in item.offered])
    return Answers(shares, scores, mass)


def option_log_probs(model: LlamaForCausalLM, tokenizer: Tokenizer, prompts: list[str], options: int) -> np.ndarray:
    """Log-probability of each option's letter after each prompt, (prompt, option)."""
    tree = Tree()
    leaves = [tree.add(encoding.ids) for encoding in tokenizer.encode_batch(prompts)]
    hidden = Batch.of([tree]).hidden(model)[leaves]
    log_probs = torch.log_softmax(hidden @ model.lm_head.weight.T, dim=-1)
    return log_probs[:, letter_ids(tokenizer, prompts[0][-1:])[:options]].double().numpy()


def _normalised(log_probs: np.ndarray) -> np.ndarray:
    weights = np.exp(log_probs - log_probs.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)
