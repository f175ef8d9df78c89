"""What a person types into a modal, in the form in which Discord sends it back."""

from typing import Any

from . import limits
from .components import SELECTS, Kind
from .options import AskingError
from .world import Channel, Member, Role

Json = dict[str, Any]


def modal_values(modal: Json, values: Json) -> Json:
    """The `components` (and `resolved`) of a submission of *modal* with *values* by custom id.

    A text input that is not in *values* keeps what it was opened with.

    Raises: AskingError: there is no such field, or it would not take the value.
    """
    left = dict(values)
    resolved: Json = {}
    components: list[Json] = []
    for number, top in enumerate(modal["components"], start=1):
        if top["type"] == Kind.ROW:
            inner = [_filled(one, left, 100 + number) for one in top["components"]]
            components.append({"type": int(Kind.ROW), "id": number, "components": inner})
        elif top["type"] == Kind.LABEL:
            inner = _filled(top["component"], left, 100 + number)
            components.append({"type": int(Kind.LABEL), "id": number, "component": inner})
        else:
            components.append({"type": top["type"], "id": number})
    if left:
        raise AskingError(f"the modal {modal['title']!r} has no field {sorted(left)}")
    return {"components": components, **({"resolved": resolved} if resolved else {})}


def _filled(field: Json, left: Json, number: int) -> Json:
    custom_id, kind = field["custom_id"], field["type"]
    sent: Json = {"type": kind, "id": field.get("id") or number, "custom_id": custom_id}
    if kind == Kind.TEXT_INPUT:
        text = left.pop(custom_id, field.get("value") or "")
        least = field.get("min_length") or (1 if field.get("required", True) else 0)
        most = field.get("max_length") or limits.TEXT_INPUT
        if not (least <= len(text) <= most or (not text and not field.get("required", True))):
            raise AskingError(f"field {custom_id!r} takes {least} to {most} characters, not {len(text)}")
        return {**sent, "value": text}
    if kind in SELECTS or kind == Kind.CHECKBOX_GROUP:
        chosen = left.pop(custom_id, [])
        offered = [option["value"] for option in field.get("options") or ()]
        if offered and not set(chosen) <= set(offered):
            raise AskingError(f"field {custom_id!r} offers {offered}, not {chosen}")
        if not chosen and field.get("required", True):
            raise AskingError(f"field {custom_id!r} is required")
        return {**sent, "values": [one.id if isinstance(one, Member | Role | Channel) else one for one in chosen]}
    if kind in {Kind.RADIO_GROUP, Kind.CHECKBOX}:
        return {**sent, "value": left.pop(custom_id, False if kind == Kind.CHECKBOX else None)}
    raise AskingError(f"field {custom_id!r}: the simulator does not fill in fields of type {kind}")
