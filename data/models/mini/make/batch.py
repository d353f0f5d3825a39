"""Rows side by side, as tensors."""

from dataclasses import dataclass

import torch

from tree import Tree

BLOCKED = -1e9  # finite, so that a padded token that sees nothing gives no NaN


@dataclass(frozen=True)
class Batch:
    ids: torch.Tensor  # (row, token)
    positions: torch.Tensor  # (row, token)
    bias: torch.Tensor  # (row, 1, token, token): 0 where a token is seen

    @staticmethod
    def of(trees: list[Tree]) -> "Batch":
        length = -(-max(len(tree) for tree in trees) // 8) * 8
        ids = torch.zeros(len(trees), length, dtype=torch.long)
        positions = torch.zeros(len(trees), length, dtype=torch.long)
        bias = torch.full((len(trees), 1, length, length), BLOCKED)
        for row, tree in enumerate(trees):
            size = len(tree)
            ids[row, :size] = torch.tensor(tree.tokens)
            positions[row, :size] = torch.from_numpy(tree.positions())
            bias[row, 0, :size, :size].masked_fill_(torch.from_numpy(tree.visible()), 0.0)
        return Batch(ids, positions, bias)

    def hidden(self, model) -> torch.Tensor:
        """Last hidden states of a LlamaForCausalLM, (row, token, width)."""
        return model.model(
            input_ids=self.ids, attention_mask=self.bias, position_ids=self.positions, use_cache=False
        ).last_hidden_state
