"""Cards of what is looked up: one fact in full, one source with what rests on it, the topics. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from bot import citing, sourcelists, wording
from bot.cards import footer, in_time_order, sentence_first
from bot.declined import DeclinedError
from bot.entries import value_entry
from bot.inert import echo
from bot.parts import START, Block, Card, Entry, Offer, Place, Position, Section
from bot.texts import Texts
from bot.texts import of as texts_of
from knowledge.model import NARRATION, Coverage, Fact, TopicType

if TYPE_CHECKING:
    from knowledge.catalogue import FactView, SourceView, TopicEntry

FACTS = 8
"""Of a source, on one card."""
TOPICS = 20
"""On one card; all of them can be chosen from its menu."""
NAMES = 60
"""Of known-empty topics, on one card."""

Fits = Callable[[Card], bool]


def fact_card(view: FactView, coverage: Coverage, revision: str, texts: Texts, fits: Fits) -> Card:
    """Everything held about one fact. Where the other values of its series do not fit, the last ones are left out."""
    card = _fact_card(view, len(view.rivals), coverage, revision, texts, terse=False)
    for shown in range(len(view.rivals), -1, -1):
        for terse in (False, True):
            card = _fact_card(view, shown, coverage, revision, texts, terse=terse)
            if fits(card):
                return card
    return card


def _fact_card(view: FactView, shown: int, coverage: Coverage, revision: str, texts: Texts, *, terse: bool) -> Card:
    fact, rivals = view.fact, view.rivals[:shown]
    citations = citing.cite([fact, *rivals], view.sources)
    told = texts_of(coverage.language)
    left_out = len(view.rivals) - shown
    blocks: tuple[Block, ...] = ()
    if view.series and rivals:
        members = in_time_order((fact, *rivals), view.sources)
        if view.series.kind == "successive":
            members.reverse()
        entries = tuple(
            sentence_first(value_entry(one, citations, texts, told, above=one is fact, terse=terse), one, told)
            for one in members
        )
        blocks = (Block(wording.heading(view.series, texts), entries),)
    is_withdrawn = fact.standing == "withdrawn"
    statement = texts("fact.withdrawn.statement", statement=fact.statement) if is_withdrawn else fact.statement
    lead = Entry(fact.id, "", statement, (), citations.marks(fact), wording.rank(fact, texts) if not blocks else "")
    return Card(
        tone="caution" if is_withdrawn else "answer",
        title=texts("fact.title", id=fact.id),
        notes=tuple(filter(None, (texts("fact.withdrawn"), fact.note))) if is_withdrawn else (),
        bottom_line=None if is_withdrawn else lead,
        facts=(lead,) if is_withdrawn else (),
        sections=(Section("", _particulars(view, texts, told)),),
        blocks=blocks,
        citations=citations.sources,
        footer=footer(coverage, revision, texts, texts("card.follow", facts=texts.count("more_fact", left_out)))
        if left_out
        else footer(coverage, revision, texts),
        place=Place(view.ref, START, revision),
        topic=fact.topics[0],
    )


def _particulars(view: FactView, texts: Texts, told: Texts) -> tuple[tuple[str, str], ...]:
    fact = view.fact
    figure = wording.value(fact.value, told) if fact.value else ""
    measure = fact.value.measure.replace("_", " ") if fact.value else ""
    basis = texts(f"fact.when.{fact.when_basis}") if fact.when_basis else ""
    standing = wording.standing(fact, texts) or texts("fact.standing.reported")
    rows = (
        (texts("fact.value"), " · ".join(filter(None, (figure, measure)))),
        (texts("fact.when"), f"{texts.day(fact.when)} ({basis})" if fact.when and basis else texts("when.undated")),
        (texts("fact.said_by"), fact.said_by.display),
        (texts("fact.mode"), texts(f"fact.mode.{fact.mode}")),
        (texts("fact.standing"), standing),
        (texts("fact.kind"), texts(f"fact.kind.{fact.kind}")),
        (texts("fact.topics"), ", ".join(topic.name for topic in view.topics)),
    )
    return tuple((term, text) for term, text in rows if text)


def source_card(
    view: SourceView, coverage: Coverage, revision: str, position: Position, texts: Texts, fits: Fits
) -> Card:
    """A source and what rests on it, by paragraph, from *position* on; past the end means the last page."""
    pages = [view.facts[at : at + FACTS] for at in range(0, len(view.facts), FACTS)] or [()]
    page = min(position.page, len(pages) - 1)
    skip = position.skip if position.skip < len(pages[page]) else 0
    facts = pages[page][skip:]
    card = _source_card(view, facts, coverage, revision, Position(page, skip), texts)
    for shown in range(len(facts), 0, -1):
        card = _source_card(view, facts[:shown], coverage, revision, Position(page, skip), texts)
        if fits(card):
            break
    return card


def _source_card(
    view: SourceView, shown: Sequence[Fact], coverage: Coverage, revision: str, position: Position, texts: Texts
) -> Card:
    source = view.source
    before = position.page * FACTS + position.skip
    follow = len(view.facts) - before - len(shown)
    end = position.skip + len(shown)
    following = Position(position.page, end) if end < FACTS else Position(position.page + 1)
    cited = {number for fact in view.facts for number in _paragraphs(fact, source.id)}
    rests = texts(
        "source.rests",
        facts=texts.count("fact", len(view.facts)),
        cited=len(cited),
        paragraphs=source.paragraphs,
    )
    rows = (*sourcelists.particulars(source, texts), ("", rests))
    previous = Position(position.page) if position.skip else Position(position.page - 1) if position.page else None
    pages = -(-len(view.facts) // FACTS)
    return Card(
        tone="answer" if view.facts else "notice",
        title=source.title,
        subtitle=texts("card.page", page=position.page + 1, pages=pages) if pages > 1 else "",
        sections=(Section("", rows if position == START else ()),),
        facts=tuple(_cited(fact, source.id, texts) for fact in shown),
        footer=footer(coverage, revision, texts, texts("source.id", id=source.id)),
        follow=follow,
        place=Place(view.ref, position, revision),
        previous=previous,
        next=following if follow else None,
    )


def _cited(fact: Fact, source: str, texts: Texts) -> Entry:
    details = (
        citing.paragraphs(_paragraphs(fact, source)),
        wording.when(fact, texts),
        wording.speaker(fact, texts) if fact.said_by.text != NARRATION else "",
        wording.standing(fact, texts),
    )
    return Entry(fact.id, "", fact.statement, tuple(filter(None, details)), (), wording.rank(fact, texts))


def _paragraphs(fact: Fact, source: str) -> tuple[int, ...]:
    return tuple(number for citation in fact.citations if citation.source == source for number in citation.paragraphs)


def sources_card(card: Card, texts: Texts, fits: Fits) -> Card:
    """The sources of *card*, all of them, under its notes: as many in full as fit, the others in a line each, and then
    all to choose from. Where not even the lines fit, the last ones are left out, with their number."""
    cited = card.citations
    shown = [(cited[:full], cited[full:]) for full in range(len(cited), -1, -1)]
    shown += [((), cited[:listed]) for listed in range(len(cited) - 1, -1, -1)]
    made = (_sources_card(card, full, listed, texts) for full, listed in shown)
    return next((one for one in made if fits(one)), _sources_card(card, (), (), texts))


def _sources_card(
    card: Card, full: Sequence[citing.CitedSource], listed: Sequence[citing.CitedSource], texts: Texts
) -> Card:
    sections = [Section(one.source.title, _cited_source(one, texts)) for one in full]
    if listed:
        lines = tuple(("", f"{one.numbers} {one.publication(texts)}{one.where}") for one in listed)
        sections.append(Section(texts("source.in_brief"), lines))
    shown = (*full, *listed)
    left_out = len(card.citations) - len(shown)
    offers = tuple(Offer("source", one.source.id, one.source.title, one.publication(texts)) for one in shown)
    return Card(
        tone="notice",
        title=texts("source.list", title=card.title),
        notes=card.notes,
        sections=tuple(sections),
        footer=(*((texts.count("more_source", left_out),) if left_out else ()), *card.footer[-1:]),
        offers=offers if len(full) < len(card.citations) else (),
    )


def _cited_source(cited: citing.CitedSource, texts: Texts) -> tuple[tuple[str, str], ...]:
    places = " · ".join(f"[{number}] {citing.paragraphs(found)}" for number, found in cited.places)
    here = texts("source.of", places=places, paragraphs=cited.source.paragraphs)
    return sourcelists.particulars(cited.source, texts, here)


def topics_card(
    entries: Sequence[TopicEntry],
    kind: str,
    coverage: Coverage,
    revision: str,
    position: Position,
    texts: Texts,
    fits: Fits,
) -> Card:
    """What is held, by type and within it by how much, then what is known to be empty.

    kind: the one type asked for, empty for all. A page that does not fit loses lines from its end.
    Raises: DeclinedError: there is no such type.
    """
    if kind and kind not in get_args(TopicType):
        raise no_type(kind)
    held = sorted((one for one in entries if one.topic.held), key=lambda one: (one.topic.type, -one.facts))
    empty = sorted((one.topic.name for one in entries if not one.topic.held), key=str.casefold)
    pages: list[tuple[Section, ...]] = [_held(held[at : at + TOPICS], texts) for at in range(0, len(held), TOPICS)]
    heading = texts("topics.known_empty")
    pages += [(Section(heading, (("", ", ".join(empty[at : at + NAMES])),)),) for at in range(0, len(empty), NAMES)]
    page = min(position.page, max(len(pages) - 1, 0))
    chosen = held[page * TOPICS : (page + 1) * TOPICS]
    where = texts("card.page", page=page + 1, pages=len(pages)) if len(pages) > 1 else ""
    card = Card(
        tone="notice",
        title=texts("topics.title"),
        subtitle=" · ".join(filter(None, (texts(f"types.{kind}") if kind else "", where))),
        sections=pages[page] if pages else (),
        footer=footer(coverage, revision, texts),
        place=Place(f"k={kind}", Position(page), revision),
        previous=Position(page - 1) if page else None,
        next=Position(page + 1) if page + 1 < len(pages) else None,
        offers=tuple(Offer("topic", one.topic.id, one.topic.name, one.topic.summary) for one in chosen),
    )
    return card if fits(card) else _without_summaries(card)


def no_type(typed: str) -> DeclinedError:
    """Why *typed* is refused as a type of topic."""
    return DeclinedError("bad_choice", option="type", typed=echo(typed), choices=", ".join(get_args(TopicType)))


def _held(entries: Sequence[TopicEntry], texts: Texts) -> tuple[Section, ...]:
    sections: list[Section] = []
    for kind, group in groupby(entries, key=lambda one: one.topic.type):
        lines = tuple(
            (texts("topics.holds", name=one.topic.name, facts=texts.count("fact", one.facts)), one.topic.summary)
            for one in group
        )
        sections.append(Section(texts(f"types.{kind}"), lines))
    return tuple(sections)


def _without_summaries(card: Card) -> Card:
    def shortened(section: Section) -> Section:
        return Section(section.heading, tuple((term, "" if term else text) for term, text in section.lines))

    return replace(card, sections=tuple(map(shortened, card.sections)))
