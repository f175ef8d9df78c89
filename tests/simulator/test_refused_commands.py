"""What Discord refuses in commands to be registered, case by case."""

from typing import Any

import pytest

from .bare_bot import COMMANDS, bare_bot
from .simulator import Simulator

Json = dict[str, Any]


def command(**more: Any) -> Json:
    """A slash command."""
    return {"name": "brief", "description": "Brief me", **more}


def option(name: str = "topic", kind: int = 3, **more: Any) -> Json:
    """An option."""
    return {"name": name, "description": "What", "type": kind, **more}


def with_option(**more: Any) -> Json:
    """A slash command with one option."""
    return command(options=[option(**more)])


ACCEPTED: dict[str, list[Json]] = {
    "every letter": [command(name=name) for name in ("précis", "брифинг", "संक्षेप", "ข่าว", "a-b_c'9", "x" * 32)],
    "130 of them": [command(name=f"c{n}") for n in range(100)]
    + [{"name": f"Menu {n}", "type": kind} for n in range(15) for kind in (2, 3)],
    "a name both slash and menu": [command(name="brief"), {"name": "brief", "type": 3}],
    "sub-commands and groups": [
        command(options=[option("reload", 1), option("log", 2, options=[option("show", 1, options=[option()])])])
    ],
    "25 choices": [with_option(choices=[{"name": f"n{n}", "value": f"v{n}"} for n in range(25)])],
    "locales, contexts, permissions": [
        command(
            name_localizations={"fr": "précis"},
            description_localizations={"pt-BR": "d"},
            contexts=[0, 1],
            integration_types=[0],
            default_member_permissions="32",
        )
    ],
}

_TOO_LARGE = [
    option(f"o{n}", choices=[{"name": f"n{m}" + "x" * 90, "value": "v"} for m in range(10)]) for n in range(9)
]

REFUSED: dict[str, tuple[Json, str, str]] = {
    "no name": ({"description": "d"}, "0.name", "STRING_TYPE_CONVERT"),
    "capitals": (command(name="Brief"), "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    "a blank in the name": (command(name="a b"), "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    "an emoji in the name": (command(name="a🙂"), "0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    "a name of 33": (command(name="x" * 33), "0.name", "BASE_TYPE_BAD_LENGTH"),
    "no description": (command(description=""), "0.description", "BASE_TYPE_REQUIRED"),
    "a description of 101": (command(description="d" * 101), "0.description", "BASE_TYPE_BAD_LENGTH"),
    "an unknown type": (command(type=9), "0.type", "BASE_TYPE_CHOICES"),
    "a name in Arabic": (
        command(name_localizations={"ar": "سرت"}),
        "0.name_localizations.ar",
        "BASE_TYPE_CHOICES",
    ),
    "a localised name with capitals": (
        command(name_localizations={"fr": "Précis"}),
        "0.name_localizations.fr",
        "APPLICATION_COMMAND_INVALID_NAME",
    ),
    "a localised description of 101": (
        command(description_localizations={"fr": "d" * 101}),
        "0.description_localizations.fr",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "26 options": (command(options=[option(f"o{n}") for n in range(26)]), "0.options", "BASE_TYPE_BAD_LENGTH"),
    "an option with capitals": (with_option(name="Topic"), "0.options.0.name", "APPLICATION_COMMAND_INVALID_NAME"),
    "an option without description": (with_option(description=""), "0.options.0.description", "BASE_TYPE_REQUIRED"),
    "an option of no type": (with_option(kind=12), "0.options.0.type", "BASE_TYPE_CHOICES"),
    "two options of one name": (
        command(options=[option(), option()]),
        "0.options",
        "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
    ),
    "required after optional": (
        command(options=[option("a"), option("b", required=True)]),
        "0.options",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    "sub-commands beside options": (
        command(options=[option("a", 1), option("b", 3)]),
        "0.options",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    "a group in a group": (
        command(options=[option("a", 2, options=[option("b", 2, options=[option("c", 1)])])]),
        "0.options.0.options.0.type",
        "BASE_TYPE_CHOICES",
    ),
    "a sub-command in a sub-command": (
        command(options=[option("a", 1, options=[option("b", 1)])]),
        "0.options.0.options.0.type",
        "BASE_TYPE_CHOICES",
    ),
    "an empty group": (
        command(options=[option("a", 2)]),
        "0.options.0.options",
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ),
    "26 choices": (
        with_option(choices=[{"name": f"n{n}", "value": "v"} for n in range(26)]),
        "0.options.0.choices",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a choice's name of 101": (
        with_option(choices=[{"name": "n" * 101, "value": "v"}]),
        "0.options.0.choices.0.name",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a choice's value of 101": (
        with_option(choices=[{"name": "n", "value": "v" * 101}]),
        "0.options.0.choices.0.value",
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a choice of another type": (
        with_option(kind=4, choices=[{"name": "n", "value": "v"}]),
        "0.options.0.choices.0.value",
        "NUMBER_TYPE_COERCE",
    ),
    "choices of a switch": (
        with_option(kind=5, choices=[{"name": "n", "value": 1}]),
        "0.options.0",
        "APPLICATION_COMMAND_OPTION_CHOICES_INVALID",
    ),
    "choices and autocomplete": (
        with_option(autocomplete=True, choices=[{"name": "n", "value": "v"}]),
        "0.options.0.autocomplete",
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
    ),
    "a length of 6,001": (with_option(max_length=6001), "0.options.0.max_length", "NUMBER_TYPE_MAX"),
    "8,001 characters": (command(options=_TOO_LARGE), "0", "APPLICATION_COMMAND_TOO_LARGE"),
    "an unknown context": (command(contexts=[3]), "0.contexts", "BASE_TYPE_CHOICES"),
    "no context": (command(contexts=[]), "0.contexts", "BASE_TYPE_BAD_LENGTH"),
    "an unknown installation": (command(integration_types=[2]), "0.integration_types", "BASE_TYPE_CHOICES"),
    "permissions by name": (
        command(default_member_permissions="manage_guild"),
        "0.default_member_permissions",
        "NUMBER_TYPE_COERCE",
    ),
    "a menu with a description": (
        {"name": "Look up", "type": 3, "description": "d"},
        "0.description",
        "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
    ),
    "a menu with options": (
        {"name": "Look up", "type": 3, "options": [option()]},
        "0.options",
        "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS",
    ),
}

REFUSED_LISTS: dict[str, tuple[list[Json], str, str]] = {
    "101 slash commands": ([command(name=f"c{n}") for n in range(101)], "", "APPLICATION_COMMANDS_TOO_MANY"),
    "16 menu commands": ([{"name": f"M {n}", "type": 3} for n in range(16)], "", "APPLICATION_COMMANDS_TOO_MANY"),
    "one name twice": ([command(), command()], "1", "APPLICATION_COMMANDS_DUPLICATE_NAME"),
}


@pytest.mark.parametrize("commands", ACCEPTED.values(), ids=ACCEPTED)
async def test_accepted(simulator: Simulator, commands: list[Json]) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.register(commands)
    assert answer.status == 200
    assert [one["name"] for one in simulator.commands] == [one["name"] for one in commands]


@pytest.mark.parametrize(
    ("commands", "at", "code"),
    [*(([one], at, code) for one, at, code in REFUSED.values()), *REFUSED_LISTS.values()],
    ids=[*REFUSED, *REFUSED_LISTS],
)
async def test_refused(simulator: Simulator, commands: list[Json], at: str, code: str) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.register(commands)
    assert (answer.status, answer.code) == (400, 50035)
    assert code in answer.wrong[at]
    assert [one["name"] for one in simulator.commands] == [one["name"] for one in COMMANDS]
    simulator.forgive(50035)


async def test_commands_can_be_handled_one_by_one(simulator: Simulator) -> None:
    path = f"/applications/{simulator.world.application_id}/commands"
    async with bare_bot(simulator) as bot:
        await bot.register([])
        added = await bot.call("POST", path, command())
        again = await bot.call("POST", path, command(description="Better"))
        one = f"{path}/{added.body['id']}"
        changed = await bot.call("PATCH", one, {"description": "Best"})
        assert (await bot.call("GET", one)).body == changed.body
        removed = await bot.call("DELETE", one)
        gone = await bot.call("GET", one)
    statuses = [answer.status for answer in (added, again, changed, removed, gone)]
    assert (statuses, gone.code) == ([201, 200, 200, 204, 404], 10063)
    assert (again.body["id"], changed.body["description"]) == (added.body["id"], "Best")
    assert simulator.command_writes == 6


async def test_commands_of_the_server_stand_beside_those_of_everywhere(simulator: Simulator) -> None:
    path = f"/applications/{simulator.world.application_id}/guilds/{simulator.world.guild_id}/commands"
    async with bare_bot(simulator) as bot:
        await bot.call("PUT", path, [command()])
    assert [(one["name"], one.get("guild_id")) for one in simulator.commands] == [
        ("brief", simulator.world.guild_id),
        ("ask", None),
        ("Look up", None),
    ]
