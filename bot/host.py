"""What a handler needs of the bot that runs it, so that handlers need not import the bot."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, cast

import discord

from bot import texts
from config.settings import Settings, Shortcut

if TYPE_CHECKING:
    from bot.pictures import Pictures
    from knowledge.library import Library
    from knowledge.state import State

Interaction = discord.Interaction[Any]


class Host(Protocol):
    """The bot, seen from a handler."""

    library: Library
    state: State
    settings: Settings
    shortcuts: Mapping[str, Shortcut]
    pictures: Pictures | None
    """None when the settings want no charts."""

    def at_work(self) -> AbstractContextManager[None]:
        """Count an interaction as under way."""
        ...


def host_of(interaction: Interaction) -> Host:
    """The bot that received *interaction*."""
    return cast("Host", interaction.client)


def texts_for(interaction: Interaction) -> texts.Texts:
    """The fixed texts in the language that the user has set in Discord."""
    return texts.of(interaction.locale.value)
