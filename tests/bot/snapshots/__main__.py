"""Renew every snapshot: `python -m tests.bot.snapshots`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.bot.snapshots import CARDS, DIRECTORY, open_library, render


async def renew() -> None:
    """Write every card anew and take away what is no card any more."""
    with tempfile.TemporaryDirectory() as storage:
        library = await open_library(Path(storage))
        try:
            for name in CARDS:
                (DIRECTORY / f"{name}.txt").write_text(await render(library, name), encoding="utf-8")
        finally:
            await library.close()
    for path in DIRECTORY.glob("*.txt"):
        if path.stem not in CARDS:
            path.unlink()


asyncio.run(renew())
