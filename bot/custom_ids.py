"""What a button carries, as text of at most 100 characters that outlives restarts and reloads. Pure.

`dl1:` is the version of the form: change it when an old button would be misread. Each id is written by the function
that has the name of its pattern in small letters, and gives None where it would be too long for Discord.
"""

import re
from collections.abc import Sequence

from bot import limits
from bot.parts import Place, Position

REVISION_CHARACTERS = 6
_CARD = r"(?P<revision>[0-9a-z]{0,6}):(?P<page>\d{1,4})\.(?P<skip>\d{1,3})(?P<full>f?):(?P<ref>.{1,80})"
_TO = r"(?P<manner>[po]):"
PAGE = rf"dl1:p:{_CARD}"
SOURCES = rf"dl1:s:{_CARD}"
SHARE = rf"dl1:h:{_CARD}"
REPORT = rf"dl1:r:{_CARD}"
REPORT_FORM = rf"dl1:m:{_CARD}"
"""Of the form that Report opens, which is no button."""
OFFER = rf"dl1:(?P<kind>[txu]):{_TO}(?P<id>[^@]{{1,90}})(?:@(?P<as_of>[^@]{{1,12}}))?"
CHOICE = rf"dl1:c:{_TO}menu"
OTHERS = rf"dl1:n:{_TO}(?P<topics>[^@]{{1,90}})(?:@(?P<as_of>[^@]{{1,12}}))?"
TIMELINE = r"dl1:l:(?P<topic>[^@]{1,80})@(?P<as_of>[^@]{0,12})"
_ALL = (PAGE, SOURCES, SHARE, REPORT, OFFER, CHOICE, OTHERS, TIMELINE)
FOREIGN = re.sub(r"\?P<\w+>", "?:", rf"(?!(?:{'|'.join(_ALL)})\Z)(?s:.*)")
"""Whatever is none of these; without the groups' names, which may not repeat in one pattern."""

_LETTERS = {"topic": "t", "fact": "x", "source": "u"}
KINDS = {letter: kind for kind, letter in _LETTERS.items()}
"""Of offers, by the letter in their ids."""


def page(place: Place) -> str | None:
    """The id of a button that turns to *place*."""
    return _whole(f"dl1:p:{_card(place)}")


def sources(place: Place) -> str | None:
    """The id of a button that shows what the card at *place* rests on."""
    return _whole(f"dl1:s:{_card(place)}")


def share(place: Place) -> str | None:
    """The id of a button that posts the card at *place* for all."""
    return _whole(f"dl1:h:{_card(place)}")


def report(place: Place) -> str | None:
    """The id of a button that opens the form for a report on the card at *place*."""
    return _whole(f"dl1:r:{_card(place)}")


def report_form(place: Place) -> str | None:
    """The id of that form."""
    return _whole(f"dl1:m:{_card(place)}")


def offer(kind: str, offered: str, *, private: bool, as_of: str | None = None) -> str | None:
    """The id of a button, or the value in a menu, for a topic, fact or source, to be shown privately or in the open,
    as far as it had been reported by *as_of*."""
    return _whole(f"dl1:{_LETTERS[kind]}:{_manner(private)}:{offered}{_day(as_of)}")


def choice(*, private: bool) -> str:
    """The id of a menu of offers."""
    return f"dl1:c:{_manner(private)}:menu"


def others(topics: Sequence[str], *, private: bool, as_of: str | None = None) -> str | None:
    """The id of a button that offers *topics* instead, as many of them as there is room for."""
    for count in range(len(topics), 0, -1):
        found = _whole(f"dl1:n:{_manner(private)}:{','.join(topics[:count])}{_day(as_of)}")
        if found:
            return found
    return None


def timeline(topic: str, as_of: str | None) -> str | None:
    """The id of a button that shows the timeline of *topic*, as far as it had been reported by *as_of*."""
    return _whole(f"dl1:l:{topic}@{as_of or ''}")


def place(groups: dict[str, str]) -> Place:
    """What `page` and its like wrote, from the groups of their pattern."""
    position = Position(int(groups["page"]), int(groups["skip"]))
    return Place(groups["ref"], position, groups["revision"], bool(groups["full"]))


def _card(place: Place) -> str:
    position, full = place.position, "f" if place.full else ""
    return f"{place.revision[:REVISION_CHARACTERS]}:{position.page}.{position.skip}{full}:{place.ref}"


def _day(as_of: str | None) -> str:
    return f"@{as_of}" if as_of else ""


def _manner(private: bool) -> str:
    return "p" if private else "o"


def _whole(custom_id: str) -> str | None:
    return custom_id if len(custom_id) <= limits.CUSTOM_ID else None
