"""The REST side: who is let in, how errors look, rate limits, and what goes wrong on purpose."""

import asyncio
from typing import Any

import aiohttp
import pytest

from .bare_bot import bare_bot
from .permissions import Permission
from .sample_bot import running
from .simulator import Simulator


async def test_without_the_token_nothing_is_told(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        for token in ("Bot wrong", "", simulator.token):
            answer = await bot.call("GET", "/users/@me", headers={"Authorization": token})
            assert answer == (401, {"message": "401: Unauthorized", "code": 0})


async def test_the_gateway_address_is_told(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        plain, bots = await bot.call("GET", "/gateway"), await bot.call("GET", "/gateway/bot")
    assert plain.body == {"url": simulator.gateway.url}
    assert (bots.body["url"], bots.body["shards"]) == (simulator.gateway.url, 1)
    assert simulator.environ() == {"DISCORD_TOKEN": simulator.token, "DISCORD_API_URL": simulator.url}


async def test_what_is_not_there_is_said_in_discords_words(simulator: Simulator) -> None:
    general, guild = simulator.general.id, simulator.world.guild_id
    cases = {
        "/channels/1": 10003,
        f"/channels/{general}/messages/1": 10008,
        "/guilds/1": 10004,
        f"/guilds/{guild}/members/1": 10007,
        "/users/1": 10013,
        f"/applications/{simulator.world.application_id}/commands/1": 10063,
        "/nowhere": 0,
    }
    async with bare_bot(simulator) as bot:
        answers = {path: await bot.call("GET", path) for path in cases}
    assert {path: answer.code for path, answer in answers.items()} == cases
    assert {answer.status for answer in answers.values()} == {404}
    simulator.forgive(0)


@pytest.mark.parametrize("raw", [b"{", b"\xff", b"{}"], ids=["broken", "not text", "without its type"])
async def test_a_body_that_is_not_json_is_refused(simulator: Simulator, raw: bytes) -> None:
    async with bare_bot(simulator) as bot:
        headers = {"Content-Type": "text/plain" if raw == b"{}" else "application/json"}
        answer = await bot.call("POST", f"/channels/{simulator.general.id}/messages", raw=raw, headers=headers)
    assert (answer.status, answer.code) == (400, 50109)
    simulator.forgive(50109)


async def test_a_body_that_is_no_object_is_refused(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.post(["x"])
    assert (answer.status, answer.code) == (400, 50035)
    simulator.forgive(50035)


async def test_a_channel_lets_the_bot_do_what_its_permissions_say(simulator: Simulator) -> None:
    closed = simulator.channel("closed", bot_permissions=0)
    quiet = simulator.channel("quiet", bot_permissions=Permission.VIEW_CHANNEL)
    bare = simulator.channel("bare", bot_permissions=Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
    async with bare_bot(simulator) as bot:
        to_closed = await bot.call("POST", f"/channels/{closed.id}/messages", {"content": "x"})
        to_quiet = await bot.call("POST", f"/channels/{quiet.id}/messages", {"content": "x"})
        with_file = await bot.call("POST", f"/channels/{bare.id}/messages", {}, files={"a": b"a"})
        without = await bot.call("POST", f"/channels/{bare.id}/messages", {"content": "x"})
    assert [(a.status, a.body["code"]) for a in (to_closed, to_quiet, with_file)] == [
        (403, 50001),
        (403, 50013),
        (403, 50013),
    ]
    assert without.status == 200


async def test_the_messages_of_others_are_not_the_bots_to_change(simulator: Simulator) -> None:
    theirs = simulator.post("mine")
    path = f"/channels/{simulator.general.id}/messages/{theirs.id}"
    async with bare_bot(simulator) as bot:
        edited, deleted = await bot.call("PATCH", path, {"content": "x"}), await bot.call("DELETE", path)
    assert [(a.status, a.code) for a in (edited, deleted)] == [(403, 50005), (403, 50013)]
    assert theirs.text == "mine"
    simulator.forgive(50005)


async def test_its_own_messages_are(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        posted = await bot.post({"content": "x"})
        path = f"/channels/{simulator.general.id}/messages/{posted.body['id']}"
        edited = await bot.call("PATCH", path, {"content": "y"})
        listed = await bot.call("GET", f"/channels/{simulator.general.id}/messages?limit=5")
        deleted = await bot.call("DELETE", path)
        gone = await bot.call("PATCH", path, {"content": "z"})
    assert (edited.body["content"], [m["id"] for m in listed.body]) == ("y", [posted.body["id"]])
    assert (deleted.status, gone.status, gone.code) == (204, 404, 10008)


async def test_an_edit_keeps_or_drops_files(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        posted = await bot.post({"content": "x"}, files={"a.txt": b"a", "b.txt": b"b"})
        path = f"/channels/{simulator.general.id}/messages/{posted.body['id']}"
        kept = posted.body["attachments"][1]["id"]
        listed = {"attachments": [{"id": kept}, {"id": 0, "filename": "c.txt", "description": "new"}]}
        edited = await bot.call("PATCH", path, listed, files={"c": b"c"})
        async with aiohttp.request("GET", edited.body["attachments"][1]["url"]) as answer:
            fetched = await answer.read()
    assert [one["filename"] for one in edited.body["attachments"]] == ["b.txt", "c.txt"]
    (message,) = simulator.posted()
    assert (fetched, message.file("c.txt"), message.attachments[1].description) == (b"c", b"c", "new")


async def test_rate_limits_are_told_and_kept() -> None:
    async with Simulator(rate_window_s=30) as simulator, bare_bot(simulator) as bot:
        answers = [await bot.post({"content": "x"}) for _ in range(6)]
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    assert 0 < answers[-1].body["retry_after"] <= 30
    assert len(simulator.posted()) == 5


async def test_the_real_client_waits_a_window_out() -> None:
    async with Simulator(rate_window_s=0.05) as simulator, running(simulator) as bot:
        channel: Any = bot.get_channel(int(simulator.general.id))
        for number in range(12):
            await channel.send(str(number))
        assert [message.text for message in simulator.posted()] == [str(number) for number in range(12)]
    assert {request.status for request in simulator.requests} == {200}


async def test_a_scripted_429_is_waited_out(simulator: Simulator) -> None:
    body = {"message": "You are being rate limited.", "retry_after": 0.01, "global": True}
    simulator.fail_next("POST", "/channels/*", status=429, body=body)
    async with running(simulator) as bot:
        channel: Any = bot.get_channel(int(simulator.general.id))
        await channel.send("x")
    assert [message.text for message in simulator.posted()] == ["x"]


async def test_a_scripted_fault_answers_in_place_of_the_simulator(simulator: Simulator) -> None:
    simulator.fail_next("POST", "/channels/*/messages", status=503, body={"message": "down", "code": 0}, times=2)
    async with bare_bot(simulator) as bot:
        answers = [await bot.post({"content": "x"}) for _ in range(3)]
    assert [answer.status for answer in answers] == [503, 503, 200]
    assert answers[0].body == {"message": "down", "code": 0}
    assert (len(simulator.posted()), simulator.refusals) == (1, [])


async def test_a_request_can_be_carried_out_and_yet_fail(simulator: Simulator) -> None:
    """So a bot that tries again is told that it has answered already, through no fault of its own."""
    simulator.fail_next("POST", "/interactions/*/callback", status=502, applied=True)
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        first = await bot.respond(reply, 4, {"content": "x"})
        again = await bot.respond(reply, 4, {"content": "x"})
    assert (first.status, again.code, reply.text, simulator.violations) == (502, 40060, "x", [])


async def test_a_connection_can_break(simulator: Simulator) -> None:
    simulator.fail_next("POST", "/channels/*", drop=True)
    async with bare_bot(simulator) as bot:
        with pytest.raises(aiohttp.ClientError):
            await bot.post({"content": "x"})
        assert (await bot.post({"content": "y"})).status == 200
    assert [request.status for request in simulator.requests if request.method == "POST"] == [0, 200]


async def test_a_request_can_be_held_back(simulator: Simulator) -> None:
    hold = simulator.hold_next("POST", "/interactions/*")
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        answering = asyncio.create_task(bot.respond(reply, 4, {"content": "x"}))
        await hold.arrived.wait()
        assert not reply.acknowledged
        hold.release()
        assert (await answering).status == 204
    assert reply.text == "x"


async def test_every_request_is_recorded(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        await bot.post({"content": "x"}, files={"a.txt": b"a"})
    last = simulator.requests[-1]
    assert str(last) == f"POST /channels/{simulator.general.id}/messages -> 200"
    assert (last.route, last.body, last.uploads[0].filename) == (
        "/channels/{channel_id}/messages",
        {"content": "x"},
        "a.txt",
    )
    assert last.answer["content"] == "x"
