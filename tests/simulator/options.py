"""From "/facts reload" and a dict of values to the options of an interaction, as Discord's client fills them in.

What that client does not let a person send is an :class:`AskingError` here, so that a test cannot ask the impossible.
"""

import difflib
from typing import Any, NamedTuple

from . import limits
from .command_rules import (
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    SLASH,
    STRING,
    SUBCOMMAND,
    USER,
)
from .world import Channel, Member, Role

Json = dict[str, Any]


class AskingError(AssertionError):
    """No person could do in Discord what the test asks for; the message says why."""


class Named(NamedTuple):
    """A registered command, the sub-commands named after it, and the options the last of them takes."""

    command: Json
    steps: list[Json]
    takes: list[Json]


def find_command(commands: list[Json], typed: str) -> Named:
    """The registered slash command that *typed* names, such as "/facts reload".

    Raises: AskingError: there is none, or it stops short of a sub-command.
    """
    words = typed.removeprefix("/").split()
    slash = [command for command in commands if command["type"] == SLASH]
    command = _pick(slash, words[0], "command")
    steps: list[Json] = []
    inner = command.get("options") or []
    for word in words[1:]:
        nested = [option for option in inner if option["type"] in (SUBCOMMAND, GROUP)]
        steps.append(_pick(nested, word, f"sub-command of /{words[0]}"))
        inner = steps[-1].get("options") or []
    nested = [option["name"] for option in inner if option["type"] in (SUBCOMMAND, GROUP)]
    if nested:
        raise AskingError(f"{typed}: name a sub-command too, one of {nested}")
    return Named(command, steps, inner)


def find_menu(commands: list[Json], kind: int, name: str) -> Json:
    """The registered context-menu command called *name*.

    Raises: AskingError: there is none.
    """
    return _pick([command for command in commands if command["type"] == kind], name, "menu command")


def _pick(among: list[Json], name: str, what: str) -> Json:
    for one in among:
        if one["name"] == name:
            return one
    names = [one["name"] for one in among]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise AskingError(f"no {what} {name!r} is registered; there are {names}{hint}")


def nest(named: Named, options: list[Json]) -> list[Json]:
    """*options* inside the sub-commands they belong to."""
    for step in reversed(named.steps):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    return options


def fill_in(named: Named, values: Json, *, partly: bool = False) -> tuple[list[Json], Json]:
    """The options for *values* (by option name) in their registered order, and the `resolved` data they need.

    *partly*: required options may be absent, as while somebody is still typing.

    Raises: AskingError: an option is unknown, absent although required, or has a value Discord would not let through.
    """
    known = {option["name"]: option for option in named.takes}
    for name in values:
        if name not in known:
            _pick(named.takes, name, f"option of /{named.command['name']}")
    filled: list[Json] = []
    resolved: Json = {}
    for name, option in known.items():
        if values.get(name) is None:
            if option.get("required") and not partly:
                raise AskingError(f"/{named.command['name']}: option {name!r} is required")
            continue
        value = _checked(option, values[name])
        if isinstance(value, Member | Channel | Role):
            value = resolve(value, resolved)
        filled.append({"name": name, "type": option["type"], "value": value})
    return filled, resolved


def resolve(value: Member | Channel | Role, resolved: Json) -> str:
    """Note a person, channel or role in *resolved*, as interactions bring them; returns its id."""
    if isinstance(value, Member):
        resolved.setdefault("users", {})[value.id] = value.user.to_json()
        partial = value.to_json(with_permissions=True)
        del partial["user"], partial["deaf"], partial["mute"]
        resolved.setdefault("members", {})[value.id] = partial
    elif isinstance(value, Role):
        resolved.setdefault("roles", {})[value.id] = value.to_json()
    else:
        resolved.setdefault("channels", {})[value.id] = {**value.to_json(), "permissions": "0"}
    return value.id


_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    USER: (Member,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (Member, Role),
    NUMBER: (int, float),
}


def _checked(option: Json, value: Any) -> Any:
    kind, name = option["type"], option["name"]
    if kind not in _TYPES:
        raise AskingError(f"option {name!r}: the simulator does not fill in options of type {kind}")
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        wanted = " or ".join(one.__name__ for one in _TYPES[kind])
        raise AskingError(f"option {name!r} takes {wanted}, not {value!r}")
    choices = {choice["value"]: choice["name"] for choice in option.get("choices") or ()}
    if choices and value not in choices:
        raise AskingError(f"option {name!r} takes one of {list(choices)}, not {value!r}")
    if kind == STRING:
        least, most, size = option.get("min_length", 0), option.get("max_length") or limits.OPTION_TEXT, len(str(value))
        # Discord's client refuses to send a required text that is empty.
        least = max(least, 1 if option.get("required") else 0)
        if not least <= size <= most:
            raise AskingError(f"option {name!r} takes {least} to {most} characters, not {size}")
    if kind in (INTEGER, NUMBER):
        least, most = option.get("min_value", -limits.WHOLE_NUMBER), option.get("max_value", limits.WHOLE_NUMBER)
        if not least <= value <= most:
            raise AskingError(f"option {name!r} takes {least} to {most}, not {value}")
    return value
