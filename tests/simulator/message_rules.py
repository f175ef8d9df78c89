"""What Discord refuses in messages and their edits. Written from its documentation, without the bot's code."""

from typing import Any

from . import limits
from .component_rules import check_components
from .mentions import check_allowed_mentions
from .messages import COMPONENTS_V2, EPHEMERAL, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, Message
from .refusals import EMPTY_MESSAGE, Form, Path, RefusedError
from .uploads import Upload, attached_names, check_uploads

Json = dict[str, Any]

_LEGACY = ("content", "embeds", "sticker_ids", "poll")
_LEGACY_CODE = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
_CREATE_FLAGS = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2


def check_new(form: Form, body: Json, uploads: list[Upload], *, may_be_private: bool) -> None:
    """Note what is wrong with a message to be sent; only an interaction's can be private.

    Raises: RefusedError: it is empty or a file is too large.
    """
    flags = _flags(form, body)
    allowed = _CREATE_FLAGS | (EPHEMERAL if may_be_private else 0)
    form.check(not flags & ~allowed, ("flags",), "MESSAGE_FLAGS_INVALID", f"Flags {flags & ~allowed} cannot be set.")
    v2 = bool(flags & COMPONENTS_V2)
    _check_parts(form, body, v2=v2)
    check_uploads(form, body, uploads)
    if body.get("components") is not None:
        check_components(form, body["components"], v2=v2, files=attached_names(body, uploads))
    parts = [*_shown(body), *uploads]
    if not form.problems and not (body.get("components") if v2 else parts):
        raise RefusedError(EMPTY_MESSAGE)


def check_edit(form: Form, message: Message, body: Json, uploads: list[Upload]) -> None:
    """Note what is wrong with a change of *message*.

    Raises: RefusedError: it would leave the message empty, or a file is too large.
    """
    flags = _flags(form, body)
    if message.v2 and body.get("flags") is not None:
        kept = bool(flags & COMPONENTS_V2)
        form.check(kept, ("flags",), "MESSAGE_COMPONENTS_V2_IRREVERSIBLE", "IS_COMPONENTS_V2 cannot be removed.")
    v2 = message.v2 or bool(flags & COMPONENTS_V2)
    _check_parts(form, body, v2=v2)
    if v2 and not message.v2:
        for key, held in (("content", message.content), ("embeds", message.embeds)):
            emptied = key in body and not body[key]
            # discord-api-docs#7787: null empties the content, but embeds only an empty list does.
            emptied = emptied and (key == "content" or body[key] is not None)
            form.check(not held or emptied, (key,), _LEGACY_CODE, f"{key} must be emptied to set IS_COMPONENTS_V2.")
    existing = message.attachments
    check_uploads(form, body, uploads, frozenset(one.id for one in existing))
    if body.get("components") is not None:
        check_components(form, body["components"], v2=v2, files=attached_names(body, uploads, existing))
    after = {"content": message.content, "embeds": message.embeds, "components": message.components, **body}
    kept_files = [*uploads, *(body["attachments"] or () if "attachments" in body else existing)]
    left = after["components"] if v2 else [*_shown(after), *kept_files]
    if not form.problems and not left:
        raise RefusedError(EMPTY_MESSAGE)


def _flags(form: Form, body: Json) -> int:
    flags = body.get("flags") or 0
    return flags if form.whole(flags, ("flags",), least=0, most=2**31) else 0


def _shown(body: Json) -> list[Any]:
    content = body.get("content")
    pieces = [content.strip() if isinstance(content, str) else None, body.get("embeds"), body.get("sticker_ids")]
    return [piece for piece in [*pieces, body.get("poll"), body.get("components")] if piece]


def _check_parts(form: Form, body: Json, *, v2: bool) -> None:
    if v2:
        for key in _LEGACY:
            why = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            form.check(not body.get(key), (key,), _LEGACY_CODE, why)
    if body.get("content") is not None:
        form.text(body["content"], ("content",), most=limits.CONTENT)
    if body.get("embeds") is not None:
        _check_embeds(form, body["embeds"])
    if body.get("sticker_ids") is not None:
        form.items(body["sticker_ids"], ("sticker_ids",), most=limits.STICKERS)
    if body.get("allowed_mentions") is not None:
        check_allowed_mentions(form, body["allowed_mentions"])


def _check_embeds(form: Form, embeds: Any) -> None:
    characters = 0
    for index, embed in enumerate(form.objects(embeds, ("embeds",), most=limits.EMBEDS)):
        at: Path = ("embeds", index)
        sized = [
            (embed.get("title"), (*at, "title"), limits.EMBED_TITLE, 0),
            (embed.get("description"), (*at, "description"), limits.EMBED_DESCRIPTION, 0),
            ((embed.get("author") or {}).get("name"), (*at, "author", "name"), limits.EMBED_AUTHOR, 0),
            ((embed.get("footer") or {}).get("text"), (*at, "footer", "text"), limits.EMBED_FOOTER, 0),
        ]
        fields = form.objects(embed.get("fields") or [], (*at, "fields"), most=limits.EMBED_FIELDS)
        for number, one in enumerate(fields):
            sized.append((one.get("name", ""), (*at, "fields", number, "name"), limits.FIELD_NAME, 1))
            sized.append((one.get("value", ""), (*at, "fields", number, "value"), limits.FIELD_VALUE, 1))
        for text, path, most, least in sized:
            if text is not None and form.text(text, path, most=most, least=least):
                characters += len(text)
    form.check(
        characters <= limits.EMBED_CHARACTERS,
        ("embeds",),
        "MAX_EMBED_SIZE_EXCEEDED",
        f"Embed size exceeds maximum size of {limits.EMBED_CHARACTERS}: it is {characters}.",
    )
