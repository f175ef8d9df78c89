"""What one would type in Discord, typed in a terminal: the same commands and options, the same cards.

Options stand after the text as Discord shows them: `/brief sirte as_of:2016-01-31`, `/timeline sirte from:2016-02`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from bot import about, cards, days, records, showing
from bot.declined import DeclinedError
from bot.inert import echo
from bot.parts import Card, Offer
from bot.texts import ENGLISH
from config.settings import Shortcut
from knowledge.model import Answer, Fact, Match, Outcome, Reason, Request, Source
from knowledge.replies import as_json

if TYPE_CHECKING:
    from knowledge.library import Library

_BRIEF = ("depth", "as_of")
_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "brief": _BRIEF,
    "ask": (),
    "timeline": ("from", "to", "as_of"),
    "fact": (),
    "source": (),
    "topics": ("type",),
    "about": (),
}
"""By command; a shortcut takes those of /brief."""
_DEPTHS = ("short", "full")
_NAMES = ("depth", "as_of", "from", "to", "type", "private")
"""What is an option wherever it stands, except in free text."""
_WITHOUT_TEXT = ("topics", "about")
_OPTION = re.compile(r"(?:^|(?<=\s))([a-z_]+):(\S*)")
_SLIP = 0.75
"""So near to an option's name that it is one mistyped: `form` for `from`."""


class Told(NamedTuple):
    """What a line gets: the card for a reader, and the answer for a machine with exactly the facts of the card.

    is_question: whether the base was asked for anything.
    """

    answer: Answer
    card: Card
    is_question: bool = True


class _Typed(NamedTuple):
    """A line as it was meant. kind: of the topics that are wanted."""

    request: Request
    full: bool = False
    kind: str = ""


async def show(library: Library, request: Request, shortcuts: Mapping[str, Shortcut]) -> Told:
    """What is told on a request as typed.

    Raises: DeclinedError: there is no such command, option, fact or source, or an option cannot be read.
    """
    typed = _read(request, shortcuts)
    asked = typed.request
    match asked.command:
        case "fact":
            return await _fact(library, asked)
        case "source":
            return await _source(library, asked)
        case "topics":
            card = showing.topics(library, typed.kind, ENGLISH).card
            return Told(_nothing(library, asked), card, is_question=False)
        case "about":
            return Told(_nothing(library, asked), about.card(library, shortcuts), is_question=False)
        case cards.TIMELINE:
            answer = await library.timeline(asked, start=asked.start, end=asked.end)
        case _:
            answer = await library.answer(asked)
    card = cards.compose(answer, library.coverage, full=typed.full)
    if typed.full:
        answer = replace(answer, pages=(tuple(match for page in answer.pages for match in page),))
    return Told(answer, card)


def for_machines(told: Told) -> dict[str, Any]:
    """The object that `--json` prints."""
    found = as_json(told.answer)
    if not told.is_question:
        return found | {"reason": "no_question"}
    if told.answer.outcome is Outcome.SUGGEST and not told.answer.suggestions:
        offered = [{one.kind: one.id, "name": one.name, "summary": one.summary} for one in told.card.offers]
        return found | {"suggestions": offered}
    return found


def refused_for_machines(library: Library, request: Request, error: DeclinedError) -> dict[str, Any]:
    """As `for_machines`, for a request that was refused: nothing held, and why."""
    return as_json(_nothing(library, request)) | {"reason": error.reason}


def _read(request: Request, shortcuts: Mapping[str, Shortcut]) -> _Typed:
    known = {**_OPTIONS, **dict.fromkeys(shortcuts, _BRIEF)}
    command = request.command
    if command not in known:
        raise DeclinedError("no_command", typed=echo(command), commands=_listed(f"/{one}" for one in known))
    if command == cards.FREE_TEXT:
        return _Typed(request)
    given: dict[str, str] = {}
    for name, value in _OPTION.findall(request.text):
        if name in known[command]:
            given[name] = value
        elif name in _NAMES or get_close_matches(name, known[command], cutoff=_SLIP):
            raise _no_option(command, name, known[command])
    text = request.text
    if given:
        text = " ".join(_OPTION.sub(lambda found: "" if found[1] in given else found[0], text).split())
    if text and command in _WITHOUT_TEXT:
        raise _no_option(command, text, known[command])
    for name in ("as_of", "from", "to"):
        if given.get(name) == "":
            raise DeclinedError("bad_day", option=name, typed="")
    if given.get("depth", _DEPTHS[0]) not in _DEPTHS:
        raise DeclinedError("bad_choice", option="depth", typed=echo(given["depth"]), choices=_listed(_DEPTHS))
    if given.get("type") == "":
        raise records.no_type("")
    start, end = days.span(given.get("from"), given.get("to"))
    asked = replace(request, text=text, as_of=days.read("as_of", given.get("as_of")), start=start, end=end)
    return _Typed(asked, given.get("depth") == "full", given.get("type", ""))


def _no_option(command: str, typed: str, options: Sequence[str]) -> DeclinedError:
    if options:
        return DeclinedError("no_option", command=command, typed=echo(typed), options=_listed(options))
    return DeclinedError("no_options", command=command, typed=echo(typed))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


async def _fact(library: Library, request: Request) -> Told:
    view, shown = await library.fact(request.text), await showing.fact(library, request.text, ENGLISH)
    if view is None or shown is None:
        raise DeclinedError("no_fact", typed=echo(request.text))
    return Told(_looked_up(library, request, shown.card, (view.fact, *view.rivals)), shown.card)


async def _source(library: Library, request: Request) -> Told:
    named = library.sources_named(request.text)
    if not named:
        raise DeclinedError("no_source", typed=echo(request.text))
    if len(named) > 1:
        answer = replace(_nothing(library, request), outcome=Outcome.SUGGEST, reason=Reason.UNCLEAR)
        return Told(answer, _which(library, request.text, named))
    view, shown = await library.source(named[0].id), await showing.source(library, named[0].id, ENGLISH)
    assert view is not None, "it has just been found"  # noqa: S101
    assert shown is not None, "it has just been found"  # noqa: S101
    return Told(_looked_up(library, request, shown.card, view.facts), shown.card)


def _looked_up(library: Library, request: Request, card: Card, facts: Iterable[Fact]) -> Answer:
    """The facts that *card* shows, as an answer; nobody had to guess what was meant."""
    by_id = {fact.id: fact for fact in facts}
    page = tuple(Match(by_id[fact], 1.0) for fact in dict.fromkeys(entry.fact for entry in card.entries))
    if not page:
        return replace(_nothing(library, request), reason=Reason.NOT_COVERED)
    revision = library.revision
    return Answer(request, Outcome.ANSWER, Reason.HELD, 1.0, revision, pages=(page,), sources=library.sources)


def _nothing(library: Library, request: Request) -> Answer:
    return Answer(request, Outcome.NONE, Reason.EMPTY_QUERY, 0.0, library.revision)


def _which(library: Library, text: str, named: Sequence[Source]) -> Card:
    offers = (Offer("source", one.id, one.id, one.title) for one in named)
    return cards.offering(
        tuple(offers),
        ENGLISH,
        title=ENGLISH("card.quoted", text=echo(text)),
        notes=(ENGLISH("source.which"),),
        footer=cards.footer(library.coverage, library.revision, ENGLISH),
    )
