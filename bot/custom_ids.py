"""What a button carries, as text of at most 100 characters that outlives restarts and reloads. Pure.

`dl1:` is the version of the form: change it when an old button would be misread.
"""

import re
from typing import NamedTuple

from bot import limits
from bot.cards import Position

REVISION_CHARACTERS = 6
_CARD = r"(?P<revision>[0-9a-z]{0,6}):(?P<page>\d{1,4})\.(?P<skip>\d{1,3}):(?P<ref>.{1,80})"
PAGE = rf"dl1:p:{_CARD}"
SOURCES = rf"dl1:s:{_CARD}"
TOPIC = r"dl1:t:(?P<manner>[po]):(?P<topic>.{1,80})"
FOREIGN = re.sub(r"\?P<\w+>", "?:", rf"(?!(?:{PAGE}|{SOURCES}|{TOPIC})\Z).*")
"""Whatever is none of these; without the groups' names, which may not repeat in one pattern."""


class Place(NamedTuple):
    """A card again: the answer's ref, where the card begins, and the start of the revision that it was made from."""

    ref: str
    position: Position
    revision: str


def page(place: Place) -> str | None:
    """The id of a button that turns to *place*; None if it would be too long for Discord."""
    return _whole(f"dl1:p:{_card(place)}")


def sources(place: Place) -> str | None:
    """The id of a button that shows what the card at *place* rests on; None if it would be too long."""
    return _whole(f"dl1:s:{_card(place)}")


def topic(topic_id: str, *, private: bool) -> str | None:
    """The id of a button that briefs on a topic, privately or in the open; None if it would be too long."""
    return _whole(f"dl1:t:{'p' if private else 'o'}:{topic_id}")


def place(groups: dict[str, str]) -> Place:
    """What `page` or `sources` wrote, from the groups of their pattern."""
    return Place(groups["ref"], Position(int(groups["page"]), int(groups["skip"])), groups["revision"])


def _card(place: Place) -> str:
    position = place.position
    return f"{place.revision[:REVISION_CHARACTERS]}:{position.page}.{position.skip}:{place.ref}"


def _whole(custom_id: str) -> str | None:
    return custom_id if len(custom_id) <= limits.CUSTOM_ID else None
