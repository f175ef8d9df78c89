"""How things are put."""

import pytest

from bot import wording
from knowledge.model import Attribution, Coverage, Fact, Outcome, Reason, Request, Value
from tests.builders import COVERAGE, a_fact, a_source, a_speaker, a_topic, an_answer


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Value("killed", "people", "exact", "41"), "41 people"),
        (Value("killed", "people", "at_most", "40"), "up to 40 people"),
        (Value("killed", "people", "at_least", "47"), "at least 47 people"),
        (Value("killed", "people", "more_than", "40"), "more than 40 people"),
        (Value("fighters", "fighters", "fewer_than", "5000"), "fewer than 5,000 fighters"),
        (Value("oil", "barrels per day", "about", "300000"), "about 300,000 barrels per day"),
        (Value("oil", "barrels per day", "exact", "1600000"), "1.6 million barrels per day"),
        (Value("oil", "barrels per day", "range", None, "360000", "370000"), "360,000–370,000 barrels per day"),
        (Value("killed", "tourists", "vague"), ""),
    ],
    ids=str,
)
def test_a_figure_keeps_its_bound(value: Value, expected: str) -> None:
    assert wording.value(value) == expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        pytest.param(a_fact(), "Daily", id="the outlet's own voice"),
        pytest.param(a_fact(mode="stated", said_by=a_speaker("Ann Lee, mayor")), "Ann Lee, mayor", id="stated"),
        pytest.param(
            a_fact(mode="stated", said_by=a_speaker("Ann Lee, mayor"), statement="Mayor Lee said so."), "", id="named"
        ),
        pytest.param(a_fact(mode="claimed", said_by=a_speaker("The Union")), "claimed by The Union", id="claim"),
        pytest.param(
            a_fact(mode="claimed", said_by=a_speaker("The Union"), statement="The Union struck first."),
            "claimed by The Union",
            id="a claim that names its claimant but does not say that it is one",
        ),
        pytest.param(
            a_fact(mode="claimed", said_by=a_speaker("The Union"), statement="The Union claimed it."),
            "a claim",
            id="a claim in so many words",
        ),
        pytest.param(a_fact(mode="estimated", said_by=a_speaker("Pilots")), "estimate: Pilots", id="estimate"),
        pytest.param(a_fact(mode="anonymous", said_by=a_speaker("a pilot")), "a pilot, unnamed", id="unnamed"),
    ],
)
def test_who_says_so(fact: Fact, expected: str) -> None:
    assert wording.speaker(fact) == expected


def test_a_line_without_the_statement_always_names_the_speaker() -> None:
    fact = a_fact(mode="claimed", said_by=Attribution(text="Lee", display="Lee"), statement="Lee claimed it.")
    assert wording.attribution(fact) == "claimed by Lee"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published": "2016-01-08", "published_basis": "printed"}, "8 January 2016"),
        ({"published": "2016-01-08", "published_basis": "external"}, "8 January 2016 (day inferred)"),
        ({"published": "2016-02~", "published_basis": "inferred"}, "about February 2016 (date inferred)"),
    ],
)
def test_an_inferred_day_is_shown_as_inferred(fields: dict[str, str], expected: str) -> None:
    assert wording.published(a_source(**fields)) == expected


def test_a_date_says_how_it_is_known() -> None:
    assert wording.when(a_fact(when_basis="stated")) == "7 January 2016"
    assert wording.when(a_fact(when_basis="derived")) == "7 January 2016 (derived)"
    assert wording.when(a_fact(when="2016-02~", when_basis="inferred")) == "about February 2016 (inferred)"
    assert wording.when(a_fact(when=None, when_basis=None)) == ""


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_one_sentence(reason: Reason) -> None:
    answer = an_answer(outcome=Outcome.SUGGEST, reason=reason, subject=a_topic())
    sentence = wording.reason(answer, COVERAGE)
    assert sentence.endswith((".", "?", ":"))
    assert len(sentence) < 120


def test_what_was_read_for_a_typo_is_told() -> None:
    answer = an_answer(request=Request("brief", "sirtee"), read_as="Sirte")
    assert wording.read_as(answer) == "Read 'sirtee' as Sirte."
    assert wording.read_as(an_answer()) == ""


def test_the_years_are_told_once() -> None:
    assert wording.covers(COVERAGE) == "Harbours, 2016"
    undated = Coverage("Harbours", "2016-01-01", "2016-02-29", "", "2016-02-29", "en")
    assert wording.covers(undated) == "Harbours, 1 January 2016 to 29 February 2016"
