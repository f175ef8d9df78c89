"""Days as people type them into as_of, from and to: checked, and completed while they type. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.declined import DeclinedError
from bot.inert import echo
from bot.texts import Texts
from knowledge import dates
from knowledge.model import Coverage, Source

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_IN_WORDS = re.compile(r"(?:(\d{1,2}) +)?([a-z]+) +(\d{4})", re.ASCII | re.IGNORECASE)
_MONTHS = {name.casefold(): number for number, name in enumerate(dates.ENGLISH.months, start=1)}
_BESIDE = " · "
"""Between a day and its words in a completion, which Discord may send in place of the day (discord-api-docs#7206)."""


def read(option: str, typed: str | None) -> str | None:
    """*typed*, in digits, in English words or as completed, as an EDTF year, month or day; None when nothing was typed.

    Raises: DeclinedError: it is none; the sentence says what to type.
    """
    if typed is None or not typed.strip():
        return None
    day = typed.partition(_BESIDE)[0].strip()
    day = _from_words(day) or day
    if not _is_day(day):
        raise DeclinedError("bad_day", option=option, typed=echo(typed))
    return day


def span(start: str | None, end: str | None) -> tuple[str | None, str | None]:
    """What was typed into `from` and `to`, read.

    Raises: DeclinedError: one is no date, or they are in the wrong order.
    """
    first, last = read("from", start), read("to", end)
    if first and last and dates.parse(first).first > dates.parse(last).last:
        raise DeclinedError("wrong_order", start=first, end=last)
    return first, last


def offered(coverage: Coverage, sources: Mapping[str, Source]) -> list[str]:
    """The days worth offering: the end of what the base covers, the days of publication latest first, the months."""
    last = [dates.parse(source.published).last for source in sources.values()]
    days = sorted({day.isoformat() for day in last} | {dates.parse(coverage.end).last.isoformat()}, reverse=True)
    return [*days, *dict.fromkeys(day[:7] for day in days), *dict.fromkeys(day[:4] for day in days)]


def complete(typed: str, days: Iterable[str], texts: Texts) -> list[tuple[str, str]]:
    """(name, value) of the *days* that *typed* may be the beginning of, by digits or by words."""
    begun = typed.strip().casefold()
    found = [(f"{day}{_BESIDE}{texts.day(day)}", day) for day in days]
    return [(name, day) for name, day in found if day.startswith(begun) or (begun and begun in name.casefold())]


def _from_words(typed: str) -> str | None:
    """`19 February 2016` and `February 2016` in digits; None for anything else."""
    found = _IN_WORDS.fullmatch(typed)
    month = _MONTHS.get(found[2].casefold()) if found else None
    if not found or not month:
        return None
    return f"{found[3]}-{month:02}" + (f"-{int(found[1]):02}" if found[1] else "")


def _is_day(text: str) -> bool:
    try:
        dates.parse(text)
    except ValueError:
        return False
    return _DAY.fullmatch(text) is not None
