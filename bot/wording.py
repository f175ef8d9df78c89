"""How Dateline puts things: values, dates, speakers, standings and reasons in a reader's words. Pure.

Plain words carry every status; colour and signs elsewhere only repeat them.
"""

import re
from functools import lru_cache

from bot.inert import echo
from knowledge import dates
from knowledge.model import Answer, Coverage, Fact, Outcome, Reason, Series, Source, Value

DERIVED = "derived"
INFERRED = "inferred"

RELOADED = "The base has been reloaded since this card was posted. This is what it holds now."

_BOUNDS = {
    "exact": "{}",
    "at_least": "at least {}",
    "more_than": "more than {}",
    "at_most": "up to {}",
    "fewer_than": "fewer than {}",
    "about": "about {}",
    "range": "{}",
    "vague": "roughly {}",
}
_STANDINGS = {
    "reported": "",
    "confirmed": "confirmed",
    "unconfirmed": "unconfirmed",
    "disputed": "disputed",
    "denied": "denied",
    "withdrawn": "withdrawn",
}
_NUMBER = re.compile(r"\d{4,}(?:\.\d+)?")
_MILLION = 1_000_000

KEY_TO_WORDS = (
    ("derived", "a date worked out from a weekday or a relative date and the day of publication"),
    ("inferred", "a date that no text prints; it follows from the texts together or from the event"),
    ("claimed by", "an interested party says so, and the base does not vouch for it"),
    ("unnamed", "the source does not name who said it"),
    ("unconfirmed", "the source itself says that it could not be confirmed"),
    ("disputed", "another account in the base differs; both are shown"),
    ("¶", "the paragraph of the source, counted from 1"),
)
"""For /about: each word on a card that is more than it seems, and what it means."""


in_words = lru_cache(maxsize=512)(dates.in_words)
"""Dates recur on every card; reading them again was a tenth of making one."""


def number(text: str) -> str:
    """Digits as a reader expects them; anything else unchanged.

    >>> number("362000"), number("1600000"), number("47"), number("0.25")
    ('362,000', '1.6 million', '47', '0.25')
    """
    if not _NUMBER.fullmatch(text):
        return text
    if "." not in text and int(text) >= _MILLION and int(text) % 100_000 == 0:
        return f"{int(text) / _MILLION:g} million"
    whole, stop, rest = text.partition(".")
    return f"{int(whole):,}{stop}{rest}"


def value(figure: Value) -> str:
    """A figure with its bound and unit; empty when the source gives no number."""
    if figure.low and figure.high:
        amount = f"{number(figure.low)}–{number(figure.high)}"
    elif figure.amount:
        amount = number(figure.amount)
    else:
        return ""
    bounded = _BOUNDS[figure.bound].format(amount)
    return f"{bounded} {figure.unit.replace('_', ' ')}".rstrip()


def when(fact: Fact) -> str:
    """The date of a fact, and in a word how it is known unless the text prints it; empty without a date."""
    if fact.when is None:
        return ""
    known = {"derived": f" ({DERIVED})", "inferred": f" ({INFERRED})"}.get(fact.when_basis or "", "")
    return in_words(fact.when) + known


def speaker(fact: Fact) -> str:
    """Who says so and how; a claim always names its claimant.

    Empty where the statement already names the speaker and nothing but the name would be said again.
    """
    said_by = fact.said_by.display
    named = _names(fact.statement, said_by)
    match fact.mode:
        case "claimed":
            if named and "claim" in fact.statement:
                return "a claim"
            return f"claimed by {said_by.split(',', 1)[0] if named else said_by}"
        case "estimated":
            return "an estimate" if named else f"estimate: {said_by}"
        case "anonymous":
            return "unnamed" if named else f"{said_by}, unnamed"
        case "observed" | "stated":
            return "" if named else said_by


def attribution(fact: Fact) -> str:
    """Who says so and how, always with the name: for lines that do not show the statement."""
    said_by = fact.said_by.display
    match fact.mode:
        case "claimed":
            return f"claimed by {said_by}"
        case "estimated":
            return f"estimate: {said_by}"
        case "anonymous":
            return f"{said_by}, unnamed"
        case "observed" | "stated":
            return said_by


def standing(fact: Fact) -> str:
    """The standing in a word; empty for what is simply reported."""
    return _STANDINGS[fact.standing]


def rank(fact: Fact) -> str:
    """Why this value is preferred or set aside; empty for all others."""
    if fact.rank == "normal" or not fact.rank_reason:
        return ""
    return f"{'preferred' if fact.rank == 'preferred' else 'set aside'}: {fact.rank_reason}"


def heading(series: Series) -> str:
    """What stands above the values of a series."""
    return f"{'Accounts differ' if series.kind == 'rival' else 'Changed over time'}: {series.name}"


def published(source: Source) -> str:
    """When a source was published, and whether its text says so."""
    if source.published_basis == "printed":
        return in_words(source.published)
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", source.published) is not None
    return f"{in_words(source.published)} ({'day' if is_day else 'date'} inferred)"


def read_as(answer: Answer) -> str:
    """What a text with a slip was taken for; empty when it was taken as typed."""
    if not answer.read_as:
        return ""
    return f"Read '{echo(answer.request.text)}' as {answer.read_as}."


def covers(coverage: Coverage) -> str:
    """What the whole base is about, in a few words."""
    if coverage.start[:4] in coverage.label:
        return coverage.label
    return f"{coverage.label}, {period(coverage)}"


def period(coverage: Coverage) -> str:
    """The days that the whole base covers."""
    return in_words(f"{coverage.start}/{coverage.end}")


def reason(answer: Answer, coverage: Coverage) -> str:
    """Why there is no answer, or not the one that was asked for, in one calm sentence; empty when all is well."""
    name = answer.subject.name if answer.subject else "This"
    match answer.reason:
        case Reason.HELD:
            return "" if answer.outcome is Outcome.ANSWER else "The base may mean one of these."
        case Reason.CORRECTED:
            return "The base does not show this. It holds:"
        case Reason.EMPTY_QUERY:
            return "There is nothing to look up in that. Type a name, a place or a question."
        case Reason.KNOWN_EMPTY:
            return f"{name} is known to this base, but nothing is held on it."
        case Reason.OPEN if answer.open_question:
            return f"The sources leave this open: {answer.open_question.question}"
        case Reason.OPEN:
            return "The sources raise this and leave it open."
        case Reason.UNCLEAR:
            return "This can be read in more than one way. Which do you mean?"
        case Reason.NOT_COVERED:
            return "No fact in the base answers this."
        case Reason.OUTSIDE:
            return f"This lies outside what the base covers: {covers(coverage)}."
        case Reason.NOT_YET:
            day = in_words(answer.request.as_of) if answer.request.as_of else "that day"
            return f"Something is held, but nothing that had been reported by {day}."


def count(amount: int, one: str, many: str | None = None) -> str:
    """*amount* with its noun.

    >>> count(1, "fact"), count(3, "fact")
    ('1 fact', '3 facts')
    """
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def _names(statement: str, said_by: str) -> bool:
    """Whether *statement* already names the speaker: the whole name, or its last word as in "Sanalla said"."""
    name = said_by.split(",", 1)[0]
    last = name.rsplit(" ", 1)[-1]
    return name.casefold() in statement.casefold() or (len(last) > 2 and last[0].isupper() and last in statement)
