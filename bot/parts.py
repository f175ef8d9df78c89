"""What a card is made of, for no particular screen. Pure data; `cards`, `records` and `about` fill it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot import citing

Tone = Literal["answer", "caution", "suggest", "none", "notice"]
"""What a colour may repeat; every card says it in words as well."""


class Position(NamedTuple):
    """Where a card begins in an answer: a page counted from 0, and how many of its facts a fuller card before took."""

    page: int = 0
    skip: int = 0


START = Position()
"""The first card of every answer."""


class Place(NamedTuple):
    """A card again: the answer's ref, where the card begins, the start of the revision that it was made from, and
    whether it holds as many pages as a message does."""

    ref: str
    position: Position
    revision: str
    full: bool = False


class Offer(NamedTuple):
    """Something to press instead: the card of a topic, a source or a fact."""

    kind: Literal["topic", "source", "fact"]
    id: str
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact: what leads it (a value or a date, may be empty), its sentence (empty when it stands above), details
    such as date and speaker, the numbers of its citations, and why it is preferred or set aside."""

    fact: str
    head: str
    statement: str
    details: tuple[str, ...]
    marks: tuple[int, ...]
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A disputed or changed figure, told whole: rival values in time order, successive ones latest first."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading, for cards that are no answer: (term, text), either may be empty."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a reader sees, in order. `names` stand alone on their lines (right-to-left text reorders a line).

    follow: how many facts come after this card. previous, next: where the cards beside it begin. place: how to make
    it again; None if that cannot be done. topic: the one whose timeline is offered. offers: what to press instead.
    as_of: the day that both keep. others: the topics that the question may have meant as well.
    """

    tone: Tone
    title: str
    subtitle: str = ""
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bottom_line: Entry | None = None
    facts: tuple[Entry, ...] = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    citations: tuple[citing.CitedSource, ...] = ()
    footer: tuple[str, ...] = ()
    follow: int = 0
    place: Place | None = None
    previous: Position | None = None
    next: Position | None = None
    topic: str = ""
    as_of: str | None = None
    offers: tuple[Offer, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether it shows what the base holds, and so may stand in the open."""
        return self.tone not in ("suggest", "none")

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every fact on it, in reading order; one that leads and is in a block comes twice."""
        lead = (self.bottom_line,) if self.bottom_line else ()
        return (*lead, *self.facts, *(entry for block in self.blocks for entry in block.entries))
