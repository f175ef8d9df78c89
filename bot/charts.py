"""Which figures deserve a picture, and what it shows: a neutral chart in words and numbers. Pure.

`drawing` makes it an image and decides all that concerns the eye; the words are those of the card beside it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import limits, wording
from bot.cards import in_time_order
from bot.inert import clean, cut
from bot.texts import ENGLISH, Texts
from knowledge import dates
from knowledge.model import Answer, Bound, Fact, Outcome, Series, Source, Value

MOST_POINTS = 10
"""More rows than this make a picture that a phone shrinks beyond reading; the latest stay."""

_SHARES = ("percent", "per cent", "%")


@dataclass(frozen=True, slots=True)
class Point:
    """One value: *low* and *high* differ for a range only; *bound* says what lies open beyond them.

    label: the value in words, without its unit. when: its date in words, or that it has none. span: the days that it
    may lie in, for order and never for distance. measure: what was counted, if most others count something else.
    standing: a word such as `disputed`; empty for what is simply reported. rank: the word for a value that is
    preferred or set aside. is_contested: it is set aside, or its standing is neither reported nor confirmed.
    """

    fact: str
    label: str
    low: float
    high: float
    bound: Bound
    when: str
    span: dates.Moment | None
    speaker: str
    measure: str = ""
    standing: str = ""
    rank: str = ""
    is_preferred: bool = False
    is_contested: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What is to be known of it beside the value, in reading order."""
        return tuple(filter(None, (self.when, self.standing, self.rank, self.measure, self.speaker)))


@dataclass(frozen=True, slots=True)
class Chart:
    """Values of one unit in time order, earliest first. It is all that an image depends on, so it can stand for one.

    unit: empty where the title names it. whole: what the values are parts of, such as 100 percent. language: the one
    that numbers are put in. small_print: which values of the series are not drawn, for their unit or for want of room,
    and the publishers with the dates of what they published. alt_text: the values with their words in at most
    `limits.ALT_TEXT` characters.
    """

    series: str
    title: str
    unit: str
    points: tuple[Point, ...]
    whole: float | None
    language: str
    small_print: tuple[str, ...]
    alt_text: str


def of(answer: Answer, texts: Texts = ENGLISH, told: Texts = ENGLISH) -> Chart | None:
    """The chart of the first series told on the first page of *answer* that a picture helps; None where there is none.

    It helps with three values of one unit or more, and with two that are dated and not the same. told: the texts in
    which values are put, of the base's language since its units are.
    """
    if answer.outcome is not Outcome.ANSWER:
        return None
    on_page = Counter(match.fact.series for match in answer.first_page)
    told_there = (answer.series[name] for name, times in on_page.items() if name in answer.series and times > 1)
    charts = (_of_series(series, answer, texts, told) for series in told_there)
    return next(filter(None, charts), None)


def _of_series(series: Series, answer: Answer, texts: Texts, told: Texts) -> Chart | None:
    members = {match.fact.id: match.fact for page in answer.pages for match in page if match.fact.series == series.id}
    facts = in_time_order(members.values(), answer.sources)
    chosen = _of_one_unit(facts)
    if not _deserve(chosen):
        return None
    shown = chosen[-MOST_POINTS:]
    points = tuple(_point(fact, measure, texts, told) for fact, measure in zip(shown, _measures(shown), strict=True))
    title, unit = clean(series.name), clean(_unit(shown[0]))
    if f" {unit} ".casefold() in f" {title} ".casefold():
        unit = ""
    left_out = [_in_words(fact, texts, told) for fact in facts if fact not in shown and _numbers(fact.value)]
    not_drawn = texts("chart.not_drawn", values="; ".join(left_out)) if left_out else ""
    sources = texts("chart.sources", sources="; ".join(_sources(shown, answer.sources, texts)))
    return Chart(
        series=series.id,
        title=title,
        unit=unit,
        points=points,
        whole=100.0 if _unit(shown[0]) in _SHARES and all(point.high <= 100 for point in points) else None,
        language=told.language,
        small_print=(not_drawn, sources) if not_drawn else (sources,),
        alt_text=_alt_text(title, unit, points, not_drawn, texts),
    )


def _numbers(value: Value | None) -> tuple[float, float] | None:
    """Lowest and highest of *value*; None if it gives no number."""
    if value is None:
        return None
    low, high = (value.low, value.high) if value.low and value.high else (value.amount, value.amount)
    try:
        found = (float(low or ""), float(high or ""))
    except ValueError:
        return None
    return found if all(map(math.isfinite, found)) else None


def _unit(fact: Fact) -> str:
    return fact.value.unit.replace("_", " ") if fact.value else ""


def _of_one_unit(facts: Iterable[Fact]) -> list[Fact]:
    """Those whose values have the commonest unit; of two as common, the one that comes last."""
    numeric = [fact for fact in facts if _numbers(fact.value)]
    if not numeric:
        return []
    counted = Counter(_unit(fact) for fact in numeric)
    unit = max(reversed([_unit(fact) for fact in numeric]), key=lambda one: counted[one])
    return [fact for fact in numeric if _unit(fact) == unit]


def _deserve(facts: Sequence[Fact]) -> bool:
    dated = {_numbers(fact.value) for fact in facts if fact.when}
    return len(facts) > 2 or len(dated) > 1


def _measures(facts: Sequence[Fact]) -> list[str]:
    """What each of *facts* counts, empty where most count the same."""
    measures = [clean(fact.value.measure.replace("_", " ")) if fact.value else "" for fact in facts]
    usual, times = Counter(measures).most_common(1)[0]
    return ["" if measure == usual and times * 2 > len(facts) else measure for measure in measures]


def _point(fact: Fact, measure: str, texts: Texts, told: Texts) -> Point:
    value, numbers = fact.value, _numbers(fact.value)
    assert value is not None, "chosen for its value"  # noqa: S101
    assert numbers is not None, "chosen for its value"  # noqa: S101
    return Point(
        fact=fact.id,
        label=wording.value(replace(value, unit=""), told),
        low=min(numbers),
        high=max(numbers),
        bound=value.bound,
        when=wording.when(fact, texts) or texts("when.undated"),
        span=dates.parse(fact.when) if fact.when else None,
        speaker=_speaker(fact, texts),
        measure=measure,
        standing=wording.standing(fact, texts),
        rank=texts(f"chart.{fact.rank}"),
        is_preferred=fact.rank == "preferred",
        is_contested=fact.rank == "deprecated" or fact.standing not in ("reported", "confirmed"),
    )


def _speaker(fact: Fact, texts: Texts) -> str:
    """Who says so and how, the name without its office: the card has that."""
    name = fact.said_by.display.split(",", 1)[0]
    return clean(wording.attribution(replace(fact, said_by=replace(fact.said_by, display=name)), texts))


def _in_words(fact: Fact, texts: Texts, told: Texts) -> str:
    figure = wording.value(fact.value, told) if fact.value else ""
    return ", ".join(filter(None, (clean(figure), wording.when(fact, texts), _speaker(fact, texts))))


def _sources(facts: Iterable[Fact], sources: dict[str, Source], texts: Texts) -> tuple[str, ...]:
    """`Reuters, 21 January 2016`, each once, in the order of *facts*."""
    published: dict[str, None] = {}
    for fact in facts:
        for citation in fact.citations:
            source = sources[citation.source]
            published[f"{clean(source.publisher)}, {wording.published(source, texts)}"] = None
    return tuple(published)


def _alt_text(title: str, unit: str, points: Sequence[Point], not_drawn: str, texts: Texts) -> str:
    values = "; ".join(f"{point.label}: {', '.join(point.words)}" for point in points)
    text = texts("chart.alt_in" if unit else "chart.alt", title=title, unit=unit, values=values)
    return cut(f"{text} {not_drawn}." if not_drawn else text, limits.ALT_TEXT)
