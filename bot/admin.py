"""The /facts group: reload and status, for those who may.

Two locks: Discord hides the group from members without Manage Server, which a server's admins can override; and every
use is checked here, whatever was sent.
"""

from __future__ import annotations

import logging
from collections.abc import Collection

import discord
from discord import app_commands

from bot import limits, replies, reports
from bot.failures import DeclinedError
from bot.host import Interaction, host_of
from knowledge.errors import BadBaseError

_NOT_YOURS = "Only members with Manage Server, and curators named in the settings, may use /facts."

_log = logging.getLogger(__name__)


class Facts(app_commands.Group):
    """The group. roles, users: ids of those who may use it besides members with Manage Server."""

    def __init__(self, *, roles: Collection[int], users: Collection[int]) -> None:
        super().__init__(
            name="facts",
            description="For curators: load and inspect the fact base",
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )
        self._roles = frozenset(roles)
        self._users = frozenset(users)

    @app_commands.command(description="Read the base anew, check all of it, and swap it in if nothing is wrong")
    @app_commands.describe(dry_run="Check only; go on answering from the base as it is")
    async def reload(self, interaction: Interaction, dry_run: bool = False) -> None:
        """Reload the base."""
        async with replies.answering(interaction) as reply:
            self._admit(interaction)
            await reply.defer()
            _log.info("reload asked by user %s, dry run: %s", interaction.user.id, dry_run)
            try:
                difference = await host_of(interaction).library.reload(dry_run=dry_run)
            except BadBaseError as error:
                _log.warning("reload refused: %s", error)
                await reply.notice(*reports.refused(error.problems, room=limits.CONTENT_CHARACTERS))
                return
            _log.info("reload by user %s: %s -> %s", interaction.user.id, difference.before, difference.after)
            await reply.notice(*reports.reloaded(difference, room=limits.CONTENT_CHARACTERS))

    @app_commands.command(description="Which base answers now, since when, and what is wrong with the files")
    async def status(self, interaction: Interaction) -> None:
        """Show the state of the base."""
        async with replies.answering(interaction) as reply:
            self._admit(interaction)
            text = reports.status(host_of(interaction).library, room=limits.CONTENT_CHARACTERS)
            await reply.notice(*text)

    def _admit(self, interaction: Interaction) -> None:
        """Raises: DeclinedError: the member may not use the group."""
        user = interaction.user
        if interaction.permissions.manage_guild or interaction.permissions.administrator or user.id in self._users:
            return
        if isinstance(user, discord.Member) and any(user.get_role(role) for role in self._roles):
            return
        _log.warning("/facts refused to user %s", user.id)
        raise DeclinedError(_NOT_YOURS)
