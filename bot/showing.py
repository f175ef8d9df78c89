"""Cards made from the library: the first time, and again from the short text on a button.

What is made again says which of its facts have changed or were withdrawn since; that is all it shares with a memory.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bot import cards, markdown, records, wording
from bot.charts import Chart
from bot.charts import of as chart_of
from bot.declined import DeclinedError
from bot.markdown import Written
from bot.parts import START, Card, Place, Position
from bot.texts import Texts
from bot.texts import of as texts_of
from knowledge.model import Answer

if TYPE_CHECKING:
    from knowledge.library import Library


class Shown(NamedTuple):
    """A card written for Discord, and the chart that belongs on it."""

    written: Written
    chart: Chart | None = None

    @property
    def card(self) -> Card:
        """The card."""
        return self.written.card


def answered(
    library: Library, answer: Answer, texts: Texts, position: Position = START, *, full: bool = False
) -> Shown:
    """The card of an answer, from *position* on."""
    written = markdown.fitting(answer, library.coverage, position, texts=texts, full=full)
    drawn = written.card.place is not None and written.card.place.position == START
    if not drawn or answer.request.command == cards.TIMELINE:
        return Shown(written)
    return Shown(written, chart_of(answer, texts, texts_of(library.coverage.language)))


async def fact(library: Library, fact_id: str, texts: Texts) -> Shown | None:
    """The card of one fact, by id or key; None when there is none."""
    view = await library.fact(fact_id)
    if view is None:
        return None
    coverage, revision = library.coverage, library.revision
    return Shown(markdown.fit(lambda fits: records.fact_card(view, coverage, revision, texts, fits), texts))


async def source(library: Library, source_id: str, texts: Texts, position: Position = START) -> Shown | None:
    """The card of one source, by id; None when there is none."""
    view = await library.source(source_id)
    if view is None:
        return None
    coverage, revision = library.coverage, library.revision
    return Shown(markdown.fit(lambda fits: records.source_card(view, coverage, revision, position, texts, fits), texts))


def topics(library: Library, kind: str, texts: Texts, position: Position = START) -> Shown:
    """The card of the topics of one type, or of all of them."""
    entries, coverage, revision = library.topics(kind or None), library.coverage, library.revision
    return Shown(
        markdown.fit(lambda fits: records.topics_card(entries, kind, coverage, revision, position, texts, fits), texts)
    )


async def again(library: Library, place: Place, texts: Texts) -> Shown:
    """The card at *place*, from the base as it is now, with a note of what has changed since it was first made.

    Raises: DeclinedError: nothing of it is held any more.
    """
    shown = await _remade(library, place, texts)
    if library.revision.startswith(place.revision):
        if shown is None:
            raise DeclinedError("not_held")
        return shown
    changes = await library.changes(place.ref, place.revision)
    if shown is None:
        if changes is None or not changes.withdrawn:
            raise DeclinedError("not_held")
        raise DeclinedError("withdrawn", facts=wording.listed(changes.withdrawn, texts))
    notes: list[str] = []
    if changes is None:
        notes.append(texts("card.reloaded"))
    else:
        if changes.changed:
            notes.append(texts("card.changed", facts=wording.listed(changes.changed, texts)))
        if changes.withdrawn:
            notes.append(texts("card.withdrawn", facts=wording.listed(changes.withdrawn, texts)))
    return noted(shown, texts, *notes)


def noted(shown: Shown, texts: Texts, *notes: str) -> Shown:
    """*shown* with *notes* above all others."""
    if not notes:
        return shown
    card = replace(shown.card, notes=(*notes, *shown.card.notes))
    return shown._replace(written=markdown.write(card, texts))


async def _remade(library: Library, place: Place, texts: Texts) -> Shown | None:
    kind, _, rest = place.ref.partition("=")
    match kind:
        case "x":
            return await fact(library, rest, texts)
        case "s":
            return await source(library, rest, texts, place.position)
        case "k":
            return topics(library, rest, texts, place.position)
        case _:
            answer = await library.recall(place.ref)
            if answer is None or not answer.pages:
                return None
            return answered(library, answer, texts, place.position, full=place.full)
