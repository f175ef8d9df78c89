"""The simulator as a test uses it: a server to point the bot at, what goes wrong there, and a record of everything."""

import asyncio
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from . import limits
from .channel_endpoints import Channels
from .command_endpoints import Commands
from .faults import Faults, Hold, Scripted
from .gateway import DIRECT_MESSAGES, GUILD_MESSAGES, Gateway
from .interaction_endpoints import Interactions
from .messages import Message, Messages
from .people import People
from .rate_limits import RateLimits
from .rest import BASE, Request, Rest, Violation
from .schema import description
from .world import World

Json = dict[str, Any]


class Simulator(People):
    """Discord on loopback, from `async with` until its end.

    *acknowledge_s* and *token_s* shorten Discord's 3 seconds and 15 minutes; *granted_intents* are the privileged
    intents the application has; *rate_limits* false takes any number of requests, *rate_window_s* shortens every
    window; *checked* false spares the check against the API description, which takes a millisecond a card.
    """

    def __init__(
        self,
        *,
        token: str = "simulated.bot.token",
        acknowledge_s: float = limits.ACKNOWLEDGE_S,
        token_s: float = limits.TOKEN_S,
        granted_intents: int = 0,
        heartbeat_s: float = 41.25,
        rate_limits: bool = True,
        rate_window_s: float | None = None,
        checked: bool = True,
    ) -> None:
        self.token = token
        self.url = ""
        self.faults = Faults()
        self.rest = Rest(
            token,
            description=description() if checked else None,
            faults=self.faults,
            rate_limits=RateLimits(rate_window_s) if rate_limits else None,
        )
        world = World()
        gateway = Gateway(world, token, granted_intents=granted_intents, heartbeat_s=heartbeat_s)
        messages = Messages(world, self._announce)
        commands = Commands(world, self.rest)
        self._interactions = Interactions(world, self.rest, messages, acknowledge_s=acknowledge_s, token_s=token_s)
        super().__init__(world, gateway, messages, commands, self._interactions)
        self._channels = Channels(world, self.rest, messages)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=limits.FILES * limits.FILE_BYTES * 2)
        endpoints = [*self._commands.endpoints(), *self._interactions.endpoints(), *self._channels.endpoints()]
        app.add_routes(self.rest.routes(endpoints))
        app.add_routes([web.get("/gateway", self.gateway.serve), web.get("/attachments/{id}/{name}", self._fetch)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.messages.address = f"http://127.0.0.1:{port}"
        self.url = f"http://127.0.0.1:{port}{BASE}"
        self.gateway.url = self._channels.gateway_url = f"ws://127.0.0.1:{port}/gateway"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.release_all()
        await self.gateway.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()

    # The bot

    def environ(self) -> dict[str, str]:
        """What a bot process needs in its environment to find the simulator."""
        return {"DISCORD_TOKEN": self.token, "DISCORD_API_URL": self.url}

    async def connected(self, timeout: float = 10.0) -> None:
        """Wait until a bot is connected and told about the server.

        Raises: TimeoutError: none was within *timeout* seconds.
        """
        await self.gateway.until(lambda: self.gateway.ready, timeout)

    async def registered(self, timeout: float = 10.0) -> None:
        """Wait until the bot has registered commands.

        Raises: TimeoutError: it had not within *timeout* seconds.
        """
        async with asyncio.timeout(timeout):
            await self._commands.written.wait()

    @property
    def command_writes(self) -> int:
        """How many requests registered or changed commands."""
        return self._commands.writes

    @property
    def requests(self) -> list[Request]:
        """Every request of the bot's, oldest first."""
        return self.rest.requests

    @property
    def violations(self) -> list[Violation]:
        """Whatever was refused that a well-behaved bot never sends; a test that expects one takes it with `forgive`."""
        return self.rest.violations

    @property
    def refusals(self) -> list[Violation]:
        """Whatever was refused for any reason but a scripted fault, the violations included."""
        return self.rest.refusals

    def forgive(self, code: int) -> list[Violation]:
        """Take the violations with *code* out of the record.

        Raises: AssertionError: there are none.
        """
        found = [one for one in self.rest.violations if one.refusal.fault.code == code]
        assert found, f"no violation {code} to forgive; there are {[str(one) for one in self.rest.violations]}"
        self.rest.violations[:] = [one for one in self.rest.violations if one not in found]
        return found

    # What goes wrong

    def fail_next(
        self,
        method: str,
        path: str,
        *,
        status: int = 500,
        body: Json | None = None,
        headers: dict[str, str] | None = None,
        times: int = 1,
        drop: bool = False,
        applied: bool = False,
    ) -> None:
        """Answer the next *times* requests to *path* with *status* and *body* instead of handling them.

        *path* is what follows the base, with `*` for anything: `/interactions/*/callback`. With *applied* the request
        is carried out and only its answer replaced; with *drop* the connection breaks.
        """
        self.faults.add(Scripted(method, path, status, body, headers or {}, times, drop, applied))

    def hold_next(self, method: str, path: str) -> Hold:
        """Hold back the next request to *path*: wait for its `arrived`, then `release()` it."""
        return self.faults.hold(Hold(method, path))

    def _announce(self, change: str, message: Message) -> None:
        self._interactions.touched(message)
        if message.private:
            return
        intents = DIRECT_MESSAGES if message.channel.direct else GUILD_MESSAGES
        body = message.to_json()
        if not message.channel.direct:
            body["guild_id"] = self.world.guild_id
        if change == "delete":
            body = {key: body[key] for key in ("id", "channel_id", "guild_id") if key in body}
        self.gateway.dispatch(f"MESSAGE_{change.upper()}", body, intents=intents)

    async def _fetch(self, request: web.Request) -> web.Response:
        content = self.messages.attachment(request.match_info["id"])
        return web.Response(body=content) if content is not None else web.Response(status=404)
