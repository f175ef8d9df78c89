"""The buttons that belong to a card, pressed by anybody, in any week: its pages, its sources, sharing it.

Everything a button means is in its custom id and what it shows is read from the base anew, so it works after a
restart and after a reload. `layout` makes the buttons; these classes only listen.
"""

from __future__ import annotations

import re
from typing import Any, Self

from discord import ui

from bot import asking, custom_ids, layout, markdown, records, replies, showing
from bot.declined import DeclinedError
from bot.host import Interaction, host_of, texts_for
from bot.parts import Place
from bot.pressed import admit_asker, as_button, is_private


class _CardButton(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """A button whose id holds a place."""

    def __init__(self, item: ui.Button[Any], place: Place) -> None:
        super().__init__(item)
        self.place = place

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(as_button(item), custom_ids.place(match.groupdict()))


class PageButton(_CardButton, template=custom_ids.PAGE):
    """Back and More: turn the card in place, for the person who asked."""

    async def callback(self, interaction: Interaction) -> None:
        """Show the other page."""
        async with replies.answering(interaction, in_place=True) as reply:
            admit_asker(interaction, "not_your_page")
            shown = await showing.again(host_of(interaction).library, self.place, texts_for(interaction))
            await asking.turn(reply, shown, private=is_private(interaction))


class SourcesButton(_CardButton, template=custom_ids.SOURCES):
    """Sources: what the card rests on, in full, for whoever presses."""

    async def callback(self, interaction: Interaction) -> None:
        """Show the sources, privately."""
        async with replies.answering(interaction) as reply:
            texts = texts_for(interaction)
            shown = await showing.again(host_of(interaction).library, self.place, texts)
            listed = markdown.fit(lambda fits: records.sources_card(shown.card, texts, fits), texts)
            await reply.send(layout.of(listed, texts, private=True), private=True)


class ShareButton(_CardButton, template=custom_ids.SHARE):
    """Share: post a private card for all, with the name of who shares it."""

    async def callback(self, interaction: Interaction) -> None:
        """Post the card."""
        async with replies.answering(interaction) as reply:
            admit_asker(interaction, "not_your_share")
            texts = texts_for(interaction)
            shown = await showing.again(host_of(interaction).library, self.place, texts)
            named = texts("card.shared_by", name=interaction.user.display_name)
            await asking.show(reply, showing.noted(shown, texts, named), private=False)


class OldButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.FOREIGN):
    """A button that no class knows: from an earlier version of the bot, so it is told instead of left dead."""

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(as_button(item))

    async def callback(self, interaction: Interaction) -> None:
        """Say so."""
        async with replies.answering(interaction):
            raise DeclinedError("old_button")


ALL = (PageButton, SourcesButton, ShareButton, OldButton)
