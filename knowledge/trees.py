"""Decision trees, read: how strengths by name become a probability.

`tests/eval/fit.py` grows them. Reading them takes a few comparisons a tree, so nothing that grew them is needed here.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAF = -1


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees laid out one after the other, each node before its branches.

    names: what the trees ask for. asks: for each node the place of a name, or `LEAF`. at: its threshold, or the leaf's
    probability. high: the node to go on with where the strength is more than the threshold; the next node otherwise.
    roots: where each tree begins.
    """

    names: Sequence[str]
    asks: Sequence[int]
    at: Sequence[float]
    high: Sequence[int]
    roots: Sequence[int]

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> Forest:
        """The forest of the JSON object that `dump` gives."""
        return cls(
            tuple(dumped["names"]), array("b", dumped["asks"]), array("d", dumped["at"]), array("i", dumped["high"]),
            tuple(dumped["roots"]),
        )  # fmt: skip

    def dump(self) -> dict[str, Any]:
        """The forest as a JSON object; `load` reads it back."""
        return {
            "names": [*self.names], "asks": [*self.asks], "at": [*self.at], "high": [*self.high],
            "roots": [*self.roots],
        }  # fmt: skip

    def probability(self, strengths: Mapping[str, float]) -> float:
        """The mean of what the trees say of *strengths*, 0 to 1.

        Raises: KeyError: a tree may ask for a strength that is not given.
        """
        values = [strengths[name] for name in self.names]
        asks, at, high = self.asks, self.at, self.high
        total = 0.0
        for node in self.roots:
            while (place := asks[node]) != LEAF:
                node = high[node] if values[place] > at[node] else node + 1
            total += at[node]
        return total / len(self.roots)
