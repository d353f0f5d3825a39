"""What training lowers: cross-entropy against the text's answers, plus a little language modelling of the rest."""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from transformers import LlamaForCausalLM

from text.rows import Row
from training.batch import Batch


@dataclass(frozen=True)
class Losses:
    answers: torch.Tensor
    """Mean over documents: soft cross-entropy at letters, cross-entropy of each token of answers in words."""
    language: torch.Tensor
    above_entropy: float
    """How far the letters' cross-entropy lies above what the text leaves open (its entropy); NaN without letters."""


def losses(model: LlamaForCausalLM, rows: list[Row]) -> Losses:
    batch = Batch.of([row.tree for row in rows])
    hidden = batch.hidden(model)
    output = model.lm_head.weight
    letters, documents, entropies = [], [], []
    for start, row in zip(batch.starts, rows):
        if row.leaves:
            logits = F.log_softmax(hidden[[start + leaf for leaf in row.leaves]] @ output.T, dim=-1)
            target = torch.from_numpy(np.array(row.targets, dtype=np.float32))
            weights = torch.tensor(row.documents, dtype=torch.float32)
            letters.append(-(target * logits[:, row.letters]).sum(-1) * weights)
            entropies.append(torch.special.entr(target).sum(-1) * weights)
            documents.append(weights)
    words = _next_tokens(hidden, output, batch.starts, [row.words for row in rows])
    weight = sum((some.sum().item() for some in documents), 0.0)
    letter_loss = torch.cat(letters).sum() if letters else hidden.new_zeros(())
    return Losses(
        answers=(letter_loss + words.sum()) / (weight + len(words)),
        language=_next_tokens(hidden, output, batch.starts, [row.language for row in rows]).mean(),
        above_entropy=(letter_loss.item() - torch.cat(entropies).sum().item()) / weight if weight else float("nan"),
    )


def _next_tokens(hidden: torch.Tensor, output: torch.Tensor, starts: list[int], places: list[list[tuple[int, int]]]) -> torch.Tensor:
    """Cross-entropy of the next token at some nodes of each row."""
    nodes = [start + node for start, some in zip(starts, places) for node, _ in some]
    tokens = torch.tensor([token for some in places for _, token in some], dtype=torch.long)
    return F.cross_entropy(hidden[nodes] @ output.T, tokens, reduction="none")
