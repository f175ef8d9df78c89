"""The bot's own account, the server, and messages in channels."""

from typing import Any

from .message_rules import check_edit, check_new
from .messages import Message, Messages
from .permissions import Permission
from .refusals import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NOT_THE_AUTHOR,
    UNKNOWN_CHANNEL,
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    UNKNOWN_MESSAGE,
    UNKNOWN_USER,
    Form,
    RefusedError,
)
from .rest import Answer, Endpoint, Request, Rest
from .world import Channel, World

Json = dict[str, Any]

_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = _MESSAGES + "/{message_id}"


class Channels:
    """What a bot asks about itself and the server, and what it writes without being asked."""

    def __init__(self, world: World, rest: Rest, messages: Messages) -> None:
        self.gateway_url = ""
        self._world = world
        self._rest = rest
        self._messages = messages

    def endpoints(self) -> list[Endpoint]:
        """The REST endpoints."""
        return [
            Endpoint("GET", "/gateway", lambda _: Answer(200, {"url": self.gateway_url}), open=True),
            Endpoint("GET", "/gateway/bot", self._gateway),
            Endpoint("GET", "/users/@me", self._me),
            Endpoint("GET", "/users/{user_id}", self._user),
            Endpoint("POST", "/users/@me/channels", self._open_direct),
            Endpoint("GET", "/applications/@me", self._application),
            Endpoint("GET", "/oauth2/applications/@me", self._application),
            Endpoint("GET", "/applications/{application_id}/emojis", lambda _: Answer(200, {"items": []})),
            Endpoint("GET", "/guilds/{guild_id}", self._guild),
            Endpoint("GET", "/guilds/{guild_id}/channels", self._guild_channels),
            Endpoint("GET", "/guilds/{guild_id}/roles", self._guild_roles),
            Endpoint("GET", "/guilds/{guild_id}/members/{user_id}", self._guild_member),
            Endpoint("GET", "/channels/{channel_id}", lambda r: Answer(200, self._channel(r).to_json())),
            Endpoint("POST", "/channels/{channel_id}/typing", self._typing),
            Endpoint("GET", _MESSAGES, self._list),
            Endpoint("POST", _MESSAGES, self._create),
            Endpoint("GET", _MESSAGE, lambda r: Answer(200, self._message(r).to_json())),
            Endpoint("PATCH", _MESSAGE, self._edit),
            Endpoint("DELETE", _MESSAGE, self._delete),
        ]

    # The account and the server

    def _gateway(self, _: Request) -> Answer:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
        return Answer(200, {"url": self.gateway_url, "shards": 1, "session_start_limit": limit})

    def _me(self, _: Request) -> Answer:
        private = {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None, "premium_type": 0}
        return Answer(200, {**self._world.bot.user.to_json(), **private})

    def _application(self, _: Request) -> Answer:
        bot = self._world.bot.user
        return Answer(
            200,
            {
                "id": self._world.application_id,
                "name": bot.name,
                "icon": None,
                "description": "",
                "type": None,
                "bot": bot.to_json(),
                "bot_public": False,
                "bot_require_code_grant": False,
                "verify_key": "0" * 64,
                "flags": 1 << 23,
                "flags_new": str(1 << 23),
                "owner": self._world.owner.user.to_json(),
                "team": None,
                "redirect_uris": [],
                "interactions_endpoint_url": None,
                "role_connections_verification_url": None,
                "max_participants": None,
                "approximate_guild_count": 1,
                "approximate_user_install_count": 0,
                "approximate_user_authorization_count": 0,
                "event_webhooks_url": None,
                "event_webhooks_status": 1,
                "explicit_content_filter": 0,
                "eligible_oauth2_scopes": ["applications.commands", "bot"],
                "integration_types_config": {"0": {}},
            },
        )

    def _user(self, request: Request) -> Answer:
        member = self._world.members.get(request.params["user_id"])
        if member is None:
            raise RefusedError(UNKNOWN_USER)
        return Answer(200, member.user.to_json())

    def _open_direct(self, request: Request) -> Answer:
        member = self._world.members.get(str(request.fields().get("recipient_id")))
        if member is None:
            raise RefusedError(UNKNOWN_USER)
        return Answer(200, self._world.direct_channel(member.user).to_json())

    def _guild(self, request: Request) -> Answer:
        self._check_guild(request)
        return Answer(200, self._world.guild_json())

    def _guild_channels(self, request: Request) -> Answer:
        self._check_guild(request)
        return Answer(200, [one.to_json() for one in self._world.channels.values() if not one.direct])

    def _guild_roles(self, request: Request) -> Answer:
        self._check_guild(request)
        return Answer(200, [one.to_json() for one in self._world.roles.values()])

    def _guild_member(self, request: Request) -> Answer:
        self._check_guild(request)
        member = self._world.members.get(request.params["user_id"])
        if member is None:
            raise RefusedError(UNKNOWN_MEMBER)
        return Answer(200, member.to_json())

    def _check_guild(self, request: Request) -> None:
        if request.params["guild_id"] != self._world.guild_id:
            raise RefusedError(UNKNOWN_GUILD)

    # Messages

    def _channel(self, request: Request, *needed: Permission) -> Channel:
        channel = self._world.channels.get(request.params["channel_id"])
        if channel is None:
            raise RefusedError(UNKNOWN_CHANNEL)
        if not channel.bot_permissions & Permission.VIEW_CHANNEL:
            raise RefusedError(MISSING_ACCESS)
        if any(not channel.bot_permissions & permission for permission in needed):
            raise RefusedError(MISSING_PERMISSIONS)
        return channel

    def _message(self, request: Request) -> Message:
        channel = self._channel(request)
        message = self._messages.find(channel.id, request.params["message_id"])
        if message is None or message.private:
            raise RefusedError(UNKNOWN_MESSAGE)
        return message

    def _typing(self, request: Request) -> Answer:
        self._channel(request, Permission.SEND_MESSAGES)
        return Answer(204)

    def _list(self, request: Request) -> Answer:
        channel = self._channel(request, Permission.READ_MESSAGE_HISTORY)
        newest = self._messages.in_channel(channel)[::-1]
        limit = int(request.query.get("limit", "50"))
        before, after = int(request.query.get("before", 2**63)), int(request.query.get("after", 0))
        return Answer(200, [m.to_json() for m in newest if after < int(m.id) < before][:limit])

    def _create(self, request: Request) -> Answer:
        needed = [Permission.SEND_MESSAGES, *([Permission.ATTACH_FILES] if request.uploads else [])]
        channel, form, body = self._channel(request, *needed), Form(), request.fields()
        check_new(form, body, request.uploads, may_be_private=False)
        self._rest.accept(request, form)
        bot, flags = self._world.bot.user, int(body.get("flags") or 0)
        return Answer(200, self._messages.create(bot, channel, body, request.uploads, flags=flags).to_json())

    def _edit(self, request: Request) -> Answer:
        message, form, body = self._message(request), Form(), request.fields()
        if message.author != self._world.bot.user:
            raise RefusedError(NOT_THE_AUTHOR)
        check_edit(form, message, body, request.uploads)
        self._rest.accept(request, form)
        self._messages.edit(message, body, request.uploads)
        return Answer(200, message.to_json())

    def _delete(self, request: Request) -> Answer:
        message = self._message(request)
        if message.author != self._world.bot.user:
            self._channel(request, Permission.MANAGE_MESSAGES)
        self._messages.delete(message)
        return Answer(204)
