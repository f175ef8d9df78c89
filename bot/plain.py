"""A card as plain text, for the terminal, for logs and for pasting. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bot.citing import CitedSource
from bot.inert import clean
from bot.parts import Card, Entry
from bot.texts import ENGLISH, Texts

WIDTH_CHARACTERS = 100


def render(card: Card, *, texts: Texts = ENGLISH, width: int = WIDTH_CHARACTERS) -> str:
    """*card* as lines of at most *width* characters, sections apart by an empty line; no line end after the last."""
    return "\n".join(_lines(card, texts, width)).rstrip("\n")


def _lines(card: Card, texts: Texts, width: int) -> Iterator[str]:
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
    for section in card.sections:
        if section.heading:
            yield from _wrapped(section.heading, width)
        for term, text in section.lines:
            yield from _wrapped(f"• {term}: {text}" if term and text else f"• {term or text}", width, indent="  ")
        if section.lines:
            yield ""
    for entry in card.facts:
        yield from _entry(entry, width, bullet="• ")
    if card.facts:
        yield ""
    for block in card.blocks:
        yield from _wrapped(block.heading, width)
        for entry in block.entries:
            yield from _value(entry, width)
        yield ""
    for source in card.citations:
        yield from _wrapped(citation(source, texts), width, indent="    ")
    if card.citations:
        yield ""
    if card.follow:
        yield from _wrapped(texts("card.follow", facts=texts.count("more_fact", card.follow)), width)
    for line in card.footer:
        yield from _wrapped(line, width)


def citation(source: CitedSource, texts: Texts = ENGLISH) -> str:
    """`[1–2] Reuters, 8 January 2016 (day inferred), “title”: [1] ¶1, ¶5 · [2] ¶7`."""
    return f"{source.numbers} {source.publication(texts)}{source.where}"


def _entry(entry: Entry, width: int, *, bullet: str) -> Iterator[str]:
    indent = " " * len(bullet)
    head = f"{entry.head}: " if entry.head else ""
    yield from _wrapped(f"{bullet}{head}{entry.statement} {_marks(entry)}".rstrip(), width, indent=indent)
    if entry.details:
        yield from _wrapped(indent + " · ".join(entry.details), width, indent=indent)
    if entry.rank:
        yield from _wrapped(indent + entry.rank, width, indent=indent)


def _value(entry: Entry, width: int) -> Iterator[str]:
    yield from _wrapped("• " + " · ".join((entry.head, *entry.details)) + f" {_marks(entry)}", width, indent="  ")
    for line in filter(None, (entry.statement, entry.rank)):
        yield from _wrapped("  " + line, width, indent="  ")


def _marks(entry: Entry) -> str:
    return "".join(f"[{number}]" for number in entry.marks)


def _wrapped(text: str, width: int, *, indent: str = "") -> list[str]:
    start = text[: len(text) - len(text.lstrip())]
    wrapper = textwrap.TextWrapper(width, start, indent, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(clean(text)) or [""]
