"""The commands that ask: /brief, the shortcuts of the settings (/oil), /ask, and the menu of a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import discord
from discord import app_commands

from bot import completing, days, limits, replies
from bot.asking import answer_with, give
from bot.declined import DeclinedError
from bot.host import Interaction
from bot.inert import cut, words_of
from bot.translating import told
from config.settings import Shortcut
from knowledge.model import Request

Command = app_commands.Command[Any, ..., None]
Depth = Literal["short", "full"]

PRIVATE = told("option.private")
_DEPTHS = [app_commands.Choice(name=told(f"choice.{depth}"), value=depth) for depth in ("short", "full")]


def commands(shortcuts: Mapping[str, Shortcut]) -> list[Command]:
    """All of them, in the order in which /about names them."""
    return [_brief(), *(_shortcut(name, shortcut) for name, shortcut in shortcuts.items()), _ask()]


def menus() -> list[app_commands.ContextMenu]:
    """What stands in the menu of a message."""
    return [app_commands.ContextMenu(name=told("command.look_up"), callback=_look_up)]


def _brief() -> Command:
    @app_commands.command(name="brief", description=told("command.brief"))
    @app_commands.describe(
        topic=told("option.topic"), depth=told("option.depth"), as_of=told("option.as_of"), private=PRIVATE
    )
    @app_commands.choices(depth=_DEPTHS)
    @app_commands.autocomplete(topic=completing.topic, as_of=completing.day)
    async def brief(
        interaction: Interaction, topic: str, depth: str = "short", as_of: str | None = None, private: bool = False
    ) -> None:
        async with replies.answering(interaction) as reply:
            request = Request("brief", topic, days.read("as_of", as_of))
            await answer_with(reply, request, private=private, full=depth == "full")

    return brief


def _shortcut(name: str, shortcut: Shortcut) -> Command:
    async def aspects(interaction: Interaction, typed: str) -> completing.Choices:
        return completing.complete(interaction, "aspect", typed, shortcut=name)

    @app_commands.command(name=name, description=cut(shortcut.description, limits.COMMAND_DESCRIPTION))
    @app_commands.describe(
        aspect=told("option.aspect"), depth=told("option.depth"), as_of=told("option.as_of"), private=PRIVATE
    )
    @app_commands.choices(depth=_DEPTHS)
    @app_commands.autocomplete(aspect=aspects, as_of=completing.day)
    async def brief_on(
        interaction: Interaction, aspect: str, depth: str = "short", as_of: str | None = None, private: bool = False
    ) -> None:
        async with replies.answering(interaction) as reply:
            request = Request(name, aspect, days.read("as_of", as_of))
            await answer_with(reply, request, private=private, full=depth == "full")

    return brief_on


def _ask() -> Command:
    @app_commands.command(name="ask", description=told("command.ask"))
    @app_commands.describe(question=told("option.question"), private=PRIVATE)
    async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
        await give(interaction, Request("ask", question), private=private)

    return ask


async def _look_up(interaction: Interaction, message: discord.Message) -> None:
    """Privately, since the author of the message may not want it held up to the channel; Share is on the card."""
    async with replies.answering(interaction) as reply:
        words = words_of(message.content)
        if not words:
            raise DeclinedError("no_text")
        await answer_with(reply, Request("ask", words), private=True)
