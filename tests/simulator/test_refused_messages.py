"""What Discord refuses in messages, case by case: each as the first response to an interaction, over the wire."""

from typing import Any

import pytest

from .bare_bot import bare_bot
from .simulator import Simulator

Json = dict[str, Any]

V2 = 1 << 15


def v2(*components: Json, **more: Any) -> Json:
    """A message of components."""
    return {"flags": V2, "components": list(components), **more}


def text(content: str = "x") -> Json:
    """A text display."""
    return {"type": 10, "content": content}


def row(*components: Json) -> Json:
    """A row."""
    return {"type": 1, "components": list(components)}


def button(custom_id: str | None = "b", label: str = "B", **more: Any) -> Json:
    """A button."""
    return {"type": 2, "style": 2, "label": label, **({"custom_id": custom_id} if custom_id else {}), **more}


def select(count: int = 2, **more: Any) -> Json:
    """A select with *count* options."""
    options = [{"label": f"l{n}", "value": f"v{n}"} for n in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def section(*components: Json, accessory: Json | None = None) -> Json:
    """A section."""
    return {"type": 9, "components": list(components), **({"accessory": accessory} if accessory else {})}


def container(*components: Json, **more: Any) -> Json:
    """A container."""
    return {"type": 17, "components": list(components), **more}


def gallery(*urls: str) -> Json:
    """A media gallery."""
    return {"type": 12, "items": [{"media": {"url": url}} for url in urls]}


def embed(**more: Any) -> Json:
    """A message with one embed."""
    return {"embeds": [more]}


ACCEPTED: dict[str, Json] = {
    "4,000 characters over two displays": v2(text("x" * 2000), text("y" * 2000)),
    "10,170 bytes": v2(text("€" * 3386)),
    "40 components": v2(container(*[text()] * 39)),
    "a full row, a select, a section": v2(
        row(*[button(f"b{n}") for n in range(5)]),
        row(select(25, placeholder="p" * 150, max_values=25)),
        section(text(), text(), text(), accessory=button("z", "l" * 80)),
        {"type": 14, "spacing": 2, "divider": False},
    ),
    "a link": v2(row(button(None, style=5, url="https://x.org/" + "a" * 498))),
    "pictures from elsewhere": v2(gallery("https://x.org/a.png"), container(text(), accent_color=0xFFFFFF)),
    "2,000 characters": {"content": "x" * 2000},
    "a full embed": embed(
        title="t" * 256,
        description="d" * 4096,
        author={"name": "a" * 256},
        footer={"text": "f" * 1024},
        fields=[{"name": "n" * 10, "value": "v" * 26}] * 10,
    ),
    "classic buttons": {"content": "x", "components": [row(button(custom_id="c" * 100))]},
    "mentions off": {"content": "@everyone", "allowed_mentions": {"parse": [], "users": ["1"]}},
    "private": {"content": "x", "flags": 1 << 6},
}

REFUSED: dict[str, tuple[Json, str, str]] = {
    "a component too many": (
        v2(container(*[text()] * 40)),
        "components",
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    "accessories count": (
        v2(*[section(text(), accessory=button(f"b{n}")) for n in range(13)], text(), text()),
        "components",
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    "a character too many": (
        v2(text("x" * 3999), text("yy")),
        "components",
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "a byte too many": (v2(text("€" * 3386 + "x")), "components", "COMPONENT_PROCESSED_SIZE_EXCEEDED"),
    "each display costs twelve bytes": (
        v2(text("€" * 3380), text("x" * 7)),
        "components",
        "COMPONENT_PROCESSED_SIZE_EXCEEDED",
    ),
    "an empty display": (v2(text("")), "components.0.content", "BASE_TYPE_REQUIRED"),
    "a blank display": (v2(text(" \n")), "components.0.content", "BASE_TYPE_REQUIRED"),
    "content": (v2(text(), content="x"), "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    "embeds": (v2(text(), embeds=[{}]), "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    "stickers": (v2(text(), sticker_ids=["1"]), "sticker_ids", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    "a poll": (
        v2(text(), poll={"question": {"text": "q"}, "answers": [{"poll_media": {"text": "a"}}]}),
        "poll",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "no flag": ({"components": [text()]}, "components.0.type", "UNION_TYPE_CHOICES"),
    "no flag, a container": ({"components": [container(text())]}, "components.0.type", "UNION_TYPE_CHOICES"),
    "a bare button": (v2(button()), "components.0.type", "UNION_TYPE_CHOICES"),
    "a container in a container": (
        v2(container(container(text()))),
        "components.0.components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    "an empty container": (v2(container()), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "a colour out of range": (
        v2(container(text(), accent_color=1 << 24)),
        "components.0.accent_color",
        "NUMBER_TYPE_MAX",
    ),
    "a section without text": (v2(section(accessory=button())), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "a section of four texts": (
        v2(section(*[text()] * 4, accessory=button())),
        "components.0.components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a section without accessory": (v2(section(text())), "components.0.accessory.type", "UNION_TYPE_CHOICES"),
    "a select as accessory": (
        v2(section(text(), accessory=select())),
        "components.0.accessory.type",
        "UNION_TYPE_CHOICES",
    ),
    "a row of six": (v2(row(*[button(f"b{n}") for n in range(6)])), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "an empty row": (v2(row()), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    "a select and a button": (
        v2(row(select(), button())),
        "components.0.components",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "six classic rows": (
        {"content": "x", "components": [row(button(f"b{n}")) for n in range(6)]},
        "components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a custom id twice": (
        v2(row(button("same")), container(row(button("same")))),
        "components.1.components.0.components.0.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "a number twice": (v2({**text(), "id": 5}, {**text(), "id": 5}), "components.1.id", "COMPONENT_ID_DUPLICATED"),
    "a custom id of 101": (v2(row(button("c" * 101))), "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH"),
    "an empty custom id": (
        v2(row({**button(), "custom_id": ""})),
        "components.0.components.0.custom_id",
        "BASE_TYPE_REQUIRED",
    ),
    "no custom id": (v2(row(button(None))), "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED"),
    "a label of 81": (v2(row(button(label="l" * 81))), "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
    "neither label nor emoji": (
        v2(row(button(label=""))),
        "components.0.components.0",
        "BUTTON_COMPONENT_INVALID_LABEL_AND_EMOJI",
    ),
    "an unknown style": (v2(row(button(style=7))), "components.0.components.0.style", "BASE_TYPE_CHOICES"),
    "a link with a custom id": (
        v2(row(button(style=5, url="https://x.org"))),
        "components.0.components.0.custom_id",
        "BUTTON_COMPONENT_FIELD_NOT_ALLOWED",
    ),
    "an address of 513": (
        v2(row(button(None, style=5, url="https://x.org/" + "a" * 499))),
        "components.0.components.0.url",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "an address of another scheme": (
        v2(row(button(None, style=5, url="ftp://x.org"))),
        "components.0.components.0.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    "26 options": (v2(row(select(26))), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
    "no options": (v2(row(select(0))), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
    "an option's label of 101": (
        v2(row(select(options=[{"label": "l" * 101, "value": "v"}]))),
        "components.0.components.0.options.0.label",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "an option's description of 101": (
        v2(row(select(options=[{"label": "l", "value": "v", "description": "d" * 101}]))),
        "components.0.components.0.options.0.description",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "an option's value twice": (
        v2(row(select(options=[{"label": "l", "value": "v"}, {"label": "m", "value": "v"}]))),
        "components.0.components.0.options.1.value",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    "a placeholder of 151": (
        v2(row(select(placeholder="p" * 151))),
        "components.0.components.0.placeholder",
        "BASE_TYPE_MAX_LENGTH",
    ),
    "more to choose than there is": (
        v2(row(select(2, max_values=3))),
        "components.0.components.0.max_values",
        "NUMBER_TYPE_MAX",
    ),
    "more at least than at most": (
        v2(row(select(3, min_values=3, max_values=2))),
        "components.0.components.0.min_values",
        "BASE_TYPE_MAX",
    ),
    "a picture that was not sent": (
        v2(gallery("attachment://a.png")),
        "components.0.url",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    "a file that was not sent": (
        v2({"type": 13, "file": {"url": "attachment://a.csv"}}),
        "components.0.url",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    "a file from elsewhere": (
        v2({"type": 13, "file": {"url": "https://x.org/a.csv"}}),
        "components.0.url",
        "URL_TYPE_INVALID_SCHEME",
    ),
    "eleven pictures": (v2(gallery(*["https://x.org/a.png"] * 11)), "components.0.items", "BASE_TYPE_BAD_LENGTH"),
    "a gap too wide": (v2({"type": 14, "spacing": 3}), "components.0.spacing", "NUMBER_TYPE_MAX"),
    "a component of no kind": (v2({"type": 99}), "components.0.type", "UNION_TYPE_CHOICES"),
    "something else than a component": (v2(["x"]), "components.0.type", "UNION_TYPE_CHOICES"),  # type: ignore[arg-type]
    "2,001 characters": ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    "eleven embeds": ({"embeds": [{"title": "t"}] * 11}, "embeds", "BASE_TYPE_BAD_LENGTH"),
    "an embed's title of 257": (embed(title="t" * 257), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
    "an embed's description of 4,097": (embed(description="d" * 4097), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
    "an embed's 26 fields": (
        embed(fields=[{"name": "n", "value": "v"}] * 26),
        "embeds.0.fields",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a field's name of 257": (
        embed(fields=[{"name": "n" * 257, "value": "v"}]),
        "embeds.0.fields.0.name",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a field's empty value": (
        embed(fields=[{"name": "n", "value": ""}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED",
    ),
    "a field's value of 1,025": (
        embed(fields=[{"name": "n", "value": "v" * 1025}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a footer of 2,049": (embed(footer={"text": "f" * 2049}), "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
    "an author of 257": (embed(author={"name": "a" * 257}), "embeds.0.author.name", "BASE_TYPE_MAX_LENGTH"),
    "embeds of 6,001 in all": (
        {"embeds": [{"description": "d" * 3000}, {"description": "d" * 3001}]},
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    "a flag nobody may set": ({"content": "x", "flags": 1 << 7}, "flags", "MESSAGE_FLAGS_INVALID"),
    "mentions parsed and listed": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
        "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ),
    "mentions of an unknown kind": (
        {"content": "x", "allowed_mentions": {"parse": ["all"]}},
        "allowed_mentions.parse.0",
        "BASE_TYPE_CHOICES",
    ),
    "an attachment that was not sent": (
        {"content": "x", "attachments": [{"id": "0", "filename": "a"}]},
        "attachments.0.id",
        "ATTACHMENT_NOT_FOUND",
    ),
}


@pytest.mark.parametrize("message", ACCEPTED.values(), ids=ACCEPTED)
async def test_accepted(simulator: Simulator, message: Json) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.respond(await bot.asked(), 4, message)
    assert answer == (204, None)


@pytest.mark.parametrize(("message", "at", "code"), REFUSED.values(), ids=REFUSED)
async def test_refused(simulator: Simulator, message: Json, at: str, code: str) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        answer = await bot.respond(reply, 4, message)
    assert (answer.status, answer.code) == (400, 50035)
    assert code in answer.wrong[f"data.{at}"]
    assert not reply.acknowledged
    assert len(simulator.forgive(50035)) == 1


@pytest.mark.parametrize("message", [{}, {"content": " \n"}, {"flags": V2, "components": []}], ids=str)
async def test_an_empty_message_is_refused(simulator: Simulator, message: Json) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.post(message)
    assert (answer.status, answer.code) == (400, 50006)
    simulator.forgive(50006)


async def test_a_message_in_a_channel_cannot_be_private(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.post({"content": "x", "flags": 1 << 6})
    assert answer.wrong == {"flags": ["MESSAGE_FLAGS_INVALID"]}
    simulator.forgive(50035)


async def test_files_are_attached_and_shown(simulator: Simulator) -> None:
    shown = v2({"type": 13, "file": {"url": "attachment://a.csv"}}, gallery("attachment://b.png"))
    async with bare_bot(simulator) as bot:
        answer = await bot.post(shown, files={"a.csv": b"1,2", "b.png": b"png"})
    (message,) = simulator.posted()
    assert answer.status == 200
    assert [(one.filename, one.content) for one in message.attachments] == [("a.csv", b"1,2"), ("b.png", b"png")]


async def test_a_file_of_more_than_ten_mebibytes_is_refused(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.post({}, files={"a.bin": bytes(10 * 1024 * 1024 + 1)})
    assert (answer.status, answer.code) == (413, 40005)
    simulator.forgive(40005)


EDITS: dict[str, tuple[Json, Json, str, str]] = {
    "the flag dropped": (v2(text()), {"flags": 0}, "flags", "MESSAGE_COMPONENTS_V2_IRREVERSIBLE"),
    "content on components": (
        v2(text()),
        {"content": "x"},
        "content",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "components without the flag": (
        {"content": "x"},
        {"content": None, "components": [text()]},
        "components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    "components beside the old content": (
        {"content": "x"},
        v2(text()),
        "content",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "embeds emptied with null": (
        embed(title="t"),
        v2(text(), embeds=None),
        "embeds",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "too long": ({"content": "x"}, {"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
}


@pytest.mark.parametrize(("before", "change", "at", "code"), EDITS.values(), ids=EDITS)
async def test_refused_edits(simulator: Simulator, before: Json, change: Json, at: str, code: str) -> None:
    async with bare_bot(simulator) as bot:
        posted = await bot.post(before)
        path = f"/channels/{simulator.general.id}/messages/{posted.body['id']}"
        answer = await bot.call("PATCH", path, change)
    assert answer.wrong == {at: [code]}
    (message,) = simulator.posted()
    assert message.edits == []
    simulator.forgive(50035)


async def test_a_message_can_be_turned_into_components(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        posted = await bot.post({"content": "x"} | embed(title="t"))
        path = f"/channels/{simulator.general.id}/messages/{posted.body['id']}"
        answer = await bot.call("PATCH", path, v2(text("new"), content=None, embeds=[]))
        kept = await bot.call("PATCH", path, {"components": [text("newer")]})
    assert (answer.status, kept.status) == (200, 200)
    (message,) = simulator.posted()
    assert (message.text, message.v2, len(message.edits)) == ("newer", True, 2)


async def test_an_edit_that_leaves_nothing_is_refused(simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        posted = await bot.post(v2(text()))
        path = f"/channels/{simulator.general.id}/messages/{posted.body['id']}"
        assert (await bot.call("PATCH", path, {"components": []})).code == 50006
    simulator.forgive(50006)
