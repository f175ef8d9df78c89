"""How Dateline puts things: values, dates, speakers, standings and reasons in a reader's words. Pure.

Plain words carry every status; colour and signs elsewhere only repeat them. The words come from the reader's table in
`texts`; a value is put in the language of the base, since its unit is.
"""

import re

from bot.inert import echo
from bot.texts import ENGLISH, Texts
from knowledge.model import Answer, Coverage, Fact, Outcome, Reason, Series, Source, Value

_NUMBER = re.compile(r"\d{4,}(?:\.\d+)?")
_MILLION = 1_000_000
_LISTED = 3
"""Fact ids named in a sentence; of more only their number is told."""

_KEY = ("derived", "inferred", "claimed", "unnamed", "unconfirmed", "disputed", "paragraph")


def key_to_words(texts: Texts = ENGLISH) -> tuple[tuple[str, str], ...]:
    """For /about: each word on a card that is more than it seems, and what it means."""
    return tuple((texts(f"key.{word}.term"), texts(f"key.{word}")) for word in _KEY)


def number(text: str, texts: Texts = ENGLISH) -> str:
    """Digits as a reader expects them; anything else unchanged.

    >>> number("362000"), number("1600000"), number("47"), number("0.25")
    ('362,000', '1.6 million', '47', '0.25')
    """
    if not re.fullmatch(r"\d+(?:\.\d+)?", text):
        return text
    if "." not in text and int(text) >= _MILLION and int(text) % 100_000 == 0:
        millions = f"{int(text) / _MILLION:g}".replace(".", texts("number.point"))
        return texts("number.million", number=millions)
    whole, stop, rest = text.partition(".")
    grouped = texts.number(int(whole)) if _NUMBER.fullmatch(text) else whole
    return f"{grouped}{stop and texts('number.point')}{rest}"


def value(figure: Value, texts: Texts = ENGLISH) -> str:
    """A figure with its bound and unit; empty when the source gives no number."""
    if figure.low and figure.high:
        amount = f"{number(figure.low, texts)}–{number(figure.high, texts)}"
    elif figure.amount:
        amount = number(figure.amount, texts)
    else:
        return ""
    bounded = texts(f"bound.{figure.bound}", value=amount)
    return f"{bounded} {figure.unit.replace('_', ' ')}".rstrip()


def when(fact: Fact, texts: Texts = ENGLISH) -> str:
    """The date of a fact, and in a word how it is known unless the text prints it; empty without a date."""
    if fact.when is None:
        return ""
    day = texts.day(fact.when)
    return f"{day} ({texts(f'when.{fact.when_basis}')})" if fact.when_basis in ("derived", "inferred") else day


def speaker(fact: Fact, texts: Texts = ENGLISH) -> str:
    """Who says so and how; a claim always names its claimant.

    Empty where the statement already names the speaker and nothing but the name would be said again.
    """
    said_by = fact.said_by.display
    named = _names(fact.statement, said_by)
    match fact.mode:
        case "claimed":
            if named and "claim" in fact.statement:
                return texts("said.a_claim")
            return texts("said.claimed_by", name=said_by.split(",", 1)[0] if named else said_by)
        case "estimated":
            return texts("said.an_estimate") if named else texts("said.estimate", name=said_by)
        case "anonymous":
            return texts("said.unnamed") if named else texts("said.by_unnamed", name=said_by)
        case "observed" | "stated":
            return "" if named else said_by


def attribution(fact: Fact, texts: Texts = ENGLISH) -> str:
    """Who says so and how, always with the name: for lines that do not show the statement."""
    said_by = fact.said_by.display
    match fact.mode:
        case "claimed":
            return texts("said.claimed_by", name=said_by)
        case "estimated":
            return texts("said.estimate", name=said_by)
        case "anonymous":
            return texts("said.by_unnamed", name=said_by)
        case "observed" | "stated":
            return said_by


def standing(fact: Fact, texts: Texts = ENGLISH) -> str:
    """The standing in a word; empty for what is simply reported."""
    return texts(f"standing.{fact.standing}")


def rank(fact: Fact, texts: Texts = ENGLISH) -> str:
    """Why this value is preferred or set aside; empty for all others."""
    if fact.rank == "normal" or not fact.rank_reason:
        return ""
    return texts("rank.preferred" if fact.rank == "preferred" else "rank.set_aside", reason=fact.rank_reason)


def heading(series: Series, texts: Texts = ENGLISH) -> str:
    """What stands above the values of a series."""
    return texts(f"series.{series.kind}", name=series.name)


def published(source: Source, texts: Texts = ENGLISH) -> str:
    """When a source was published, and whether its text says so."""
    day = texts.day(source.published)
    if source.published_basis == "printed":
        return day
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", source.published) is not None
    return texts("published.day" if is_day else "published.date", date=day)


def read_as(answer: Answer, texts: Texts = ENGLISH) -> str:
    """What a text with a slip was taken for; empty when it was taken as typed."""
    if not answer.read_as:
        return ""
    return texts("card.read_as", typed=echo(answer.request.text), read=answer.read_as)


def covers(coverage: Coverage, texts: Texts = ENGLISH) -> str:
    """What the whole base is about, in a few words."""
    if coverage.start[:4] in coverage.label:
        return coverage.label
    return f"{coverage.label}, {period(coverage, texts)}"


def period(coverage: Coverage, texts: Texts = ENGLISH) -> str:
    """The days that the whole base covers."""
    return texts.day(f"{coverage.start}/{coverage.end}")


def listed(ids: tuple[str, ...], texts: Texts = ENGLISH) -> str:
    """Fact ids in a sentence, the first few of many."""
    shown = ", ".join(ids[:_LISTED])
    return shown if len(ids) <= _LISTED else texts("card.and_more", shown=shown, count=len(ids) - _LISTED)


def reason(answer: Answer, coverage: Coverage, texts: Texts = ENGLISH) -> str:
    """Why there is no answer, or not the one that was asked for, in one calm sentence; empty when all is well."""
    name = answer.subject.name if answer.subject else texts("reason.this")
    match answer.reason:
        case Reason.HELD:
            return "" if answer.outcome is Outcome.ANSWER else texts("reason.choose")
        case Reason.OPEN if answer.open_question:
            return texts("reason.open_question", question=answer.open_question.question)
        case Reason.KNOWN_EMPTY:
            return texts("reason.known_empty", name=name)
        case Reason.NOT_COVERED if answer.request.command == "timeline" and answer.subject:
            return texts("reason.no_dates", name=name)
        case Reason.OUTSIDE:
            return texts("reason.outside", covers=covers(coverage, texts))
        case Reason.NOT_YET:
            day = answer.request.as_of or coverage.as_of
            return texts("reason.not_yet", day=texts.day(day))
        case _:
            return texts(f"reason.{answer.reason.value}")


def _names(statement: str, said_by: str) -> bool:
    """Whether *statement* already names the speaker: the whole name, or its last word as in "Lee said"."""
    name = said_by.split(",", 1)[0]
    last = name.rsplit(" ", 1)[-1]
    return name.casefold() in statement.casefold() or (len(last) > 2 and last[0].isupper() and last in statement)
