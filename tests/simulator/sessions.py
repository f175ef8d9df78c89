"""What a gateway connection is made of: the websocket with its writer, and the session that outlives it."""

import asyncio
import collections
import contextlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .compression import Packer

Json = dict[str, Any]

DISPATCH = 0

_REPLAYED = 10_000
"""How many dispatches a session keeps for a bot that resumes."""


class Connection:
    """One websocket. A single writer task keeps payloads in order and the compression stream whole."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, pack: Packer | None) -> None:
        self.session: Session | None = None
        self._socket = socket
        self._transport = transport
        self._pack = pack
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        self._speaking = asyncio.Event()
        self._speaking.set()

    def send(self, payload: Json) -> None:
        """Queue a payload."""
        self.send_text(json.dumps(payload, ensure_ascii=False))

    def send_text(self, text: str) -> None:
        """Queue *text* as it is, JSON or not."""
        self._outgoing.put_nowait(text)

    def silence(self, silent: bool) -> None:
        """Hold everything back, or let it go."""
        if silent:
            self._speaking.clear()
        else:
            self._speaking.set()

    async def write(self) -> None:
        """Send what is queued until the connection ends."""
        with contextlib.suppress(ConnectionError):
            while not self._socket.closed:
                text = await self._outgoing.get()
                await self._speaking.wait()
                if self._pack is None:
                    await self._socket.send_str(text)
                else:
                    await self._socket.send_bytes(self._pack(text))

    async def close(self, code: int, reason: str = "") -> None:
        """Say goodbye with a close code."""
        await self._socket.close(code=code, message=reason.encode())

    def cut(self) -> None:
        """Break the connection without a word, as a failing network does."""
        if self._transport is not None:
            self._transport.abort()


@dataclass(eq=False)
class Session:
    """What survives a broken connection: the numbered dispatches, and the intents they are chosen by."""

    intents: int
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    connection: Connection | None = None
    _sent: "collections.deque[Json]" = field(default_factory=lambda: collections.deque(maxlen=_REPLAYED))

    def dispatch(self, event: str, data: Json) -> None:
        """Number an event, and send it now, or when the bot resumes if the connection is broken."""
        self.sequence += 1
        payload = {"op": DISPATCH, "t": event, "s": self.sequence, "d": data}
        self._sent.append(payload)
        if self.connection is not None:
            self.connection.send(payload)

    def resume(self, connection: Connection, after: int) -> None:
        """Go on over another connection, first with what came *after* a sequence number."""
        connection.session, self.connection = self, connection
        for payload in self._sent:
            if payload["s"] > after:
                connection.send(payload)
        self.dispatch("RESUMED", {})
