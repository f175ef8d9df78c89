"""The gateway: one websocket endpoint, what it says to a bot, and what a test can do to the connection."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from .compression import packer
from .sessions import Connection, Session
from .world import World

Json = dict[str, Any]

HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE = range(1, 5)
RESUME, RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = range(6, 12)

GUILDS = 1 << 0
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MEMBERS, PRESENCES, MESSAGE_CONTENT = 1 << 1, 1 << 8, 1 << 15
_PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
_KNOWN_INTENTS = (1 << 26) - 1

UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, WRONG_TOKEN, ALREADY_AUTHENTICATED = range(4001, 4006)
INVALID_SEQUENCE, INVALID_SHARD, INVALID_VERSION, INVALID_INTENTS, DISALLOWED_INTENTS = 4007, 4010, 4012, 4013, 4014

_ENDED_BY_THE_BOT = (1000, 1001)
"""Close codes after which Discord forgets the session."""


class Gateway:
    """Speaks to the bot; *identifies* and *resumes* are the payloads it sent, *closed* the codes it was closed with."""

    def __init__(self, world: World, token: str, *, granted_intents: int, heartbeat_s: float) -> None:
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.heartbeats = 0
        self.closed: list[int] = []
        self.url = ""
        self._world = world
        self._token = token
        self._granted_intents = granted_intents
        self._heartbeat_s = heartbeat_s
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self._changed = asyncio.Event()

    # What a test does

    @property
    def ready(self) -> bool:
        """Whether a bot is connected and has been told about the server."""
        return any(connection.session for connection in self._connections)

    async def until(self, holds: Callable[[], bool], timeout: float = 40.0) -> None:
        """Wait until *holds* is true; it is asked again whenever something happens on the gateway.

        Raises: TimeoutError: it did not become true within *timeout* seconds.
        """
        async with asyncio.timeout(timeout):
            while not holds():
                await self._changed.wait()

    def dispatch(self, event: str, data: Json, *, intents: int = 0) -> int:
        """Send an event to each session that has one of *intents* (0: every session); returns to how many."""
        reached = [one for one in self._sessions.values() if not intents or one.intents & intents]
        for session in reached:
            session.dispatch(event, data)
        return len(reached)

    def reconnect(self) -> None:
        """Ask the bot to reconnect and resume (opcode 7)."""
        for connection in self._connections:
            connection.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell the bot that its session is no longer valid (opcode 9)."""
        if not resumable:
            self.forget_sessions()
        for connection in self._connections:
            connection.send({"op": INVALID_SESSION, "d": resumable})

    def forget_sessions(self) -> None:
        """Let no session be resumed any more."""
        self._sessions.clear()

    def silence(self, silent: bool = True) -> None:
        """Send nothing any more, answers to heartbeats included; `silence(False)` sends what was held back."""
        for connection in self._connections:
            connection.silence(silent)

    def cut(self) -> None:
        """Break the connection as a failing network does."""
        for connection in list(self._connections):
            connection.cut()

    async def close(self, code: int) -> None:
        """Close the connection with *code*."""
        for connection in list(self._connections):
            await connection.close(code)

    def send_text(self, text: str) -> None:
        """Send *text* as it is, to see what the bot does with a broken payload."""
        for connection in self._connections:
            connection.send_text(text)

    # What the bot does

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The websocket endpoint."""
        try:
            pack = packer(request.query.get("compress"))
        except ValueError as error:
            return web.Response(status=400, text=str(error))
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        connection = Connection(socket, request.transport, pack)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        try:
            if request.query.get("v") not in {"9", "10"} or request.query.get("encoding") != "json":
                await self._close(connection, INVALID_VERSION, "Invalid API version or encoding.")
            connection.send({"op": HELLO, "d": {"heartbeat_interval": int(self._heartbeat_s * 1000)}})
            async for message in socket:
                await self._received(connection, message.data if message.type is WSMsgType.TEXT else "")
        finally:
            self._left(connection, socket.close_code)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
        return socket

    def _left(self, connection: Connection, code: int | None) -> None:
        self._connections.discard(connection)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if code in _ENDED_BY_THE_BOT:
                self._sessions.pop(session.id, None)
        self._notify()

    async def _received(self, connection: Connection, text: str) -> None:
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError, AttributeError):
            await self._close(connection, DECODE_ERROR, "Error while decoding payload.")
            return
        if op == HEARTBEAT:
            self.heartbeats += 1
            connection.send({"op": HEARTBEAT_ACK})
        elif op in (IDENTIFY, RESUME):
            await self._authenticate(connection, op, data or {})
        elif op not in (PRESENCE, VOICE_STATE, REQUEST_MEMBERS):
            await self._close(connection, UNKNOWN_OPCODE, "Unknown opcode.")
        elif not connection.session:
            await self._close(connection, NOT_AUTHENTICATED, "Not authenticated.")
        elif op == REQUEST_MEMBERS:
            connection.session.dispatch("GUILD_MEMBERS_CHUNK", self._members_chunk(data or {}))
        self._notify()

    async def _authenticate(self, connection: Connection, op: int, data: Json) -> None:
        (self.identifies if op == IDENTIFY else self.resumes).append(data)
        if connection.session:
            await self._close(connection, ALREADY_AUTHENTICATED, "Already authenticated.")
        elif data.get("token") != self._token:
            await self._close(connection, WRONG_TOKEN, "Authentication failed.")
        elif op == IDENTIFY:
            await self._identify(connection, data)
        else:
            await self._resume(connection, data)

    async def _identify(self, connection: Connection, data: Json) -> None:
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~_KNOWN_INTENTS:
            await self._close(connection, INVALID_INTENTS, "Invalid intent(s).")
        elif intents & _PRIVILEGED & ~self._granted_intents:
            await self._close(connection, DISALLOWED_INTENTS, "Disallowed intent(s).")
        elif data.get("shard", [0, 1]) != [0, 1]:
            await self._close(connection, INVALID_SHARD, "Invalid shard.")
        else:
            session = connection.session = Session(intents, connection=connection)
            self._sessions[session.id] = session
            session.dispatch("READY", self._ready_json(session, sharded="shard" in data))
            if intents & GUILDS:
                session.dispatch("GUILD_CREATE", self._world.guild_create_json())

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self._sessions.get(data.get("session_id", ""))
        if session is None:
            connection.send({"op": INVALID_SESSION, "d": False})
        elif data.get("seq", 0) > session.sequence:
            await self._close(connection, INVALID_SEQUENCE, "Invalid sequence.")
        else:
            session.resume(connection, data.get("seq", 0))

    def _ready_json(self, session: Session, *, sharded: bool) -> Json:
        ready: Json = {
            "v": 10,
            "user": {**self._world.bot.user.to_json(), "verified": True, "mfa_enabled": True, "email": None},
            "guilds": [{"id": self._world.guild_id, "unavailable": True}],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "private_channels": [],
            "application": {"id": self._world.application_id, "flags": 1 << 23},
        }
        return {**ready, "shard": [0, 1]} if sharded else ready

    def _members_chunk(self, data: Json) -> Json:
        wanted = {str(one) for one in data.get("user_ids") or ()}
        found = [member.to_json() for member in self._world.members.values() if not wanted or member.id in wanted]
        chunk: Json = {"guild_id": self._world.guild_id, "chunk_index": 0, "chunk_count": 1, "not_found": []}
        return {**chunk, "members": found, "nonce": data.get("nonce")}

    async def _close(self, connection: Connection, code: int, reason: str) -> None:
        self.closed.append(code)
        await connection.close(code, reason)

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
