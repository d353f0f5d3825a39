"""Rows one after the other in a single sequence, without padding: everything but attention sees one long row."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from transformers import AttentionInterface

from text.tree import Tree

ATTENTION = "row_by_row"


@dataclass(frozen=True)
class Batch:
    ids: torch.Tensor  # (1, token)
    positions: torch.Tensor  # (1, token): depth in the tree
    starts: list[int]
    """First token of each row, and the end of the last."""
    visible: list[torch.Tensor]
    """(token, token) of each row: whether a token sees another."""

    @staticmethod
    def of(trees: list[Tree]) -> "Batch":
        starts = [0]
        for tree in trees:
            starts.append(starts[-1] + len(tree))
        return Batch(
            torch.tensor([[token for tree in trees for token in tree.tokens]]),
            torch.cat([torch.from_numpy(tree.positions()) for tree in trees])[None],
            starts,
            [torch.from_numpy(tree.visible()) for tree in trees],
        )

    def hidden(self, model) -> torch.Tensor:
        """Last hidden states, (token, width), of a LlamaForCausalLM made with `ATTENTION`."""
        states = model.model(input_ids=self.ids, position_ids=self.positions, use_cache=False, batch=self)
        return states.last_hidden_state[0]


def _row_by_row(module, query, key, value, attention_mask, batch: Batch, scaling=None, **_):
    """Attention inside each row; (1, head, token, size) to (1, token, head, size)."""
    rows = [
        F.scaled_dot_product_attention(query[:, :, a:b], key[:, :, a:b], value[:, :, a:b], attn_mask=visible, scale=scaling)
        for a, b, visible in zip(batch.starts, batch.starts[1:], batch.visible)
    ]
    return torch.cat(rows, dim=2).transpose(1, 2), None


AttentionInterface.register(ATTENTION, _row_by_row)
