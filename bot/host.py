"""What a handler needs of the bot that runs it, so that handlers need not import the bot."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, cast

import discord

from config.settings import Shortcut

if TYPE_CHECKING:
    from bot.pictures import Pictures
    from knowledge.library import Library

Interaction = discord.Interaction[Any]


class Host(Protocol):
    """The bot, seen from a handler."""

    library: Library
    shortcuts: Mapping[str, Shortcut]
    pictures: Pictures | None
    """None when the settings want no charts."""

    def at_work(self) -> AbstractContextManager[None]:
        """Count an interaction as under way."""
        ...


def host_of(interaction: Interaction) -> Host:
    """The bot that received *interaction*."""
    return cast("Host", interaction.client)
