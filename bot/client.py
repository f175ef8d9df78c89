"""The bot: what it may see, what it listens to, and that it goes on when a message from Discord is broken."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import admin, briefs, buttons, endpoints, lookups, offers, replies, reporting, syncing, translating
from bot.declined import DeclinedError
from bot.host import Interaction
from bot.pictures import Pictures, in_a_process
from config.settings import Settings

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.state import State

_QUIET_S = 0.05
"""No interaction for this long counts as none under way; the event loop may still hold one that has just arrived."""
_RESTARTS_PER_MINUTE = 5
"""Broken frames that are forgiven by connecting anew; Discord allows 1,000 sessions a day (topics/gateway)."""

_log = logging.getLogger(__name__)


class BriefingBot(discord.Client):
    """Answers from *library* and keeps what is reported in *state*; their owner closes both after the bot."""

    def __init__(self, settings: Settings, library: Library, state: State) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
        )
        self.library = library
        self.state = state
        self.settings = settings
        self.shortcuts = settings.shortcuts
        self.pictures = (
            Pictures(in_a_process(settings.storage_directory / "fonts")) if settings.answers_charts else None
        )
        self.arrived = asyncio.Event()
        """Set once Discord has taken the connection."""
        self._under_way = 0
        self.tree = Tree(self)
        for command in (*briefs.commands(settings.shortcuts), *lookups.commands(), *briefs.menus()):
            self.tree.add_command(command)
        self.tree.add_command(admin.Facts(roles=settings.curators_roles, users=settings.curators_users))
        self.add_dynamic_items(*offers.ALL, reporting.ReportButton, *buttons.ALL)
        self._forgive_broken_events()

    async def setup_hook(self) -> None:
        """Find the gateway and tell Discord the commands."""
        await self.tree.set_translator(translating.Translator())
        # PRIVATE-API: no public call gives the address.
        _, url, _ = await self.http.get_bot_gateway()
        endpoints.use_gateway(url)
        try:
            await syncing.sync_if_changed(
                self.tree,
                application_id=self.application_id or 0,
                servers=self.settings.discord_servers,
                storage=self.settings.storage_directory,
            )
        except (discord.HTTPException, app_commands.AppCommandError, OSError) as error:
            _log.error("the commands could not be told to Discord; those from before stay: %s", error)

    async def close(self) -> None:
        """Stop drawing and leave Discord."""
        if self.pictures is not None:
            self.pictures.close()
        await super().close()

    async def on_connect(self) -> None:
        """Note that Discord has taken the connection. (`on_ready` comes two seconds later and tells nothing more.)"""
        self.arrived.set()
        _log.info("answering as %s in %d servers from base %s", self.user, len(self.guilds), self.library.revision[:8])

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take the forms that come in; commands and buttons have found their handlers by now."""
        if interaction.type is discord.InteractionType.modal_submit:
            await reporting.receive(interaction)

    async def connect(self, *, reconnect: bool = True) -> None:
        """As discord.py does, but a frame that cannot be read costs the connection and not the process."""
        broken: list[float] = []
        while not self.is_closed():
            try:
                await super().connect(reconnect=reconnect)
            except (discord.DiscordException, OSError, asyncio.CancelledError):
                raise
            except Exception:
                now = time.monotonic()
                broken = [*(then for then in broken if now - then < 60), now]
                _log.exception("Discord sent what cannot be read; connecting anew")
                if self.ws:
                    await self.ws.close(code=4000)
                if len(broken) > _RESTARTS_PER_MINUTE:
                    await asyncio.sleep(60)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Count an interaction as under way, for `finish`."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def finish(self, timeout_s: float) -> None:
        """Wait until nothing is being answered, at most *timeout_s* seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                quiet = False
                while not quiet:
                    await asyncio.sleep(_QUIET_S)
                    quiet = not self._under_way

    def _forgive_broken_events(self) -> None:
        # PRIVATE-API: the parsers are looked up here for each event, and what escapes one would end Client.connect.
        parsers = self._connection.parsers
        for event in ("INTERACTION_CREATE", "GUILD_CREATE", "GUILD_UPDATE", "CHANNEL_CREATE", "CHANNEL_UPDATE"):
            parsers[event] = _forgiving(event, parsers[event])


class Tree(app_commands.CommandTree[BriefingBot]):
    """The commands: in servers only, installed by servers only, and every failure answered."""

    def __init__(self, client: BriefingBot) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Turn down what comes from outside a server, which Discord should not send."""
        if interaction.guild_id is not None:
            return True
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            async with replies.answering(interaction):
                raise DeclinedError("direct")
        return False

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer what failed before a handler began; handlers answer for themselves."""
        await replies.fail(replies.Reply(interaction), error)


def _forgiving(event: str, parser: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse(data: Any) -> None:
        try:
            parser(data)
        except Exception:
            _log.exception("a broken %s was dropped", event)

    return parse
