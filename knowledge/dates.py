"""Dates as curators write them: a subset of EDTF level 1, read and put into plain words.

`2016`, `2016-02`, `2016-02-19`, unspecified digits (`2016-01-XX`, `2016-XX`), a trailing `~` (about) or `?`
(uncertain), and intervals `a/b` with `..` for an open end. Standard: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

_POINT = re.compile(r"(\d{4})(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?])?", re.ASCII)


class Words(NamedTuple):
    """How a language puts dates. months: twelve. day, days, span: a date, days of one month, two dates. about, since,
    until: before a date, each in one form for a month or year and one for a day. first_day: how a 1 is written."""

    months: tuple[str, ...]
    day: str = "{day} {month} {year}"
    days: str = "{first}–{last} {month} {year}"
    span: str = "{first} to {last}"
    about: tuple[str, str] = ("about {}", "about {}")
    uncertain: str = "{} (uncertain)"
    since: tuple[str, str] = ("since {}", "since {}")
    until: tuple[str, str] = ("until {}", "until {}")
    first_day: str = "1"


ENGLISH = Words(tuple(calendar.month_name)[1:])


class Moment(NamedTuple):
    """What an EDTF text covers: the first and last possible day, both included; open ends are `date.min`/`max`."""

    first: date
    last: date

    @property
    def start(self) -> date:
        """The first day, or the known end where that is open."""
        return self.last if self.first == date.min else self.first

    @property
    def middle(self) -> date:
        """The day to order by: halfway, or the known end where the other is open."""
        if self.first == date.min:
            return self.last
        if self.last == date.max:
            return self.first
        return self.first + (self.last - self.first) / 2


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


def in_words(text: str, words: Words = ENGLISH) -> str:
    """*text* for readers: `19 February 2016`, `about 5 January 2016`, `24–26 February 2016`, `since 2014`.

    Raises: ValueError: as for `parse`.
    """
    parse(text)
    start, slash, end = text.partition("/")
    if not slash:
        return _point_in_words(_point(text), words)
    if end == "..":
        return _with_preposition(words.since, _point(start), words)
    if start == "..":
        return _with_preposition(words.until, _point(end), words)
    first, last = _point(start), _point(end)
    if first.day and last.day and first[:2] == last[:2] and not first.qualifier and not last.qualifier:
        month = words.months[(first.month or 1) - 1]
        return words.days.format(first=_day(first, words), last=last.day, month=month, year=first.year)
    return words.span.format(first=_point_in_words(first, words), last=_point_in_words(last, words))


def _point(text: str) -> _Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(
            f"'{text}' is not a date: write 2016-02-19, 2016-02, 2016, 2016-02~ (about) or an interval a/b"
        )
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


def _point_in_words(point: _Point, words: Words) -> str:
    plain = _plain(point, words)
    if point.qualifier == "~":
        return words.about[bool(point.day)].format(plain)
    return words.uncertain.format(plain) if point.qualifier else plain


def _with_preposition(forms: tuple[str, str], point: _Point, words: Words) -> str:
    if point.qualifier:
        return forms[0].format(_point_in_words(point, words))
    return forms[bool(point.day)].format(_plain(point, words))


def _plain(point: _Point, words: Words) -> str:
    if point.month is None:
        return str(point.year)
    month = words.months[point.month - 1]
    return words.day.format(day=_day(point, words), month=month, year=point.year).strip()


def _day(point: _Point, words: Words) -> str:
    return words.first_day if point.day == 1 else str(point.day or "")
