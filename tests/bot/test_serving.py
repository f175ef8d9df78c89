"""The life of `run.py serve`: reaching Discord or giving up with a named code, and ending well."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from bot import serving as codes
from tests.conftest import STARTED_S, STOPPED_S, serving
from tests.simulator import Simulator, process
from tests.simulator.gateway import GUILDS
from tests.simulator.process import Process


async def test_a_restart_tells_nothing_twice_and_old_buttons_go_on_working(simulator: Simulator, storage: Path) -> None:
    remembered = storage / f"commands-{simulator.world.application_id}.digest"
    remembered.write_text("of other commands", encoding="ascii")
    async with serving(simulator, storage):
        assert simulator.command_writes == 1
        card = await simulator.slash("/brief", {"topic": "sabratha"})
        private = await simulator.slash("/timeline", {"topic": "zliten", "private": True})
        topics = await simulator.slash("/topics", {"type": "facility"})
        form = await simulator.press(card, label="Report")
    async with serving(simulator, storage):
        assert simulator.command_writes == 1
        await simulator.press(card, label="More")
        assert "· page 2 of " in card.text
        sources = await simulator.press(card, label="Sources")
        assert sources.text.startswith("### Sources: Sabratha")
        assert (await simulator.press(card, label="Timeline")).text.startswith("### Timeline: Sabratha")
        assert (await simulator.press(private, label="Share")).text.startswith("### Timeline: Zliten")
        assert (await simulator.choose(topics, ["dl1:t:o:es-sider"])).text.startswith("### Es Sider · facility")
        assert (await simulator.submit(form, {"text": "Sent after a restart"})).text.startswith("Thank you. Report 1 ")


async def test_no_privileged_intent_is_asked_for_and_broken_events_end_nothing(
    simulator: Simulator, storage: Path
) -> None:
    async with serving(simulator, storage) as bot:
        for payload in (None, {"id": "1", "type": 2}):
            simulator.gateway.send_text(json.dumps({"op": 0, "t": "INTERACTION_CREATE", "s": 900, "d": payload}))
        await bot.line("a broken INTERACTION_CREATE was dropped")
        assert "About this fact base" in (await simulator.slash("/about")).text
        simulator.gateway.send_text("this is no JSON")
        await bot.line("cannot be read; connecting anew")
        await simulator.gateway.until(lambda: len(simulator.gateway.identifies) == 2)
        await simulator.connected()
        assert "About this fact base" in (await simulator.slash("/about")).text
        assert [one["intents"] for one in simulator.gateway.identifies] == [GUILDS, GUILDS]


async def test_what_is_being_answered_is_finished_before_the_end(simulator: Simulator, storage: Path) -> None:
    async with serving(simulator, storage) as bot:
        held = simulator.hold_next("POST", "/interactions/*/callback")
        reply = await simulator.slash("/about", settle=False)
        await held.arrived.wait()
        bot.signal(signal.SIGINT)
        await bot.line("stopping")
        held.release()
        assert await bot.exited(STOPPED_S) == codes.DONE
    assert "About this fact base" in (await reply.settled()).text


async def test_with_broken_yaml_the_last_good_base_answers_and_the_log_has_every_problem(
    simulator: Simulator, storage: Path, base_directory: Path
) -> None:
    async with serving(simulator, storage, DATELINE_BASE_DIRECTORY=str(base_directory)):
        pass
    for file in ("zliten-bombing", "live-blog"):
        path = base_directory / "sources" / f"{file}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("priority: 1", "priority: 9", 1), encoding="utf-8")
    async with serving(simulator, storage, DATELINE_BASE_DIRECTORY=str(base_directory)) as bot:
        assert (await simulator.slash("/brief", {"topic": "zliten"})).text.startswith("### Zliten · place")
    warnings = [line.partition(" WARNING ")[2] for line in bot.lines if " WARNING " in line]
    begin = "bot.serving: the base could not be loaded, the last good one answers: sources/"
    assert [line.startswith(begin) for line in warnings] == [True, True]
    assert all("'priority' must be at most 3" in line for line in warnings)


def children(bot: Process) -> list[int]:
    """Handles of the processes that *bot* has started, which can be waited for though they are not ours."""
    started = Path(f"/proc/{bot.pid}/task/{bot.pid}/children").read_text(encoding="ascii").split()
    return [os.pidfd_open(int(process)) for process in started]


async def ended(handles: Iterable[int]) -> None:
    """Wait until the processes of *handles* are gone."""
    async with asyncio.timeout(STOPPED_S):
        for handle in handles:
            gone = asyncio.Event()
            asyncio.get_running_loop().add_reader(handle, gone.set)
            await gone.wait()
            asyncio.get_running_loop().remove_reader(handle)
            os.close(handle)


async def test_a_stop_during_the_first_build_ends_it_and_leaves_nothing(simulator: Simulator, tmp_path: Path) -> None:
    async with Process({**simulator.environ(), "DATELINE_STORAGE_DIRECTORY": str(tmp_path)}) as bot:
        await bot.line("building the base", STARTED_S)
        workers = children(bot)
        assert workers
        assert await bot.stopped(STOPPED_S) == codes.DONE
        await ended(workers)
    assert not any("Traceback" in line for line in bot.lines)
    assert os.listdir(tmp_path) == []  # noqa: PTH208, the other way counts as blocking


async def test_a_build_does_not_outlive_a_bot_that_is_killed(simulator: Simulator, tmp_path: Path) -> None:
    async with Process({**simulator.environ(), "DATELINE_STORAGE_DIRECTORY": str(tmp_path)}) as bot:
        await bot.line("building the base", STARTED_S)
        workers = children(bot)
        assert workers
        bot.signal(signal.SIGKILL)
        await ended(workers)
    assert os.listdir(tmp_path) == []  # noqa: PTH208


async def test_a_stop_during_a_reload_tells_the_admin_who_waits(
    simulator: Simulator, storage: Path, base_directory: Path
) -> None:
    async with serving(simulator, storage, DATELINE_BASE_DIRECTORY=str(base_directory)) as bot:
        topics = base_directory / "topics.yaml"
        topics.write_text(topics.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
        reply = await simulator.slash("/facts reload", by=simulator.admin(), settle=False)
        await bot.line("reload asked")
        assert await bot.stopped(STOPPED_S) == codes.DONE
    assert (await reply.settled()).text == (
        "I am being stopped, so the reload was broken off. Nothing was changed; reload again when I am back."
    )
    assert not any(" ERROR " in line or "Traceback" in line for line in bot.lines)


async def test_a_refused_token_is_one_clear_line(simulator: Simulator, storage: Path) -> None:
    environ = {**simulator.environ(), "DISCORD_TOKEN": "not.the.token", "DATELINE_STORAGE_DIRECTORY": str(storage)}
    async with Process(environ, command=process.SERVE) as bot:
        assert await bot.exited(STARTED_S) == codes.TOKEN_REFUSED
    assert "Discord refused the token." in bot.err[-1]
    assert not any("Traceback" in line or "not.the.token" in line for line in bot.lines)


async def test_an_unreachable_discord_is_given_up_in_time(storage: Path) -> None:
    environ = {
        "DISCORD_TOKEN": "a.b.c",
        "DISCORD_API_URL": "http://127.0.0.1:9/api/v10",
        "DATELINE_STORAGE_DIRECTORY": str(storage),
        "DATELINE_DISCORD_START_PATIENCE_S": "2",
    }
    async with Process(environ, command=process.SERVE) as bot:
        assert await bot.exited(STARTED_S) == codes.OUT_OF_REACH
    assert "Discord stayed out of reach for 2 s at http://127.0.0.1:9/api/v10." in bot.err[-1]
    assert not any("Traceback" in line for line in bot.lines)


async def test_a_discord_that_fails_at_first_is_tried_again(simulator: Simulator, storage: Path) -> None:
    simulator.fail_next("GET", "/gateway/bot", status=403)
    async with serving(simulator, storage) as bot:
        assert any("cannot be reached" in line for line in bot.lines)
