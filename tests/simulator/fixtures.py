"""Fixtures for whoever tests against the simulator; a conftest imports them from here."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .simulator import Simulator


@pytest_asyncio.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """A simulator whose test fails if the bot sent what Discord refuses, unless the test forgave it."""
    async with Simulator() as discord:
        yield discord
    if discord.violations:
        pytest.fail("Discord would have refused:\n" + "\n".join(map(str, discord.violations)))
