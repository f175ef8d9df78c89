"""The trees of components that messages and modals are made of: kinds, walking, what Discord echoes."""

import copy
import enum
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .refusals import Path
from .snowflakes import Snowflakes

Json = dict[str, Any]


class Kind(enum.IntEnum):
    """https://docs.discord.com/developers/components/reference#component-object-component-types"""

    ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {Kind.STRING_SELECT, Kind.USER_SELECT, Kind.ROLE_SELECT, Kind.MENTIONABLE_SELECT, Kind.CHANNEL_SELECT}
)
LINK_STYLE = 5
PREMIUM_STYLE = 6


class Button(NamedTuple):
    """A button as the reader sees it; a link has *url* and no *custom_id*."""

    label: str
    custom_id: str | None
    disabled: bool
    style: int
    url: str | None
    emoji: str | None


def walk(components: Any, at: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Every component with its place, in the order in which a reader meets them."""
    for index, component in enumerate(components if isinstance(components, list) else []):
        yield from _walk_one(component, (*at, index))


def _walk_one(component: Any, at: Path) -> Iterator[tuple[Path, Json]]:
    if not isinstance(component, dict):
        return
    yield at, component
    yield from walk(component.get("components"), (*at, "components"))
    for key in ("accessory", "component"):
        if key in component:
            yield from _walk_one(component[key], (*at, key))


def texts(components: Any) -> list[str]:
    """The contents of all text displays, in reading order."""
    found = (component for _, component in walk(components) if component.get("type") == Kind.TEXT)
    return [component["content"] for component in found if isinstance(component.get("content"), str)]


def buttons(components: Any) -> list[Button]:
    """All buttons, in reading order."""
    return [
        Button(
            component.get("label") or "",
            component.get("custom_id"),
            bool(component.get("disabled")),
            component.get("style", 0),
            component.get("url"),
            (component.get("emoji") or {}).get("name"),
        )
        for _, component in walk(components)
        if component.get("type") == Kind.BUTTON
    ]


def media(component: Json) -> list[Json]:
    """The media objects (`{"url": …}`) that one component itself shows."""
    match component.get("type"):
        case Kind.THUMBNAIL:
            found = [component.get("media")]
        case Kind.FILE:
            found = [component.get("file")]
        case Kind.GALLERY:
            items = component.get("items")
            found = [item.get("media") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        case _:
            found = []
    return [item for item in found if isinstance(item, dict)]


def echoed(components: Any, attachments: Mapping[str, Json], ids: Snowflakes) -> list[Json]:
    """*components* as Discord answers with them: numbered, defaults filled in, attached files resolved by name."""
    tree = copy.deepcopy(components or [])
    taken = {component["id"] for _, component in walk(tree) if component.get("id")}
    number = 0
    for _, component in walk(tree):
        if not component.get("id"):
            number += 1
            while number in taken:
                number += 1
            component["id"] = number
        for item in media(component):
            _resolve(item, attachments, ids)
        _fill_in(component, attachments)
        for key in [key for key, value in component.items() if value is None and key != "description"]:
            if key not in {"name", "size"}:
                del component[key]
    return tree


def _resolve(item: Json, attachments: Mapping[str, Json], ids: Snowflakes) -> None:
    name = item["url"].removeprefix("attachment://")
    attached = attachments.get(name) if name != item["url"] else None
    if attached is not None:
        item.update(url=attached["url"], attachment_id=attached["id"], content_type=attached["content_type"])
    item.update(id=item.get("id") or ids.next(), proxy_url=item["url"])
    item.update(width=None, height=None, placeholder="", loading_state=2)


def _fill_in(component: Json, attachments: Mapping[str, Json]) -> None:
    match component["type"]:
        case Kind.STRING_SELECT:
            component["min_values"] = component.get("min_values", 1)
            component["max_values"] = component.get("max_values", 1)
        case Kind.SEPARATOR:
            component["divider"] = component.get("divider", True)
            component["spacing"] = component.get("spacing", 1)
        case Kind.CONTAINER:
            component["spoiler"] = bool(component.get("spoiler"))
            component.setdefault("accent_color", None)
        case Kind.THUMBNAIL:
            component["spoiler"] = bool(component.get("spoiler"))
            component.setdefault("description", None)
        case Kind.GALLERY:
            for item in component["items"]:
                item["spoiler"] = bool(item.get("spoiler"))
                item.setdefault("description", None)
        case Kind.FILE:
            attached = next((a for a in attachments.values() if a["id"] == component["file"].get("attachment_id")), {})
            component["spoiler"] = bool(component.get("spoiler"))
            component.update(name=attached.get("filename"), size=attached.get("size"))
