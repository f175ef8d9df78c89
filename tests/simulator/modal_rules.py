"""What Discord refuses in modals. Written from its documentation, without the bot's code."""

from typing import Any

from . import limits
from .component_rules import check_custom_id, check_ids, check_options, check_select
from .components import SELECTS, Json, Kind
from .refusals import Form, Path

_IN_LABEL = frozenset(SELECTS) | {
    Kind.TEXT_INPUT,
    Kind.FILE_UPLOAD,
    Kind.RADIO_GROUP,
    Kind.CHECKBOX_GROUP,
    Kind.CHECKBOX,
}


def check_modal(form: Form, modal: Any) -> None:
    """Note what is wrong with the `data` of a modal response."""
    if not isinstance(modal, dict):
        form.wrong(("data",), "BASE_TYPE_REQUIRED", "This field is required")
        return
    check_custom_id(form, modal, ("data",))
    form.text(modal.get("title"), ("data", "title"), least=1, most=limits.MODAL_TITLE)
    at: Path = ("data", "components")
    for index, component in enumerate(form.objects(modal.get("components"), at, least=1, most=limits.MODAL_COMPONENTS)):
        _check_top(form, component, (*at, index))
    check_ids(form, modal.get("components"), at)


def _check_top(form: Form, component: Json, at: Path) -> None:
    match component.get("type"):
        case Kind.ROW:
            inputs = form.objects(component.get("components"), (*at, "components"), least=1, most=1)
            for inner in inputs:
                here = (*at, "components", 0)
                form.check(
                    inner.get("type") == Kind.TEXT_INPUT, here, "UNION_TYPE_CHOICES", "A row holds a text input."
                )
                form.text(inner.get("label"), (*here, "label"), least=1, most=limits.LABEL)
                _check_input(form, inner, here)
        case Kind.LABEL:
            form.text(component.get("label"), (*at, "label"), least=1, most=limits.LABEL)
            if component.get("description") is not None:
                form.text(component["description"], (*at, "description"), most=limits.LABEL_DESCRIPTION)
            _check_labelled(form, component.get("component"), (*at, "component"))
        case Kind.TEXT:
            form.text(component.get("content"), (*at, "content"), least=1, most=limits.TEXT_DISPLAYS)
        case _:
            form.wrong((*at, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 10, 18).')


def _check_labelled(form: Form, component: Any, at: Path) -> None:
    kind = component.get("type") if isinstance(component, dict) else None
    if not isinstance(kind, int) or kind not in _IN_LABEL:
        form.wrong(
            (*at, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {tuple(sorted(_IN_LABEL))}.'
        )
    elif kind == Kind.TEXT_INPUT:
        _check_input(form, component, at)
    elif kind in SELECTS:
        check_select(form, component, at)
    else:
        check_custom_id(form, component, at)
        if kind in {Kind.RADIO_GROUP, Kind.CHECKBOX_GROUP}:
            options = form.objects(component.get("options"), (*at, "options"), least=1, most=limits.SELECT_OPTIONS)
            check_options(form, options, (*at, "options"))


def _check_input(form: Form, component: Json, at: Path) -> None:
    check_custom_id(form, component, at)
    form.check(component.get("style") in (1, 2), (*at, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
    if component.get("placeholder") is not None:
        form.text(component["placeholder"], (*at, "placeholder"), most=limits.TEXT_INPUT_PLACEHOLDER)
    least, most = component.get("min_length"), component.get("max_length")
    if least is not None:
        form.whole(least, (*at, "min_length"), least=0, most=limits.TEXT_INPUT)
    if most is not None:
        form.whole(most, (*at, "max_length"), least=1, most=limits.TEXT_INPUT)
    if isinstance(least, int) and isinstance(most, int):
        form.check(least <= most, (*at, "min_length"), "BASE_TYPE_MAX", "min_length exceeds max_length.")
    if component.get("value") is not None:
        form.text(component["value"], (*at, "value"), most=min(most or limits.TEXT_INPUT, limits.TEXT_INPUT))
