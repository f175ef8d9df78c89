"""The /facts group: reload, status and the readers' reports, for those who may.

Two locks: Discord hides the group from members without Manage Server, which a server's admins can override; and every
use is checked here, whatever was sent.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot import limits, replies, reports
from bot.declined import DeclinedError
from bot.host import Interaction, host_of, texts_for
from bot.translating import told
from knowledge.errors import BadBaseError

_ROOM = limits.CONTENT_CHARACTERS

_log = logging.getLogger(__name__)


class Facts(app_commands.Group):
    """The group. roles, users: ids of those who may use it besides members with Manage Server."""

    def __init__(self, *, roles: Collection[int], users: Collection[int]) -> None:
        super().__init__(
            name="facts",
            description=told("command.facts"),
            guild_only=True,
            default_permissions=discord.Permissions(manage_guild=True),
        )
        self._roles = frozenset(roles)
        self._users = frozenset(users)

    @app_commands.command(description=told("command.facts.reload"))
    @app_commands.describe(dry_run=told("option.dry_run"))
    async def reload(self, interaction: Interaction, dry_run: bool = False) -> None:
        """Reload the base."""
        async with replies.answering(interaction) as reply:
            self._admit(interaction)
            await reply.defer()
            texts = texts_for(interaction)
            _log.info("reload asked by user %s, dry run: %s", interaction.user.id, dry_run)
            try:
                difference = await host_of(interaction).library.reload(dry_run=dry_run)
            except BadBaseError as error:
                _log.warning("reload refused: %s", error)
                await reply.notice(*reports.refused(error.problems, texts, room=_ROOM))
                return
            _log.info("reload by user %s: %s -> %s", interaction.user.id, difference.before, difference.after)
            await reply.notice(*reports.reloaded(difference, texts, room=_ROOM))

    @app_commands.command(description=told("command.facts.status"))
    async def status(self, interaction: Interaction) -> None:
        """Show the state of the base."""
        async with replies.answering(interaction) as reply:
            self._admit(interaction)
            await reply.notice(*reports.status(host_of(interaction).library, texts_for(interaction), room=_ROOM))

    @app_commands.command(name="reports", description=told("command.facts.reports"))
    @app_commands.describe(done=told("option.done"))
    async def reports_(self, interaction: Interaction, done: app_commands.Range[int, 1] | None = None) -> None:
        """List the readers' reports, or take one from the list."""
        async with replies.answering(interaction) as reply:
            self._admit(interaction)
            state, texts = host_of(interaction).state, texts_for(interaction)
            if done is None:
                await reply.notice(*reports.waiting(await state.reports(), texts, room=_ROOM))
                return
            closed = await state.close_report(done, day=datetime.now(UTC).date().isoformat())
            _log.info("report %d closed by user %s: %s", done, interaction.user.id, closed)
            await reply.notice(texts("admin.closed" if closed else "admin.no_such_report", number=done))

    def _admit(self, interaction: Interaction) -> None:
        """Raises: DeclinedError: the member may not use the group."""
        user = interaction.user
        if interaction.permissions.manage_guild or interaction.permissions.administrator or user.id in self._users:
            return
        if isinstance(user, discord.Member) and any(user.get_role(role) for role in self._roles):
            return
        _log.warning("/facts refused to user %s", user.id)
        raise DeclinedError("not_admin")
