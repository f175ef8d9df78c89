"""One fact on a card: its sentence or its value first, then how it is known. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import citing, wording
from bot.parts import Entry
from bot.texts import Texts
from knowledge import dates
from knowledge.model import Fact


def plain_entry(fact: Fact, citations: citing.Citations, texts: Texts, *, ranked: bool = True) -> Entry:
    """A fact with its sentence. ranked: with the reason why it is preferred or set aside."""
    details = (wording.when(fact, texts), wording.speaker(fact, texts), wording.standing(fact, texts))
    return Entry(
        fact=fact.id,
        head="",
        statement=fact.statement,
        details=tuple(filter(None, details)),
        marks=citations.marks(fact),
        rank=wording.rank(fact, texts) if ranked else "",
    )


def dated_entry(fact: Fact, citations: citing.Citations, texts: Texts) -> Entry:
    """A fact led by its date, for a timeline."""
    entry = plain_entry(fact, citations, texts)
    day = wording.when(fact, texts)
    return replace(entry, head=day, details=entry.details[bool(day) :])


def value_entry(
    fact: Fact, citations: citing.Citations, texts: Texts, told: Texts, *, above: bool, terse: bool
) -> Entry:
    """One value of a series. told: the texts in which values are put. above: its sentence is the bottom line. terse:
    without the sentence where the figure says enough."""
    figure = wording.value(fact.value, told) if fact.value else ""
    day = wording.when(fact, texts)
    stated = not above and not (terse and figure)
    said = wording.speaker(fact, texts) if stated else wording.attribution(fact, texts)
    measure = fact.value.measure.replace("_", " ") if fact.value and figure and terse and not above else ""
    # That the accounts differ is what the heading says.
    standing = wording.standing(fact, texts) if fact.standing != "disputed" else ""
    pointer = texts("card.see_above") if above and not figure else ""
    details = (measure, day if figure else "", said, standing, pointer)
    return Entry(
        fact=fact.id,
        head=figure or day or texts("when.undated"),
        statement=fact.statement if stated else "",
        details=tuple(filter(None, details)),
        marks=citations.marks(fact),
        rank=wording.rank(fact, texts),
    )


def middle(fact: Fact) -> date:
    """A day to order by: the middle of what the date covers, or its known end where the other is open."""
    if fact.when is None:
        return date.min
    first, last = dates.parse(fact.when)
    if first == date.min:
        return last
    return first if last == date.max else first + (last - first) / 2
