"""The commands that look something up: /timeline, /fact, /source, /topics, /about."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from discord import app_commands

from bot import about, asking, cards, completing, days, markdown, replies, showing
from bot.briefs import PRIVATE, Command
from bot.declined import DeclinedError
from bot.host import Interaction, host_of, texts_for
from bot.inert import echo
from bot.parts import Card, Offer
from bot.replies import Reply
from bot.showing import Shown
from bot.translating import told
from knowledge.model import Request, TopicType

OFFERS = 25
"""Candidates in one menu."""

_TYPES: list[app_commands.Choice[str]] = [
    app_commands.Choice(name=told(f"types.{kind}"), value=kind) for kind in get_args(TopicType)
]


def commands() -> list[Command]:
    """All of them, in the order in which /about names them."""
    return [_timeline(), _fact(), _source(), _topics(), _about()]


def _timeline() -> Command:
    @app_commands.command(name="timeline", description=told("command.timeline"))
    @app_commands.describe(
        topic=told("option.topic"), start=told("option.from"), end=told("option.to"), private=PRIVATE
    )
    @app_commands.rename(start="from", end="to")
    @app_commands.autocomplete(topic=completing.topic, start=completing.day, end=completing.day)
    async def timeline(
        interaction: Interaction, topic: str, start: str | None = None, end: str | None = None, private: bool = False
    ) -> None:
        async with replies.answering(interaction) as reply:
            first, last = days.span(start, end)
            request = Request(cards.TIMELINE, topic, start=first, end=last)
            await asking.answer_with(reply, request, private=private)

    return timeline


def _fact() -> Command:
    @app_commands.command(name="fact", description=told("command.fact"))
    @app_commands.describe(fact_id=told("option.id"), private=PRIVATE)
    @app_commands.rename(fact_id="id")
    @app_commands.autocomplete(fact_id=completing.fact)
    async def fact(interaction: Interaction, fact_id: str, private: bool = False) -> None:
        async with replies.answering(interaction) as reply:
            shown = await showing.fact(host_of(interaction).library, fact_id, texts_for(interaction))
            await asking.show(reply, shown or await _facts_like(reply, fact_id), private=private)

    return fact


def _source() -> Command:
    @app_commands.command(name="source", description=told("command.source"))
    @app_commands.describe(name=told("option.name"), private=PRIVATE)
    @app_commands.autocomplete(name=completing.source)
    async def source(interaction: Interaction, name: str, private: bool = False) -> None:
        async with replies.answering(interaction) as reply:
            library, texts = host_of(interaction).library, texts_for(interaction)
            found = library.sources_named(name)
            shown = await showing.source(library, found[0].id, texts) if len(found) == 1 else None
            await asking.show(reply, shown or _sources_like(reply, name), private=private)

    return source


def _topics() -> Command:
    @app_commands.command(name="topics", description=told("command.topics"))
    @app_commands.describe(kind=told("option.type"), private=PRIVATE)
    @app_commands.rename(kind="type")
    @app_commands.choices(kind=_TYPES)
    async def topics(interaction: Interaction, kind: str = "", private: bool = False) -> None:
        async with replies.answering(interaction) as reply:
            shown = showing.topics(host_of(interaction).library, kind, texts_for(interaction))
            await asking.show(reply, shown, private=private)

    return topics


def _about() -> Command:
    @app_commands.command(name="about", description=told("command.about"))
    async def about_(interaction: Interaction) -> None:
        async with replies.answering(interaction) as reply:
            host, texts = host_of(interaction), texts_for(interaction)
            card = about.card(host.library, host.shortcuts, texts)
            await asking.show(reply, Shown(markdown.write(card, texts)), private=False)

    return about_


async def _facts_like(reply: Reply, typed: str) -> Shown:
    """Facts to choose from, found by words of their statements.

    Raises: DeclinedError: there are none.
    """
    library = host_of(reply.interaction).library
    found = [(one.value, one.name) for one in library.complete("fact", typed[:200], limit=OFFERS)]
    if not found:
        answer = await library.answer(Request("ask", typed))
        found = [(match.fact.id, f"{match.fact.id}: {match.fact.statement}") for match in answer.first_page]
    if not found:
        raise DeclinedError("no_fact", typed=echo(typed))
    offers = (Offer("fact", value, value, name.removeprefix(f"{value}: ")) for value, name in found)
    return _choice(reply, tuple(offers), typed, "fact.nearest")


def _sources_like(reply: Reply, typed: str) -> Shown:
    """The sources that *typed* may mean, to choose from.

    Raises: DeclinedError: there are none.
    """
    library, texts = host_of(reply.interaction).library, texts_for(reply.interaction)
    found = library.sources_named(typed)
    if not found:
        near = {choice.value for choice in library.complete("source", typed[:200], limit=OFFERS)}
        found = [one for one in library.sources.values() if one.id in near]
    if not found:
        raise DeclinedError("no_source", typed=echo(typed))
    offers = (
        Offer("source", one.id, one.title, f"{one.publisher}, {texts.day(one.published)}") for one in found[:OFFERS]
    )
    return _choice(reply, tuple(offers), typed, "source.which")


def _choice(reply: Reply, offers: tuple[Offer, ...], typed: str, note: str) -> Shown:
    library, texts = host_of(reply.interaction).library, texts_for(reply.interaction)

    def make(fits: Callable[[Card], bool]) -> Card:
        made = (
            cards.offering(
                offers[:count],
                texts,
                title=texts("card.quoted", text=echo(typed)),
                notes=(texts(note),),
                footer=cards.footer(library.coverage, library.revision, texts),
            )
            for count in range(len(offers), 0, -1)
        )
        return next(card for card in made if fits(card))

    return Shown(markdown.fit(make, texts))
