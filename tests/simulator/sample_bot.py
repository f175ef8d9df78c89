"""A small bot on the real discord.py, to prove the simulator against: it does each thing a bot can do, once."""

import asyncio
import contextlib
import io
import re
from collections.abc import AsyncIterator
from typing import Any

import discord
import yarl
from discord import app_commands, gateway, http, ui

from .simulator import Simulator


class Vote(ui.DynamicItem[ui.Button[Any]], template=r"vote:(?P<topic>[a-z]+)"):
    """A button that survives restarts, because its custom id says everything."""

    def __init__(self, topic: str) -> None:
        super().__init__(ui.Button(label=f"Vote {topic}", custom_id=f"vote:{topic}"))
        self.topic = topic

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> "Vote":
        """The button again, from its custom id."""
        return cls(match["topic"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Change the message the button is on."""
        await interaction.response.edit_message(view=card(f"Voted for {self.topic}"))


class Report(ui.Modal, title="Report"):
    """A modal with one old-style and one labelled field."""

    reason = ui.TextInput(label="Reason", custom_id="reason")
    kind = ui.Label(
        text="Kind",
        component=ui.Select(custom_id="kind", options=[discord.SelectOption(label=one) for one in ("wrong", "old")]),
    )

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Say what was reported."""
        assert isinstance(self.kind.component, ui.Select)
        text = f"Reported as {self.kind.component.values[0]}: {self.reason.value}"
        await interaction.response.send_message(text, ephemeral=True)


class OpenReport(ui.Button[ui.LayoutView]):
    """Opens the modal."""

    async def callback(self, interaction: discord.Interaction) -> None:
        """Open it."""
        await interaction.response.send_modal(Report())


def card(text: str, *topics: str) -> ui.LayoutView:
    """A card with *text*, a button for each of *topics* and one to report."""
    view = ui.LayoutView(timeout=None)
    container = ui.Container(ui.TextDisplay(text), ui.Separator(), accent_colour=0x336699)
    for topic in topics:
        # discord.py types an accessory by its view, which a DynamicItem leaves open.
        accessory: Any = Vote(topic)
        container.add_item(ui.Section(ui.TextDisplay(f"About {topic}"), accessory=accessory))
    view.add_item(container)
    view.add_item(ui.ActionRow(OpenReport(label="Report", custom_id="report")))
    return view


class SampleBot(discord.Client):
    """The bot; its commands are made in `_add_commands`."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        # discord.py is ready this long after the last server was told; its 2 seconds would be most of a test.
        super().__init__(intents=intents or discord.Intents(guilds=True), guild_ready_timeout=0.01)
        self.tree = app_commands.CommandTree(self)
        self.resumed = asyncio.Event()
        _add_commands(self.tree)

    async def setup_hook(self) -> None:
        """Take the gateway's address and register the commands."""
        _, url, _ = await self.http.get_bot_gateway()
        # PRIVATE-API: Client.connect starts from this class attribute and never asks for the address itself.
        gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
        self.add_dynamic_items(Vote)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once, where discord.py would wait five seconds before it does so again."""

    async def on_resumed(self) -> None:
        """Note that the session went on."""
        self.resumed.set()


def _add_commands(tree: app_commands.CommandTree[SampleBot]) -> None:
    @tree.command(description="A card at once")
    @app_commands.describe(topic="What about", depth="How deep")
    async def brief(interaction: discord.Interaction, topic: str, depth: app_commands.Range[int, 1, 5] = 1) -> None:
        await interaction.response.send_message(view=card(f"{topic} {depth} {interaction.locale}", "one", "two"))

    @brief.autocomplete("topic")
    async def topics(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed} {n}", value=f"{typed}{n}") for n in range(25)]

    @tree.command(description="A card later")
    async def slow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(view=card("Here at last"))
        await interaction.followup.send("And more", ephemeral=True)

    @tree.command(description="A file")
    async def export(interaction: discord.Interaction) -> None:
        view = ui.LayoutView()
        view.add_item(ui.File("attachment://facts.csv"))
        file = discord.File(io.BytesIO(b"a,b\n"), "facts.csv")
        await interaction.response.send_message(view=view, file=file)

    @tree.command(description="Nothing, for ever")
    async def never(_: discord.Interaction) -> None:
        pass

    group = app_commands.Group(
        name="facts",
        description="For admins",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(description="Read all anew")
    async def reload(interaction: discord.Interaction, dry_run: bool = False) -> None:
        await interaction.response.send_message(f"{interaction.user} reloads, dry: {dry_run}", ephemeral=True)

    tree.add_command(group)

    @tree.context_menu(name="Look up")
    async def look_up(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"You ask: {message.content}", ephemeral=True)


@contextlib.asynccontextmanager
async def running(simulator: Simulator, bot: SampleBot | None = None) -> AsyncIterator[SampleBot]:
    """The bot, logged in to *simulator* and connected, until the end of the block."""
    bot = bot or SampleBot()
    base, address = http.Route.BASE, gateway.DiscordWebSocket.DEFAULT_GATEWAY
    http.Route.BASE = simulator.url  # PRIVATE-API: the only way to another REST base.
    task = asyncio.create_task(bot.start(simulator.token))
    try:
        waiting = asyncio.create_task(simulator.connected())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            waiting.cancel()
            task.result()
        await waiting
        await bot.wait_until_ready()
        yield bot
    finally:
        await bot.close()
        await asyncio.gather(task, return_exceptions=True)
        http.Route.BASE = base
        gateway.DiscordWebSocket.DEFAULT_GATEWAY = address
