"""Processes under test: their lines, their end, and the signal that stops them."""

import signal
import sys

import pytest

from .process import Process

_POLITE = """
import signal, sys, time
def leave(*_):
    print("leaving")
    sys.exit(7)
signal.signal(signal.SIGTERM, leave)
print("ready", file=sys.stderr)
while True:
    time.sleep(60)
"""


def python(code: str) -> Process:
    """A process running *code*."""
    return Process({"GREETING": "salaam"}, command=(sys.executable, "-c", code))


async def test_lines_of_both_streams_are_collected() -> None:
    async with python("import os, sys; print(os.environ['GREETING']); print('oh', file=sys.stderr)") as process:
        assert await process.exited() == 0
    assert (process.out, process.err, sorted(process.lines)) == (["salaam"], ["oh"], ["oh", "salaam"])


async def test_a_line_is_waited_for_and_sigterm_stops() -> None:
    async with python(_POLITE) as process:
        assert await process.line("^rea") == "ready"
        assert await process.stopped() == 7
    assert process.out == ["leaving"]


async def test_a_line_that_never_comes_shows_what_was_said() -> None:
    async with python("print('something else')") as process:
        with pytest.raises(AssertionError, match="ended without a line like 'ready'; it said:\nsomething else"):
            await process.line("ready")


async def test_a_process_that_goes_on_is_killed_at_the_end() -> None:
    async with python(_POLITE) as process:
        await process.line("ready")
        with pytest.raises(AssertionError, match=r"still runs after 0\.01 s"):
            await process.exited(timeout=0.01)
    assert await process.exited() == -signal.SIGKILL
