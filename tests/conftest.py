"""Fixtures for all tests. Processes are started rarely: a start takes longer than all that a test does with it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from knowledge import building, files
from knowledge.briefing import Limits
from tests.simulator import Simulator, process
from tests.simulator.fixtures import simulator
from tests.simulator.process import ROOT, Process

__all__ = ["base_directory", "built", "serving", "simulator", "storage"]

STARTED_S = 30.0
"""For a process to read the base, build it and connect, on a busy machine."""
STOPPED_S = 5.0
"""What is promised after SIGTERM."""


@pytest.fixture
def base_directory(tmp_path: Path) -> Path:
    """A copy of the shipped base that a test may change."""
    return Path(shutil.copytree(ROOT / "knowledge" / "base", tmp_path / "base"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A storage directory with the shipped base built in it, so that processes need not build it again."""
    directory = tmp_path_factory.mktemp("built")
    building.ensure_built(files.SHIPPED, directory, Limits())
    return directory


@pytest.fixture
def storage(built: Path, tmp_path: Path) -> Path:
    """A storage directory of a test's own, with the shipped base built in it."""
    return Path(shutil.copytree(built, tmp_path / "storage"))


@asynccontextmanager
async def serving(simulator: Simulator, storage: Path, **environ: str) -> AsyncIterator[Process]:
    """`run.py serve` against *simulator*, connected, with its runtime files in *storage*.

    At the end it is asked to stop, unless the test has ended it, and must exit 0 as fast as is promised.
    """
    settings = {**simulator.environ(), "DATELINE_STORAGE_DIRECTORY": str(storage), **environ}
    async with Process(settings, command=process.SERVE) as bot:
        await bot.line("answering as", STARTED_S)
        await simulator.connected()
        yield bot
        assert await bot.stopped(STOPPED_S) == 0, "\n".join(bot.lines)
