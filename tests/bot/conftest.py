"""One served bot that the tests of a module share: starting it takes longer than all they do with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest
import pytest_asyncio

from tests.conftest import serving
from tests.simulator import Simulator
from tests.simulator.process import Process


class Desk(NamedTuple):
    """Discord, and the bot that answers in it."""

    discord: Simulator
    bot: Process


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def _desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with Simulator() as discord, serving(discord, tmp_path_factory.mktemp("storage")) as bot:
        yield Desk(discord, bot)


@pytest_asyncio.fixture(loop_scope="module")
async def desk(_desk: Desk) -> AsyncIterator[Desk]:
    """The shared bot; the test fails if it sent what Discord refuses, pinged anybody, or logged an error."""
    seen, heard = len(_desk.discord.rest.violations), len(_desk.bot.lines)
    yield _desk
    assert [str(one) for one in _desk.discord.rest.violations[seen:]] == []
    assert [one.text for one in _desk.discord.posted() if one.pinged] == []
    assert [line for line in _desk.bot.lines[heard:] if " ERROR " in line or "Traceback" in line] == []
