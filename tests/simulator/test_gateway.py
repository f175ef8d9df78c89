"""The gateway: who is let in, how payloads arrive, and what happens when connections break."""

import asyncio
import json
import zlib
from typing import Any

import aiohttp
import discord
import pytest
from discord import utils

from .gateway import GUILD_MESSAGES, GUILDS, MESSAGE_CONTENT
from .sample_bot import SampleBot, running
from .simulator import Simulator

Json = dict[str, Any]


def identify(simulator: Simulator, **more: Any) -> Json:
    """An identify payload."""
    return {"op": 2, "d": {"token": simulator.token, "intents": GUILDS, "properties": {}, **more}}


CLOSED: dict[str, tuple[str, list[Any], int]] = {
    "a wrong token": ("v=10&encoding=json", [{"op": 2, "d": {"token": "x", "intents": 0}}], 4004),
    "no intents": ("v=10&encoding=json", ["identify", {"intents": None}], 4013),
    "unknown intents": ("v=10&encoding=json", ["identify", {"intents": 1 << 40}], 4013),
    "intents that were not granted": ("v=10&encoding=json", ["identify", {"intents": MESSAGE_CONTENT}], 4014),
    "a shard too many": ("v=10&encoding=json", ["identify", {"shard": [1, 2]}], 4010),
    "another version": ("v=6&encoding=json", [], 4012),
    "another encoding": ("v=10&encoding=etf", [], 4012),
    "no JSON": ("v=10&encoding=json", ["{"], 4002),
    "no opcode": ("v=10&encoding=json", [[]], 4002),
    "an unknown opcode": ("v=10&encoding=json", [{"op": 99}], 4001),
    "a presence from nobody": ("v=10&encoding=json", [{"op": 3, "d": {}}], 4003),
    "identified twice": ("v=10&encoding=json", ["identify", {}, "identify", {}], 4005),
    "a resume with a wrong token": ("v=10&encoding=json", [{"op": 6, "d": {"token": "x"}}], 4004),
}


@pytest.mark.parametrize(("query", "sent", "code"), CLOSED.values(), ids=CLOSED)
async def test_closed_with_discords_codes(simulator: Simulator, query: str, sent: list[Any], code: int) -> None:
    url = f"{simulator.gateway.url}?{query}"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        words = iter(sent)
        for word in words:
            if word == "identify":
                await socket.send_json(identify(simulator, **next(words)))
            else:
                await socket.send_str(word if isinstance(word, str) else json.dumps(word))
        async for _ in socket:
            pass
        assert (socket.close_code, simulator.gateway.closed) == (code, [code])


async def test_granted_intents_are_let_in() -> None:
    async with Simulator(granted_intents=MESSAGE_CONTENT) as simulator:
        intents = discord.Intents(guilds=True, message_content=True)
        async with running(simulator, SampleBot(intents)) as bot:
            assert bot.user
            assert str(bot.user.id) == simulator.world.bot.id


async def test_a_wrong_token_is_refused_at_login() -> None:
    async with Simulator() as simulator:
        simulator.token = "another"
        with pytest.raises(discord.LoginFailure):
            async with running(simulator):
                pass


@pytest.mark.parametrize("compression", ["zlib-stream", "zstd-stream"])
async def test_payloads_are_compressed_as_asked(
    simulator: Simulator, compression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real client reads what it asked for; which compression it asks for depends on what is installed."""
    # PRIVATE-API: discord.py chooses its compression when it is imported.
    if compression != utils._ActiveDecompressionContext.COMPRESSION_TYPE:
        if compression == "zstd-stream":
            pytest.skip("no zstandard is installed")
        monkeypatch.setattr(utils, "_ActiveDecompressionContext", ZlibContext)
    async with running(simulator):
        reply = await simulator.slash("/brief", {"topic": "سرت" * 500})
    assert "سرت" in reply.text


class ZlibContext:
    """What discord.py uses where zstandard is not installed."""

    COMPRESSION_TYPE = "zlib-stream"

    def __init__(self) -> None:
        self._stream = zlib.decompressobj()

    def decompress(self, data: bytes, /) -> str:
        """One payload, which always comes whole."""
        return self._stream.decompress(data).decode()


async def test_an_unknown_compression_is_refused(simulator: Simulator) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="400"):
            await session.ws_connect(f"{simulator.gateway.url}?v=10&encoding=json&compress=lz4")


async def test_heartbeats_are_answered() -> None:
    async with Simulator(heartbeat_s=0.02) as simulator, running(simulator) as bot:
        await simulator.gateway.until(lambda: simulator.gateway.heartbeats >= 3)
        assert bot.latency < 1


async def test_the_server_is_known_after_ready(simulator: Simulator) -> None:
    role, desk = simulator.role("Curators"), simulator.channel("desk")
    async with running(simulator) as bot:
        late = simulator.channel("late")
        await simulator.slash("/facts reload", by=simulator.admin())
        guild = bot.get_guild(int(simulator.world.guild_id))
    assert guild
    assert [one.name for one in guild.channels] == ["general", "desk", "late"]
    assert (guild.get_role(int(role.id)), guild.me.name) != (None, "")
    assert {str(one.id) for one in guild.channels} == {simulator.general.id, desk.id, late.id}


async def test_asked_to_reconnect_a_bot_resumes(simulator: Simulator) -> None:
    async with running(simulator) as bot:
        simulator.gateway.reconnect()
        await bot.resumed.wait()
        reply = await simulator.slash("/brief", {"topic": "sirte"})
    assert reply.text
    assert (len(simulator.gateway.identifies), len(simulator.gateway.resumes)) == (1, 1)


async def test_what_happens_while_a_connection_is_broken_comes_with_the_resume(simulator: Simulator) -> None:
    async with running(simulator) as bot:
        simulator.gateway.cut()
        await simulator.gateway.until(lambda: not simulator.gateway.ready)
        reply = await simulator.slash("/brief", {"topic": "sirte"}, settle=False)
        await asyncio.gather(bot.resumed.wait(), reply.settled())
    assert reply.text


async def test_an_invalid_session_is_started_anew(simulator: Simulator) -> None:
    async with running(simulator):
        simulator.gateway.invalidate()
        await simulator.gateway.until(lambda: len(simulator.gateway.identifies) == 2 and simulator.gateway.ready)
        assert (await simulator.slash("/brief", {"topic": "sirte"})).text
    assert simulator.gateway.resumes == []


async def test_a_session_that_is_forgotten_cannot_be_resumed(simulator: Simulator) -> None:
    async with running(simulator):
        simulator.gateway.forget_sessions()
        simulator.gateway.reconnect()
        await simulator.gateway.until(lambda: len(simulator.gateway.identifies) == 2 and simulator.gateway.ready)
    assert len(simulator.gateway.resumes) == 1


async def test_a_silent_gateway_holds_everything_back(simulator: Simulator) -> None:
    async with running(simulator):
        simulator.gateway.silence()
        reply = await simulator.slash("/brief", {"topic": "sirte"}, settle=False)
        assert not reply.acknowledged
        simulator.gateway.silence(False)
        assert (await reply.settled()).text


async def test_a_resume_from_the_future_is_refused(simulator: Simulator) -> None:
    url = f"{simulator.gateway.url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as first:
            await first.send_json(identify(simulator))
            await simulator.connected()
            assert (await first.receive_json())["op"] == 10
            session_id = (await first.receive_json())["d"]["session_id"]
            simulator.gateway.cut()
            await simulator.gateway.until(lambda: not simulator.gateway.ready)
        async with session.ws_connect(url) as second:
            data = {"token": simulator.token, "session_id": session_id, "seq": 999}
            await second.send_json({"op": 6, "d": data})
            async for _ in second:
                pass
            assert second.close_code == 4007


async def test_members_are_listed_on_request(simulator: Simulator) -> None:
    ada = simulator.member("Ada")
    async with running(simulator) as bot:
        guild = bot.get_guild(int(simulator.world.guild_id))
        assert guild
        (found,) = await guild.query_members(user_ids=[int(ada.id)])
    assert found.global_name == "Ada"


async def test_messages_are_told_to_those_who_ask_for_them(simulator: Simulator) -> None:
    heard: list[str] = []
    both = asyncio.Event()

    class Listener(SampleBot):
        async def on_message(self, message: discord.Message) -> None:
            heard.append(message.content)
            if len(heard) == 2:
                both.set()

    async with running(simulator, Listener(discord.Intents(guilds=True, guild_messages=True))):
        simulator.post("hello")
        await simulator.slash("/brief", {"topic": "sirte"})
        await both.wait()
    assert heard == ["hello", ""]
    assert simulator.gateway.identifies[0]["intents"] == GUILDS | GUILD_MESSAGES
