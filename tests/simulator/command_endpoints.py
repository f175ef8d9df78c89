"""The application commands: registered, listed, changed and taken away over REST."""

import asyncio
from typing import Any

from .command_rules import SLASH, check_command, check_commands
from .refusals import UNKNOWN_COMMAND, Form, RefusedError
from .rest import Answer, Endpoint, Request, Rest
from .world import World

Json = dict[str, Any]

_ALL = "/applications/{application_id}/commands"
_ONE = _ALL + "/{command_id}"
_GUILD_ALL = "/applications/{application_id}/guilds/{guild_id}/commands"
_GUILD_ONE = _GUILD_ALL + "/{command_id}"


class Commands:
    """All registered commands by scope (None: everywhere, otherwise a guild's id)."""

    def __init__(self, world: World, rest: Rest) -> None:
        self.writes = 0
        """How many requests registered or changed commands."""
        self.written = asyncio.Event()
        self._world = world
        self._rest = rest
        self._scopes: dict[str | None, dict[str, Json]] = {}

    def all(self) -> list[Json]:
        """Every command, a guild's own before those of everywhere, as Discord shows them."""
        scopes = sorted(self._scopes, key=lambda scope: scope is None)
        return [command for scope in scopes for command in self._scopes[scope].values()]

    def endpoints(self) -> list[Endpoint]:
        """The REST endpoints."""
        found = []
        for every, one in ((_ALL, _ONE), (_GUILD_ALL, _GUILD_ONE)):
            found += [
                Endpoint("GET", every, self._list),
                Endpoint("PUT", every, self._replace),
                Endpoint("POST", every, self._add),
                Endpoint("GET", one, self._get),
                Endpoint("PATCH", one, self._change),
                Endpoint("DELETE", one, self._remove),
            ]
        permissions = Endpoint("GET", _GUILD_ALL + "/permissions", lambda _: Answer(200, []))
        return [permissions, *found]

    def _list(self, request: Request) -> Answer:
        commands = list(self._scope(request).values())
        if not request.wants("with_localizations"):
            hidden = {"name_localizations", "description_localizations"}
            commands = [{key: value for key, value in one.items() if key not in hidden} for one in commands]
        return Answer(200, commands)

    def _replace(self, request: Request) -> Answer:
        form = Form()
        check_commands(form, request.body)
        self._rest.accept(request, form)
        old = {_key(one): one for one in self._scope(request).values()}
        stored = [self._stored(request, body, old.get(_key(body))) for body in request.body]
        self._scopes[request.params.get("guild_id")] = {one["id"]: one for one in stored}
        self._written()
        return Answer(200, stored)

    def _add(self, request: Request) -> Answer:
        form, body = Form(), request.fields()
        check_command(form, body)
        self._rest.accept(request, form)
        scope = self._scope(request)
        old = next((one for one in scope.values() if _key(one) == _key(body)), None)
        stored = self._stored(request, body, old)
        check_commands(form, [*({**scope, stored["id"]: stored}).values()])
        self._rest.accept(request, form)
        scope[stored["id"]] = stored
        self._written()
        return Answer(200 if old else 201, stored)

    def _get(self, request: Request) -> Answer:
        return Answer(200, self._one(request))

    def _change(self, request: Request) -> Answer:
        form, old = Form(), self._one(request)
        body = {**old, **request.fields()}
        check_command(form, body)
        self._rest.accept(request, form)
        self._scope(request)[old["id"]] = self._stored(request, body, old)
        self._written()
        return Answer(200, self._scope(request)[old["id"]])

    def _remove(self, request: Request) -> Answer:
        del self._scope(request)[self._one(request)["id"]]
        self._written()
        return Answer(204)

    def _written(self) -> None:
        self.writes += 1
        self.written.set()

    def _scope(self, request: Request) -> dict[str, Json]:
        return self._scopes.setdefault(request.params.get("guild_id"), {})

    def _one(self, request: Request) -> Json:
        command = self._scope(request).get(request.params["command_id"])
        if command is None:
            raise RefusedError(UNKNOWN_COMMAND)
        return command

    def _stored(self, request: Request, body: Json, old: Json | None) -> Json:
        guild_id = request.params.get("guild_id")
        permissions = body.get("default_member_permissions")
        command: Json = {
            "id": old["id"] if old else self._world.ids.next(),
            "application_id": self._world.application_id,
            "version": self._world.ids.next(),
            "type": body.get("type") or SLASH,
            "name": body["name"],
            "name_localizations": body.get("name_localizations"),
            "description": body.get("description") or "",
            "description_localizations": body.get("description_localizations"),
            "default_member_permissions": None if permissions is None else str(permissions),
            "dm_permission": body.get("dm_permission") is not False,
            "contexts": body.get("contexts"),
            "integration_types": body.get("integration_types") or [0],
            "nsfw": bool(body.get("nsfw")),
        }
        if body.get("options"):
            command["options"] = body["options"]
        return {**command, "guild_id": guild_id} if guild_id else command


def _key(command: Json) -> tuple[int, str]:
    return (command.get("type") or SLASH, command["name"])
