"""Dates as curators write them: a subset of EDTF level 1, read and put into plain words.

`2016`, `2016-02`, `2016-02-19`, unspecified digits (`2016-01-XX`, `2016-XX`), a trailing `~` (about) or `?`
(uncertain), and intervals `a/b` with `..` for an open end. Standard: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

_MONTHS = calendar.month_name
_POINT = re.compile(r"(\d{4})(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?])?")


class Moment(NamedTuple):
    """What an EDTF text covers: the first and last possible day, both included; open ends are `date.min`/`max`."""

    first: date
    last: date


class _Point(NamedTuple):
    year: int
    month: int | None
    day: int | None
    qualifier: str


def parse(text: str) -> Moment:
    """The days that *text* covers.

    Raises: ValueError: not of the subset, or no such day; the message says which.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _span(_point(text))
    if start == ".." and end == "..":
        raise ValueError(f"'{text}' is open on both sides")
    first = date.min if start == ".." else _span(_point(start)).first
    last = date.max if end == ".." else _span(_point(end)).last
    if first > last:
        raise ValueError(f"'{text}' ends before it begins")
    return Moment(first, last)


def in_words(text: str) -> str:
    """*text* for readers: `19 February 2016`, `about 5 January 2016`, `24–26 February 2016`, `since 2014`."""
    start, slash, end = text.partition("/")
    if not slash:
        return _point_in_words(_point(text))
    if end == "..":
        return f"since {_point_in_words(_point(start))}"
    if start == "..":
        return f"until {_point_in_words(_point(end))}"
    first, last = _point(start), _point(end)
    if first.day and last.day and first[:2] == last[:2] and not first.qualifier and not last.qualifier:
        return f"{first.day}–{last.day} {_MONTHS[first.month or 0]} {first.year}"
    return f"{_point_in_words(first)} to {_point_in_words(last)}"


def _point(text: str) -> _Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a date: write 2016-02-19, 2016-02, 2016, 2016-02~ (about) or an interval a/b")
    year, month, day, qualifier = match.groups()
    if month == "XX" and day not in (None, "XX"):
        raise ValueError(f"'{text}' gives a day in an unknown month")
    point = _Point(int(year), _number(month), _number(day), qualifier or "")
    try:
        date(point.year, point.month or 1, point.day or 1)
    except ValueError as error:
        raise ValueError(f"'{text}' is no day of the calendar") from error
    return point


def _number(digits: str | None) -> int | None:
    return None if digits in (None, "XX") else int(digits)


def _span(point: _Point) -> Moment:
    if point.month is None:
        return Moment(date(point.year, 1, 1), date(point.year, 12, 31))
    if point.day is None:
        last = calendar.monthrange(point.year, point.month)[1]
        return Moment(date(point.year, point.month, 1), date(point.year, point.month, last))
    day = date(point.year, point.month, point.day)
    return Moment(day, day)


def _point_in_words(point: _Point) -> str:
    parts = [str(point.day or ""), _MONTHS[point.month] if point.month else "", str(point.year)]
    words = " ".join(part for part in parts if part)
    return {"~": f"about {words}", "?": f"{words} (uncertain)"}.get(point.qualifier, words)
