"""Cards of what is looked up."""

from __future__ import annotations

import pytest

from bot import limits, markdown, plain, records
from bot.declined import DeclinedError
from bot.parts import Card, Position
from bot.texts import ENGLISH
from knowledge.catalogue import FactView, SourceView, TopicEntry
from knowledge.model import Citation, Fact, Series
from tests.builders import COVERAGE, REVISION, a_fact, a_source, a_speaker, a_topic, a_value

TOLL = Series("toll", "ships lost", "rival")
LONG = "Ünïcödé wörds thät täke twö bytes each. " * 7


def a_view(fact: Fact, *rivals: Fact) -> FactView:
    """A fact on the port, with its rivals in the toll of ships."""
    cited = {citation.source for one in (fact, *rivals) for citation in one.citations}
    sources = {source: a_source(source) for source in cited}
    return FactView(fact, (a_topic(),), sources, rivals, TOLL if fact.series else None)


def fact_card(view: FactView) -> markdown.Written:
    """Its card, as one message takes it."""
    return markdown.fit(lambda fits: records.fact_card(view, COVERAGE, REVISION, ENGLISH, fits))


def source_card(view: SourceView, position: Position = Position()) -> markdown.Written:  # noqa: B008 it is a tuple
    """The card of a source, as one message takes it."""
    return markdown.fit(lambda fits: records.source_card(view, COVERAGE, REVISION, position, ENGLISH, fits))


def holds(written: markdown.Written) -> bool:
    """Whether Discord takes it."""
    size = sum(len(text.encode()) + limits.TEXT_DISPLAY_BYTES for text in written.texts)
    return sum(map(len, written.texts)) <= limits.TEXT_CHARACTERS and size <= limits.TEXT_BYTES


def test_a_fact_in_full() -> None:
    fact = a_fact(
        "wire/toll",
        statement="The mayor, Ann Lee, said that up to seven ships were lost.",
        mode="claimed",
        said_by=a_speaker("Ann Lee, mayor"),
        standing="disputed",
        when_basis="derived",
        value=a_value("7", bound="at_most"),
        series="toll",
        citations=(Citation("wire", (1, 5)), Citation("daily", (2,))),
    )
    rival = a_fact("daily/toll", value=a_value("9"), series="toll", rank="preferred", rank_reason="counted at sea")
    assert plain.render(fact_card(a_view(fact, rival)).card) == (
        "Fact wire/toll\n"
        "\n"
        "The mayor, Ann Lee, said that up to seven ships were lost. [1][3]\n"
        "\n"
        "• Value: up to 7 ships · lost\n"
        "• When: 7 January 2016 (worked out from a weekday or a relative date)\n"
        "• Said by: Ann Lee, mayor\n"
        "• How: claimed by an interested party\n"
        "• Standing: disputed\n"
        "• Kind: event\n"
        "• Topics: Port\n"
        "\n"
        "Accounts differ: ships lost\n"
        "• 9 ships · 7 January 2016 · Daily [2]\n"
        "  What is known of toll.\n"
        "  preferred: counted at sea\n"
        "• up to 7 ships · 7 January 2016 (derived) · claimed by Ann Lee, mayor [1][3]\n"
        "\n"
        "[1] Wire, 8 January 2016, “Report of the wire”, ¶1, ¶5\n"
        "[2–3] Daily, 8 January 2016, “Report of the daily”: [2] ¶1 · [3] ¶2\n"
        "\n"
        "Base 01234567 · Harbours, 2016"
    )


def test_a_withdrawn_fact_leads_with_a_warning_and_not_with_its_claim() -> None:
    fact = a_fact("daily/toll", standing="withdrawn", note="The mayor corrected herself.")
    card = fact_card(a_view(fact)).card
    assert (card.tone, card.bottom_line) == ("caution", None)
    assert ("Standing", "withdrawn") in card.sections[0].lines
    lines = plain.render(card).splitlines()
    warning = "Withdrawn: do not use this. The curators have taken it back, and it answers no question."
    assert lines[2:4] == [warning, "The mayor corrected herself."]
    assert "• Formerly stated, withdrawn: What is known of toll. [1]" in lines
    assert "**" not in "".join(line for line in fact_card(a_view(fact)).texts if "What is known" in line)


@pytest.mark.parametrize("rivals", [1, 12, 60])
def test_a_fact_with_many_rivals_fits_and_says_what_is_left_out(rivals: int) -> None:
    made = [a_fact(f"daily/{n}", statement=LONG, series="toll", value=a_value(str(n))) for n in range(rivals + 1)]
    written = fact_card(a_view(*made))
    assert holds(written)
    shown = len({entry.fact for entry in written.card.entries})
    left_out = rivals + 1 - shown
    told = f"{left_out} more fact{'s' if left_out > 1 else ''} follow{'s' if left_out == 1 else ''}."
    assert (told in written.card.footer) is bool(left_out)


def test_a_source_shows_its_particulars_once_and_every_fact_by_paragraph() -> None:
    facts = tuple(a_fact(f"daily/f{n}", statement=f"f{n}: {LONG}"[:300]) for n in range(30))
    view = SourceView(a_source("daily", byline=("Ann Lee",), reliability="B"), facts)
    position: Position | None = Position()
    seen: list[str] = []
    cards: list[Card] = []
    while position is not None:
        written = source_card(view, position)
        assert holds(written)
        cards.append(written.card)
        seen += [entry.fact for entry in written.card.entries]
        position = written.card.next
    assert seen == [fact.id for fact in facts]
    assert (
        "Reliability",
        "B, from A (completely reliable) to E (unreliable); F is for what cannot be judged",
    ) in cards[0].sections[0].lines
    assert cards[1].sections[0].lines == ()
    assert cards[0].facts[0].details == ("¶1", "7 January 2016")


def test_a_source_without_facts_has_its_card_too() -> None:
    card = source_card(SourceView(a_source(), ())).card
    assert ("", "0 facts here rest on it, from 0 of 10 paragraphs.") in card.sections[0].lines


def test_topics_stand_by_type_and_the_empty_ones_after_them() -> None:
    entries = [
        TopicEntry(a_topic("quay", type="facility", summary="Where ships lie"), 2),
        TopicEntry(a_topic("ann", type="person"), 1),
        TopicEntry(a_topic("port", type="facility"), 9),
        TopicEntry(a_topic("dock", held=False), 0),
    ]

    def page(number: int) -> Card:
        position = Position(number)
        return records.topics_card(entries, "", COVERAGE, REVISION, position, ENGLISH, lambda card: True)

    assert plain.render(page(0)) == (
        "Topics held · page 1 of 2\n"
        "\n"
        "Facilities\n"
        "• Port · named in 9 facts\n"
        "• Quay · named in 2 facts: Where ships lie\n"
        "\n"
        "People\n"
        "• Ann · named in 1 fact\n"
        "\n"
        "Base 01234567 · Harbours, 2016"
    )
    assert [offer.id for offer in page(0).offers] == ["port", "quay", "ann"]
    assert page(1).sections[0].heading == "Known, with nothing held"
    assert page(9) == page(1)


def test_a_type_that_only_a_forged_command_can_hold_is_refused_with_the_types_there_are() -> None:
    with pytest.raises(DeclinedError) as caught:
        records.topics_card([], "banana", COVERAGE, REVISION, Position(), ENGLISH, lambda card: True)
    assert str(caught.value) == (
        "'banana' is no type that I know. Type one of place, facility, person, group, organisation, country, theme, "
        "event."
    )


def test_topics_with_long_names_fit() -> None:
    entries = [TopicEntry(a_topic(f"t{n}", name="n" * 90, summary=LONG[:100]), n) for n in range(300)]
    written = markdown.fit(lambda fits: records.topics_card(entries, "", COVERAGE, REVISION, Position(), ENGLISH, fits))
    assert holds(written)
