"""Answers to interactions: the first response, and for the life of the token the webhook for edits and follow-ups."""

import time
from collections import defaultdict
from typing import Any

from . import limits
from .command_rules import SLASH, check_choice
from .message_rules import check_edit, check_new
from .messages import EPHEMERAL, LOADING, MENU_RESPONSE, SLASH_RESPONSE, Message, Messages
from .modal_rules import check_modal
from .refusals import (
    ALREADY_ACKNOWLEDGED,
    INVALID_FORM,
    INVALID_WEBHOOK_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    Form,
    RefusedError,
)
from .replies import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFERRED_MESSAGE,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    MODAL_SUBMIT,
    UPDATE,
    Choice,
    Reply,
)
from .rest import Answer, Endpoint, Request, Rest
from .world import World

Json = dict[str, Any]

_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = _WEBHOOK + "/messages/@original"
_FOLLOWUP = _WEBHOOK + "/messages/{message_id}"

_SUITABLE = {
    COMMAND: {MESSAGE, DEFERRED_MESSAGE, MODAL},
    COMPONENT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE},
}
"""Which first responses each kind of interaction takes."""


class Interactions:
    """All interactions by token. *acknowledge_s* and *token_s* are Discord's 3 seconds and 15 minutes."""

    def __init__(self, world: World, rest: Rest, messages: Messages, *, acknowledge_s: float, token_s: float) -> None:
        self.acknowledge_s = acknowledge_s
        self._token_s = token_s
        self._world = world
        self._rest = rest
        self._messages = messages
        self._by_token: dict[str, Reply] = {}
        self._about: defaultdict[str, list[Reply]] = defaultdict(list)

    def add(self, reply: Reply) -> None:
        """Await answers to the interaction of *reply*."""
        self._by_token[reply.token] = reply

    def touched(self, message: Message) -> None:
        """Wake those who wait for what happens to *message*."""
        for reply in self._about[message.id]:
            reply.changed()

    def endpoints(self) -> list[Endpoint]:
        """The REST endpoints."""
        return [
            Endpoint("POST", "/interactions/{interaction_id}/{interaction_token}/callback", self._callback, open=True),
            Endpoint("POST", _WEBHOOK, self._follow_up, open=True),
            Endpoint("GET", _ORIGINAL, self._get, open=True),
            Endpoint("PATCH", _ORIGINAL, self._edit, open=True),
            Endpoint("DELETE", _ORIGINAL, self._delete, open=True),
            Endpoint("GET", _FOLLOWUP, self._get, open=True),
            Endpoint("PATCH", _FOLLOWUP, self._edit, open=True),
            Endpoint("DELETE", _FOLLOWUP, self._delete, open=True),
        ]

    # First responses

    def _callback(self, request: Request) -> Answer:
        reply = self._by_token.get(request.params["interaction_token"])
        if reply is None or reply.id != request.params["interaction_id"]:
            raise RefusedError(UNKNOWN_INTERACTION)
        if reply.acknowledged:
            raise RefusedError(ALREADY_ACKNOWLEDGED._replace(client_error=not reply.unseen))
        after = time.monotonic() - reply.sent_at
        if after > self.acknowledge_s:
            raise RefusedError(UNKNOWN_INTERACTION)
        form, body = Form(), request.fields()
        kind = body.get("type")
        suitable = set(_SUITABLE[reply.kind])
        if reply.kind == MODAL_SUBMIT and reply.source is None:
            # Only a modal that a component opened has a message to update.
            suitable -= {DEFERRED_UPDATE, UPDATE}
        if kind not in suitable:
            form.wrong(
                ("type",), "BASE_TYPE_CHOICES", f"Value must be one of {{{', '.join(map(str, sorted(suitable)))}}}."
            )
            raise RefusedError(INVALID_FORM, form.problems)
        data = body.get("data") or {}
        self._check_response(form, reply, kind, data, request)
        self._rest.accept(request, form)
        reply.acknowledged_after = after
        reply.unseen = request.unseen
        self._respond(reply, kind, data, request)
        reply.type = kind
        reply.changed()
        return Answer(200, _callback_json(reply)) if request.wants("with_response") else Answer(204)

    def _check_response(self, form: Form, reply: Reply, kind: int, data: Json, request: Request) -> None:
        inner = Form()
        if kind == MESSAGE:
            check_new(inner, data, request.uploads, may_be_private=True)
        elif kind == UPDATE and reply.source is not None:
            check_edit(inner, reply.source, data, request.uploads)
        elif kind in (DEFERRED_MESSAGE, DEFERRED_UPDATE):
            flags = data.get("flags") or 0
            good = flags in (0, EPHEMERAL) if kind == DEFERRED_MESSAGE else flags == 0
            inner.check(good, ("flags",), "MESSAGE_FLAGS_INVALID", "A deferred response takes the ephemeral flag only.")
        elif kind == CHOICES:
            _check_choices(inner, reply, data)
        elif kind == MODAL:
            check_modal(form, data)
        for path, code, message in inner.problems:
            form.wrong(("data", *path), code, message)

    def _respond(self, reply: Reply, kind: int, data: Json, request: Request) -> None:
        if kind == CHOICES:
            reply.choices = [Choice(one["name"], one["value"]) for one in data.get("choices") or ()]
        elif kind == MODAL:
            reply.modal = data
        elif kind in (UPDATE, DEFERRED_UPDATE):
            reply.message = reply.source
            if kind == UPDATE and reply.source is not None:
                self._messages.edit(reply.source, data, request.uploads)
        else:
            flags = int(data.get("flags") or 0) | (LOADING if kind == DEFERRED_MESSAGE else 0)
            reply.message = self._create(reply, data, request, flags)
        if reply.message is not None:
            self._about[reply.message.id].append(reply)

    def _create(self, reply: Reply, data: Json, request: Request, flags: int) -> Message:
        reader = reply.asker.user if flags & EPHEMERAL else None
        bot = self._world.bot.user
        kind = 0
        if reply.kind == COMMAND:
            kind = SLASH_RESPONSE if reply.payload["data"]["type"] == SLASH else MENU_RESPONSE
        return self._messages.create(
            bot,
            reply.channel,
            data,
            request.uploads,
            flags=flags,
            metadata=self._metadata(reply),
            kind=kind,
            reader=reader,
        )

    def _metadata(self, reply: Reply) -> Json:
        metadata: Json = {
            "id": reply.id,
            "type": reply.kind,
            "user": reply.asker.user.to_json(),
            "authorizing_integration_owners": reply.payload["authorizing_integration_owners"],
        }
        if reply.kind == COMPONENT and reply.source:
            metadata["interacted_message_id"] = reply.source.id
        if reply.kind == MODAL_SUBMIT and reply.modal_of:
            metadata["triggering_interaction_metadata"] = self._metadata(reply.modal_of)
        return metadata

    # The webhook

    def _reply(self, request: Request) -> Reply:
        if request.params["webhook_id"] != self._world.application_id:
            raise RefusedError(UNKNOWN_WEBHOOK)
        reply = self._by_token.get(request.params["webhook_token"])
        if reply is None or time.monotonic() - reply.sent_at > self._token_s:
            raise RefusedError(INVALID_WEBHOOK_TOKEN)
        if not reply.acknowledged or reply.type == CHOICES:
            raise RefusedError(UNKNOWN_WEBHOOK)
        return reply

    def _message(self, request: Request, reply: Reply) -> Message:
        wanted = request.params.get("message_id")
        known = [reply.message, *reply.followups]
        found = reply.message if wanted is None else next((m for m in known if m and m.id == wanted), None)
        if found is None or found.deleted:
            raise RefusedError(UNKNOWN_MESSAGE)
        return found

    def _get(self, request: Request) -> Answer:
        return Answer(200, self._message(request, self._reply(request)).to_json())

    def _follow_up(self, request: Request) -> Answer:
        reply, form, body = self._reply(request), Form(), request.fields()
        if reply.message is not None and reply.message.loading and not reply.message.deleted:
            # Documented, for old bots: the first follow-up to a deferred response is its edit.
            return self._change(request, reply.message)
        check_new(form, body, request.uploads, may_be_private=True)
        self._rest.accept(request, form)
        message = self._create(reply, body, request, int(body.get("flags") or 0))
        reply.followups.append(message)
        self._about[message.id].append(reply)
        reply.changed()
        return Answer(200, message.to_json()) if request.wants("wait") else Answer(204)

    def _edit(self, request: Request) -> Answer:
        return self._change(request, self._message(request, self._reply(request)))

    def _change(self, request: Request, message: Message) -> Answer:
        form, body = Form(), request.fields()
        check_edit(form, message, body, request.uploads)
        self._rest.accept(request, form)
        self._messages.edit(message, body, request.uploads)
        return Answer(200, message.to_json())

    def _delete(self, request: Request) -> Answer:
        self._messages.delete(self._message(request, self._reply(request)))
        return Answer(204)


def _check_choices(form: Form, reply: Reply, data: Json) -> None:
    focused = next(one for one in _leaves(reply.payload["data"].get("options", ())) if one.get("focused"))
    found = form.objects(data.get("choices") or [], ("choices",), most=limits.CHOICES)
    for index, choice in enumerate(found):
        check_choice(form, choice, ("choices", index), kind=focused["type"])


def _leaves(options: Any) -> list[Json]:
    found: list[Json] = []
    for option in options:
        found += _leaves(option["options"]) if "options" in option else [option]
    return found


def _callback_json(reply: Reply) -> Json:
    interaction: Json = {"id": reply.id, "type": reply.kind}
    body: Json = {"interaction": interaction}
    if reply.message is not None:
        interaction["response_message_id"] = reply.message.id
        interaction["response_message_loading"] = bool(reply.message.flags & LOADING)
        interaction["response_message_ephemeral"] = reply.message.private
        if reply.type in (MESSAGE, UPDATE):
            body["resource"] = {"type": reply.type, "message": reply.message.to_json()}
    return body
