"""Who a message would ping, from its text and its allowed mentions."""

import re
from dataclasses import dataclass
from typing import Any

from . import limits
from .permissions import Permission
from .refusals import Form
from .world import World

Json = dict[str, Any]

_CODE = re.compile(r"```.*?```|``.*?``|`[^`\n]*`", re.DOTALL)
_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")
_KINDS = frozenset({"users", "roles", "everyone"})


@dataclass(frozen=True)
class Pinged:
    """Ids of the users and roles a message pings, and whether it pings everyone; false when it pings nobody."""

    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)

    def __or__(self, other: "Pinged") -> "Pinged":
        return Pinged(self.users | other.users, self.roles | other.roles, self.everyone or other.everyone)


NOBODY = Pinged()


def pinged(text: str, allowed: Json | None, world: World, *, permissions: int, interaction: bool) -> Pinged:
    """Who *text* pings under *allowed* (None: not given), written by a bot with *permissions*.

    Without `allowed_mentions` a reply to an interaction parses users, any other message everything. A backslash does
    not stop a mention, so none is honoured here; text in code does, and is left out.
    """
    shown = _CODE.sub(" ", text)
    users = frozenset(_USER.findall(shown)) & frozenset(world.members)
    roles = frozenset(_ROLE.findall(shown)) & frozenset(world.roles)
    everyone = bool(_EVERYONE.search(shown))
    listed: Json = allowed or {}
    by_default = {"users"} if interaction else _KINDS
    parse = by_default if allowed is None else set(listed.get("parse") or ())
    if "users" not in parse:
        users &= {str(one) for one in listed.get("users") or ()}
    if "roles" not in parse:
        roles &= {str(one) for one in listed.get("roles") or ()}
    may_ping_all = bool(permissions & Permission.MENTION_EVERYONE)
    if not may_ping_all:
        roles = frozenset(role for role in roles if world.roles[role].mentionable)
    return Pinged(users, roles, everyone and may_ping_all and "everyone" in parse)


def check_allowed_mentions(form: Form, allowed: Any) -> None:
    """Note what is wrong with an `allowed_mentions` object."""
    at = ("allowed_mentions",)
    if not isinstance(allowed, dict):
        form.wrong(at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        form.check(
            kind in _KINDS, (*at, "parse", index), "BASE_TYPE_CHOICES", f"Value must be one of {sorted(_KINDS)}."
        )
    for kind in ("users", "roles"):
        ids = form.items(allowed.get(kind) or [], (*at, kind), most=limits.ALLOWED_MENTIONS)
        form.check(
            not (ids and kind in parse),
            at,
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
        )
