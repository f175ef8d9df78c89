"""What every button shares: who pressed it, and on whose message."""

from __future__ import annotations

from typing import Any

from discord import ui

from bot.declined import DeclinedError
from bot.host import Interaction


def is_private(interaction: Interaction) -> bool:
    """Whether the message that the button is on is shown to one person only."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def admit_asker(interaction: Interaction, refusal: str) -> None:
    """Let nobody pass but who brought the message that the button is on.

    Raises: DeclinedError: with *refusal*: somebody else has pressed it.
    """
    metadata = interaction.message.interaction_metadata if interaction.message else None
    if metadata is not None and metadata.user.id != interaction.user.id:
        raise DeclinedError(refusal)


def as_button(item: ui.Item[Any]) -> ui.Button[Any]:
    """*item*, known to be a button by its template."""
    assert isinstance(item, ui.Button), "the templates are on buttons only"  # noqa: S101
    return item
