"""The one way to answer an interaction: exactly once, in time, privately where nothing public was promised.

Most answers go out directly. One that is not ready after `PATIENCE_S` is deferred privately first, so that nothing
appears in the channel before it is known to be an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Any

import discord
from discord import ui

from bot import failures
from bot.host import Interaction, host_of, texts_for
from bot.inert import escape

PATIENCE_S = 1.5
"""Half of what Discord allows (`limits.ACKNOWLEDGE_S`): the request that defers must arrive in time as well."""

_log = logging.getLogger(__name__)


class Reply:
    """The answer to one interaction; made by `answering`."""

    def __init__(self, interaction: Interaction) -> None:
        self.interaction = interaction
        self.reference = failures.reference(interaction.id)
        self._timer: asyncio.TimerHandle | None = None
        self._deferring: asyncio.Task[object] | None = None
        self._followup: discord.WebhookMessage | None = None

    async def send(self, view: ui.LayoutView, *, private: bool, files: Sequence[discord.File] = ()) -> int | None:
        """Send a card with the *files* that it shows; returns the id of its message, if Discord told it."""
        return await self._send(private=private, view=view, files=[*files])

    async def amend(self, view: ui.LayoutView, files: Sequence[discord.File]) -> None:
        """Put *view*, which shows *files*, in place of the card that was sent or turned."""
        if self._followup is not None:
            await self._followup.edit(view=view, attachments=[*files])
        else:
            await self.interaction.edit_original_response(view=view, attachments=[*files])

    async def notice(self, markdown: str, attached: tuple[str, str] | None = None) -> None:
        """Send a private remark of at most `limits.CONTENT_CHARACTERS`; *attached* is a text file: (name, content)."""
        what: dict[str, Any] = {"content": markdown}
        if attached is not None:
            name, content = attached
            what["file"] = discord.File(io.BytesIO(content.encode()), name)
        await self._send(private=True, **what)

    async def turn(self, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> int | None:
        """Put *view*, which shows *files* and no others, in place of the card that the pressed button is on; returns
        the id of its message."""
        if await self._is_deferred():
            await self.interaction.edit_original_response(view=view, attachments=[*files])
        else:
            await self.interaction.response.edit_message(view=view, attachments=[*files])
        return self.interaction.message.id if self.interaction.message else None

    async def ask(self, form: ui.Modal) -> None:
        """Open *form*, whose submission is an interaction of its own."""
        self._stop_timer()
        form.stop()  # Or discord.py would keep it in memory until it is sent, which may be never.
        await self.interaction.response.send_modal(form)

    async def defer(self) -> None:
        """Ask for time, privately: for what is known to be slow."""
        self._stop_timer()
        await self.interaction.response.defer(ephemeral=True, thinking=True)

    def watch(self, *, in_place: bool) -> None:
        """Defer by itself when no answer has gone out after `PATIENCE_S`; *in_place*: the answer will be a `turn`."""
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(PATIENCE_S, self._defer_late, in_place)

    def settle(self) -> None:
        """Stop watching."""
        self._stop_timer()

    async def _send(self, *, private: bool, **what: Any) -> int | None:
        if not await self._is_deferred():
            sent = await self.interaction.response.send_message(ephemeral=private, **what)
            return sent.message_id
        if not private:
            # The first message after a private deferral is private whatever it says, unless the deferral is gone.
            await self.interaction.delete_original_response()
        self._followup = await self.interaction.followup.send(ephemeral=private, wait=True, **what)
        return self._followup.id

    async def _is_deferred(self) -> bool:
        self._stop_timer()
        if self._deferring is not None:
            await self._deferring
        return self.interaction.response.is_done()

    def _defer_late(self, in_place: bool) -> None:
        response = self.interaction.response
        defer = response.defer() if in_place else response.defer(ephemeral=True, thinking=True)
        self._deferring = asyncio.get_running_loop().create_task(defer)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


@contextlib.asynccontextmanager
async def answering(interaction: Interaction, *, in_place: bool = False) -> AsyncIterator[Reply]:
    """Answer *interaction* within the block; whatever escapes the block is told to the asker and to the log.

    in_place: the answer changes the message that the pressed button is on.
    """
    reply = Reply(interaction)
    reply.watch(in_place=in_place)
    with host_of(interaction).at_work():
        try:
            yield reply
        except Exception as error:
            await fail(reply, error)
        finally:
            reply.settle()


async def fail(reply: Reply, error: Exception) -> None:
    """Tell the asker, privately, and the log that *error* happened."""
    lacking = failures.missing_permissions(reply.interaction.app_permissions)
    failure = failures.explain(error, reply.reference, lacking, texts_for(reply.interaction))
    trace = None if failure.expected else error
    what = f"{reply.reference} {_asked(reply.interaction)}: {str(error) or type(error).__name__}"
    _log.log(failure.level, "%s", what, exc_info=trace)
    if failure.sentence is None:
        return
    try:
        await reply.notice(escape(failure.sentence))
    except discord.DiscordException as second:
        _log.warning("%s the asker could not be told: %s", reply.reference, second)


def _asked(interaction: Interaction) -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    found: Any = interaction.data or {}
    return str(found.get("custom_id") or found.get("name") or "interaction")
