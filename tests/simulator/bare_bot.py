"""A bot without a library: it sends exactly what a test tells it, right or wrong, and shows the bare answer."""

import contextlib
import io
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import aiohttp

from .replies import Reply
from .simulator import Simulator

Json = dict[str, Any]

COMMANDS: list[Json] = [
    {
        "name": "ask",
        "description": "Ask",
        "options": [
            {"name": "question", "description": "What", "type": 3, "autocomplete": True},
            {
                "name": "limit",
                "description": "How many",
                "type": 4,
                "autocomplete": True,
                "min_value": 1,
                "max_value": 9,
            },
        ],
    },
    {"name": "Look up", "type": 3},
]


class Answered(NamedTuple):
    """A status and a body."""

    status: int
    body: Any

    @property
    def code(self) -> int:
        """Discord's number for the error."""
        return self.body["code"]

    @property
    def wrong(self) -> dict[str, list[str]]:
        """What is wrong: the codes by the place in the form."""
        return dict(_flat(self.body.get("errors", {}), ""))


def _flat(errors: Json, at: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for key, value in errors.items():
        if key == "_errors":
            found.append((at, [error["code"] for error in value]))
        else:
            found += _flat(value, f"{at}.{key}" if at else key)
    return found


class BareBot:
    """Made by :func:`bare_bot`; it is identified at the gateway and has registered COMMANDS."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        self._simulator = simulator
        self._session = session

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        files: dict[str, bytes] | None = None,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
    ) -> Answered:
        """Make a request, with *files* by name as a multipart one."""
        sent: Any = raw
        headers = {"Authorization": f"Bot {self._simulator.token}", **(headers or {})}
        if files is not None:
            sent = aiohttp.FormData(quote_fields=False)
            sent.add_field("payload_json", json.dumps(body))
            for number, (name, content) in enumerate(files.items()):
                sent.add_field(
                    f"files[{number}]", io.BytesIO(content), filename=name, content_type="application/octet-stream"
                )
        elif body is not None:
            sent = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        async with self._session.request(method, self._simulator.url + path, data=sent, headers=headers) as answer:
            text = await answer.text()
            assert not text or answer.headers["Content-Type"] == "application/json"
            return Answered(answer.status, json.loads(text) if text else None)

    async def asked(self) -> Reply:
        """Somebody asks; the bot has yet to answer."""
        return await self._simulator.slash("/ask", {"question": "who"}, settle=False)

    async def respond(self, reply: Reply, kind: int, data: Any = None, **more: Any) -> Answered:
        """Give a first response."""
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        return await self.call("POST", f"/interactions/{reply.id}/{reply.token}/callback", body, **more)

    async def webhook(self, method: str, reply: Reply, path: str = "", body: Any = None, **more: Any) -> Answered:
        """Use the webhook of an interaction."""
        base = f"/webhooks/{self._simulator.world.application_id}/{reply.token}"
        return await self.call(method, base + path, body, **more)

    async def post(self, body: Any, **more: Any) -> Answered:
        """Post to the channel."""
        return await self.call("POST", f"/channels/{self._simulator.general.id}/messages", body, **more)

    async def register(self, commands: Any) -> Answered:
        """Put *commands* in place of all there are."""
        return await self.call("PUT", f"/applications/{self._simulator.world.application_id}/commands", commands)


@contextlib.asynccontextmanager
async def bare_bot(simulator: Simulator) -> AsyncIterator[BareBot]:
    """A bot on *simulator* until the end of the block."""
    async with aiohttp.ClientSession() as session:
        bot = BareBot(simulator, session)
        assert (await bot.register(COMMANDS)).status == 200
        async with session.ws_connect(f"{simulator.gateway.url}?v=10&encoding=json") as socket:
            await socket.send_json({"op": 2, "d": {"token": simulator.token, "intents": 1, "properties": {}}})
            await simulator.connected()
            yield bot
