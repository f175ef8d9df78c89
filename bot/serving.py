"""The life of the serving process: reach Discord or give up with a named code, and end well when told to."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot import endpoints, limits
from bot.client import BriefingBot
from config.settings import Settings
from knowledge.state import State

if TYPE_CHECKING:
    from knowledge.library import Library

DONE = 0
TOKEN_REFUSED = 3
OUT_OF_REACH = 4

STATE_FILE = "state.sqlite"
"""In the storage directory; what a reader has told the bot, and so worth a backup."""

_FINISH_S = 2.5
"""For answers under way at the end; with closing this stays under the 5 seconds that are promised."""
_CLOSE_S = 1.5
_FIRST_WAIT_S = 1.0
"""Before the second try; doubled each time."""

_UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError, discord.HTTPException, discord.GatewayNotFound)

_log = logging.getLogger(__name__)


async def serve(settings: Settings, open_library: Callable[[], Awaitable[Library]]) -> int:
    """Open the library and the state, answer in Discord until SIGTERM or SIGINT, then close everything.

    settings: with a token. Logging is set up by the caller; the reason for a code other than `DONE` is its last line.

    Returns: `DONE` after a signal, `TOKEN_REFUSED`, or `OUT_OF_REACH` when Discord could not be reached within
        `discord.start_patience_s`.
    Raises: what *open_library* raises. StateError: the database of reports cannot be used.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    library = await _opened(open_library, stopped)
    if library is None:
        return DONE
    for problem in library.problems:
        _log.warning("the base could not be loaded, the last good one answers: %s", problem)
    try:
        state = await State.open(settings.storage_directory / STATE_FILE)
        try:
            endpoints.use_rest(settings.discord_api_url)
            endpoints.without_voice()
            return await _until_stopped(settings, library, state, stopped)
        finally:
            await state.close()
    finally:
        await library.close()


async def _opened(open_library: Callable[[], Awaitable[Library]], stopped: asyncio.Event) -> Library | None:
    """The library; None if a signal came before it was open."""
    opening, stopping = asyncio.ensure_future(open_library()), asyncio.ensure_future(stopped.wait())
    await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not stopped.is_set():
        return await opening
    _log.info("stopping before the base is open")
    opening.cancel()
    (library,) = await asyncio.gather(opening, return_exceptions=True)
    if not isinstance(library, BaseException):
        await library.close()
    return None


async def _until_stopped(settings: Settings, library: Library, state: State, stopped: asyncio.Event) -> int:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + settings.discord_start_patience_s
    stopping = loop.create_task(stopped.wait())
    wait_s = _FIRST_WAIT_S
    try:
        while True:
            bot = BriefingBot(settings, library, state)
            running = loop.create_task(bot.start(settings.discord_token))
            try:
                code = await _run(bot, running, stopping, deadline)
            finally:
                await _close(bot, running)
            if code is not None:
                return code
            if loop.time() + wait_s >= deadline:
                _log.critical(
                    "Discord stayed out of reach for %d s at %s. Check the network and DISCORD_API_URL.",
                    settings.discord_start_patience_s,
                    settings.discord_api_url,
                )
                return OUT_OF_REACH
            await asyncio.wait([stopping], timeout=wait_s)
            if stopping.done():
                return DONE
            wait_s *= 2
    finally:
        stopping.cancel()


async def _run(
    bot: BriefingBot, running: asyncio.Task[None], stopping: asyncio.Task[bool], deadline: float
) -> int | None:
    """Run until a signal, a refusal or the deadline of the first connection; None: out of reach, another try may do."""
    loop = asyncio.get_running_loop()
    arriving = loop.create_task(bot.arrived.wait())
    try:
        first = {running, stopping, arriving}
        await asyncio.wait(first, timeout=max(0.0, deadline - loop.time()), return_when=asyncio.FIRST_COMPLETED)
        if arriving.done():
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        arriving.cancel()
    if stopping.done():
        _log.info("stopping: finishing what is being answered")
        bot.library.stop_reloading()
        await bot.finish(_FINISH_S)
        return DONE
    if not running.done():
        return None
    return _code(running.exception(), reached=bot.arrived.is_set())


def _code(error: BaseException | None, *, reached: bool) -> int | None:
    match error:
        case discord.LoginFailure():
            _log.critical("Discord refused the token. Set DISCORD_TOKEN to the one from the application's Bot page.")
            return TOKEN_REFUSED
        case discord.ConnectionClosed(code=limits.AUTHENTICATION_FAILED):
            _log.critical("Discord no longer takes the token. Set DISCORD_TOKEN to the new one.")
            return TOKEN_REFUSED
        case discord.ConnectionClosed():
            _log.critical("Discord closed the connection for good, code %s.", error.code)
            return OUT_OF_REACH
        case BaseException() if isinstance(error, _UNREACHABLE):
            _log.warning("Discord cannot be reached: %s", error)
            if not reached:
                return None
            return OUT_OF_REACH
        case BaseException():
            raise error
        case None:
            return DONE


async def _close(bot: BriefingBot, running: asyncio.Task[None]) -> None:
    try:
        async with asyncio.timeout(_CLOSE_S):
            await bot.close()
    except TimeoutError:
        _log.warning("the connection to Discord did not close in time")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
