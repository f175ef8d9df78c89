"""The main cards, word for word. To renew them after a change that is meant: `python -m tests.bot.snapshots`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from knowledge.library import Library
from tests.bot.conftest import SHARED
from tests.bot.snapshots import CARDS, DIRECTORY, open_library, render


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def library(built: Path) -> AsyncIterator[Library]:
    """The shipped base, in this process."""
    opened = await open_library(built)
    yield opened
    await opened.close()


@SHARED
@pytest.mark.parametrize("name", CARDS)
async def test_a_main_card_reads_as_it_did(library: Library, name: str) -> None:
    assert await render(library, name) == (DIRECTORY / f"{name}.txt").read_text(encoding="utf-8")


def test_every_snapshot_is_of_a_card() -> None:
    assert {path.stem for path in DIRECTORY.glob("*.txt")} == set(CARDS)
