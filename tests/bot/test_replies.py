"""Answering once, in time, and privately where nothing public was promised, with handlers that misbehave."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import discord
import pytest
from discord import app_commands, ui

from bot import endpoints, failures, replies
from bot.declined import DeclinedError
from bot.host import Interaction
from bot.replies import Reply
from tests.simulator import Simulator
from tests.simulator.sample_bot import running

LATE_S = replies.PATIENCE_S + 0.2


class Probe(discord.Client):
    """A client whose one command does what the test says."""

    def __init__(self, handle: Callable[[Reply], Awaitable[None]]) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0)
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(description="Whatever the test wants")
        async def probe(interaction: Interaction) -> None:
            async with replies.answering(interaction) as reply:
                await handle(reply)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """See `bot.host.Host`."""
        yield

    async def setup_hook(self) -> None:
        """Register, and find the gateway."""
        _, url, _ = await self.http.get_bot_gateway()
        endpoints.use_gateway(url)
        await self.tree.sync()


def text(content: str) -> ui.LayoutView:
    """A card of one line."""
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(content))
    view.stop()
    return view


@contextlib.asynccontextmanager
async def probing(simulator: Simulator, handle: Callable[[Reply], Awaitable[None]]) -> AsyncIterator[None]:
    """A client with that command, connected."""
    async with running(simulator, Probe(handle)):  # pyright: ignore[reportArgumentType]  # any client will do
        yield


@pytest.mark.parametrize("private", [True, False])
async def test_a_late_answer_is_deferred_privately_and_ends_as_it_was_meant(
    simulator: Simulator, private: bool
) -> None:
    async def handle(reply: Reply) -> None:
        await asyncio.sleep(LATE_S)
        await reply.send(text("at last"), private=private)

    async with probing(simulator, handle):
        reply = await simulator.slash("/probe")
        assert reply.deferred
        await reply.until(lambda: "at last" in reply.text)
    public = [message.text for message in simulator.posted()]
    assert public == ([] if private else ["at last"])


async def test_a_late_failure_is_told_privately(simulator: Simulator) -> None:
    async def handle(reply: Reply) -> None:
        await asyncio.sleep(LATE_S)
        raise DeclinedError("not_held")

    async with probing(simulator, handle):
        reply = await simulator.slash("/probe")
        await reply.until(lambda: "None of what this card showed" in reply.text)
    assert simulator.posted() == []


async def test_a_mistake_is_told_privately_with_the_reference_that_the_log_has(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    async def handle(reply: Reply) -> None:
        raise ZeroDivisionError("the cause")

    async with probing(simulator, handle):
        reply = await simulator.slash("/probe")
    reference = failures.reference(int(reply.id))
    assert reply.text.endswith(f"tell an admin: reference {reference}.")
    assert reply.private
    (record,) = [one for one in caplog.records if one.name == "bot.replies"]
    assert record.levelno == logging.ERROR
    assert record.getMessage() == f"{reference} /probe: the cause"
    assert record.exc_info


async def test_an_expired_interaction_is_logged_and_not_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    told = asyncio.Event()

    async def handle(reply: Reply) -> None:
        await asyncio.sleep(0.4)
        try:
            await reply.send(text("too late"), private=False)
        finally:
            asyncio.get_running_loop().call_later(0.1, told.set)

    async with Simulator(acknowledge_s=0.2) as simulator, probing(simulator, handle):
        reply = await simulator.slash("/probe", settle=False)
        callback = f"/interactions/{reply.id}/{reply.token}/callback"
        await asyncio.wait_for(told.wait(), 5)
        assert [one.path for one in simulator.requests if one.path.startswith("/interactions")] == [callback]
    (record,) = [one for one in caplog.records if one.name == "bot.replies"]
    assert (record.levelno, record.exc_info) == (logging.WARNING, None)


async def test_a_refused_card_becomes_a_private_sentence(simulator: Simulator) -> None:
    async def handle(reply: Reply) -> None:
        await reply.send(text("x" * 4001), private=False)

    async with probing(simulator, handle):
        reply = await simulator.slash("/probe")
    assert reply.text.startswith("Something went wrong here")
    assert reply.private
    simulator.forgive(50035)
