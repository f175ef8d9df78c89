"""A written card as Discord's Components V2: a framed column of texts with a row of buttons below.

The buttons here are bare: all they mean is in their custom ids, which `buttons` reads when one is pressed.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ButtonStyle, ui

from bot import custom_ids, limits
from bot.cards import Card, Tone
from bot.custom_ids import Place
from bot.inert import cut
from bot.markdown import Written

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


def of(written: Written, *, private: bool, alt_text: str = "") -> ui.LayoutView:
    """The message for *written*; *private* is how a suggestion that is pressed will be answered.

    alt_text: what the attached picture shows, which then stands below the facts: where a reader's screen ends when
    the message has come, and where less moves when the picture comes after it. Empty: there is none.

    The view is stopped, so discord.py does not keep it in memory: nothing on it needs it.
    """
    parts: list[ui.Item[Any]] = []
    for number, text in enumerate(written.texts):
        if number and number == len(written.texts) - 1 - bool(written.card.citations):
            if alt_text:
                parts.append(ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{PICTURE}", description=alt_text)))
            parts.append(ui.Separator())
        parts.append(ui.TextDisplay(text))
    row = _row(written.card, private=private)
    if row:
        parts.append(ui.ActionRow(*row))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=_COLOURS[written.card.tone]))
    view.stop()
    return view


def _row(card: Card, *, private: bool) -> list[ui.Button[Any]]:
    """The buttons of *card* in their order, at most a row; none whose id would be too long."""
    if card.suggestions:
        offered = [
            (one.name, custom_ids.topic(one.topic, private=private)) for one in card.suggestions[: limits.ROW_BUTTONS]
        ]
        return [_button(name, custom_id, ButtonStyle.primary) for name, custom_id in offered if custom_id]
    if not card.citations or not card.ref:
        return []
    here = Place(card.ref, card.position, card.revision)
    offered = [("Sources", custom_ids.sources(here))]
    if card.previous is not None:
        offered.append(("Back", custom_ids.page(here._replace(position=card.previous))))
    if card.next is not None:
        offered.append(("More", custom_ids.page(here._replace(position=card.next))))
    return [_button(label, custom_id, ButtonStyle.secondary) for label, custom_id in offered if custom_id]


def _button(label: str, custom_id: str, style: ButtonStyle) -> ui.Button[Any]:
    return ui.Button(label=cut(label, limits.BUTTON_LABEL), custom_id=custom_id, style=style)
