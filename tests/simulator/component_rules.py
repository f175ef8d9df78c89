"""What Discord refuses in the components of a message. Written from its documentation, without the bot's code."""

import itertools
from collections.abc import Set
from typing import Any

from . import limits
from .components import LINK_STYLE, PREMIUM_STYLE, SELECTS, Json, Kind, media, walk
from .refusals import Form, Path

_V2_ONLY = frozenset({Kind.SECTION, Kind.TEXT, Kind.THUMBNAIL, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR, Kind.CONTAINER})
_IN_CONTAINER = frozenset({Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR})
_AT_TOP = _IN_CONTAINER | {Kind.CONTAINER}
_BUTTON_STYLES = range(1, 7)


def check_components(form: Form, components: Any, *, v2: bool, files: Set[str]) -> None:
    """Note in *form* what is wrong with a message's components; *files* are the names of its attached files."""
    at: Path = ("components",)
    if v2:
        top = form.items(components, at, most=limits.COMPONENTS)
        _check_totals(form, components)
    else:
        top = form.items(components, at, most=limits.ROWS)
    for index, component in enumerate(top):
        _check_one(form, component, (*at, index), allowed=_AT_TOP if v2 else frozenset({Kind.ROW}), v2=v2)
    check_ids(form, components)
    for path, component in walk(components):
        for item in media(component):
            _check_media(form, item, path, files, only_attached=component.get("type") == Kind.FILE)


def _check_totals(form: Form, components: Any) -> None:
    found = [component for _, component in walk(components)]
    form.check(
        len(found) <= limits.COMPONENTS,
        ("components",),
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
        f"The total number of components cannot exceed {limits.COMPONENTS}: there are {len(found)}.",
    )
    texts = [c["content"] for c in found if c.get("type") == Kind.TEXT and isinstance(c.get("content"), str)]
    characters = sum(map(len, texts))
    form.check(
        characters <= limits.TEXT_DISPLAYS,
        ("components",),
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        f"The total displayable text size exceeds {limits.TEXT_DISPLAYS} characters: it is {characters}.",
    )
    # Discord answers 500 here. 400 is kinder to tests: discord.py would try a 500 five times over 25 seconds.
    size = sum(len(text.encode()) + limits.V2_BYTES_EACH for text in texts)
    form.check(
        size <= limits.V2_BYTES,
        ("components",),
        "COMPONENT_PROCESSED_SIZE_EXCEEDED",
        f"Discord fails above {limits.V2_BYTES} bytes of text, {limits.V2_BYTES_EACH} added per display: it is {size}.",
    )


def check_ids(form: Form, components: Any, at: Path = ("components",)) -> None:
    """Note custom ids and numbers that occur twice in the components at *at*."""
    for key, code in (("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"), ("id", "COMPONENT_ID_DUPLICATED")):
        seen: set[Any] = set()
        for path, component in walk(components, at):
            value = component.get(key)
            # An id of 0 is the documented way to say "number it for me".
            if not value or not isinstance(value, str | int):
                continue
            form.check(value not in seen, (*path, key), code, f"Component {key} cannot be duplicated: {value}")
            seen.add(value)


def _check_one(form: Form, component: Any, at: Path, *, allowed: Set[int], v2: bool) -> None:
    kind = component.get("type") if isinstance(component, dict) else None
    kind = kind if isinstance(kind, int) else None
    if kind in _V2_ONLY and not v2:
        why = "components of the second kind need the IS_COMPONENTS_V2 flag"
        form.wrong((*at, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of (1,): {why}.')
        return
    if kind not in allowed or not isinstance(component, dict):
        form.wrong(
            (*at, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {tuple(sorted(allowed))}.'
        )
        return
    match kind:
        case Kind.ROW:
            _check_row(form, component, at)
        case Kind.SECTION:
            children = form.items(component.get("components"), (*at, "components"), least=1, most=limits.SECTION_TEXTS)
            for index, child in enumerate(children):
                _check_one(form, child, (*at, "components", index), allowed=frozenset({Kind.TEXT}), v2=v2)
            accessories = frozenset({Kind.BUTTON, Kind.THUMBNAIL})
            _check_one(form, component.get("accessory"), (*at, "accessory"), allowed=accessories, v2=v2)
        case Kind.CONTAINER:
            children = form.items(component.get("components"), (*at, "components"), least=1, most=limits.COMPONENTS)
            for index, child in enumerate(children):
                _check_one(form, child, (*at, "components", index), allowed=_IN_CONTAINER, v2=v2)
            if component.get("accent_color") is not None:
                form.whole(component["accent_color"], (*at, "accent_color"), least=0, most=limits.COLOUR)
        case Kind.TEXT:
            content = component.get("content")
            bare = content.strip() if isinstance(content, str) else content
            form.text(bare, (*at, "content"), least=1, most=limits.TEXT_DISPLAYS)
        case Kind.GALLERY:
            items = form.objects(component.get("items"), (*at, "items"), least=1, most=limits.GALLERY_ITEMS)
            for index, item in enumerate(items):
                _check_description(form, item, (*at, "items", index))
        case Kind.THUMBNAIL:
            _check_description(form, component, at)
        case Kind.SEPARATOR:
            if component.get("spacing") is not None:
                form.whole(component["spacing"], (*at, "spacing"), least=1, most=2)
        case Kind.BUTTON:
            check_button(form, component, at)


def _check_description(form: Form, item: Json, at: Path) -> None:
    if item.get("description") is not None:
        form.text(item["description"], (*at, "description"), most=limits.MEDIA_DESCRIPTION)


def _check_row(form: Form, row: Json, at: Path) -> None:
    children = form.objects(row.get("components"), (*at, "components"), least=1, most=limits.ROW_BUTTONS)
    kinds = [child.get("type") for child in children]
    has_select = any(kind in SELECTS for kind in kinds)
    form.check(
        not has_select or len(children) == 1,
        (*at, "components"),
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        "A row holds five buttons or one select.",
    )
    for index, (kind, child) in enumerate(zip(kinds, children, strict=True)):
        inner = (*at, "components", index)
        if kind == Kind.BUTTON:
            check_button(form, child, inner)
        elif kind in SELECTS:
            check_select(form, child, inner)
        else:
            form.wrong(
                (*inner, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).'
            )


def check_button(form: Form, button: Json, at: Path) -> None:
    """Note what is wrong with a button."""
    style, label = button.get("style"), button.get("label")
    form.check(style in _BUTTON_STYLES, (*at, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
    if label is not None:
        form.text(label, (*at, "label"), most=limits.BUTTON_LABEL)
    form.check(
        bool(label or button.get("emoji") or style == PREMIUM_STYLE),
        at,
        "BUTTON_COMPONENT_INVALID_LABEL_AND_EMOJI",
        "A button needs a label or an emoji.",
    )
    needed = {LINK_STYLE: "url", PREMIUM_STYLE: "sku_id"}.get(style if isinstance(style, int) else 0, "custom_id")
    for key in ("url", "sku_id", "custom_id"):
        given = button.get(key) is not None
        form.check(
            given or key != needed, (*at, key), "BASE_TYPE_REQUIRED", f"A button of style {style} needs {needed}."
        )
        form.check(
            not given or key == needed, (*at, key), "BUTTON_COMPONENT_FIELD_NOT_ALLOWED", f"It cannot have {key}."
        )
    if button.get("custom_id") is not None:
        check_custom_id(form, button, at)
    if button.get("url") is not None and form.text(button["url"], (*at, "url"), least=1, most=limits.URL):
        _check_scheme(form, button["url"], (*at, "url"), ("http", "https", "discord"))


def check_custom_id(form: Form, component: Json, at: Path) -> None:
    """Note a custom id that is missing, empty or too long."""
    form.text(component.get("custom_id"), (*at, "custom_id"), least=1, most=limits.CUSTOM_ID)


def check_select(form: Form, select: Json, at: Path) -> None:
    """Note what is wrong with a select of any kind."""
    check_custom_id(form, select, at)
    if select.get("placeholder") is not None:
        form.text(select["placeholder"], (*at, "placeholder"), most=limits.SELECT_PLACEHOLDER)
    count = limits.SELECT_OPTIONS
    if select.get("type") == Kind.STRING_SELECT:
        options = form.objects(select.get("options"), (*at, "options"), least=1, most=limits.SELECT_OPTIONS)
        check_options(form, options, (*at, "options"))
        count = len(options)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    sizes = form.whole(least, (*at, "min_values"), least=0, most=limits.SELECT_OPTIONS)
    if form.whole(most, (*at, "max_values"), least=1, most=max(count, 1)) and sizes:
        form.check(least <= most, (*at, "min_values"), "BASE_TYPE_MAX", "min_values exceeds max_values.")


def check_options(form: Form, options: list[Json], at: Path) -> None:
    """Note what is wrong with the options of a string select."""
    for index, option in enumerate(options):
        for key in ("label", "value"):
            form.text(option.get(key), (*at, index, key), least=1, most=limits.SELECT_TEXT)
        if option.get("description") is not None:
            form.text(option["description"], (*at, index, "description"), most=limits.SELECT_TEXT)
    for (_, one), (index, two) in itertools.combinations(enumerate(options), 2):
        same = one.get("value") == two.get("value")
        form.check(not same, (*at, index, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Value already used.")


def _check_media(form: Form, item: Json, at: Path, files: Set[str], *, only_attached: bool) -> None:
    url = item.get("url")
    if not form.text(url, (*at, "url"), least=1, most=limits.MEDIA_URL) or not isinstance(url, str):
        return
    scheme, _, name = url.partition("://")
    if scheme == "attachment":
        form.check(
            name in files, (*at, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"{name}: not sent."
        )
    elif only_attached:
        form.wrong((*at, "url"), "URL_TYPE_INVALID_SCHEME", "A file component shows attached files only.")
    else:
        _check_scheme(form, url, (*at, "url"), ("http", "https"))


def _check_scheme(form: Form, url: str, at: Path, schemes: tuple[str, ...]) -> None:
    scheme, _, rest = url.partition("://")
    form.check(
        scheme.lower() in schemes and bool(rest),
        at,
        "URL_TYPE_INVALID_SCHEME",
        f'Scheme "{scheme}" is not supported. Scheme must be one of {schemes}.',
    )
