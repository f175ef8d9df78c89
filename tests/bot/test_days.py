"""Days as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import days
from bot.declined import DeclinedError
from bot.texts import ENGLISH, of
from tests.builders import COVERAGE, a_source


@pytest.mark.parametrize("typed", ["2016", "2016-02", "2016-02-19", " 2016-02 "])
def test_a_year_a_month_or_a_day_is_read(typed: str) -> None:
    assert days.read("as_of", typed) == typed.strip()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("19 February 2016", "2016-02-19"),
        ("1 january 2016", "2016-01-01"),
        (" February 2016", "2016-02"),
        ("2016-02-29 · 29 February 2016", "2016-02-29"),
        ("2016-01 · janvier 2016", "2016-01"),
    ],
)
def test_words_and_what_a_completion_shows_are_read(typed: str, day: str) -> None:
    assert days.read("as_of", typed) == day


@pytest.mark.parametrize("typed", [None, "", "  "])
def test_nothing_typed_is_no_day(typed: str | None) -> None:
    assert days.read("as_of", typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "19.2.2016",
        "2016-02-30",
        "2016-13",
        "2016/..",
        "2016-02~",
        "2016-XX",
        "yesterday",
        "٢٠١٦",
        "0000",
        "30 February 2016",
        "19 Brumaire 2016",
        "29 February",
    ],
)
def test_anything_else_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(DeclinedError) as caught:
        days.read("as_of", typed)
    assert str(caught.value) == (
        f"'{typed}' is no date that I can read in as_of. Type a year, a month or a day: 2016, 2016-02 or 2016-02-19."
    )


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        found = days.read("from", typed)
    except DeclinedError:
        return
    assert days.read("from", found) == found


def test_a_span_in_the_wrong_order_is_refused() -> None:
    assert days.span("2016-02", "2016-02-01") == ("2016-02", "2016-02-01")
    with pytest.raises(DeclinedError, match="Swap them"):
        days.span("2016-03", "2016-02")


def test_the_days_of_publication_are_offered_latest_first_then_months_and_years() -> None:
    sources = {one.id: one for one in (a_source("a"), a_source("b", published="2016-02~"))}
    assert days.offered(COVERAGE, sources) == ["2016-02-29", "2016-01-08", "2016-02", "2016-01", "2016"]


def test_days_are_completed_by_digits_and_by_words_in_the_reader_s_language() -> None:
    offered = ["2016-02-19", "2016-01-08", "2016-02"]
    assert days.complete("2016-02", offered, ENGLISH) == [
        ("2016-02-19 · 19 February 2016", "2016-02-19"),
        ("2016-02 · February 2016", "2016-02"),
    ]
    assert [value for _, value in days.complete("janv", offered, of("fr"))] == ["2016-01-08"]
    assert len(days.complete("", offered, ENGLISH)) == 3
