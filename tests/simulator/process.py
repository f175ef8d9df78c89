"""A bot as a process of its own, as it is run in earnest: started, watched line by line, stopped by a signal."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
SERVE = (sys.executable, "run.py", "serve")

_LINE_BYTES = 2**24
"""The longest line that is taken: a reply printed as JSON can be long."""


class Process:
    """A command that runs from `async with` to its end, in the project's folder unless *cwd* says otherwise.

    *out* and *err* are the lines of the two streams so far, *lines* those of both. Whatever still runs at the end of
    the block is killed.
    """

    def __init__(
        self, environ: Mapping[str, str] | None = None, *, command: Sequence[str] = SERVE, cwd: Path = ROOT
    ) -> None:
        self.out: list[str] = []
        self.err: list[str] = []
        self.lines: list[str] = []
        self._environ = {**os.environ, "PYTHONUNBUFFERED": "1", **(environ or {})}
        self._command = command
        self._cwd = cwd
        self._changed = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._readers: list[asyncio.Task[None]] = []
        self._ended = False

    async def __aenter__(self) -> Self:
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._command, env=self._environ, cwd=self._cwd, stdout=pipe, stderr=pipe, limit=_LINE_BYTES
        )
        streams = ((self._process.stdout, self.out), (self._process.stderr, self.err))
        self._readers = [asyncio.create_task(self._read(stream, lines)) for stream, lines in streams if stream]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.signal(signal.SIGKILL)
        await self.exited()

    async def line(self, pattern: str, timeout: float = 40.0) -> str:
        """The first line of either stream in which *pattern* is found, past or to come.

        Raises: AssertionError: the process ended without one, or *timeout* seconds went by; it shows all lines.
        """
        seen = 0
        try:
            async with asyncio.timeout(timeout):
                while True:
                    for line in self.lines[seen:]:
                        if re.search(pattern, line):
                            return line
                    seen = len(self.lines)
                    if self._ended:
                        raise AssertionError(self._told(f"ended without a line like {pattern!r}"))
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(self._told(f"no line like {pattern!r} within {timeout} s")) from None

    async def exited(self, timeout: float = 40.0) -> int:
        """Wait until the process has ended by itself, and all its lines are read; returns its exit code.

        Raises: AssertionError: it still runs after *timeout* seconds; it shows all lines.
        """
        assert self._process is not None, "the process was not started"
        try:
            async with asyncio.timeout(timeout):
                await asyncio.wait(self._readers)
                return await self._process.wait()
        except TimeoutError:
            raise AssertionError(self._told(f"still runs after {timeout} s")) from None

    async def stopped(self, timeout: float = 40.0) -> int:
        """Ask the process to stop with SIGTERM and wait until it has; returns its exit code (-15: it died of it)."""
        self.signal(signal.SIGTERM)
        return await self.exited(timeout)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, unless the process has ended."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None, "the process was not started"
        return self._process.pid

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        async for raw in stream:
            line = raw.decode(errors="replace").rstrip("\n")
            lines.append(line)
            self.lines.append(line)
            self._notify()
        # Two readers end; the process says nothing any more only when both have.
        self._ended = sum(not reader.done() for reader in self._readers) <= 1
        self._notify()

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _told(self, what: str) -> str:
        return f"{' '.join(self._command)}: {what}; it said:\n" + "\n".join(self.lines)
