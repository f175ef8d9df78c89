"""What the Sources button shows."""

from __future__ import annotations

import pytest

from bot import cards, layout, limits, markdown, records
from bot.parts import Card
from bot.texts import ENGLISH
from tests.builders import COVERAGE, a_fact, a_source, an_answer


def a_card(sources: int, **fields: str) -> Card:
    """A card of one fact from each of so many sources."""
    facts = [a_fact(f"daily{n}/{n}") for n in range(sources)]
    cited = {f"daily{n}": a_source(f"daily{n}", **fields) for n in range(sources)}
    return cards.compose(an_answer(facts, sources=cited), COVERAGE)


def fitting(card: Card) -> markdown.Written:
    """Its sources, as one message takes them."""
    return markdown.fit(lambda fits: records.sources_card(card, ENGLISH, fits))


def test_a_few_are_shown_in_full() -> None:
    written = fitting(a_card(2))
    assert [section.heading for section in written.card.sections] == ["Report of the daily0", "Report of the daily1"]
    assert written.card.offers == ()


@pytest.mark.parametrize("sources", [9, 13, 20])
def test_all_are_shown_however_many_the_last_ones_in_a_line_and_can_be_chosen(sources: int) -> None:
    written = fitting(a_card(sources, descriptor="A report of what is known. " * 15))
    text = "\n".join(written.texts)
    assert all(f"Report of the daily{n}" in text for n in range(sources))
    assert "did not fit" not in text
    assert 0 < len(written.card.sections) < sources
    assert [offer.id for offer in written.card.offers] == [f"daily{n}" for n in range(sources)]
    view = layout.of(written, ENGLISH, private=True)
    assert view.total_children_count <= limits.COMPONENTS
    assert len(text) <= limits.TEXT_CHARACTERS


def test_those_that_do_not_fit_even_so_are_counted() -> None:
    written = fitting(a_card(60, publisher="P" * 90))
    shown = len(written.card.offers)
    assert 10 < shown < 60
    assert f"{60 - shown} more sources did not fit in one message." in written.texts[-1]
