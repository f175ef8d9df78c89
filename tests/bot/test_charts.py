"""Which figures get a picture, and what it says."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from bot import charts, limits, texts
from bot.charts import Chart, Point
from knowledge.dates import Moment
from knowledge.model import Answer, Citation, Fact, Outcome, Series
from tests.builders import a_fact, a_source, a_speaker, a_value, an_answer

BUILT = Series("built", "Ships built", "successive")
DAY = date(2016, 1, 7)


def a_figure(slug: str, amount: str, *, when: str | None = "2016-01-07", **fields: Any) -> Fact:
    """One value of the series; `value` fields by their names, the rest is the fact's."""
    of_value = {name: fields.pop(name) for name in ("bound", "low", "high", "unit", "measure") if name in fields}
    return a_fact(f"daily/{slug}", series="built", when=when, value=a_value(amount, **of_value), **fields)


def chart(*facts: Fact, name: str = "Ships built") -> Chart | None:
    """The chart of an answer that is one series."""
    return charts.of(an_answer(facts, series=[Series("built", name, "successive")]))


def drawn(*facts: Fact, name: str = "Ships built") -> Chart:
    """The chart, which there must be."""
    found = chart(*facts, name=name)
    assert found is not None
    return found


class TestWhatDeservesOne:
    """Numbers that can be compared; nothing else."""

    @pytest.mark.parametrize(
        ("facts", "deserved"),
        [
            pytest.param([a_figure("a", "1"), a_figure("b", "1"), a_figure("c", "1")], True, id="three alike"),
            pytest.param([a_figure("a", "1"), a_figure("b", "2")], True, id="two that differ"),
            pytest.param([a_figure("a", "1"), a_figure("b", "1", bound="about")], False, id="two alike"),
            pytest.param([a_figure("a", "1"), a_figure("b", "2", when=None)], False, id="two, one undated"),
            pytest.param([a_figure("a", "1"), a_figure("b", "2", unit="boats")], False, id="two units"),
            pytest.param([a_figure("a", "1")], False, id="one"),
            pytest.param([a_figure("a", "1"), a_figure("b", "scores"), a_figure("c", "")], False, id="words"),
            pytest.param([a_figure("a", "nan"), a_figure("b", "inf"), a_figure("c", "1")], False, id="no real numbers"),
            pytest.param([a_fact("daily/a", series="built"), a_fact("daily/b", series="built")], False, id="no values"),
        ],
    )
    def test_by_its_values(self, facts: list[Fact], deserved: bool) -> None:
        assert (chart(*facts) is not None) is deserved

    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param(an_answer(), id="nothing held"),
            pytest.param(an_answer([a_figure("a", "1")], [a_figure("b", "2")], series=[BUILT]), id="one on the page"),
            pytest.param(an_answer([a_fact()], [a_figure("a", "1"), a_figure("b", "2")], series=[BUILT]), id="later"),
            pytest.param(an_answer([a_figure("a", "1"), a_figure("b", "2")]), id="series unknown"),
            pytest.param(
                an_answer([a_figure("a", "1"), a_figure("b", "2")], series=[BUILT], outcome=Outcome.SUGGEST), id="none"
            ),
        ],
    )
    def test_its_values_must_stand_on_the_first_page(self, answer: Answer) -> None:
        assert charts.of(answer) is None

    def test_the_first_series_on_the_page_that_deserves_one_has_it(self) -> None:
        """Whatever leads the card, and whatever series without figures comes before."""
        words = [a_fact(f"daily/{n}", series="open") for n in range(2)]
        sunk = [a_fact(f"daily/s{n}", series="sunk", value=a_value(str(n))) for n in range(2)]
        series = [Series("open", "Open", "successive"), BUILT, Series("sunk", "Sunk", "rival")]
        answer = an_answer([a_fact(), *words, a_figure("a", "1"), a_figure("b", "2"), *sunk], series=series)
        found = charts.of(answer)
        assert found is not None
        assert found.series == "built"


def test_a_whole_chart() -> None:
    facts = [
        a_figure(
            "late",
            "",
            low="1200000",
            high="1300000",
            bound="range",
            when="2016-02~",
            when_basis="inferred",
            said_by=a_speaker("Ann Lee, mayor"),
            mode="estimated",
            rank="preferred",
            rank_reason="she counted",
            citations=(Citation("wire", (1,)),),
        ),
        a_figure("early", "1600000", when="../2011", bound="at_least", standing="disputed"),
        a_figure("other", "7", unit="boats", when=None),
    ]
    sources = {
        "daily": a_source(),
        "wire": a_source("wire", publisher="Wire", published="2016-02~", published_basis="inferred"),
    }
    assert charts.of(an_answer(facts, series=[Series("built", "Built", "successive")], sources=sources)) == Chart(
        series="built",
        title="Built",
        unit="ships",
        points=(
            Point(
                fact="daily/early",
                label="at least 1.6 million",
                low=1600000,
                high=1600000,
                bound="at_least",
                when="until 2011",
                span=Moment(date.min, date(2011, 12, 31)),
                speaker="Daily",
                standing="disputed",
                is_contested=True,
            ),
            Point(
                fact="daily/late",
                label="1.2 million–1.3 million",
                low=1200000,
                high=1300000,
                bound="range",
                when="about February 2016 (inferred)",
                span=Moment(date(2016, 2, 1), date(2016, 2, 29)),
                speaker="estimate: Ann Lee",
                rank="preferred",
                is_preferred=True,
            ),
        ),
        whole=None,
        language="en",
        small_print=(
            "Not drawn: 7 boats, Daily",
            "Sources: Daily, 8 January 2016; Wire, about February 2016 (date inferred)",
        ),
        alt_text="Chart: Built, in ships. at least 1.6 million: until 2011, disputed, Daily; 1.2 million–1.3 million: "
        "about February 2016 (inferred), preferred, estimate: Ann Lee. Not drawn: 7 boats, Daily.",
    )


def test_values_stand_in_time_order() -> None:
    days = ["2016-02-01", "../2011", "2016-01", "2016-01-09", "2015/..", "2016-01-02/2016-01-06"]
    found = drawn(*(a_figure(str(number), str(number), when=day) for number, day in enumerate(days)))
    assert [point.when for point in found.points] == [
        "until 2011",
        "since 2015",
        "2–6 January 2016",
        "9 January 2016",
        "January 2016",
        "1 February 2016",
    ]


def test_the_same_answer_in_another_order_is_the_same_chart() -> None:
    """So its image is not drawn again."""
    facts = [a_figure("a", "1"), a_figure("b", "2"), a_figure("c", "3")]
    assert chart(*facts) == chart(*reversed(facts))


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        (["sunk", "sunk", "sunk"], ["", "", ""]),
        (["sunk", "hit", "sunk"], ["", "hit", ""]),
        (["sunk", "hit", "lost"], ["sunk", "hit", "lost"]),
        (["sunk", "hit"], ["sunk", "hit"]),
    ],
)
def test_what_was_counted_is_told_where_it_is_not_the_usual(measures: list[str], told: list[str]) -> None:
    facts = [a_figure(str(number), str(number), measure=measure) for number, measure in enumerate(measures)]
    assert [point.measure for point in drawn(*facts).points] == told


@pytest.mark.parametrize(
    ("name", "unit", "shown"), [("Ships built", "ships", ""), ("Shipshape", "ships", "ships"), ("Built", "", "")]
)
def test_the_unit_is_not_said_again_after_the_title(name: str, unit: str, shown: str) -> None:
    found = drawn(a_figure("a", "1", unit=unit), a_figure("b", "2", unit=unit), name=name)
    assert found.unit == shown


@pytest.mark.parametrize(
    ("unit", "most", "whole"), [("percent", "40", 100), ("percent", "140", None), ("x", "4", None)]
)
def test_a_share_is_shown_as_part_of_the_whole(unit: str, most: str, whole: float | None) -> None:
    assert drawn(a_figure("a", "1", unit=unit), a_figure("b", most, unit=unit)).whole == whole


@pytest.mark.parametrize(
    ("fields", "contested"),
    [
        ({}, False),
        ({"standing": "confirmed"}, False),
        ({"standing": "disputed"}, True),
        ({"standing": "unconfirmed", "rank": "preferred"}, True),
        ({"rank": "deprecated"}, True),
    ],
)
def test_what_does_not_simply_stand_is_contested(fields: dict[str, Any], contested: bool) -> None:
    found = drawn(a_figure("a", "1", **fields), a_figure("b", "2"))
    assert found.points[0].is_contested is contested


def test_of_many_values_the_latest_are_drawn_and_the_others_named() -> None:
    days = [f"2016-01-{day:02}" for day in range(1, charts.MOST_POINTS + 3)]
    found = drawn(*(a_figure(day, "5", when=day) for day in days))
    assert [point.fact for point in found.points] == [f"daily/{day}" for day in days[2:]]
    assert found.small_print[0] == "Not drawn: 5 ships, 1 January 2016, Daily; 5 ships, 2 January 2016, Daily"


def test_the_alternative_text_keeps_to_the_limit_and_says_that_it_was_cut() -> None:
    facts = [a_figure(str(number), "5", said_by=a_speaker("A" * 50 + " " + "B" * 100)) for number in range(9)]
    text = drawn(*facts).alt_text
    assert limits.ALT_TEXT - 200 < len(text) <= limits.ALT_TEXT
    assert text.endswith("…")


def test_text_from_the_base_is_made_harmless() -> None:
    facts = [a_figure("a", "1", said_by=a_speaker("Ann\x07\u202eLee")), a_figure("b", "2", unit="sh\nips")]
    found = drawn(*facts, a_figure("c", "3"), name="Built\u2066 in \x00\n2016")
    assert not re.search(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]", repr(found).replace("\\n", "\n"))


def test_a_reader_of_french_gets_french_words_round_the_base_s_own() -> None:
    found = charts.of(
        an_answer([a_figure("a", "1", rank="preferred"), a_figure("b", "2000", standing="disputed")], series=[BUILT]),
        texts.of("fr"),
    )
    assert found is not None
    assert (
        found.alt_text
        == "Graphique : Ships built. 1: 7 janvier 2016, retenu, Daily; 2,000: 7 janvier 2016, contesté, Daily."
    )
