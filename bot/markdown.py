"""A card as Discord's markdown: one text for each text display, everything from outside escaped. Pure.

`fitting` is how a card is made for Discord: composed, written, weighed against the limits, and cut until it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot import cards, limits
from bot.citing import CitedSource
from bot.inert import escape
from bot.parts import START, Card, Entry, Position
from bot.texts import ENGLISH, Texts
from knowledge.model import Answer, Coverage

_ADDRESS = re.compile(r"https?://[\x21-\x3b\x3d\x3f-\x7e]{4,500}")
"""Of a source, and so worth following; angle brackets keep Discord from previewing it."""
_SPARE_CHARACTERS = 350
_SPARE_BYTES = 700
"""For a note that comes later, on what has changed or who shares the card."""
_SPARE_COMPONENTS = 13
"""Container, separator, picture, a menu or two rows of at most seven buttons."""


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
    texts: Texts = ENGLISH,
    full: bool = False,
) -> Written:
    """The card of *answer* from *position* on, as much of it as one message takes; see `cards.compose`."""
    return fit(lambda fits: cards.compose(answer, coverage, position, texts=texts, full=full, fits=fits), texts)


def fit(make: Callable[[Callable[[Card], bool]], Card], texts: Texts = ENGLISH) -> Written:
    """The card that *make* makes, given a judge of what one message takes; written once."""
    seen: dict[int, Written] = {}

    def fits(card: Card) -> bool:
        written = seen[id(card)] = write(card, texts)
        return holds(written.texts)

    card = make(fits)
    written = seen.get(id(card))
    return written if written and written.card is card else write(card, texts)


def holds(texts: tuple[str, ...]) -> bool:
    """Whether Discord takes *texts* in one message, with room for a card's frame and buttons."""
    if sum(map(len, texts)) > limits.TEXT_CHARACTERS - _SPARE_CHARACTERS:
        return False
    if len(texts) > limits.COMPONENTS - _SPARE_COMPONENTS:
        return False
    return sum(len(text.encode()) + limits.TEXT_DISPLAY_BYTES for text in texts) <= limits.TEXT_BYTES - _SPARE_BYTES


def write(card: Card, texts: Texts = ENGLISH) -> Written:
    """*card*, written whether it fits or not."""
    return Written(card, tuple("\n".join(lines) for lines in _texts(card, texts) if lines))


def _texts(card: Card, texts: Texts) -> Iterator[list[str]]:
    yield [*_head(card)]
    if card.bottom_line:
        yield [*_leading(card.bottom_line)]
    for section in card.sections:
        heading = [f"**{escape(section.heading)}**"] if section.heading else []
        yield [*heading, *(_term(term, text) for term, text in section.lines)]
    yield [line for entry in card.facts for line in _entry(entry)]
    for block in card.blocks:
        yield [f"**{escape(block.heading)}**", *(line for entry in block.entries for line in _value(entry))]
    yield [_citation(source, texts) for source in card.citations]
    yield [*_foot(card, texts)]


def _head(card: Card) -> Iterator[str]:
    yield f"### {escape(card.title)}" + (f" · {escape(card.subtitle)}" if card.subtitle else "")
    yield from (escape(name) for name in card.names)
    yield from (escape(note) for note in card.notes)


def _leading(entry: Entry) -> Iterator[str]:
    yield f"**{escape(entry.statement)}** {_marks(entry)}"
    yield from _small(entry.details)
    yield from _small((entry.rank,))


def _entry(entry: Entry) -> Iterator[str]:
    head = f"**{escape(entry.head)}**: " if entry.head else ""
    yield f"• {head}{escape(entry.statement)} {_marks(entry)}".rstrip()
    yield from _small(entry.details)
    yield from _small((entry.rank,))


def _value(entry: Entry) -> Iterator[str]:
    details = "".join(f" · {escape(detail)}" for detail in entry.details)
    yield f"• **{escape(entry.head)}**{details} {_marks(entry)}"
    yield from _small((entry.statement,))
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


def _citation(source: CitedSource, texts: Texts) -> str:
    return f"-# {source.numbers} {escape(source.publication(texts))}{source.where}"


def _foot(card: Card, texts: Texts) -> Iterator[str]:
    if card.follow:
        yield f"-# {texts('card.press_more', facts=texts.count('more_fact', card.follow))}"
    yield from (f"-# {escape(line)}" for line in card.footer)
