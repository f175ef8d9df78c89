"""The life of `run.py serve`: reaching Discord or giving up with a named code, and ending well."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path

import pytest

from bot import serving as codes
from tests.conftest import STARTED_S, serving
from tests.simulator import Simulator, process
from tests.simulator.process import Process


async def test_commands_are_told_once_per_change(simulator: Simulator, tmp_path: Path) -> None:
    async with serving(simulator, tmp_path):
        assert simulator.command_writes == 1
    async with serving(simulator, tmp_path):
        assert simulator.command_writes == 1
    shortcuts = tmp_path / "bot.yaml"
    assert not shortcuts.exists()
    (tmp_path / next(file.name for file in tmp_path.glob("commands-*.digest"))).write_text("of other commands")
    async with serving(simulator, tmp_path):
        assert simulator.command_writes == 2


async def test_no_privileged_intent_is_asked_for(simulator: Simulator, tmp_path: Path) -> None:
    """The simulator refuses intents that were not granted, and grants none."""
    async with serving(simulator, tmp_path) as bot:
        assert simulator.gateway.intents == 1
        assert await bot.stopped() == codes.DONE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_well_within_five_seconds(
    simulator: Simulator, tmp_path: Path, number: signal.Signals
) -> None:
    async with serving(simulator, tmp_path) as bot:
        bot.signal(number)
        assert await bot.exited(timeout=5) == codes.DONE


async def test_what_is_being_answered_is_finished_before_the_end(simulator: Simulator, tmp_path: Path) -> None:
    async with serving(simulator, tmp_path) as bot:
        held = simulator.hold_next("POST", "/interactions/*/callback")
        reply = await simulator.slash("/about", settle=False)
        await held.arrived.wait()
        bot.signal(signal.SIGTERM)
        await bot.line("stopping")
        held.release()
        assert await bot.exited(timeout=5) == codes.DONE
    assert "About this fact base" in (await reply.settled()).text


async def test_a_refused_token_is_one_clear_line(simulator: Simulator, tmp_path: Path) -> None:
    environ = {**simulator.environ(), "DISCORD_TOKEN": "not.the.token", "DATELINE_STORAGE_DIRECTORY": str(tmp_path)}
    async with Process(environ, command=process.SERVE) as bot:
        assert await bot.exited(STARTED_S) == codes.TOKEN_REFUSED
    assert "Discord refused the token." in bot.err[-1]
    assert not any("Traceback" in line or "not.the.token" in line for line in bot.lines)


async def test_an_unreachable_discord_is_given_up_in_time(tmp_path: Path) -> None:
    environ = {
        "DISCORD_TOKEN": "a.b.c",
        "DISCORD_API_URL": "http://127.0.0.1:9/api/v10",
        "DATELINE_STORAGE_DIRECTORY": str(tmp_path),
        "DATELINE_DISCORD_START_PATIENCE_S": "2",
    }
    async with Process(environ, command=process.SERVE) as bot:
        assert await bot.exited(STARTED_S) == codes.OUT_OF_REACH
    assert "Discord stayed out of reach for 2 s at http://127.0.0.1:9/api/v10." in bot.err[-1]
    assert not any("Traceback" in line for line in bot.lines)


async def test_a_discord_that_fails_at_first_is_tried_again(simulator: Simulator, tmp_path: Path) -> None:
    simulator.fail_next("GET", "/gateway/bot", status=403)
    async with serving(simulator, tmp_path) as bot:
        assert any("cannot be reached" in line for line in bot.lines)


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param({"op": 0, "t": "INTERACTION_CREATE", "s": 900, "d": None}, id="no payload"),
        pytest.param({"op": 0, "t": "INTERACTION_CREATE", "s": 900, "d": {"id": "1", "type": 2}}, id="fields missing"),
        pytest.param("not json", id="not JSON"),
    ],
)
async def test_a_broken_event_does_not_end_it(simulator: Simulator, tmp_path: Path, frame: object) -> None:
    async with serving(simulator, tmp_path) as bot:
        text = frame if isinstance(frame, str) else json.dumps(frame)
        await simulator.gateway.send_raw(text)
        await bot.line("broken|cannot be read")
        await asyncio.sleep(0)
        await simulator.connected()
        assert "About" in (await simulator.slash("/about")).text
