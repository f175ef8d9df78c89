"""What is offered while somebody types into an option. It shows nothing that a reply would not."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Literal

from discord import app_commands

from bot import days, limits
from bot.host import Interaction, host_of, texts_for
from bot.inert import clean, cut

Field = Literal["topic", "aspect", "fact", "source"]
Choices = list[app_commands.Choice[str]]

_TYPED_CHARACTERS = 200
"""More has never been part of a name; the rest of a pasted text is not worth searching while somebody types."""

_log = logging.getLogger(__name__)


def complete(interaction: Interaction, field: Field, typed: str, *, shortcut: str | None = None) -> Choices:
    """What fits *typed* so far, best first; nothing if that fails, since a choice list cannot carry an error."""
    library = host_of(interaction).library
    try:
        found = library.complete(field, typed[:_TYPED_CHARACTERS], shortcut=shortcut, limit=limits.CHOICES)
    except Exception:
        _log.exception("completing %s failed", field)
        return []
    return _choices((one.name, one.value) for one in found)


async def topic(interaction: Interaction, typed: str) -> Choices:
    """For an option that takes a topic."""
    return complete(interaction, "topic", typed)


async def fact(interaction: Interaction, typed: str) -> Choices:
    """For an option that takes a fact."""
    return complete(interaction, "fact", typed)


async def source(interaction: Interaction, typed: str) -> Choices:
    """For an option that takes a source."""
    return complete(interaction, "source", typed)


async def day(interaction: Interaction, typed: str) -> Choices:
    """For an option that takes a date."""
    library = host_of(interaction).library
    offered = days.offered(library.coverage, library.sources)
    return _choices(days.complete(typed[:_TYPED_CHARACTERS], offered, texts_for(interaction)))


def _choices(found: Iterable[tuple[str, str]]) -> Choices:
    return [
        app_commands.Choice(name=cut(clean(name), limits.CHOICE_CHARACTERS), value=value)
        for name, value in found
        if name.strip() and 0 < len(value) <= limits.CHOICE_CHARACTERS
    ][: limits.CHOICES]
