"""What goes wrong on purpose: answers scripted by a test, broken connections, and requests held back until released."""

import asyncio
import fnmatch
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(eq=False)
class Scripted:
    """An answer in place of the real one, for the next *times* requests that fit.

    With *applied* the request is carried out all the same: the bot sees a failure, the asker the reply. With *drop*
    the connection breaks instead of an answer.
    """

    method: str
    pattern: str
    status: int = 500
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    drop: bool = False
    applied: bool = False


@dataclass(eq=False)
class Hold:
    """A request held back: wait for *arrived*, look around, then `release()`."""

    method: str
    pattern: str
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let the request through."""
        self._released.set()

    async def stop(self) -> None:
        """Hold the request that calls this; called by the server."""
        self.arrived.set()
        await self._released.wait()


class Faults:
    """The scripted faults that wait for their request; a pattern is a path below the API's base, `*` for anything."""

    def __init__(self) -> None:
        self._scripted: list[Scripted] = []
        self._holds: list[Hold] = []
        self._arrived: list[Hold] = []

    def add(self, scripted: Scripted) -> None:
        """Script a fault."""
        self._scripted.append(scripted)

    def hold(self, hold: Hold) -> Hold:
        """Hold back the next request that fits."""
        self._holds.append(hold)
        return hold

    def next_for(self, method: str, path: str) -> Scripted | None:
        """The fault for this request, if there is one; it is used up once."""
        found = next((one for one in self._scripted if _fits(one, method, path)), None)
        if found is not None:
            found.times -= 1
            if found.times <= 0:
                self._scripted.remove(found)
        return found

    def hold_for(self, method: str, path: str) -> Hold | None:
        """The hold for this request, if there is one; it is used up."""
        found = next((one for one in self._holds if _fits(one, method, path)), None)
        if found is not None:
            self._holds.remove(found)
            self._arrived.append(found)
        return found

    def release_all(self) -> None:
        """Let everything through, as the server goes away."""
        for hold in [*self._holds, *self._arrived]:
            hold.release()


def _fits(one: Scripted | Hold, method: str, path: str) -> bool:
    return one.method in ("*", method) and fnmatch.fnmatchcase(path, one.pattern)
