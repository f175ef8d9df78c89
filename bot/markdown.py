"""A card as Discord's markdown: one text for each text display, everything from outside escaped. Pure.

`fitting` is how a card is made for Discord: composed, written, weighed against the limits, and cut until it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot import cards, limits, wording
from bot.cards import START, Card, Entry, Position
from bot.citing import CitedSource, paragraphs
from bot.inert import escape
from knowledge.model import Answer, Coverage

_ADDRESS = re.compile(r"https?://[\x21-\x3b\x3d\x3f-\x7e]{4,500}")
"""Of a source, and so worth following; angle brackets keep Discord from previewing it."""
_SPARE_CHARACTERS = 100
_SPARE_COMPONENTS = 12
"""Container, separators, and two rows of buttons."""


@dataclass(frozen=True, slots=True)
class Written:
    """A card and its texts: the head, then what it holds, then citations and footer."""

    card: Card
    texts: tuple[str, ...]


def fitting(
    answer: Answer,
    coverage: Coverage,
    position: Position = START,
    *,
    shown_from: str = "",
) -> Written:
    """The card of *answer* from *position* on, as much of it as one message takes; see `cards.compose`."""
    written: list[Written] = []

    def fits(card: Card) -> bool:
        written.append(write(card))
        return holds(written[-1].texts)

    card = cards.compose(answer, coverage, position, shown_from=shown_from, fits=fits)
    return written[-1] if written else write(card)


def holds(texts: tuple[str, ...]) -> bool:
    """Whether Discord takes *texts* in one message, with room for a card's frame and buttons."""
    if sum(map(len, texts)) > limits.TEXT_CHARACTERS - _SPARE_CHARACTERS:
        return False
    if len(texts) > limits.COMPONENTS - _SPARE_COMPONENTS:
        return False
    return sum(len(text.encode()) + limits.TEXT_DISPLAY_BYTES for text in texts) <= limits.TEXT_BYTES


def write(card: Card) -> Written:
    """*card*, written whether it fits or not."""
    return Written(card, tuple("\n".join(lines) for lines in _texts(card) if lines))


def _texts(card: Card) -> Iterator[list[str]]:
    yield [*_head(card)]
    if card.bottom_line:
        yield [*_leading(card.bottom_line)]
    yield [line for entry in card.facts for line in _entry(entry)]
    for block in card.blocks:
        yield [f"**{escape(block.heading)}**", *(line for entry in block.entries for line in _entry(entry))]
    for section in card.sections:
        heading = [f"**{escape(section.heading)}**"] if section.heading else []
        yield [*heading, *(_term(term, text) for term, text in section.lines)]
    yield [_citation(source) for source in card.citations]
    yield [*_foot(card)]


def _head(card: Card) -> Iterator[str]:
    yield f"### {escape(card.title)}" + (f" · {escape(card.subtitle)}" if card.subtitle else "")
    yield from (escape(name) for name in card.names)
    yield from (escape(note) for note in card.notes)


def _leading(entry: Entry) -> Iterator[str]:
    yield f"**{escape(entry.statement)}** {_marks(entry)}"
    yield from _small(entry.details)
    yield from _small((entry.rank,))


def _entry(entry: Entry) -> Iterator[str]:
    if entry.head:
        details = "".join(f" · {escape(detail)}" for detail in entry.details)
        yield f"• **{escape(entry.head)}**{details} {_marks(entry)}"
        if entry.statement:
            yield f"-# {escape(entry.statement)}"
    else:
        yield f"• {escape(entry.statement)} {_marks(entry)}"
        yield from _small(entry.details)
    yield from _small((entry.rank,))


def _small(parts: tuple[str, ...]) -> Iterator[str]:
    if any(parts):
        yield "-# " + " · ".join(escape(part) for part in parts)


def _term(term: str, text: str) -> str:
    if term and _ADDRESS.fullmatch(text):
        return f"• **{escape(term)}**: <{text}>"
    if term and text:
        return f"• **{escape(term)}**: {escape(text)}"
    return f"• {escape(term or text)}"


def _marks(entry: Entry) -> str:
    return "".join(f"[{number}]" for number in entry.marks)


def _citation(source: CitedSource) -> str:
    (number, first), *others = source.places
    rest = "".join(f" · [{n}] {paragraphs(found)}" for n, found in others)
    return f"-# [{number}] {escape(source.publication)}, {paragraphs(first)}{rest}"


def _foot(card: Card) -> Iterator[str]:
    if card.follow:
        verb = "follows" if card.follow == 1 else "follow"
        yield f"-# {wording.count(card.follow, 'more fact')} {verb}: press More."
    yield from (f"-# {escape(line)}" for line in card.footer)
