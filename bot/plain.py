"""A card as plain text, for the terminal, for logs and for pasting. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bot import wording
from bot.cards import Card, Entry
from bot.citing import CitedSource, paragraphs
from bot.inert import clean

WIDTH_CHARACTERS = 100


def render(card: Card, *, width: int = WIDTH_CHARACTERS) -> str:
    """*card* as lines of at most *width* characters, sections apart by an empty line; no line end after the last."""
    return "\n".join(_lines(card, width)).rstrip("\n")


def _lines(card: Card, width: int) -> Iterator[str]:
    yield clean(f"{card.title} · {card.subtitle}" if card.subtitle else card.title)
    yield from (clean(name) for name in card.names)
    yield ""
    for note in card.notes:
        yield from _wrapped(note, width)
    if card.notes:
        yield ""
    if card.bottom_line:
        yield from _entry(card.bottom_line, width, bullet="")
        yield ""
    for entry in card.facts:
        yield from _entry(entry, width, bullet="• ")
    if card.facts:
        yield ""
    for block in card.blocks:
        yield from _wrapped(block.heading, width)
        for entry in block.entries:
            yield from _entry(entry, width, bullet="• ")
        yield ""
    for section in card.sections:
        yield from _wrapped(section.heading, width)
        for term, text in section.lines:
            yield from _wrapped(f"• {term}: {text}" if term and text else f"• {term or text}", width, indent="  ")
        yield ""
    for source in card.citations:
        yield from _wrapped(citation(source), width, indent="    ")
    if card.citations:
        yield ""
    if card.follow:
        yield f"{wording.count(card.follow, 'more fact')} follow{'s' if card.follow == 1 else ''}."
    for line in card.footer:
        yield from _wrapped(line, width)


def citation(source: CitedSource) -> str:
    """`[1] Reuters, 8 January 2016 (day inferred), “title”, ¶1, ¶5 · [2] ¶7`."""
    (number, first), *others = source.places
    rest = "".join(f" · [{n}] {paragraphs(found)}" for n, found in others)
    return f"[{number}] {source.publication}, {paragraphs(first)}{rest}"


def _entry(entry: Entry, width: int, *, bullet: str) -> Iterator[str]:
    marks = "".join(f"[{number}]" for number in entry.marks)
    indent = " " * len(bullet)
    if entry.head:
        yield from _wrapped(bullet + " · ".join((entry.head, *entry.details)) + f" {marks}", width, indent=indent)
        if entry.statement:
            yield from _wrapped(indent + entry.statement, width, indent=indent)
    else:
        yield from _wrapped(f"{bullet}{entry.statement} {marks}", width, indent=indent)
        if entry.details:
            yield from _wrapped(indent + " · ".join(entry.details), width, indent=indent)
    if entry.rank:
        yield from _wrapped(indent + entry.rank, width, indent=indent)


def _wrapped(text: str, width: int, *, indent: str = "") -> list[str]:
    start = text[: len(text) - len(text.lstrip())]
    wrapper = textwrap.TextWrapper(width, start, indent, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(clean(text)) or [""]
