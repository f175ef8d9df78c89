"""Short texts side by side, all held against one question at once.

Each text has a lane of 32 bits in one long integer, so that adding a word's weight in every text that has it is one
multiplication and one addition. A question is compared with the forty ways of asking for a fact in the time that sets
take for three of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from struct import unpack
from sys import intern

LANE_BITS = 32
SCALE = 2**20
"""Weights are whole numbers of this fraction: 128 words of the rarest kind in a million facts still fit in a lane."""
MAX_UNITS = LANE_BITS - 1
"""Units of one text that are told apart; what is beyond counts with the last one. Questions and statements have fewer
than half as many."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Texts, each a row of units that have one or more keys.

    units: how many units each text has. bits: for each key one bit for each unit that has it: bit *u* of lane *t* for
    unit *u* of text *t*.
    """

    units: tuple[int, ...] = ()
    bits: Mapping[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def of(cls, texts: Iterable[Sequence[Iterable[str]]]) -> Lanes:
        """*texts* as rows of units, each as its keys."""
        units: list[int] = []
        places: dict[str, list[int]] = defaultdict(list)
        for lane, text in enumerate(texts):
            units.append(min(len(text), MAX_UNITS))
            for unit, keys in enumerate(text):
                for key in keys:
                    places[key].append(LANE_BITS * lane + min(unit, MAX_UNITS - 1))
        return cls.load(units, places)

    @classmethod
    def load(cls, units: Sequence[int], places: Mapping[str, Iterable[int]]) -> Lanes:
        """The lanes that `units` and `places` describe."""
        bits: dict[str, int] = {}
        for key, its in places.items():
            held = 0
            for place in its:
                held |= 1 << place
            bits[intern(key)] = held
        return cls(tuple(units), bits)

    def places(self) -> dict[str, list[int]]:
        """For each key, in alphabetical order, the places of its bits."""
        return {key: list(_places(held)) for key, held in sorted(self.bits.items())}

    def without(self, place: int) -> Lanes:
        """The same, nothing left of the text at *place*; the places of the others stay."""
        lane = (1 << LANE_BITS) - 1 << LANE_BITS * place
        kept = {key: held & ~lane for key, held in self.bits.items()}
        units = (*self.units[:place], 0, *self.units[place + 1 :])
        return Lanes(units, {key: held for key, held in kept.items() if held})

    def any_of(self, keys: Iterable[str]) -> int:
        """The bits of the units that have any of *keys*."""
        found = 0
        get = self.bits.get
        for key in keys:
            found |= get(key, 0)
        return found

    def texts(self, bits: int) -> int:
        """1 in the lane of every text that *bits* has a unit of."""
        if not bits:
            return 0
        ones = _ones(len(self.units))
        return bits + ones * (2**MAX_UNITS - 1) >> MAX_UNITS & ones

    def read(self, lanes: int) -> tuple[int, ...]:
        """The number in each text's lane."""
        count = len(self.units)
        return unpack(f"<{count}I", lanes.to_bytes(LANE_BITS // 8 * count, "little"))


def scaled(weight: float) -> int:
    """*weight* as what is added up in lanes."""
    return round(weight * SCALE)


def _places(held: int) -> Iterator[int]:
    while held:
        lowest = held & -held
        yield lowest.bit_length() - 1
        held ^= lowest


@lru_cache
def _ones(count: int) -> int:
    """1 in each of *count* lanes."""
    return sum(1 << LANE_BITS * lane for lane in range(count))
