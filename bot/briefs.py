"""The commands that everybody may use: /brief, the shortcuts of the settings (/oil), /ask, /about."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Literal

from discord import app_commands

from bot import about, layout, limits, markdown, replies
from bot.asking import give
from bot.host import Interaction, host_of
from bot.inert import clean, cut
from config.settings import Shortcut
from knowledge.model import Request

_Field = Literal["topic", "aspect"]

_TYPED_CHARACTERS = 200
"""More has never been part of a name; the rest of a pasted text is not worth searching while somebody types."""

_log = logging.getLogger(__name__)

PRIVATE = "Show the answer to you alone (default: to the channel)"


def commands(shortcuts: Mapping[str, Shortcut]) -> list[app_commands.Command[Any, ..., None]]:
    """All of them, in the order in which /about names them."""
    return [_brief(), *(_shortcut(name, shortcut) for name, shortcut in shortcuts.items()), _ask(), _about()]


def _brief() -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="brief", description="What is held on a place, person, group or event, with its sources")
    @app_commands.describe(topic="A name in any usual spelling, in Latin or Arabic letters", private=PRIVATE)
    async def brief(interaction: Interaction, topic: str, private: bool = False) -> None:
        await give(interaction, Request("brief", topic), private=private)

    @brief.autocomplete("topic")
    async def topics(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return complete(interaction, "topic", typed)

    return brief


def _shortcut(name: str, shortcut: Shortcut) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name=name, description=cut(shortcut.description, limits.COMMAND_DESCRIPTION))
    @app_commands.describe(aspect="Which side of it; choose one or type your own words", private=PRIVATE)
    async def brief_on(interaction: Interaction, aspect: str, private: bool = False) -> None:
        await give(interaction, Request(name, aspect), private=private)

    @brief_on.autocomplete("aspect")
    async def aspects(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return complete(interaction, "aspect", typed, shortcut=name)

    return brief_on


def _ask() -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="ask", description="Ask in your own words; the best facts held, or a plain no")
    @app_commands.describe(question="A question or keywords, in English or Arabic", private=PRIVATE)
    async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
        await give(interaction, Request("ask", question), private=private)

    return ask


def _about() -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name="about", description="What the base covers, what its words mean, what is kept about you")
    async def about_(interaction: Interaction) -> None:
        async with replies.answering(interaction) as reply:
            host = host_of(interaction)
            written = markdown.write(about.card(host.library, host.shortcuts))
            await reply.send(layout.of(written, private=False), private=False)

    return about_


def complete(
    interaction: Interaction, field: _Field, typed: str, *, shortcut: str | None = None
) -> list[app_commands.Choice[str]]:
    """What fits *typed* so far, best first; nothing if that fails, since a choice list cannot carry an error."""
    try:
        found = host_of(interaction).library.complete(
            field, typed[:_TYPED_CHARACTERS], shortcut=shortcut, limit=limits.CHOICES
        )
    except Exception:
        _log.exception("completing %s failed", field)
        return []
    return [
        app_commands.Choice(name=cut(clean(one.name), limits.CHOICE_CHARACTERS), value=one.value)
        for one in found
        if one.name.strip() and 0 < len(one.value) <= limits.CHOICE_CHARACTERS
    ][: limits.CHOICES]
