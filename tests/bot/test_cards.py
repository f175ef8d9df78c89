"""What stands where on a card."""

import itertools

from bot import cards, plain
from bot.parts import Block, Card, Entry, Position
from knowledge.model import Citation, Outcome, Reason, Request, Series, Suggestion
from tests.builders import COVERAGE, a_fact, a_source, a_speaker, a_topic, a_value, an_answer

TOLL = Series("toll", "ships lost", "rival")
OUTPUT = Series("output", "ships built", "successive")


def test_the_first_fact_is_the_bottom_line_and_is_not_repeated() -> None:
    first, second = a_fact("daily/first"), a_fact("daily/second")
    card = cards.compose(an_answer([first, second]), COVERAGE)
    assert card.bottom_line == Entry("daily/first", "", "What is known of first.", ("7 January 2016", "Daily"), (1,))
    assert card.facts == (Entry("daily/second", "", "What is known of second.", ("7 January 2016", "Daily"), (1,)),)


def test_rival_values_are_all_told_in_time_order_with_the_preferred_one_and_why() -> None:
    late = a_fact(
        "daily/late",
        series="toll",
        when="2016-01-09",
        value=a_value("41"),
        mode="stated",
        said_by=a_speaker("Ann Lee, mayor"),
        rank="preferred",
        rank_reason="she was there",
        standing="disputed",
    )
    early = a_fact("daily/early", series="toll", value=a_value("40", bound="at_most"), standing="disputed")
    card = cards.compose(an_answer([late, early], series=[TOLL]), COVERAGE)
    assert card.bottom_line
    assert card.bottom_line.rank == ""
    assert card.facts == ()
    assert card.blocks == (
        Block(
            "Accounts differ: ships lost",
            (
                Entry("daily/early", "up to 40 ships", "What is known of early.", ("7 January 2016", "Daily"), (1,)),
                Entry(
                    "daily/late",
                    "41 ships",
                    "",
                    ("9 January 2016", "Ann Lee, mayor"),
                    (1,),
                    "preferred: she was there",
                ),
            ),
        ),
    )


def test_successive_values_are_told_latest_first() -> None:
    facts = [a_fact(f"daily/{when}", series="output", when=when) for when in ("../2011", "2016-02~", "2016-01-21")]
    card = cards.compose(an_answer(facts, series=[OUTPUT]), COVERAGE)
    assert [(entry.head, entry.details[0]) for entry in card.blocks[0].entries] == [
        ("What is known of 2016-02~.", "about February 2016"),
        ("What is known of 2016-01-21.", "21 January 2016"),
        ("until 2011", "Daily"),
    ]
    assert card.blocks[0].heading == "Changed over time: ships built"
    assert card.blocks[0].entries[-1].details == ("Daily", "see above")


def test_a_series_of_which_one_value_is_shown_is_a_plain_fact() -> None:
    card = cards.compose(an_answer([a_fact("daily/a"), a_fact("daily/b", series="toll")], series=[TOLL]), COVERAGE)
    assert card.blocks == ()
    assert [entry.fact for entry in card.facts] == ["daily/b"]


def test_a_topic_card_is_titled_by_the_topic_with_other_names_apart() -> None:
    port = a_topic(names=(("en", "Port"), ("ar", "ميناء")))
    card = cards.compose(an_answer([a_fact()], request=Request("brief", "harbor"), subject=port), COVERAGE)
    assert (card.title, card.subtitle, card.names) == ("Port", "place", ("ميناء",))


def test_a_question_is_its_card_s_title_cut_to_a_hundred_characters() -> None:
    card = cards.compose(an_answer([a_fact()], request=Request("ask", "why " * 60)), COVERAGE)
    assert card.title == "“" + ("why " * 60)[:99].rstrip() + "…”"


def test_a_false_premise_is_met_as_such() -> None:
    card = cards.compose(an_answer([a_fact()], reason=Reason.CORRECTED), COVERAGE)
    assert (card.tone, card.notes) == ("caution", ("The base does not show this. It holds:",))


def test_nothing_held_says_why_what_is_held_nearby_and_what_the_base_covers() -> None:
    near = (Suggestion("quay", "Quay", "Where ships lie"),)
    answer = an_answer(
        request=Request("brief", "sebha"), reason=Reason.KNOWN_EMPTY, subject=a_topic("sebha"), suggestions=near
    )
    card = cards.compose(answer, COVERAGE)
    assert plain.render(card) == (
        "Sebha · place\n"
        "\n"
        "Sebha is known to this base, but nothing is held on it.\n"
        "This base covers Harbours, 2016.\n"
        "\n"
        "Nearby in the base\n"
        "• Quay: Where ships lie\n"
        "\n"
        "Base 01234567 · Harbours, 2016"
    )


def test_a_suggestion_presents_no_fact() -> None:
    answer = an_answer([a_fact()], outcome=Outcome.SUGGEST, reason=Reason.UNCLEAR)
    card = cards.compose(answer, COVERAGE)
    assert (card.bottom_line, card.facts, card.blocks, card.citations) == (None, (), (), ())


class TestPages:
    """Where a card begins and what comes beside it."""

    answer = an_answer([a_fact(f"daily/a{n}") for n in range(3)], [a_fact(f"daily/b{n}") for n in range(2)])

    def test_the_first_says_what_follows(self) -> None:
        card = cards.compose(self.answer, COVERAGE)
        assert (card.follow, card.previous, card.next) == (2, None, Position(1))
        assert card.subtitle == "page 1 of 2"

    def test_the_last_has_no_bottom_line_and_nothing_after_it(self) -> None:
        card = cards.compose(self.answer, COVERAGE, Position(1))
        assert (card.bottom_line, card.follow, card.previous, card.next) == (None, 0, Position(0), None)
        assert shown(card) == ["daily/b0", "daily/b1"]

    def test_a_position_past_the_end_is_the_last_page(self) -> None:
        """A reload can leave fewer pages than a button remembers."""
        assert shown(cards.compose(self.answer, COVERAGE, Position(9, 9))) == ["daily/b0", "daily/b1"]

    def test_what_does_not_fit_begins_the_next_card(self) -> None:
        def two_at_most(card: Card) -> bool:
            return len(shown(card)) <= 2

        first = cards.compose(self.answer, COVERAGE, fits=two_at_most)
        assert (shown(first), first.follow, first.next) == (["daily/a0", "daily/a1"], 3, Position(0, 2))
        second = cards.compose(self.answer, COVERAGE, first.next or Position(), fits=two_at_most)
        assert (shown(second), second.previous, second.next) == (["daily/a2"], Position(0), Position(1))


def test_a_block_that_does_not_fit_loses_its_sentences_before_a_fact_is_cut() -> None:
    facts = [a_fact(f"daily/{n}", series="toll", value=a_value(str(n))) for n in range(3)]
    card = cards.compose(
        an_answer(facts, series=[TOLL]), COVERAGE, fits=lambda one: not one.blocks[0].entries[1].statement
    )
    assert [entry.head for entry in card.blocks[0].entries] == ["0 ships", "1 ships", "2 ships"]
    assert card.blocks[0].entries[1].details == ("lost", "7 January 2016", "Daily")


def test_rival_values_of_one_day_stand_in_the_order_of_their_publication_whoever_leads() -> None:
    late, early, second = (a_fact(one, series="toll", value=a_value("1")) for one in ("a/late", "z/early", "z/second"))
    sources = {"a": a_source("a", published="2016-02"), "z": a_source("z", published="2016-01-09")}
    for facts in itertools.permutations((late, early, second)):
        card = cards.compose(an_answer(facts, series=[TOLL], sources=sources), COVERAGE)
        assert [entry.fact for entry in card.blocks[0].entries] == ["z/early", "z/second", "a/late"]


def test_a_value_whose_others_stand_on_other_cards_says_that_there_are_some() -> None:
    values = [a_fact(f"daily/{n}", series="toll", value=a_value(str(n))) for n in range(4)]
    answer = an_answer([values[0], a_fact()], values[1:3], values[3:], series=[TOLL])
    first, second, third = (cards.compose(answer, COVERAGE, Position(page)) for page in range(3))
    assert first.bottom_line
    assert first.bottom_line.details[-1] == "one of 4 accounts that differ: ships lost"
    assert [entry.details[-1] for entry in first.facts] == ["Daily"]
    assert [block.heading for block in second.blocks] == ["Accounts differ: ships lost (2 of 4 here)"]
    assert third.facts[0].details[-1] == "one of 4 accounts that differ: ships lost"


def test_a_whole_card_as_plain_text() -> None:
    toll = a_fact(
        "wire/toll",
        statement="The mayor, Ann Lee, said that seven ships were lost in the storm of 7 January 2016.",
        mode="stated",
        said_by=a_speaker("Ann Lee, mayor"),
        when_basis="derived",
        citations=(Citation("wire", (1, 5)), Citation("daily", (2,))),
    )
    blame = a_fact("wire/blame", mode="claimed", said_by=a_speaker("The Union"), standing="unconfirmed")
    answer = an_answer([toll, blame], [a_fact()], request=Request("ask", "storm\x07 toll"), read_as="storm toll")
    assert plain.render(cards.compose(answer, COVERAGE), width=80) == (
        "“storm toll” · page 1 of 2\n"
        "\n"
        "The mayor, Ann Lee, said that seven ships were lost in the storm of 7 January\n"
        "2016. [2][3]\n"
        "7 January 2016 (derived)\n"
        "\n"
        "• What is known of blame. [1]\n"
        "  7 January 2016 · claimed by The Union · unconfirmed\n"
        "\n"
        "[1–2] Wire, 8 January 2016, “Report of the wire”: [1] ¶1 · [2] ¶1, ¶5\n"
        "[3] Daily, 8 January 2016, “Report of the daily”, ¶2\n"
        "\n"
        "1 more fact follows.\n"
        "Read 'storm toll' as storm toll.\n"
        "Base 01234567 · Harbours, 2016"
    )


def shown(card: Card) -> list[str]:
    """The ids of the facts on *card*, in reading order."""
    return [entry.fact for entry in card.entries]
