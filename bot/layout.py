"""A written card as Discord's Components V2: a framed column of texts, a picture where there is one, and what can be
pressed below.

The buttons and menus here are bare: all they mean is in their custom ids, which `buttons`, `offers` and `reporting`
read when one is pressed.
"""

from __future__ import annotations

from typing import Any

from discord import ButtonStyle, MediaGalleryItem, SelectOption, ui

from bot import custom_ids, limits
from bot.inert import clean, cut
from bot.markdown import Written
from bot.parts import Card, Offer, Tone
from bot.texts import Texts

_COLOURS: dict[Tone, int] = {
    "answer": 0x2F6FB0,
    "caution": 0xB9770E,
    "suggest": 0xB9770E,
    "none": 0x6B7280,
    "notice": 0x6B7280,
}
"""Only repeats what the words say; each stands out from Discord's light and its dark background."""


PICTURE = "chart.png"
"""The name of the attached file that a picture on a card is."""


def of(written: Written, texts: Texts, *, private: bool, alt_text: str = "") -> ui.LayoutView:
    """The message for *written*; *private* is how what is pressed on it will be answered.

    alt_text: what the attached picture shows, which then stands below the facts: where a reader's screen ends when
    the message has come, and where less moves when the picture comes after it. Empty: there is none.

    The view is stopped, so discord.py does not keep it in memory: nothing on it needs it.
    """
    parts: list[ui.Item[Any]] = []
    for number, text in enumerate(written.texts):
        if number and number == len(written.texts) - 1 - bool(written.card.citations):
            if alt_text:
                parts.append(ui.MediaGallery(MediaGalleryItem(f"attachment://{PICTURE}", description=alt_text)))
            parts.append(ui.Separator())
        parts.append(ui.TextDisplay(text))
    parts += _controls(written.card, texts, private=private)
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=_COLOURS[written.card.tone]))
    view.stop()
    return view


def _controls(card: Card, texts: Texts, *, private: bool) -> list[ui.Item[Any]]:
    """Rows of buttons, or a menu where there is more to choose from than a row holds."""
    rows: list[ui.Item[Any]] = []
    if len(card.offers) > limits.ROW_BUTTONS:
        rows.append(ui.ActionRow(_menu(card, texts, private=private)))
        buttons = []
    else:
        buttons = _offered(card, private=private)
    buttons += _beside(card, texts, private=private)
    starts = range(0, len(buttons), limits.ROW_BUTTONS)
    return [*rows, *(ui.ActionRow(*buttons[at : at + limits.ROW_BUTTONS]) for at in starts)]


def _offered(card: Card, *, private: bool) -> list[ui.Button[Any]]:
    found = [(one.name, _offer(one, card, private=private)) for one in card.offers]
    return [_button(name, custom_id, ButtonStyle.primary) for name, custom_id in found if custom_id]


def _offer(one: Offer, card: Card, *, private: bool) -> str | None:
    return custom_ids.offer(one.kind, one.id, private=private, as_of=card.as_of)


def _menu(card: Card, texts: Texts, *, private: bool) -> ui.Select[Any]:
    found = [(one, _offer(one, card, private=private)) for one in card.offers[: limits.SELECT_OPTIONS]]
    options = [
        SelectOption(
            label=cut(clean(one.name), limits.SELECT_CHARACTERS),
            value=value,
            description=cut(clean(one.summary), limits.SELECT_CHARACTERS) or None,
        )
        for one, value in found
        if value
    ]
    return ui.Select(custom_id=custom_ids.choice(private=private), placeholder=texts("select.choose"), options=options)


def _beside(card: Card, texts: Texts, *, private: bool) -> list[ui.Button[Any]]:
    """The buttons of a card that can be made again; none whose id would be too long."""
    place = card.place
    if place is None:
        return []
    found: list[tuple[str, str | None]] = []
    if card.citations:
        found.append(("sources", custom_ids.sources(place)))
    if card.previous is not None:
        found.append(("back", custom_ids.page(place._replace(position=card.previous))))
    if card.next is not None:
        found.append(("more", custom_ids.page(place._replace(position=card.next))))
    if card.topic:
        found.append(("timeline", custom_ids.timeline(card.topic, card.as_of)))
    if card.others:
        found.append(("not_this", custom_ids.others(card.others, private=private, as_of=card.as_of)))
    if card.entries:
        found.append(("report", custom_ids.report(place)))
    if private:
        found.append(("share", custom_ids.share(place)))
    return [_button(texts(f"button.{name}"), one, ButtonStyle.secondary) for name, one in found if one]


def _button(label: str, custom_id: str, style: ButtonStyle) -> ui.Button[Any]:
    return ui.Button(label=cut(clean(label), limits.BUTTON_LABEL), custom_id=custom_id, style=style)
