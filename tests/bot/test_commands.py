"""Every command and option that is registered, so that one added tomorrow is checked too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot import limits, texts
from tests.bot.conftest import SHARED, Desk

pytestmark = SHARED

Json = dict[str, Any]
TEXT, SUBCOMMAND, GROUP = 3, 1, 2
FREE_TEXT = frozenset({"question"})
"""Options that are nobody's list: everything else of type text must help while one types."""
GUILD, GUILD_INSTALL = 0, 0
MANAGE_GUILD = str(1 << 5)


BOOLEAN, WHOLE = 5, 4
SLASH, MESSAGE_MENU = 1, 3


def leaves(command: Json, name: str) -> Iterator[tuple[str, Json]]:
    """Every command that can be sent, with its whole name."""
    nested = [option for option in command.get("options", ()) if option["type"] in (SUBCOMMAND, GROUP)]
    if not nested:
        yield name, command
    for option in nested:
        yield from leaves(option, f"{name} {option['name']}")


def slash(desk: Desk) -> Iterator[tuple[str, Json]]:
    """Every slash command, subcommands included."""
    for command in desk.discord.commands:
        if command["type"] == SLASH:
            yield from leaves(command, f"/{command['name']}")


async def filled(desk: Desk, name: str, leaf: Json) -> Json:
    """Values for the required options of a command: what completion offers first."""
    options: Json = {}
    for option in leaf.get("options", ()):
        if option.get("required"):
            offered = await desk.discord.autocomplete(name, option["name"]) if option.get("autocomplete") else []
            options[option["name"]] = offered[0].value if offered else "who leads the oil guards"
    return options


async def values(desk: Desk, name: str, option: Json, others: Json) -> list[Any]:
    """What somebody could give for an option: each choice, what completion offers, what nobody should type."""
    if option["type"] == BOOLEAN:
        return [True, False]
    if option["type"] == WHOLE:
        return [1, 9999]
    if option.get("choices"):
        return [choice["value"] for choice in option["choices"]]
    offered = await desk.discord.autocomplete(name, option["name"], others=others)
    return [offered[0].value, offered[-1].name, "@everyone **x** \u202e", "x" * 6000]


async def test_all_are_for_servers_only(desk: Desk) -> None:
    for command in desk.discord.commands:
        assert command["contexts"] == [GUILD], command["name"]
        assert command["integration_types"] == [GUILD_INSTALL], command["name"]


async def test_every_description_says_something_and_fits_in_every_language(desk: Desk) -> None:
    for name, leaf in slash(desk):
        for what, described in [(name, leaf), *((f"{name} {one['name']}", one) for one in leaf.get("options", ()))]:
            for text in (described["description"], *(described.get("description_localizations") or {}).values()):
                assert 10 < len(text) <= limits.COMMAND_DESCRIPTION, what


async def test_every_description_of_ours_is_in_french_too(desk: Desk) -> None:
    """Those of shortcuts come from the settings, in one language."""
    for name, leaf in slash(desk):
        if name != "/oil":
            assert set(leaf["description_localizations"]) == set(texts.LANGUAGES) - {"en"}, name
        for option in leaf.get("options", ()):
            assert option["description_localizations"]["fr"] != option["description"], f"{name} {option['name']}"


async def test_every_option_of_data_completes(desk: Desk) -> None:
    for name, leaf in slash(desk):
        for option in leaf.get("options", ()):
            if option["type"] == TEXT and not option.get("choices") and option["name"] not in FREE_TEXT:
                assert option.get("autocomplete"), f"{name} {option['name']}"
                assert await desk.discord.autocomplete(name, option["name"], ""), f"{name} {option['name']}"


async def test_only_the_curators_group_is_hidden_from_members(desk: Desk) -> None:
    wanted = {command["name"]: command.get("default_member_permissions") for command in desk.discord.commands}
    assert {name for name, permission in wanted.items() if permission == MANAGE_GUILD} == {"facts"}
    assert all(permission is None for name, permission in wanted.items() if name != "facts")


async def test_every_command_and_option_is_answered(desk: Desk) -> None:
    """Each optional option with each value, beside the required ones; the fixture checks what was sent."""
    boss = desk.discord.admin("Boss")
    for name, leaf in slash(desk):
        required = await filled(desk, name, leaf)
        assert (await desk.discord.slash(name, required, by=boss)).text, name
        for option in leaf.get("options", ()):
            if option["name"] in FREE_TEXT:
                continue
            for value in await values(desk, name, option, required):
                reply = await desk.discord.slash(name, {**required, option["name"]: value}, by=boss)
                assert reply.text, f"{name} {option['name']}={value!r:.40}"
                assert "Something went wrong" not in reply.text, f"{name} {option['name']}={value!r:.40}"


async def test_every_command_that_can_be_private_is(desk: Desk) -> None:
    for name, leaf in slash(desk):
        if any(option["name"] == "private" for option in leaf.get("options", ())):
            options = {**await filled(desk, name, leaf), "private": True}
            assert (await desk.discord.slash(name, options)).private, name


async def test_every_menu_of_a_message_answers_it_privately(desk: Desk) -> None:
    for command in desk.discord.commands:
        if command["type"] == MESSAGE_MENU:
            reply = await desk.discord.message_menu(command["name"], content="Any news of @everyone in Zliten?")
            assert reply.private, command["name"]
            assert len(reply.text) > 20, command["name"]
