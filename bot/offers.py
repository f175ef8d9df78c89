"""What leads from a card to another one: suggestions, as buttons or in a menu, other readings, the timeline."""

from __future__ import annotations

import re
from typing import Any, Self

from discord import ui

from bot import asking, cards, custom_ids, markdown, replies, showing
from bot.declined import DeclinedError
from bot.host import Interaction, host_of, texts_for
from bot.parts import Offer
from bot.pressed import as_button
from bot.replies import Reply
from bot.showing import Shown
from knowledge.model import Request


class OfferButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.OFFER):
    """A suggestion: pressing it is asking for that topic, fact or source."""

    def __init__(self, item: ui.Button[Any], offered: re.Match[str]) -> None:
        super().__init__(item)
        self.offered = offered

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(as_button(item), match)

    async def callback(self, interaction: Interaction) -> None:
        """Answer as the command would."""
        async with replies.answering(interaction) as reply:
            await _open(reply, self.offered)


class OfferMenu(ui.DynamicItem[ui.Select[Any]], template=custom_ids.CHOICE):
    """The same, chosen from a menu."""

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        assert isinstance(item, ui.Select), "the template is on menus only"  # noqa: S101
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Answer as the command would."""
        async with replies.answering(interaction) as reply:
            offered = re.fullmatch(custom_ids.OFFER, self.item.values[0] if self.item.values else "")
            if offered is None:
                raise DeclinedError("old_button")
            await _open(reply, offered)


class OthersButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.OTHERS):
    """Not this: the other topics that the question may have meant, for whoever presses."""

    def __init__(self, item: ui.Button[Any], topics: list[str], *, private: bool, as_of: str | None) -> None:
        super().__init__(item)
        self.topics = topics
        self.private = private
        self.as_of = as_of

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(as_button(item), match["topics"].split(","), private=match["manner"] == "p", as_of=match["as_of"])

    async def callback(self, interaction: Interaction) -> None:
        """Offer them, privately."""
        async with replies.answering(interaction) as reply:
            library, texts = host_of(interaction).library, texts_for(interaction)
            held = {one.topic.id: one.topic for one in library.topics()}
            found = [held[topic] for topic in self.topics if topic in held]
            if not found:
                raise DeclinedError("no_other")
            card = cards.offering(
                tuple(Offer("topic", one.id, one.name, one.summary) for one in found),
                texts,
                title=texts("button.not_this"),
                notes=(texts("reason.choose"),),
                footer=cards.footer(library.coverage, library.revision, texts),
                as_of=self.as_of,
            )
            await asking.show(reply, Shown(markdown.write(card, texts)), private=self.private)


class TimelineButton(ui.DynamicItem[ui.Button[Any]], template=custom_ids.TIMELINE):
    """Timeline: of the card's topic, for whoever presses, who can then share it."""

    def __init__(self, item: ui.Button[Any], topic: str, as_of: str | None) -> None:
        super().__init__(item)
        self.request = Request(cards.TIMELINE, topic, as_of)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """See `discord.ui.DynamicItem`."""
        return cls(as_button(item), match["topic"], match["as_of"] or None)

    async def callback(self, interaction: Interaction) -> None:
        """Show it, privately."""
        await asking.give(interaction, self.request, private=True)


ALL = (OfferButton, OfferMenu, OthersButton, TimelineButton)


async def _open(reply: Reply, offered: re.Match[str]) -> None:
    library, texts = host_of(reply.interaction).library, texts_for(reply.interaction)
    kind, private = custom_ids.KINDS[offered["kind"]], offered["manner"] == "p"
    if kind == "topic":
        await asking.answer_with(reply, Request("brief", offered["id"], offered["as_of"]), private=private)
        return
    find = showing.fact if kind == "fact" else showing.source
    shown = await find(library, offered["id"], texts)
    if shown is None:
        raise DeclinedError("not_held")
    await asking.show(reply, shown, private=private)
