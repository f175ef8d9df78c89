"""What happens when a button on a card is pressed, by anybody, in any week.

Everything a button means is in its custom id and what it shows is read from the base anew, so it works after a
restart and after a reload. `layout` makes the buttons; these classes only listen.
"""

from __future__ import annotations

import re
from typing import Any, Self

from discord import ui

from bot import charts, custom_ids, layout, markdown, pictures, replies, sourcelists
from bot.asking import give
from bot.cards import START
from bot.custom_ids import Place
from bot.failures import DeclinedError
from bot.host import Host, Interaction, host_of
from knowledge.model import Answer, Request

_NOT_HELD = "None of what this card showed is held any more. Ask again to see what is."
_NOT_YOURS = "Only the person who asked turns the pages of this card. Ask yourself, and you can turn your own."
_OLD = "This button is from an earlier version. Ask again for a card that works."


class PageButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.PAGE):
    """Back and More: turn the card in place, for the person who asked."""

    def __init__(self, item: ui.Button[Any], place: Place) -> None:
        super().__init__(item)
        self.place = place

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(_as_button(item), custom_ids.place(match.groupdict()))

    async def callback(self, interaction: Interaction) -> None:
        """Show the other page."""
        async with replies.answering(interaction, in_place=True) as reply:
            if _asker(interaction) not in (None, interaction.user.id):
                raise DeclinedError(_NOT_YOURS)
            answer = await _recalled(host_of(interaction), self.place)
            written = _written(host_of(interaction), answer, self.place)
            await pictures.deliver(
                reply,
                charts.of(answer) if written.card.position == START else None,
                lambda alt_text: layout.of(written, private=_is_private(interaction), alt_text=alt_text),
                reply.turn,
            )


class SourcesButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.SOURCES):
    """Sources: what the card rests on, in full, for whoever presses."""

    def __init__(self, item: ui.Button[Any], place: Place) -> None:
        super().__init__(item)
        self.place = place

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(_as_button(item), custom_ids.place(match.groupdict()))

    async def callback(self, interaction: Interaction) -> None:
        """Show the sources, privately."""
        async with replies.answering(interaction) as reply:
            host = host_of(interaction)
            written = _written(host, await _recalled(host, self.place), self.place)
            await reply.send(layout.of(sourcelists.fitting(written.card), private=True), private=True)


class TopicButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.TOPIC):
    """A suggestion: pressing it is asking `/brief` for the topic."""

    def __init__(self, item: ui.Button[Any], topic: str, *, private: bool) -> None:
        super().__init__(item)
        self.topic = topic
        self.private = private

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(_as_button(item), match["topic"], private=match["manner"] == "p")

    async def callback(self, interaction: Interaction) -> None:
        """Answer as `/brief` would."""
        await give(interaction, Request("brief", self.topic), private=self.private)


class OldButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.FOREIGN):
    """A button that no class above knows: from an earlier version of the bot, so it is told instead of left dead."""

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(_as_button(item))

    async def callback(self, interaction: Interaction) -> None:
        """Say so."""
        async with replies.answering(interaction):
            raise DeclinedError(_OLD)


ALL = (PageButton, SourcesButton, TopicButton, OldButton)


async def _recalled(host: Host, place: Place) -> Answer:
    """The answer at *place*, from the base as it is now.

    Raises: DeclinedError: nothing of it is held any more.
    """
    answer = await host.library.recall(place.ref)
    if answer is None or not answer.pages:
        raise DeclinedError(_NOT_HELD)
    return answer


def _written(host: Host, answer: Answer, place: Place) -> markdown.Written:
    """The card at *place*, made anew."""
    return markdown.fitting(answer, host.library.coverage, place.position, shown_from=place.revision)


def _asker(interaction: Interaction) -> int | None:
    """Who brought the message that the button is on; None if Discord does not say."""
    metadata = interaction.message.interaction_metadata if interaction.message else None
    return metadata.user.id if metadata else None


def _is_private(interaction: Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


def _as_button(item: ui.Item[Any]) -> ui.Button[Any]:
    assert isinstance(item, ui.Button), "the templates are on buttons only"  # noqa: S101
    return item
