"""What Discord refuses as answers to interactions: too late, twice, of the wrong type, with a token that is used up."""

from typing import Any

import pytest

from .bare_bot import BareBot, bare_bot
from .replies import Choice, Reply, UnansweredError
from .simulator import Simulator

Json = dict[str, Any]

V2 = 1 << 15
CARD: Json = {"flags": V2, "components": [{"type": 10, "content": "Here"}]}
BUTTON: Json = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}


def modal(**more: Any) -> Json:
    """A modal."""
    return {"custom_id": "m", "title": "T", "components": [text_input()], **more}


def text_input(**more: Any) -> Json:
    """A row with a text input."""
    return {"type": 1, "components": [{"type": 4, "custom_id": "t", "style": 1, "label": "L", **more}]}


def label(component: Json, **more: Any) -> Json:
    """A labelled field."""
    return {"type": 18, "label": "L", "component": component, **more}


async def interaction(simulator: Simulator, bot: BareBot, kind: str) -> Reply:
    """An interaction of a *kind*, yet to be answered."""
    if kind == "command":
        return await bot.asked()
    if kind == "autocomplete":
        return simulator.typing("/ask", "question", "x")
    asked = await bot.asked()
    await bot.respond(asked, 4, {"content": "x", "components": [BUTTON]})
    pressed = await simulator.press(asked, label="Go", settle=False)
    if kind == "button":
        return pressed
    await bot.respond(pressed, 9, modal())
    return await simulator.submit(pressed, {"t": "text"}, settle=False)


TYPES = {
    "command": {4, 5, 9},
    "button": {4, 5, 6, 7, 9},
    "autocomplete": {8},
    "modal": {4, 5, 6, 7},
}
DATA: dict[int, Json | None] = {
    4: {"content": "x"},
    5: {},
    6: None,
    7: {"content": "y"},
    8: {"choices": []},
    9: modal(),
}


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("answer", [1, 4, 5, 6, 7, 8, 9])
async def test_each_kind_of_interaction_takes_certain_types_of_response(
    simulator: Simulator, kind: str, answer: int
) -> None:
    async with bare_bot(simulator) as bot:
        got = await bot.respond(await interaction(simulator, bot, kind), answer, DATA.get(answer))
    if answer in TYPES[kind]:
        assert got == (204, None)
    else:
        assert got.wrong == {"type": ["BASE_TYPE_CHOICES"]}
        simulator.forgive(50035)


async def test_a_modal_of_a_command_has_no_message_to_update(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        opened = await bot.asked()
        await bot.respond(opened, 9, modal())
        answer = await bot.respond(await simulator.submit(opened, {"t": "x"}, settle=False), 7, {"content": "x"})
    assert answer.wrong == {"type": ["BASE_TYPE_CHOICES"]}
    simulator.forgive(50035)


async def test_a_second_response_is_refused(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 4, {"content": "one"})
        answer = await bot.respond(reply, 4, {"content": "two"})
    assert (answer.status, answer.code, reply.text) == (400, 40060, "one")
    simulator.forgive(40060)


async def test_a_late_response_is_refused() -> None:
    async with Simulator(acknowledge_s=0.02) as simulator, bare_bot(simulator) as bot:
        reply = await bot.asked()
        with pytest.raises(UnansweredError, match="the application did not respond"):
            await reply.settled()
        answer = await bot.respond(reply, 4, {"content": "x"})
    assert (answer.status, answer.code, reply.acknowledged) == (404, 10062, False)
    assert simulator.violations == []
    assert [one.refusal.fault.code for one in simulator.refusals] == [10062]


async def test_an_unknown_interaction_is_refused(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        one, other = await bot.asked(), await bot.asked()
        answer = await bot.call("POST", f"/interactions/{one.id}/{other.token}/callback", {"type": 5})
    assert (answer.status, answer.code) == (404, 10062)


@pytest.mark.parametrize("flags", [V2, 1 << 2, 1 << 6 | V2])
async def test_a_deferred_response_takes_only_the_ephemeral_flag(simulator: Simulator, flags: int) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.respond(await bot.asked(), 5, {"flags": flags})
    assert answer.wrong == {"data.flags": ["MESSAGE_FLAGS_INVALID"]}
    simulator.forgive(50035)


async def test_a_follow_up_before_any_response_is_refused(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.webhook("POST", await bot.asked(), "", {"content": "x"})
    assert (answer.status, answer.code) == (404, 10015)
    simulator.forgive(10015)


async def test_a_token_is_used_up_in_the_end() -> None:
    async with Simulator(token_s=0.0) as simulator, bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 4, {"content": "x"})
        answer = await bot.webhook("PATCH", reply, "/messages/@original", {"content": "y"})
    assert (answer.status, answer.code) == (401, 50027)


async def test_an_unknown_token_or_application_is_refused(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        app = simulator.world.application_id
        token = await bot.call("POST", f"/webhooks/{app}/nonsense", {"content": "x"})
        application = await bot.call("POST", f"/webhooks/1/{reply.token}", {"content": "x"})
    assert [(a.status, a.code) for a in (token, application)] == [(401, 50027), (404, 10015)]
    simulator.forgive(10015)


async def test_responses_are_edited_followed_read_and_deleted(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 5, {"flags": 1 << 6})
        assert reply.message
        assert reply.message.loading
        edited = await bot.webhook("PATCH", reply, "/messages/@original", CARD)
        followed = await bot.webhook("POST", reply, "?wait=true", {"content": "More", "flags": 1 << 6})
        one = f"/messages/{followed.body['id']}"
        changed = await bot.webhook("PATCH", reply, one, {"content": "More yet"})
        read = await bot.webhook("GET", reply, one)
        await reply.settled()
        assert reply.text == "Here\nMore yet"
        deleted = await bot.webhook("DELETE", reply, one)
        gone = await bot.webhook("GET", reply, one)
        unread = await bot.call("GET", f"/channels/{simulator.general.id}/messages/{reply.message.id}")
    assert [a.status for a in (edited, followed, changed, read, deleted, gone)] == [200, 200, 200, 200, 204, 404]
    assert (edited.body["flags"], read.body["content"]) == (V2 | 1 << 6, "More yet")
    assert (unread.status, unread.code, simulator.posted()) == (404, 10008, [])


async def test_follow_ups_bring_files(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 4, {"content": "x"}, files={"one.txt": b"1"})
        await bot.webhook("POST", reply, "", CARD, files={"two.txt": b"2"})
        await bot.webhook("PATCH", reply, "/messages/@original", {"content": "y"}, files={"three.txt": b"3"})
        await reply.followed()
    assert reply.message
    assert [one.filename for one in reply.message.attachments] == ["one.txt", "three.txt"]
    assert reply.followups[0].file("two.txt") == b"2"


async def test_the_first_follow_up_to_a_deferred_response_is_its_edit(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        await bot.respond(reply, 5)
        await bot.webhook("POST", reply, "", {"content": "Here"})
        await reply.settled()
    assert (reply.text, reply.followups) == ("Here", [])


async def test_with_response_tells_about_the_message(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        path = f"/interactions/{reply.id}/{reply.token}/callback?with_response=true"
        answer = await bot.call("POST", path, {"type": 4, "data": CARD})
    assert reply.message
    assert answer.body == {
        "interaction": {
            "id": reply.id,
            "type": 2,
            "response_message_id": reply.message.id,
            "response_message_loading": False,
            "response_message_ephemeral": False,
        },
        "resource": {"type": 4, "message": reply.message.to_json()},
    }


MODALS: dict[str, tuple[Json, str, str]] = {
    "a title of 46": (modal(title="t" * 46), "title", "BASE_TYPE_BAD_LENGTH"),
    "no title": (modal(title=""), "title", "BASE_TYPE_REQUIRED"),
    "no fields": (modal(components=[]), "components", "BASE_TYPE_BAD_LENGTH"),
    "six fields": (
        modal(components=[text_input(custom_id=f"t{n}") for n in range(6)]),
        "components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a label of 46": (
        modal(components=[text_input(label="l" * 46)]),
        "components.0.components.0.label",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a labelled field's label of 46": (
        modal(components=[label({"type": 4, "custom_id": "t", "style": 1}, label="l" * 46)]),
        "components.0.label",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a label's description of 101": (
        modal(components=[label({"type": 4, "custom_id": "t", "style": 1}, description="d" * 101)]),
        "components.0.description",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a button with a label": (
        modal(components=[label({"type": 2, "custom_id": "t", "style": 1})]),
        "components.0.component.type",
        "UNION_TYPE_CHOICES",
    ),
    "a text of 4,001 to begin with": (
        modal(components=[text_input(value="v" * 4001)]),
        "components.0.components.0.value",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a text longer than its own limit": (
        modal(components=[text_input(value="vv", max_length=1)]),
        "components.0.components.0.value",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a limit of 4,001": (
        modal(components=[text_input(max_length=4001)]),
        "components.0.components.0.max_length",
        "NUMBER_TYPE_MAX",
    ),
    "a placeholder of 101": (
        modal(components=[text_input(placeholder="p" * 101)]),
        "components.0.components.0.placeholder",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "a custom id twice": (
        modal(components=[text_input(), text_input()]),
        "components.1.components.0.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "a section": (modal(components=[{"type": 9}]), "components.0.type", "UNION_TYPE_CHOICES"),
}


@pytest.mark.parametrize(("data", "at", "code"), MODALS.values(), ids=MODALS)
async def test_refused_modals(simulator: Simulator, data: Json, at: str, code: str) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.respond(await bot.asked(), 9, data)
    assert code in answer.wrong[f"data.{at}"]
    simulator.forgive(50035)


def choices(count: int = 1, **more: Any) -> Json:
    """Suggestions."""
    return {"choices": [{"name": f"n{n}", "value": f"v{n}", **more} for n in range(count)]}


SUGGESTIONS: dict[str, tuple[str, Json, str, str]] = {
    "26 choices": ("question", choices(26), "choices", "BASE_TYPE_BAD_LENGTH"),
    "an empty name": ("question", choices(name=""), "choices.0.name", "BASE_TYPE_REQUIRED"),
    "a name of 101": ("question", choices(name="n" * 101), "choices.0.name", "BASE_TYPE_BAD_LENGTH"),
    "a value of 101": ("question", choices(value="v" * 101), "choices.0.value", "BASE_TYPE_BAD_LENGTH"),
    "a number for a text": ("question", choices(value=1), "choices.0.value", "STRING_TYPE_CONVERT"),
    "a text for a number": ("limit", choices(value="1"), "choices.0.value", "NUMBER_TYPE_COERCE"),
}


@pytest.mark.parametrize(("option", "data", "at", "code"), SUGGESTIONS.values(), ids=SUGGESTIONS)
async def test_refused_choices(simulator: Simulator, option: str, data: Json, at: str, code: str) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.respond(simulator.typing("/ask", option, "x"), 8, data)
    assert answer.wrong == {f"data.{at}": [code]}
    simulator.forgive(50035)


async def test_25_choices_of_100_characters_are_taken(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        reply = simulator.typing("/ask", "question")
        answer = await bot.respond(reply, 8, choices(25, name="n" * 100, value="v" * 100))
    assert answer.status == 204
    assert reply.choices == [Choice("n" * 100, "v" * 100)] * 25
