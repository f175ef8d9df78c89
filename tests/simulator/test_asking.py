"""What a test can ask: only what Discord's own client would let a person do, and in the form it would send."""

from typing import Any

import pytest

from .bare_bot import BareBot, bare_bot
from .options import AskingError
from .permissions import Permission
from .replies import Reply
from .simulator import Simulator

Json = dict[str, Any]

COMMANDS: list[Json] = [
    {
        "name": "brief",
        "description": "Brief",
        "options": [
            {
                "name": "topic",
                "description": "What",
                "type": 3,
                "required": True,
                "autocomplete": True,
                "max_length": 9,
            },
            {"name": "depth", "description": "How", "type": 4, "min_value": 1, "max_value": 3},
            {"name": "share", "description": "Of all", "type": 10},
            {"name": "private", "description": "Only me", "type": 5},
            {"name": "style", "description": "So", "type": 3, "choices": [{"name": "Short", "value": "s"}]},
            {"name": "who", "description": "For", "type": 6},
            {"name": "where", "description": "In", "type": 7},
            {"name": "desk", "description": "Of", "type": 8},
        ],
    },
    {
        "name": "facts",
        "description": "Facts",
        "default_member_permissions": "32",
        "contexts": [0],
        "options": [
            {"name": "reload", "description": "Anew", "type": 1, "options": []},
            {
                "name": "log",
                "description": "Log",
                "type": 2,
                "options": [
                    {
                        "name": "show",
                        "description": "Show",
                        "type": 1,
                        "options": [{"name": "count", "description": "Many", "type": 4}],
                    }
                ],
            },
        ],
    },
    {"name": "nobody", "description": "For administrators", "default_member_permissions": "0"},
    {"name": "Look up", "type": 3},
    {"name": "Who is", "type": 2},
]

BAD_SLASH: dict[str, tuple[str, Json, str]] = {
    "an unknown command": ("/breif", {}, "no command 'breif' is registered.*did you mean 'brief'"),
    "an unknown option": ("/brief", {"topik": "x"}, "no option of /brief 'topik'.*did you mean 'topic'"),
    "a required option absent": ("/brief", {"depth": 1}, "option 'topic' is required"),
    "a required option empty": ("/brief", {"topic": ""}, "takes 1 to 9 characters, not 0"),
    "a text too long": ("/brief", {"topic": "x" * 10}, "takes 1 to 9 characters, not 10"),
    "a number for a text": ("/brief", {"topic": 5}, "takes str, not 5"),
    "a text for a number": ("/brief", {"topic": "x", "depth": "1"}, "takes int, not '1'"),
    "a truth for a number": ("/brief", {"topic": "x", "depth": True}, "takes int, not True"),
    "a number too high": ("/brief", {"topic": "x", "depth": 4}, "takes 1 to 3, not 4"),
    "none of the choices": ("/brief", {"topic": "x", "style": "long"}, r"takes one of \['s'\], not 'long'"),
    "a name for a person": ("/brief", {"topic": "x", "who": "Ada"}, "takes Member, not 'Ada'"),
    "no sub-command": ("/facts", {}, "name a sub-command too"),
    "half a sub-command": ("/facts log", {}, "name a sub-command too"),
    "an unknown sub-command": ("/facts relaod", {}, "did you mean 'reload'"),
    "a command of the menu": ("/Look up", {}, "no command 'Look'"),
}


async def prepared(bot: BareBot) -> None:
    """Register the commands of this file."""
    assert (await bot.register(COMMANDS)).status == 200


@pytest.mark.parametrize(("typed", "options", "why"), BAD_SLASH.values(), ids=BAD_SLASH)
async def test_what_nobody_can_send(simulator: Simulator, typed: str, options: Json, why: str) -> None:
    async with bare_bot(simulator) as bot:
        await prepared(bot)
        with pytest.raises(AskingError, match=why):
            await simulator.slash(typed, options, by=simulator.admin(), settle=False)


async def test_options_come_in_their_order_with_what_they_name(simulator: Simulator) -> None:
    ada = simulator.member("Ada", permissions=Permission.MANAGE_MESSAGES)
    role, channel = simulator.role("Desk"), simulator.channel("desk")
    given = {"desk": role, "where": channel, "who": ada, "private": True, "share": 0.5, "topic": "oil"}
    async with bare_bot(simulator) as bot:
        await prepared(bot)
        reply = await simulator.slash("/brief", given, settle=False)
    data = reply.payload["data"]
    assert data["options"] == [
        {"name": "topic", "type": 3, "value": "oil"},
        {"name": "share", "type": 10, "value": 0.5},
        {"name": "private", "type": 5, "value": True},
        {"name": "who", "type": 6, "value": ada.id},
        {"name": "where", "type": 7, "value": channel.id},
        {"name": "desk", "type": 8, "value": role.id},
    ]
    assert {key: list(found) for key, found in data["resolved"].items()} == {
        "users": [ada.id],
        "members": [ada.id],
        "channels": [channel.id],
        "roles": [role.id],
    }
    assert data["id"] == next(one["id"] for one in simulator.commands if one["name"] == "brief")


async def test_sub_commands_are_nested(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        await prepared(bot)
        reply = await simulator.slash("/facts log show", {"count": 3}, by=simulator.admin(), settle=False)
    count = {"name": "count", "type": 4, "value": 3}
    assert reply.payload["data"]["options"] == [
        {"name": "log", "type": 2, "options": [{"name": "show", "type": 1, "options": [count]}]}
    ]


async def test_the_circumstances_are_told(simulator: Simulator) -> None:
    role = simulator.role("Curators", permissions=Permission.MANAGE_MESSAGES)
    ada, desk = simulator.member("Ada", roles=[role]), simulator.channel("desk")
    async with bare_bot(simulator) as bot:
        await prepared(bot)
        where = {"by": ada, "channel": desk, "locale": "ar", "app_permissions": 5}
        payload = (await simulator.slash("/brief", {"topic": "x"}, **where, settle=False)).payload
    assert (payload["type"], payload["channel"]["id"], payload["channel_id"]) == (2, desk.id, desk.id)
    assert (payload["locale"], payload["app_permissions"], payload["context"]) == ("ar", "5", 0)
    assert (payload["guild_id"], payload["member"]["roles"]) == (simulator.world.guild_id, [role.id])
    assert int(payload["member"]["permissions"]) == ada.permissions
    assert ada.permissions & (Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD) == Permission.MANAGE_MESSAGES


async def test_an_administrator_may_everything(simulator: Simulator) -> None:
    boss = simulator.member("Boss", permissions=Permission.ADMINISTRATOR)
    async with bare_bot(simulator) as bot:
        await prepared(bot)
        with pytest.raises(AskingError, match="hidden from Admin"):
            await simulator.slash("/nobody", by=simulator.admin(), settle=False)
        reply = await simulator.slash("/nobody", by=boss, settle=False)
        await simulator.slash("/nobody", forged=True, settle=False)
    assert int(reply.payload["member"]["permissions"]) & Permission.MANAGE_GUILD


async def test_typing_is_sent_as_far_as_it_went(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        await prepared(bot)
        reply = simulator.typing("/brief", "topic", "sir", others={"depth": 2})
        with pytest.raises(AskingError, match="'style' has no autocomplete"):
            simulator.typing("/brief", "style")
    assert reply.payload["type"] == 4
    assert reply.payload["data"]["options"] == [
        {"name": "depth", "type": 4, "value": 2},
        {"name": "topic", "type": 3, "value": "sir", "focused": True},
    ]


async def test_menus_bring_their_target(simulator: Simulator) -> None:
    ada, message = simulator.member("Ada"), simulator.post("47 dead")
    async with bare_bot(simulator) as bot:
        await prepared(bot)
        on_message = (await simulator.message_menu("Look up", message=message, settle=False)).payload["data"]
        on_person = (await simulator.user_menu("Who is", ada, settle=False)).payload["data"]
        with pytest.raises(AskingError, match="no menu command 'Who is'"):
            await simulator.message_menu("Who is", content="x", settle=False)
    assert (on_message["type"], on_message["target_id"]) == (3, message.id)
    assert on_message["resolved"]["messages"][message.id]["content"] == "47 dead"
    assert (on_person["type"], list(on_person["resolved"]["members"])) == (2, [ada.id])


async def test_without_a_bot_nobody_is_asked(simulator: Simulator) -> None:
    async with bare_bot(simulator):
        await simulator.slash("/ask", {"question": "x"}, settle=False)
        await simulator.gateway.close(4000)
        simulator.gateway.forget_sessions()
        with pytest.raises(AskingError, match="no bot is connected"):
            await simulator.slash("/ask", {"question": "x"}, settle=False)


def row(*components: Json) -> Json:
    """A row."""
    return {"type": 1, "components": list(components)}


def button(custom_id: str, label: str, **more: Any) -> Json:
    """A button."""
    return {"type": 2, "style": 1, "custom_id": custom_id, "label": label, **more}


async def shown(bot: BareBot, simulator: Simulator, *components: Json, private: bool = False) -> Reply:
    """A reply with *components*."""
    reply = await bot.asked()
    await bot.respond(reply, 4, {"content": "x", "components": list(components), "flags": 64 if private else 0})
    return reply


BUTTONS = [row(button("a", "A"), button("b", "B"), button("c", "B"), button("d", "D", disabled=True))]
BUTTONS[0]["components"].append({"type": 2, "style": 5, "url": "https://x.org", "label": "L"})

BAD_PRESSES: dict[str, tuple[Json, str]] = {
    "no such label": ({"label": "Z"}, "no enabled button 'Z'"),
    "no such id": ({"custom_id": "z"}, "no enabled button 'z'"),
    "a disabled one": ({"label": "D"}, "no enabled button 'D'"),
    "a link": ({"label": "L"}, "no enabled button 'L'"),
    "one of two": ({"label": "B"}, "2 buttons 'B'"),
}


@pytest.mark.parametrize(("which", "why"), BAD_PRESSES.values(), ids=BAD_PRESSES)
async def test_buttons_nobody_can_press(simulator: Simulator, which: Json, why: str) -> None:
    async with bare_bot(simulator) as bot:
        reply = await shown(bot, simulator, *BUTTONS)
        with pytest.raises(AskingError, match=why):
            await simulator.press(reply, **which, settle=False)


async def test_a_press_brings_the_message(simulator: Simulator) -> None:
    eve = simulator.member("Eve")
    async with bare_bot(simulator) as bot:
        reply = await shown(bot, simulator, *BUTTONS)
        payload = (await simulator.press(reply, custom_id="c", by=eve, settle=False)).payload
    assert reply.message
    assert payload["data"] == {"custom_id": "c", "component_type": 2, "id": 4}
    assert payload["message"] == reply.message.to_json()
    assert payload["member"]["user"]["id"] == eve.id


async def test_a_private_message_is_its_readers_alone(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await shown(bot, simulator, *BUTTONS, private=True)
        with pytest.raises(AskingError, match="private to Anybody"):
            await simulator.press(reply, label="A", by=simulator.member("Eve"), settle=False)
        await simulator.press(reply, label="A", settle=False)


async def test_a_deleted_message_has_no_buttons_to_press(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await shown(bot, simulator, *BUTTONS)
        await bot.webhook("DELETE", reply, "/messages/@original")
        with pytest.raises(AskingError, match="was deleted"):
            await simulator.press(reply, label="A", settle=False)


async def test_menus_take_what_they_offer(simulator: Simulator) -> None:
    options = [{"label": f"L{n}", "value": f"v{n}"} for n in range(3)]
    menu = {"type": 3, "custom_id": "menu", "options": options, "min_values": 1, "max_values": 2}
    people = {"type": 5, "custom_id": "people"}
    ada = simulator.member("Ada")
    async with bare_bot(simulator) as bot:
        reply = await shown(bot, simulator, row(menu), row(people))
        chosen = await simulator.choose(reply, ["v2", "v0"], custom_id="menu", settle=False)
        person = await simulator.choose(reply, [ada], custom_id="people", settle=False)
        for values, why in ((["v9"], "offers"), ([], "takes 1 to 2"), (["v0", "v1", "v2"], "takes 1 to 2")):
            with pytest.raises(AskingError, match=why):
                await simulator.choose(reply, values, custom_id="menu", settle=False)
        with pytest.raises(AskingError, match="2 enabled select menus"):
            await simulator.choose(reply, ["v0"], settle=False)
    assert (chosen.payload["data"]["values"], chosen.payload["data"]["component_type"]) == (["v2", "v0"], 3)
    assert person.payload["data"]["values"] == [ada.id]
    assert list(person.payload["data"]["resolved"]["users"]) == [ada.id]


async def test_modals_take_what_their_fields_take(simulator: Simulator) -> None:
    short = {"type": 4, "custom_id": "short", "style": 1, "label": "S", "max_length": 5, "value": "old"}
    free = {"type": 4, "custom_id": "free", "style": 2, "required": False}
    kind = {"type": 3, "custom_id": "kind", "options": [{"label": "A", "value": "a"}]}
    labels = [{"type": 18, "label": "L", "component": one} for one in (free, kind)]
    modal = {"custom_id": "m", "title": "T", "components": [row(short), *labels]}
    async with bare_bot(simulator) as bot:
        opened = await bot.asked()
        with pytest.raises(AskingError, match="opened no modal"):
            await simulator.submit(opened, {}, settle=False)
        await bot.respond(opened, 9, modal)
        sent = await simulator.submit(opened, {"kind": ["a"]}, settle=False)
        for values, why in (
            ({"short": "x" * 6, "kind": ["a"]}, "takes 1 to 5 characters"),
            ({"short": "", "kind": ["a"]}, "takes 1 to 5 characters"),
            ({"kind": ["b"]}, "offers"),
            ({}, "'kind' is required"),
            ({"kind": ["a"], "other": "x"}, "has no field"),
        ):
            with pytest.raises(AskingError, match=why):
                await simulator.submit(opened, values, settle=False)
    assert sent.payload["data"]["components"] == [
        {"type": 1, "id": 1, "components": [{"type": 4, "id": 101, "custom_id": "short", "value": "old"}]},
        {"type": 18, "id": 2, "component": {"type": 4, "id": 102, "custom_id": "free", "value": ""}},
        {"type": 18, "id": 3, "component": {"type": 3, "id": 103, "custom_id": "kind", "values": ["a"]}},
    ]


async def test_an_unanswered_reply_says_so_within_its_time(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 5)
        with pytest.raises(AssertionError, match=r"/ask: nothing came for 0\.01 s"):
            await reply.settled(timeout=0.01)
