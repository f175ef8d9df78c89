"""Boosted decision trees, read: how strengths by name add up to log-odds.

`tests/eval/fit.py` grows them and keeps each piece of evidence to the direction that its meaning gives it. Reading them
takes a few comparisons a tree, so nothing that grew them is needed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

Node: TypeAlias = "float | Split"
Split: TypeAlias = "tuple[str, float, Node, Node]"
"""A leaf, in log-odds; or (name, threshold, node where the strength is at most that, node where it is more)."""


def total(start: float, trees: Sequence[Node], strengths: Mapping[str, float]) -> float:
    """The log-odds that *trees* give *strengths*, from *start* on.

    Raises: KeyError: a tree asks for a strength that is not given.
    """
    for node in trees:
        while not isinstance(node, float):
            name, threshold, low, high = cast("Split", node)
            node = low if strengths[name] <= threshold else high
        start += node
    return start


def names(node: Node) -> frozenset[str]:
    """Every name that the tree asks for."""
    if isinstance(node, float):
        return frozenset()
    name, _, low, high = cast("Split", node)
    return names(low) | names(high) | {name}
