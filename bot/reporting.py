"""Report: a form that any reader can fill in about a card, and what becomes of it.

The form is taken by its custom id and not by an object kept in memory, so that one opened before a restart still
arrives.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Self, cast

import discord
from discord import ui

from bot import custom_ids, limits, replies, reports, showing
from bot.declined import DeclinedError
from bot.host import Host, Interaction, host_of, texts_for
from bot.parts import Place
from bot.pressed import as_button
from bot.texts import ENGLISH, Texts
from knowledge.state import Report

TEXT_CHARACTERS = 1000
"""Of a report: enough for a correction with its source, and it fits with its marks into one message."""
_TEXT, _CONTACT = "text", "contact"

_log = logging.getLogger(__name__)


class ReportButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.REPORT):
    """Report: for whoever presses."""

    def __init__(self, item: ui.Button[Any], place: Place) -> None:
        super().__init__(item)
        self.place = place

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(as_button(item), custom_ids.place(match.groupdict()))

    async def callback(self, interaction: Interaction) -> None:
        """Open the form."""
        async with replies.answering(interaction) as reply:
            await reply.ask(form(self.place, texts_for(interaction)))


def form(place: Place, texts: Texts) -> ui.Modal:
    """The form for a report on the card at *place*."""
    modal = ui.Modal(title=texts("report.title"), custom_id=custom_ids.report_form(place) or "")
    words = ui.TextInput[Any](custom_id=_TEXT, style=discord.TextStyle.paragraph, max_length=TEXT_CHARACTERS)
    modal.add_item(ui.Label(text=texts("report.text"), description=texts("report.text.help"), component=words))
    tick = ui.Checkbox[Any](custom_id=_CONTACT)
    modal.add_item(ui.Label(text=texts("report.contact"), description=texts("report.contact.help"), component=tick))
    return modal


async def receive(interaction: Interaction) -> None:
    """Take a form that was sent in."""
    data = cast("dict[str, Any]", interaction.data)
    async with replies.answering(interaction) as reply:
        match = re.fullmatch(custom_ids.REPORT_FORM, data["custom_id"])
        if match is None:
            raise DeclinedError("old_button")
        given = dict(_fields(data["components"]))
        texts, host = texts_for(interaction), host_of(interaction)
        report = await _kept(host, custom_ids.place(match.groupdict()), given, interaction.user.id)
        named = texts("report.named" if report.contact else "report.anonymous")
        await reply.notice(f"{texts('report.thanks', number=report.number)} {named}")
        await _post(interaction, host, report)


async def _kept(host: Host, place: Place, given: dict[str, Any], user_id: int) -> Report:
    """The report, in the queue.

    Raises: DeclinedError: it says nothing.
    """
    text = str(given.get(_TEXT) or "").strip()[:TEXT_CHARACTERS]
    if not text:
        raise DeclinedError("empty_report")
    try:
        card = (await showing.again(host.library, place, ENGLISH)).card
        facts = tuple(dict.fromkeys(entry.fact for entry in card.entries))
    except DeclinedError:
        # What the card showed is gone; what the reader says of it may matter all the more.
        facts = ()
    contact = str(user_id) if given.get(_CONTACT) is True else None
    day = datetime.now(UTC).date().isoformat()
    number = await host.state.add_report(facts, revision=place.revision, text=text, day=day, contact=contact)
    _log.info("report %d on %s", number, ", ".join(facts) or "nothing held")
    return Report(number, day, facts, place.revision, text, contact)


async def _post(interaction: Interaction, host: Host, report: Report) -> None:
    """Show *report* in the curators' channel, if the settings name one; it is in the queue whatever becomes of this."""
    channel = host.settings.curators_channel
    if channel is None:
        return
    content = reports.posted(report, room=limits.CONTENT_CHARACTERS)
    try:
        await interaction.client.get_partial_messageable(channel).send(content, suppress_embeds=True)
        _log.info("report %d posted in curators.channel", report.number)
    except discord.HTTPException as error:
        _log.warning("report %d cannot be posted in curators.channel %d: %s", report.number, channel, error)


def _fields(components: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """(custom id, value) of every field of a form, whatever it stands in."""
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", [])
        yield from _fields(inner)
        if "value" in component:
            yield component["custom_id"], component["value"]
