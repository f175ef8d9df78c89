"""Dates as curators write them: what they cover, how they are read aloud, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import dates
from knowledge.dates import Moment

NO_DATE = "is not a date: write 2016-02-19, 2016-02, 2016, 2016-02~ (about) or an interval a/b"


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        pytest.param("2016", date(2016, 1, 1), date(2016, 12, 31), "2016", id="year"),
        pytest.param("2016-02", date(2016, 2, 1), date(2016, 2, 29), "February 2016", id="month of a leap year"),
        pytest.param("2016-02-19", date(2016, 2, 19), date(2016, 2, 19), "19 February 2016", id="day"),
        pytest.param("2016-02~", date(2016, 2, 1), date(2016, 2, 29), "about February 2016", id="about"),
        pytest.param("2016-01-05~", date(2016, 1, 5), date(2016, 1, 5), "about 5 January 2016", id="about a day"),
        pytest.param("2014?", date(2014, 1, 1), date(2014, 12, 31), "2014 (uncertain)", id="uncertain"),
        pytest.param("2016-01-XX", date(2016, 1, 1), date(2016, 1, 31), "January 2016", id="some day of a month"),
        pytest.param("2016-XX", date(2016, 1, 1), date(2016, 12, 31), "2016", id="some month of a year"),
        pytest.param("2016-XX-XX", date(2016, 1, 1), date(2016, 12, 31), "2016", id="some day of a year"),
        pytest.param("2016-02-24/2016-02-26", date(2016, 2, 24), date(2016, 2, 26), "24–26 February 2016", id="days"),
        pytest.param("2016-01-30/2016-02-02", date(2016, 1, 30), date(2016, 2, 2), "30 January 2016 to 2 February 2016",
                     id="days of two months"),
        pytest.param("2011/2016-01", date(2011, 1, 1), date(2016, 1, 31), "2011 to January 2016", id="mixed interval"),
        pytest.param("2014/..", date(2014, 1, 1), date.max, "since 2014", id="open end"),
        pytest.param("../2011", date.min, date(2011, 12, 31), "until 2011", id="open beginning"),
        pytest.param("2014~/..", date(2014, 1, 1), date.max, "since about 2014", id="open end, about"),
    ],
)  # fmt: skip
def test_a_date_covers_its_days_and_has_plain_words(text: str, first: date, last: date, words: str) -> None:
    assert (dates.parse(text), dates.in_words(text)) == (Moment(first, last), words)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("2015-02-29", "'2015-02-29' is no day of the calendar", id="no leap year"),
        pytest.param("2016-13", "'2016-13' is no day of the calendar", id="thirteenth month"),
        pytest.param("0000", "'0000' is no day of the calendar", id="year nought"),
        pytest.param("2016-XX-05", "'2016-XX-05' gives a day in an unknown month", id="day of an unknown month"),
        pytest.param("2016-03/2016-02", "'2016-03/2016-02' ends before it begins", id="backwards"),
        pytest.param("../..", "'../..' is open on both sides", id="open on both sides"),
        *(
            pytest.param(text, f"'{part}' {NO_DATE}", id=name)
            for text, part, name in (
                ("", "", "empty"), ("8 January", "8 January", "words"), ("2016-1-5", "2016-1-5", "one digit"),
                ("16-01-05", "16-01-05", "short year"), ("2016/", "", "half an interval"), ("12:30", "12:30", "time"),
                ("2014/2015/2016", "2015/2016", "three parts"), ("2016-02-19~?", "2016-02-19~?", "two qualifiers"),
                (" 2016", " 2016", "space"), ("..", "..", "open alone"), ("٢٠١٦", "٢٠١٦", "other digits"),
            )
        ),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 the message is compared whole
        dates.parse(text)
    assert str(caught.value) == message
    with pytest.raises(ValueError, match="'"):
        dates.in_words(text)


@settings(deadline=None)
@given(st.dates(), st.dates())
def test_an_interval_covers_from_its_first_to_its_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert dates.parse(f"{first}/{last}") == Moment(first, last)
    assert dates.in_words(f"{first}/{last}")


@settings(deadline=None)
@given(st.text("0123456789-/.~?X ", max_size=22))
def test_whatever_can_be_parsed_can_be_said(text: str) -> None:
    """A date that the loader takes must not fail on a card."""
    try:
        moment = dates.parse(text)
    except ValueError:
        return
    assert moment.first <= moment.last
    assert dates.in_words(text)
