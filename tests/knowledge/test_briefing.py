"""Asking the base on a botanical garden: every kind of question that the base on Libya is asked.

The engine and its weights have never seen this subject, so what holds here holds for another desk.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.model import Answer, Outcome, Reason, Suggestion
from tests.knowledge.conftest import Ask

TITAN_ARUM = [
    "gazette/flowering",
    "herald/visitors",
    "gazette/visitors",
    "gazette/height-february",
    "herald/height-january",
]
ASKED = [
    ("direct", "when did the titan arum open", "gazette/flowering"),
    ("direct, of another source", "why did the palm house close", "herald/boiler"),
    ("keyword", "pear trees fire blight losses", "gazette/pear-trees"),
    ("keyword without a command", "height corpse flower", "gazette/height-february"),
    ("typo", "when did the titan arum opne", "gazette/flowering"),
    ("two typos", "how meny pear treees died of fire blight", "gazette/pear-trees"),
    ("alias", "how tall is the Amorphophallus titanum", "gazette/height-february"),
    ("former name", "why did the Great Stove close", "herald/boiler"),
    ("paraphrase", "which night did the giant blossom unfold", "gazette/flowering"),
    ("paraphrase through synonyms", "what odour does the flower give off", "gazette/smell"),
    ("Arabic", "متى تفتح الأروم العملاق", "gazette/flowering"),
    ("Arabic with vowel marks", "مَتَى تَفَتَّحَ الأُرُومُ العِمْلاقُ", "gazette/flowering"),
    ("Arabic figure", "كم شجرة قتلت اللفحة النارية", "gazette/pear-trees"),
    ("figure", "how much did the council grant for the boiler", "herald/council"),
    ("figure of a topic's first meaning", "how many pear trees did fire blight kill", "gazette/pear-trees"),
    ("who", "who blamed the bees", "gazette/bees"),
    ("when", "when did the boiler fail", "herald/boiler"),
    ("where", "where did the titan arum flower", "gazette/flowering"),
    ("acronym in capitals", "what did IT say about leaf blight", "herald/maize"),
    ("background", "since when has Fenwick been director", "herald/fenwick-elected"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "leads"), [pytest.param(q, leads, id=kind) for kind, q, leads in ASKED])
def test_a_question_is_answered_with_the_fact_that_answers_it(ask: Ask, question: str, leads: str) -> None:
    answer = ask(question)
    assert (answer.outcome, shown(answer)[:1]) == (Outcome.ANSWER, [leads])


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("best pizza in rome", id="out of domain"),
        pytest.param("who won the league in 2030", id="out of domain with a year"),
        pytest.param("who planted the orchids of the palm house", id="thing that the base does not know"),
        pytest.param("did fenwick resign", id="deed that the base does not know"),
        pytest.param("how heavy is the roof of the palm house", id="question that the sources leave open"),
        pytest.param("how many seeds are in the seed vault", id="known-empty topic"),
    ],
)
def test_a_question_that_the_base_cannot_answer_gets_no_fact(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.outcome is Outcome.ANSWER, answer.pages) == (False, ())


def test_a_false_premise_is_never_taken_over(ask: Ask) -> None:
    """The palm house never burnt down: either the fact that sets it right, introduced as such, or no fact."""
    answer = ask("when did the palm house burn down")
    assert (answer.reason is Reason.CORRECTED and shown(answer)[0] == "herald/boiler") or answer.pages == ()


class TestSeries:
    """Values of one thing are told whole, whoever asks for which."""

    def test_rival_values_are_all_shown(self, ask: Ask) -> None:
        answer = ask("how many people saw the titan arum on its first day")
        assert shown(answer) == ["gazette/visitors", "herald/visitors"]
        assert [match.fact.said_by.display for match in answer.first_page] == [
            "Ada Fenwick, director",
            "Tomás Ruiz, head gardener",
        ]
        assert [series.kind for series in answer.series.values()] == ["rival"]

    def test_the_value_asked_for_leads_and_the_others_follow(self, ask: Ask) -> None:
        answer = ask("how tall was the corpse flower in January")
        assert shown(answer) == ["herald/height-january", "gazette/height-february"]

    def test_a_page_of_a_brief_never_parts_a_series(self, ask: Ask) -> None:
        for page in ask("/brief marn garden").pages:
            ids = {match.fact.id for match in page}
            for pair in ({"gazette/visitors", "herald/visitors"}, {"gazette/height-february", "herald/height-january"}):
                assert pair <= ids or not pair & ids


class TestBrief:
    """`/brief`: a topic by any of its names."""

    @pytest.mark.parametrize(
        "name",
        ["titan-arum", "Titan arum", "TITAN ARUM", "corpse flower", "Amorphophallus titanum", "titan arrum",
         "the corpse-flower", "الأروم العملاق", "أروم عملاق"],
    )  # fmt: skip
    def test_every_name_leads_to_the_same_card(self, ask: Ask, name: str) -> None:
        answer = ask(f"/brief {name}")
        assert answer.subject is not None
        assert (answer.subject.id, answer.read_as, answer.confidence) == ("titan-arum", None, 1.0)
        assert sorted(shown(answer)[:5]) == sorted(TITAN_ARUM)

    @pytest.mark.parametrize(
        ("typed", "subject"),
        [("titan arun", "Titan arum"), ("palm hose", "Palm House"), ("fire blihgt", "Fire blight")],
    )
    def test_a_typo_is_repaired_and_said(self, ask: Ask, typed: str, subject: str) -> None:
        answer = ask(f"/brief {typed}")
        assert answer.subject is not None
        assert (answer.subject.name, answer.read_as, answer.outcome) == (subject, subject, Outcome.ANSWER)

    def test_a_known_empty_topic_gives_no_fact_and_its_neighbours(self, ask: Ask) -> None:
        answer = ask("/brief seed vault")
        assert answer.subject is not None
        assert (answer.outcome, answer.reason, answer.subject.id, answer.pages) == (
            Outcome.NONE,
            Reason.KNOWN_EMPTY,
            "seed-vault",
            (),
        )
        assert answer.suggestions[0] == Suggestion("palm-house", "Palm House", "Glasshouse of 1870")

    def test_a_topic_below_another_is_part_of_its_card(self, ask: Ask) -> None:
        everything = {match.fact.id for page in ask("/brief marn garden").pages for match in page}
        assert "gazette/glass" in everything

    def test_what_nobody_knows_gives_no_fact(self, ask: Ask) -> None:
        answer = ask("/brief atlantis")
        assert (answer.outcome, answer.pages) == (Outcome.NONE, ())


class TestShortcut:
    """A command that is fixed to one topic: this base's `/flower`, the shipped one's `/oil`."""

    def test_an_aspect_is_asked_within_its_topic(self, ask: Ask) -> None:
        assert shown(ask("/flower height")) == ["gazette/height-february", "herald/height-january"]

    def test_nothing_from_outside_its_topic_is_shown(self, ask: Ask) -> None:
        for typed in ("losses", "price", "cause", "council grant", "visitors"):
            assert all("titan-arum" in match.fact.topics for page in ask(f"/flower {typed}").pages for match in page)

    def test_what_is_not_of_its_topic_gives_no_fact(self, ask: Ask) -> None:
        assert ask("/flower council grant").pages == ()


class TestAsOf:
    """As of a day: only what had been published by then."""

    def test_later_reports_are_left_out(self, ask: Ask) -> None:
        assert shown(ask("/ask how many people saw the titan arum", as_of="2031-02-06")) == ["gazette/visitors"]
        early = [match.fact.source for page in ask("/brief marn garden", as_of="2031-02-06").pages for match in page]
        assert set(early) == {"gazette"}

    def test_a_topic_of_which_nothing_was_known_yet_says_so(self, ask: Ask) -> None:
        answer = ask("/brief leaf blight", as_of="2031-02-06")
        assert (answer.outcome, answer.reason, answer.pages) == (Outcome.NONE, Reason.NOT_YET, ())

    def test_the_last_day_counts(self, ask: Ask) -> None:
        assert ask("/brief leaf blight", as_of="2031-02-12").outcome is Outcome.ANSWER


def test_a_fact_is_found_by_its_id(ask: Ask) -> None:
    assert shown(ask("/ask gazette/bees")) == ["gazette/bees"]


@pytest.mark.parametrize("typed", ["", " ", "…", '"', "/ask", "/brief", "\u200b", "🔥"])
def test_nothing_readable_is_met_with_what_is_held(ask: Ask, typed: str) -> None:
    answer = ask(typed)
    assert (answer.outcome, answer.reason, answer.pages) == (Outcome.NONE, Reason.EMPTY_QUERY, ())
    assert answer.suggestions


def test_an_answer_names_its_revision_and_the_sources_of_its_facts(ask: Ask) -> None:
    answer = ask("/ask who blamed the bees")
    assert len(answer.revision) == 12
    assert set(answer.sources) == {citation.source for match in answer.first_page for citation in match.fact.citations}


TYPED = st.one_of(
    st.text(max_size=80),
    st.text("\"'`*_~|<>@#:()[]{}\\/-+%;,.!?\x00\n\t", max_size=30),
    st.lists(
        st.sampled_from(
            ("titan arum", "IT", "blight", "الأروم", "how many", "OR", "AND", "NEAR", "palm", "2031", "not")
        ),
        max_size=40,
    ).map(" ".join),
)


@settings(deadline=None, max_examples=150)
@given(command=st.sampled_from(["brief", "ask", "flower", "unknown"]), typed=TYPED)
@example(command="ask", typed="x" * 6000)
@example(command="ask", typed="titan " * 1000)
@example(command="ask", typed="port OR")
@example(command="ask", typed="es-sider")
@example(command="brief", typed="@everyone")
@example(command="ask", typed="how tall الأروم is العملاق the titan")
def test_no_typed_text_ever_raises(ask: Ask, command: str, typed: str) -> None:
    """One of three outcomes for everything; facts with an answer only, each with its citation and source."""
    answer = ask(f"/{command} {typed}")
    assert (answer.outcome is Outcome.ANSWER) == bool(answer.pages)
    assert 0.0 <= answer.confidence <= 1.0
    for match in (match for page in answer.pages for match in page):
        assert 0.0 <= match.score <= 1.0
        assert match.fact.citations
        assert all(citation.paragraphs and citation.source in answer.sources for citation in match.fact.citations)


def shown(answer: Answer) -> list[str]:
    """The ids of the facts on the first page."""
    return [match.fact.id for match in answer.first_page]
