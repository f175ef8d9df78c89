"""Fixtures for all tests."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.simulator import Simulator, process
from tests.simulator.fixtures import simulator
from tests.simulator.process import ROOT, Process

__all__ = ["base_directory", "serving", "simulator"]

STARTED_S = 30.0
"""For a process to read the base, build it and connect, on a busy machine."""


@pytest.fixture
def base_directory(tmp_path: Path) -> Path:
    """A copy of the shipped base that a test may change."""
    return Path(shutil.copytree(ROOT / "knowledge" / "base", tmp_path / "base"))


@asynccontextmanager
async def serving(simulator: Simulator, storage: Path, **environ: str) -> AsyncIterator[Process]:
    """`run.py serve` against *simulator*, connected, with its runtime files in *storage*; stopped at the end."""
    settings = {**simulator.environ(), "DATELINE_STORAGE_DIRECTORY": str(storage), **environ}
    async with Process(settings, command=process.SERVE) as bot:
        try:
            await simulator.connected(STARTED_S)
            await bot.line("answering as", STARTED_S)
        except (TimeoutError, AssertionError) as error:
            raise AssertionError("\n".join(bot.lines)) from error
        yield bot
        await bot.stopped()
