"""What one would type in Discord, typed in a terminal: the same commands and options, the same cards.

Options stand after the text as Discord shows them: `/brief sirte as_of:2016-01-31`, `/timeline sirte from:2016-02`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bot import about, cards, days, showing
from bot.declined import DeclinedError
from bot.inert import echo
from bot.parts import Card, Offer
from bot.texts import ENGLISH
from config.settings import Shortcut
from knowledge.model import Answer, Request, Source

if TYPE_CHECKING:
    from knowledge.library import Library

_OPTION = re.compile(r"(?:^|\s)(as_of|depth|from|to|type):(\S+)")


class _Typed(NamedTuple):
    """A line as it was meant. kind: of the topics that are wanted."""

    request: Request
    full: bool = False
    kind: str = ""


async def answer(library: Library, request: Request) -> Answer:
    """What the base holds on a request as typed; options that cannot be read are taken for words of it."""
    try:
        typed = _read(request)
    except DeclinedError:
        typed = _Typed(request)
    return await _answer(library, typed.request)


async def show(library: Library, request: Request, shortcuts: Mapping[str, Shortcut]) -> tuple[Answer, Card]:
    """What the base holds on a request as typed, and the card of it.

    Raises: DeclinedError: an option cannot be read, or there is no such fact or source.
    """
    typed = _read(request)
    answered = await _answer(library, typed.request)
    return answered, await _card(library, typed, answered, shortcuts)


def _read(request: Request) -> _Typed:
    given = dict(_OPTION.findall(request.text)) if request.command != cards.FREE_TEXT else {}
    if not given:
        return _Typed(request)
    start, end = days.span(given.get("from"), given.get("to"))
    text = _OPTION.sub("", request.text).strip()
    as_of = days.read("as_of", given.get("as_of"))
    asked = replace(request, text=text, as_of=as_of, start=start, end=end)
    return _Typed(asked, given.get("depth") == "full", given.get("type", ""))


async def _answer(library: Library, request: Request) -> Answer:
    if request.command == cards.TIMELINE:
        return await library.timeline(request, start=request.start, end=request.end)
    return await library.answer(request)


async def _card(library: Library, typed: _Typed, answered: Answer, shortcuts: Mapping[str, Shortcut]) -> Card:
    text = typed.request.text
    match typed.request.command:
        case "fact":
            found = await showing.fact(library, text, ENGLISH)
            if found is None:
                raise DeclinedError("no_fact", typed=echo(text))
            return found.card
        case "source":
            named = library.sources_named(text)
            found = await showing.source(library, named[0].id, ENGLISH) if len(named) == 1 else None
            if not named:
                raise DeclinedError("no_source", typed=echo(text))
            return found.card if found else _which(library, text, named)
        case "topics":
            return showing.topics(library, typed.kind, ENGLISH).card
        case "about":
            return about.card(library, shortcuts)
        case _:
            return cards.compose(answered, library.coverage, full=typed.full)


def _which(library: Library, text: str, named: Sequence[Source]) -> Card:
    offers = (Offer("source", one.id, one.id, one.title) for one in named)
    return cards.offering(
        tuple(offers),
        ENGLISH,
        title=ENGLISH("card.quoted", text=echo(text)),
        notes=(ENGLISH("source.which"),),
        footer=cards.footer(library.coverage, library.revision, ENGLISH),
    )
