"""One served bot that tests share unless they change its base, its settings or its life."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio

from tests.conftest import serving
from tests.simulator import Simulator
from tests.simulator.process import ROOT, Process

SHARED = pytest.mark.asyncio(loop_scope="session")
"""On every test that uses `desk`: the bot's fixture lives in the loop of the whole run."""


class Desk(NamedTuple):
    """Discord, the bot that answers in it, and the directory of the base that it answers from."""

    discord: Simulator
    bot: Process
    base: Path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _desk(built: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    directory = tmp_path_factory.mktemp("desk")
    base = Path(shutil.copytree(ROOT / "knowledge" / "base", directory / "base"))
    storage = Path(shutil.copytree(built, directory / "storage"))
    async with Simulator() as discord, serving(discord, storage, DATELINE_BASE_DIRECTORY=str(base)) as bot:
        yield Desk(discord, bot, base)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(_desk: Desk) -> AsyncIterator[Desk]:
    """The shared bot; the test fails if it sent what Discord refuses, pinged anybody, or logged an error."""
    seen, heard = len(_desk.discord.rest.violations), len(_desk.bot.lines)
    yield _desk
    assert [str(one) for one in _desk.discord.rest.violations[seen:]] == []
    assert [one.text for one in _desk.discord.posted() if one.pinged] == []
    assert [line for line in _desk.bot.lines[heard:] if " ERROR " in line or "Traceback" in line] == []


@pytest_asyncio.fixture(loop_scope="session")
async def editable(desk: Desk) -> AsyncIterator[Desk]:
    """The shared bot, whose base the test may edit; afterwards files and answers are as they were."""
    kept = {file: file.read_bytes() for file in desk.base.rglob("*.yaml")}
    yield desk
    for file, content in kept.items():
        file.write_bytes(content)
    await desk.discord.slash("/facts reload", by=desk.discord.admin())
