"""The second base, built once, and a way to ask it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge import building
from knowledge.briefing import Limits
from knowledge.library import Library
from knowledge.model import Answer
from tests.knowledge import second_base

LIMITS = Limits(shortcuts=second_base.SHORTCUTS)

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def _garden_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("garden")
    building.ensure_built(second_base.write(directory / "base"), directory / "storage", LIMITS)
    return directory


@pytest.fixture
def garden(_garden_built: Path, tmp_path: Path) -> Path:
    """A directory with the second base in `base` and, built, in `storage`, both for a test to change."""
    return Path(shutil.copytree(_garden_built, tmp_path / "garden"))


@pytest.fixture(scope="session")
def with_dictionary(_garden_built: Path) -> Path:
    """A storage directory that holds the ordinary words of English and Arabic, which take longest to make."""
    return _garden_built / "storage"


@pytest.fixture(scope="session")
def ask(_garden_built: Path) -> Iterator[Ask]:
    """Asks the second base what one would type: `ask("/brief titan arum")`; `as_of` as in Discord."""
    with asyncio.Runner() as runner:
        library = runner.run(open_library(_garden_built))

        def asked(typed: str, as_of: str | None = None) -> Answer:
            request = building.request_from(typed)
            return runner.run(library.answer(type(request)(request.command, request.text, as_of)))

        yield asked
        runner.run(library.close())


async def open_library(garden: Path) -> Library:
    """The library of a directory made by `garden`."""
    return await Library.open(base_directory=garden / "base", storage_directory=garden / "storage", limits=LIMITS)
