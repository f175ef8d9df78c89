"""An answer as a neutral card: what stands where, in words, for no particular screen. Pure.

The order is fixed: title, bottom line, facts, disputed or changed figures, citations, footer. All text in a card is
as the base or the asker wrote it; `plain` and `markdown` make it harmless for their reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from bot import citing, wording
from bot.inert import echo
from knowledge import dates
from knowledge.model import Answer, Coverage, Fact, Match, Outcome, Reason, Series, Suggestion

Tone = Literal["answer", "caution", "suggest", "none", "notice"]
"""What a colour may repeat; every card says it in words as well."""

_FREE_TEXT = "ask"
"""The command whose card is titled by the question, unless it leads to the card of one topic."""


class Position(NamedTuple):
    """Where a card begins in an answer: a page counted from 0, and how many of its facts a fuller card before took."""

    page: int = 0
    skip: int = 0


START = Position()
"""The first card of every answer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact: what leads it (a value or a date, may be empty), its sentence (empty when it stands above), details
    such as date and speaker, the numbers of its citations, and why it is preferred or set aside."""

    fact: str
    head: str
    statement: str
    details: tuple[str, ...]
    marks: tuple[int, ...]
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A disputed or changed figure, told whole: rival values in time order, successive ones latest first."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading, for cards that are no answer: (term, text), either may be empty."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a reader sees, in order. `names` stand alone on their lines (right-to-left text reorders a line).

    follow: how many facts come after this card. previous, next: where the cards beside it begin. ref: see `Answer`.
    """

    tone: Tone
    title: str
    subtitle: str = ""
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bottom_line: Entry | None = None
    facts: tuple[Entry, ...] = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    citations: tuple[citing.CitedSource, ...] = ()
    footer: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    follow: int = 0
    position: Position = START
    previous: Position | None = None
    next: Position | None = None
    ref: str = ""
    revision: str = ""


def compose(
    answer: Answer,
    coverage: Coverage,
    position: Position = START,
    *,
    shown_from: str = "",
    fits: Callable[[Card], bool] = lambda card: True,
) -> Card:
    """The card of *answer* that begins at *position*; a position past the end means the last page.

    shown_from: the start of the revision that the reader has seen; the card says so if it is another one now.

    A card that does not fit first drops the sentences of values in blocks, then facts from its end, never part of
    one; what it leaves out begins the next card.
    """
    if answer.outcome is not Outcome.ANSWER:
        return _without_facts(answer, coverage)
    page = min(position.page, len(answer.pages) - 1)
    skip = position.skip if position.skip < len(answer.pages[page]) else 0
    matches = answer.pages[page][skip:]
    card = None
    for shown, terse in _attempts(len(matches)):
        card = _with_facts(answer, coverage, Position(page, skip), matches[:shown], terse=terse)
        if not answer.revision.startswith(shown_from):
            card = replace(card, notes=(wording.RELOADED, *card.notes))
        if fits(card):
            break
    assert card is not None, "an answer has at least one fact on every page"  # noqa: S101
    return card


def _attempts(facts: int) -> Iterator[tuple[int, bool]]:
    for shown in range(facts, 0, -1):
        yield shown, False
        yield shown, True


def _with_facts(
    answer: Answer, coverage: Coverage, position: Position, matches: Sequence[Match], *, terse: bool
) -> Card:
    facts = [match.fact for match in matches]
    citations = citing.cite(facts, answer.sources)
    lead = facts[0] if position == START else None
    told = {fact.series for fact in facts if fact.series in answer.series}
    series = [answer.series[name] for name in told if name and sum(fact.series == name for fact in facts) > 1]
    series.sort(key=lambda one: [fact.series for fact in facts].index(one.id))
    in_blocks = {one.id for one in series}
    alone = [fact for fact in facts if fact is not lead and fact.series not in in_blocks]
    end = position.skip + len(facts)
    rest = len(answer.pages[position.page]) - end
    follow = rest + sum(len(page) for page in answer.pages[position.page + 1 :])
    return Card(
        tone="caution" if answer.reason is Reason.CORRECTED else "answer",
        title=_title(answer),
        subtitle=_subtitle(answer, position),
        names=_names(answer, coverage),
        notes=tuple(note for note in (wording.reason(answer, coverage),) if note and lead),
        bottom_line=_entry(lead, citations, ranked=lead.series not in in_blocks) if lead else None,
        facts=tuple(_entry(fact, citations) for fact in alone),
        blocks=tuple(_block(one, facts, lead, citations, terse=terse) for one in series),
        citations=citations.sources,
        footer=_footer(answer, coverage),
        follow=follow,
        position=position,
        previous=_previous(position),
        next=(Position(position.page, end) if rest else Position(position.page + 1)) if follow else None,
        ref=answer.ref,
        revision=answer.revision,
    )


def _without_facts(answer: Answer, coverage: Coverage) -> Card:
    lines = [wording.reason(answer, coverage)]
    if answer.reason is not Reason.OUTSIDE:
        lines.append(f"This base covers {wording.covers(coverage)}.")
    held = [(one.name, one.summary) for one in answer.suggestions]
    nearby = "You may mean" if answer.reason is Reason.UNCLEAR else "Held instead"
    return Card(
        tone="suggest" if answer.outcome is Outcome.SUGGEST else "none",
        title=_title(answer),
        subtitle=_subtitle(answer, START),
        names=_names(answer, coverage),
        notes=tuple(lines),
        sections=(Section(nearby, tuple(held)),) if held else (),
        footer=_footer(answer, coverage),
        suggestions=answer.suggestions,
        ref=answer.ref,
        revision=answer.revision,
    )


def _title(answer: Answer) -> str:
    text = echo(answer.request.text)
    if _on_one_topic(answer) and answer.subject:
        return answer.subject.name
    if not text:
        return "Nothing asked" if answer.reason is Reason.EMPTY_QUERY else "From the fact base"
    return f"“{text}”" if answer.request.command == _FREE_TEXT else f"/{answer.request.command} {text}"


def _on_one_topic(answer: Answer) -> bool:
    """Whether the card is a topic's own, and not one about a question that happens to name it."""
    return answer.subject is not None and (
        answer.outcome is Outcome.ANSWER or answer.request.command != _FREE_TEXT or not answer.request.text
    )


def _subtitle(answer: Answer, position: Position) -> str:
    parts: list[str] = []
    if _on_one_topic(answer) and answer.subject:
        aspects = [aspect.replace("-", " ").replace("_", " ") for aspect in answer.aspects]
        parts += aspects or [answer.subject.type]
    if answer.request.as_of:
        parts.append(f"as reported by {dates.in_words(answer.request.as_of)}")
    if len(answer.pages) > 1:
        parts.append(f"page {position.page + 1} of {len(answer.pages)}")
    return " · ".join(parts)


def _names(answer: Answer, coverage: Coverage) -> tuple[str, ...]:
    if answer.subject is None or not _on_one_topic(answer):
        return ()
    return tuple(text for language, text in answer.subject.names if language != coverage.language)


def _entry(fact: Fact, citations: citing.Citations, *, ranked: bool = True) -> Entry:
    details = (wording.when(fact), wording.speaker(fact), wording.standing(fact))
    return Entry(
        fact=fact.id,
        head="",
        statement=fact.statement,
        details=tuple(filter(None, details)),
        marks=citations.marks(fact),
        rank=wording.rank(fact) if ranked else "",
    )


def _block(
    series: Series, facts: Sequence[Fact], lead: Fact | None, citations: citing.Citations, *, terse: bool
) -> Block:
    members = [fact for fact in facts if fact.series == series.id]
    members.sort(key=_middle, reverse=series.kind == "successive")
    entries = tuple(_value_entry(fact, citations, above=fact is lead, terse=terse) for fact in members)
    return Block(wording.heading(series), entries)


def _value_entry(fact: Fact, citations: citing.Citations, *, above: bool, terse: bool) -> Entry:
    figure = wording.value(fact.value) if fact.value else ""
    day = wording.when(fact)
    stated = not above and not (terse and figure)
    said = wording.speaker(fact) if stated else wording.attribution(fact)
    measure = fact.value.measure.replace("_", " ") if fact.value and figure and terse and not above else ""
    # That the accounts differ is what the heading says.
    standing = wording.standing(fact) if fact.standing != "disputed" else ""
    details = (measure, day if figure else "", said, standing)
    return Entry(
        fact=fact.id,
        head=figure or day or "undated",
        statement=fact.statement if stated else "" if figure else "as stated above",
        details=tuple(filter(None, details)),
        marks=citations.marks(fact),
        rank=wording.rank(fact),
    )


def _middle(fact: Fact) -> date:
    """A day to order by: the middle of what the date covers, or its known end where the other is open."""
    if fact.when is None:
        return date.min
    first, last = dates.parse(fact.when)
    if first == date.min:
        return last
    return first if last == date.max else first + (last - first) / 2


def _previous(position: Position) -> Position | None:
    if position.skip:
        return Position(position.page)
    return Position(position.page - 1) if position.page else None


def _footer(answer: Answer, coverage: Coverage) -> tuple[str, ...]:
    lines = (wording.read_as(answer), f"Base {answer.revision[:8]} · {wording.covers(coverage)}")
    return tuple(filter(None, lines))
