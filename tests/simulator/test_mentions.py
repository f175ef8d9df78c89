"""Who a message pings."""

from typing import Any

import pytest

from .bare_bot import bare_bot
from .mentions import NOBODY, Pinged
from .permissions import EVERYONE, Permission
from .simulator import Simulator

Json = dict[str, Any]

ADA, ALL = Pinged(users=frozenset({"ada"})), Pinged(frozenset({"ada"}), frozenset({"open", "shut"}), True)
TEXT = "<@{ada}> <@&{open}> <@&{shut}> @everyone"

CASES: dict[str, tuple[str, Json | None, bool, Pinged]] = {
    "an interaction's reply pings users by default": (TEXT, None, False, ADA),
    "none": (TEXT, {"parse": []}, False, NOBODY),
    "everything, without the permission": (
        TEXT,
        {"parse": ["users", "roles", "everyone"]},
        False,
        Pinged(frozenset({"ada"}), frozenset({"open"})),
    ),
    "everything": (TEXT, {"parse": ["users", "roles", "everyone"]}, True, ALL),
    "one by id": (TEXT, {"users": ["{ada}"], "roles": []}, False, ADA),
    "somebody else by id": (TEXT, {"users": ["1"]}, False, NOBODY),
    "@here": ("@here", {"parse": ["everyone"]}, True, Pinged(everyone=True)),
    "in code": ("`<@{ada}>` ```@everyone```", {"parse": ["users", "everyone"]}, True, NOBODY),
    "with a backslash": ("\\<@{ada}>", None, False, ADA),
    "of old form": ("<@!{ada}>", None, False, ADA),
    "nobody of this server": ("<@123>", None, False, NOBODY),
    "an address": ("ada@everyones.org", {"parse": ["everyone"]}, True, NOBODY),
}


@pytest.mark.parametrize("v2", [False, True], ids=["content", "text display"])
@pytest.mark.parametrize(("text", "allowed", "may_all", "expected"), CASES.values(), ids=CASES)
async def test_pinged(
    simulator: Simulator, text: str, allowed: Json | None, may_all: bool, expected: Pinged, v2: bool
) -> None:
    if may_all:
        simulator.general.bot_permissions = EVERYONE | Permission.MENTION_EVERYONE
    ids = {
        "ada": simulator.member("Ada").id,
        "open": simulator.role("Open", mentionable=True).id,
        "shut": simulator.role("Shut").id,
    }
    content = text.format(**ids)
    body: Json = {"flags": 1 << 15, "components": [{"type": 10, "content": content}]} if v2 else {"content": content}
    if allowed is not None:
        body["allowed_mentions"] = {key: [one.format(**ids) for one in value] for key, value in allowed.items()}
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 4, body)
    assert reply.message
    names = {number: name for name, number in ids.items()}
    pinged = reply.message.pinged
    assert expected == Pinged(
        frozenset(names[one] for one in pinged.users), frozenset(names[one] for one in pinged.roles), pinged.everyone
    )


async def test_a_message_in_a_channel_pings_everybody_by_default(simulator: Simulator) -> None:
    simulator.general.bot_permissions = EVERYONE | Permission.MENTION_EVERYONE
    async with bare_bot(simulator) as bot:
        await bot.post({"content": f"@everyone <@{simulator.anybody.id}>"})
    (message,) = simulator.posted()
    assert message.pinged == Pinged(users=frozenset({simulator.anybody.id}), everyone=True)


async def test_what_was_pinged_stays_so_after_an_edit(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 4, {"content": f"<@{simulator.anybody.id}>"})
        await bot.webhook("PATCH", reply, "/messages/@original", {"content": "nobody"})
    assert reply.message
    assert reply.message.pinged
    assert not NOBODY
