"""Every command and option that is registered, so that one added tomorrow is checked too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot import limits
from tests.bot.conftest import SHARED, Desk

pytestmark = SHARED

Json = dict[str, Any]
TEXT, SUBCOMMAND, GROUP = 3, 1, 2
FREE_TEXT = frozenset({"question"})
"""Options that are nobody's list: everything else of type text must help while one types."""
GUILD, GUILD_INSTALL = 0, 0
MANAGE_GUILD = str(1 << 5)


def leaves(command: Json, name: str) -> Iterator[tuple[str, Json]]:
    """Every command that can be sent, with its whole name."""
    nested = [option for option in command.get("options", ()) if option["type"] in (SUBCOMMAND, GROUP)]
    if not nested:
        yield name, command
    for option in nested:
        yield from leaves(option, f"{name} {option['name']}")


async def test_all_are_for_servers_only(desk: Desk) -> None:
    for command in desk.discord.commands:
        assert command["contexts"] == [GUILD], command["name"]
        assert command["integration_types"] == [GUILD_INSTALL], command["name"]


async def test_every_description_says_something_and_fits(desk: Desk) -> None:
    for command in desk.discord.commands:
        for name, leaf in leaves(command, f"/{command['name']}"):
            described = [(name, leaf["description"])]
            described += [(f"{name} {one['name']}", one["description"]) for one in leaf.get("options", ())]
            for what, description in described:
                assert 10 < len(description) <= limits.COMMAND_DESCRIPTION, what


async def test_every_option_of_data_completes(desk: Desk) -> None:
    for command in desk.discord.commands:
        for name, leaf in leaves(command, f"/{command['name']}"):
            for option in leaf.get("options", ()):
                if option["type"] == TEXT and not option.get("choices") and option["name"] not in FREE_TEXT:
                    assert option.get("autocomplete"), f"{name} {option['name']}"
                    assert await desk.discord.autocomplete(name, option["name"], ""), f"{name} {option['name']}"


async def test_only_the_curators_group_is_hidden_from_members(desk: Desk) -> None:
    wanted = {command["name"]: command.get("default_member_permissions") for command in desk.discord.commands}
    assert {name for name, permission in wanted.items() if permission == MANAGE_GUILD} == {"facts"}
    assert all(permission is None for name, permission in wanted.items() if name != "facts")


async def test_every_command_answers_in_time(desk: Desk) -> None:
    """With every required option filled by what completion offers first."""
    boss = desk.discord.admin("Boss")
    for command in desk.discord.commands:
        for name, leaf in leaves(command, f"/{command['name']}"):
            options: Json = {}
            for option in leaf.get("options", ()):
                if option.get("required"):
                    offered = (
                        await desk.discord.autocomplete(name, option["name"], "") if option.get("autocomplete") else []
                    )
                    options[option["name"]] = offered[0].value if offered else "what is known of it"
            reply = await desk.discord.slash(name, options, by=boss)
            assert reply.text, name
