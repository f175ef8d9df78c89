"""What people do in Discord: each act becomes an interaction of Discord's form, sent to the bot over the gateway."""

from collections.abc import Sequence
from typing import Any

from . import limits
from .command_rules import MESSAGE_MENU, USER_MENU
from .components import LINK_STYLE, Kind
from .gateway import Gateway
from .interaction_endpoints import Interactions
from .messages import Message
from .modal_values import modal_values
from .options import AskingError, Named, fill_in, find_command, find_menu, nest, resolve
from .permissions import Permission
from .replies import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Reply
from .snowflakes import interaction_token
from .world import Channel, Member, Role, World

Json = dict[str, Any]

GUILD, BOT_DIRECT = 0, 1
"""Contexts of an interaction."""


class Circumstances:
    """Where an act takes place and who acts: everything about an interaction but the act itself."""

    def __init__(
        self,
        by: Member,
        channel: Channel,
        *,
        locale: str = "en-US",
        app_permissions: int | None = None,
    ) -> None:
        self.by = by
        self.channel = channel
        self.locale = locale
        self.app_permissions = channel.bot_permissions if app_permissions is None else int(app_permissions)


class Asking:
    """Builds interactions and sends them to the bot."""

    def __init__(self, world: World, gateway: Gateway, interactions: Interactions) -> None:
        self._world = world
        self._gateway = gateway
        self._interactions = interactions

    def slash(self, commands: list[Json], typed: str, values: Json, where: Circumstances, *, forged: bool) -> Reply:
        """Send a slash command."""
        named = find_command(commands, typed)
        if not forged:
            check_visible(named.command, where)
        filled, resolved = fill_in(named, values)
        return self._send(COMMAND, self._command_data(named, filled, resolved), typed, where)

    def autocomplete(
        self, commands: list[Json], typed: str, option: str, text: str, others: Json, where: Circumstances
    ) -> Reply:
        """Send what somebody has typed so far into *option*."""
        named = find_command(commands, typed)
        check_visible(named.command, where)
        focused = next((one for one in named.takes if one["name"] == option), None)
        if focused is None or not focused.get("autocomplete"):
            raise AskingError(f"{typed}: option {option!r} has no autocomplete")
        if len(text) > limits.OPTION_TEXT:
            raise AskingError(f"nobody can type {len(text)} characters into an option")
        filled, resolved = fill_in(named, others, partly=True)
        filled.append({"name": option, "type": focused["type"], "value": text, "focused": True})
        asked = f"{typed} {option}: {text!r}"
        return self._send(AUTOCOMPLETE, self._command_data(named, filled, resolved), asked, where)

    def menu(
        self, commands: list[Json], name: str, target: Message | Member, where: Circumstances, *, forged: bool
    ) -> Reply:
        """Send a command of the menu of a message or a person."""
        kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
        command = find_menu(commands, kind, name)
        if not forged:
            check_visible(command, where)
        resolved: Json = {}
        if isinstance(target, Message):
            resolved["messages"] = {target.id: target.to_json()}
        else:
            resolve(target, resolved)
        data = {"id": command["id"], "name": name, "type": kind, "target_id": target.id, "resolved": resolved}
        return self._send(COMMAND, data, name, where)

    def press(self, message: Message, label: str | None, custom_id: str | None, where: Circumstances) -> Reply:
        """Press a button."""
        check_can_see(message, where)
        wanted = [b for b in message.buttons if label in (None, b.label) and custom_id in (None, b.custom_id)]
        pressable = [b for b in wanted if not b.disabled and b.style != LINK_STYLE and b.custom_id]
        if not pressable:
            raise AskingError(f"no enabled button {label or custom_id!r}; the message has {message.buttons}")
        if len(pressable) > 1:
            raise AskingError(f"{len(pressable)} buttons {label or custom_id!r}: tell which by its custom id")
        pressed = pressable[0].custom_id or ""
        component = message.component(pressed) or {}
        data = {"custom_id": pressed, "component_type": int(Kind.BUTTON), "id": component["id"]}
        return self._send(COMPONENT, data, f"button {pressable[0].label or pressed!r}", where, source=message)

    def choose(self, message: Message, values: Sequence[Any], custom_id: str | None, where: Circumstances) -> Reply:
        """Choose in a select menu."""
        check_can_see(message, where)
        menus = [one for one in message.selects() if custom_id in (None, one["custom_id"]) and not one.get("disabled")]
        if len(menus) != 1:
            raise AskingError(f"{len(menus)} enabled select menus {custom_id or ''}: tell which by its custom id")
        menu = menus[0]
        least, most = menu.get("min_values", 1), menu.get("max_values", 1)
        if not least <= len(values) <= most:
            raise AskingError(f"the menu takes {least} to {most} values, not {len(values)}")
        data: Json = {"custom_id": menu["custom_id"], "component_type": menu["type"], "id": menu["id"]}
        if menu["type"] == Kind.STRING_SELECT:
            offered = [option["value"] for option in menu["options"]]
            if not set(values) <= set(offered):
                raise AskingError(f"the menu offers {offered}, not {list(values)}")
            data["values"] = list(values)
        else:
            data["resolved"] = {}
            people = [one for one in values if isinstance(one, Member | Role | Channel)]
            data["values"] = [resolve(one, data["resolved"]) for one in people]
        return self._send(COMPONENT, data, f"menu {menu['custom_id']!r}", where, source=message)

    def submit(self, opened: Reply, values: Json, where: Circumstances) -> Reply:
        """Fill in a modal and send it off."""
        if opened.modal is None:
            raise AskingError(f"{opened.asked} opened no modal")
        data = {"custom_id": opened.modal["custom_id"], **modal_values(opened.modal, values)}
        asked = f"modal {opened.modal['title']!r}"
        reply = self._send(MODAL_SUBMIT, data, asked, where, source=opened.source)
        reply.modal_of = opened
        return reply

    def _command_data(self, named: Named, filled: list[Json], resolved: Json) -> Json:
        command = named.command
        data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
        options = nest(named, filled)
        if options:
            data["options"] = options
        if resolved:
            data["resolved"] = resolved
        return {**data, "guild_id": command["guild_id"]} if "guild_id" in command else data

    def _send(self, kind: int, data: Json, asked: str, where: Circumstances, source: Message | None = None) -> Reply:
        payload: Json = {
            "id": self._world.ids.next(),
            "application_id": self._world.application_id,
            "type": kind,
            "data": data,
            "token": interaction_token(),
            "version": 1,
            "channel_id": where.channel.id,
            "channel": where.channel.to_json(),
            "app_permissions": str(where.app_permissions),
            "locale": where.locale,
            "entitlements": [],
            "attachment_size_limit": limits.FILE_BYTES,
        }
        if where.channel.direct:
            payload |= {"user": where.by.user.to_json(), "context": BOT_DIRECT}
            payload["authorizing_integration_owners"] = {"0": "0"}
        else:
            payload["channel"]["permissions"] = str(where.by.permissions)
            guild = {"id": self._world.guild_id, "locale": self._world.locale, "features": ["COMMUNITY"]}
            payload |= {"guild_id": self._world.guild_id, "guild": guild, "guild_locale": self._world.locale}
            payload |= {"member": where.by.to_json(with_permissions=True), "context": GUILD}
            payload["authorizing_integration_owners"] = {"0": self._world.guild_id}
        if source is not None:
            payload["message"] = source.to_json()
        reply = Reply(payload, asked, where.by, where.channel, source, self._interactions.acknowledge_s)
        self._interactions.add(reply)
        if not self._gateway.dispatch("INTERACTION_CREATE", payload):
            raise AskingError(f"{asked}: no bot is connected")
        return reply


def check_visible(command: Json, where: Circumstances) -> None:
    """Refuse what Discord would hide from this person in this place.

    Raises: AskingError: the command is not for this context, or wants a permission the person lacks.
    """
    name = command["name"]
    contexts = command.get("contexts") or ([GUILD] if command.get("dm_permission") is False else [GUILD, BOT_DIRECT])
    context = BOT_DIRECT if where.channel.direct else GUILD
    if context not in contexts:
        raise AskingError(f"{name!r} is not to be seen in context {context}, only in {contexts}")
    wanted = command.get("default_member_permissions")
    if wanted is None or where.channel.direct:
        return
    needed = int(wanted) or int(Permission.ADMINISTRATOR)
    if where.by.permissions & needed != needed:
        raise AskingError(f"{name!r} is hidden from {where.by.user.name}: it wants permissions {needed}")


def check_can_see(message: Message, where: Circumstances) -> None:
    """Refuse acts on a message that is not there for this person.

    Raises: AskingError: it is deleted, or private to somebody else.
    """
    if message.deleted:
        raise AskingError("the message was deleted")
    if message.private and message.reader != where.by.user:
        raise AskingError(f"the message is private to {message.reader and message.reader.name}")
