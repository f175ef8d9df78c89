"""What the bot remembers."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import StateError
from knowledge.state import STEPS, Report, State
from tests.simulator.process import ROOT


async def test_a_report_waits_until_it_is_closed_across_restarts(tmp_path: Path) -> None:
    state = await State.open(tmp_path / "new" / "state.sqlite")
    first = await state.add_report(["a/b", "c/d"], revision="012345", text="wrong\nday", day="2016-02-01")
    second = await state.add_report([], revision="", text="missing", day="2016-02-02", contact="42")
    await state.close()
    state = await State.open(tmp_path / "new" / "state.sqlite")
    try:
        assert await state.reports() == [
            Report(first, "2016-02-01", ("a/b", "c/d"), "012345", "wrong\nday"),
            Report(second, "2016-02-02", (), "", "missing", "42"),
        ]
        assert await state.close_report(second, day="2016-02-03")
        assert not await state.close_report(second, day="2016-02-03")
        assert [report.number for report in await state.reports()] == [first]
    finally:
        await state.close()


async def test_a_closed_report_forgets_who_may_be_contacted(tmp_path: Path) -> None:
    state = await State.open(tmp_path / "state.sqlite")
    number = await state.add_report([], revision="", text="missing", day="2016-02-02", contact="42")
    await state.close_report(number, day="2016-02-03")
    await state.close()
    connection = sqlite3.connect(tmp_path / "state.sqlite")
    assert connection.execute("SELECT contact FROM report").fetchall() == [(None,)]
    connection.close()


async def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    code = f"""
import asyncio, os, pathlib, signal
from knowledge.state import State
async def main():
    state = await State.open(pathlib.Path({str(path)!r}))
    for n in range(20):
        await state.add_report([], revision="", text=str(n), day="2016-02-01")
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    ended = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], cwd=ROOT, check=False)
    assert ended.returncode == -9
    state = await State.open(path)
    assert [report.text for report in await state.reports()] == [str(n) for n in range(20)]
    await state.close()


async def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    with pytest.raises(StateError, match=f"of version {len(STEPS) + 1}, and this program knows {len(STEPS)}"):
        await State.open(path)


async def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"this is no database, and longer than the header of one" * 20)
    with pytest.raises(StateError, match="Move it away"):
        await State.open(path)
