"""Prompts that begin alike, packed into one row: a tree over token ids.

A token sees itself and its ancestors only, and its position is its depth, so each branch is computed exactly as if
it stood alone while everything that branches share is computed once.
"""

import numpy as np


class Tree:
    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.parents: list[int] = []
        self._children: list[dict[int, int]] = [{}]  # of the root, then of each node

    def add(self, ids: list[int], start: int = -1) -> int:
        """Adds a branch below node `start` (-1: the root), sharing what is there already; returns its last node."""
        node = start
        for token in ids:
            child = self._children[node + 1].get(token)
            if child is None:
                child = len(self.tokens)
                self.tokens.append(token)
                self.parents.append(node)
                self._children.append({})
                self._children[node + 1][token] = child
            node = child
        return node

    def __len__(self) -> int:
        return len(self.tokens)

    def positions(self) -> np.ndarray:
        depth = np.zeros(len(self), dtype=np.int64)
        for node, parent in enumerate(self.parents):
            depth[node] = 0 if parent < 0 else depth[parent] + 1
        return depth

    def visible(self) -> np.ndarray:
        """visible[a, b]: whether token a sees token b."""
        seen = np.zeros((len(self), len(self)), dtype=bool)
        for node, parent in enumerate(self.parents):
            if parent >= 0:
                seen[node] = seen[parent]
            seen[node, node] = True
        return seen

    def only_children(self) -> list[int]:
        """Nodes that alone follow their parent: the text says what comes next there."""
        return [node for node, parent in enumerate(self.parents) if parent >= 0 and len(self._children[parent + 1]) == 1]
