"""An answer as a neutral card: what stands where, in words, for no particular screen. Pure.

The order is fixed: title, bottom line, facts, disputed or changed figures, citations, footer. All text in a card is
as the base or the asker wrote it; `plain` and `markdown` make it harmless for their reader. `records` has the cards of
what is looked up rather than asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot import citing, wording
from bot.entries import dated_entry, middle, plain_entry, value_entry
from bot.inert import echo
from bot.parts import START, Block, Card, Entry, Offer, Place, Position, Section, Tone
from bot.texts import ENGLISH, Texts
from bot.texts import of as texts_of
from knowledge import dates
from knowledge.model import Answer, Coverage, Fact, Match, Outcome, Reason, Series, Source

FREE_TEXT = "ask"
"""The command whose card is titled by the question, unless it leads to the card of one topic."""
TIMELINE = "timeline"
"""The command whose facts stand in date order, each led by its date."""


def compose(
    answer: Answer,
    coverage: Coverage,
    position: Position = START,
    *,
    texts: Texts = ENGLISH,
    full: bool = False,
    fits: Callable[[Card], bool] = lambda card: True,
) -> Card:
    """The card of *answer* that begins at *position*; a position past the end means the last page.

    full: as many whole pages as fit, instead of one. A page that does not fit first drops the sentences of values in
    blocks, then facts from its end, never part of one; what it leaves out begins the next card.
    """
    if answer.outcome is not Outcome.ANSWER:
        return _without_facts(answer, coverage, texts)
    maker = _Maker(answer, coverage, texts, full, fits)
    page = min(position.page, len(answer.pages) - 1)
    skip = position.skip if position.skip < len(answer.pages[page]) else 0
    return maker.many(page) if full and not skip else maker.part(Position(page, skip))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the cards of one answer, cutting them to what fits."""

    answer: Answer
    coverage: Coverage
    texts: Texts
    full: bool
    fits: Callable[[Card], bool]

    def part(self, position: Position) -> Card:
        """The rest of one page from *position* on, as much of it as fits."""
        matches = self.answer.pages[position.page][position.skip :]
        previous = self._previous(position)
        card = None
        for shown, terse in _attempts(len(matches)):
            rest = len(matches) - shown
            end = Position(position.page, position.skip + shown) if rest else Position(position.page + 1)
            card = self._card(position, matches[:shown], end, previous, terse=terse)
            if self.fits(card):
                break
        assert card is not None, "an answer has at least one fact on every page"  # noqa: S101
        return card

    def many(self, page: int) -> Card:
        """As many whole pages from *page* on as fit, at least a part of one."""
        start = 0
        # Counted from the first card on, so that Back and More meet at the same places.
        while start < page and (earlier := self._whole_pages(start)) and earlier.next and earlier.next.page < page:
            start = earlier.next.page
        return self._whole_pages(page, Position(start) if page else None) or self.part(Position(page))

    def _whole_pages(self, page: int, previous: Position | None = None) -> Card | None:
        found = None
        for end in range(page + 1, len(self.answer.pages) + 1):
            matches = [match for one in self.answer.pages[page:end] for match in one]
            card = self._card(Position(page), matches, Position(end), previous, terse=False)
            if not self.fits(card):
                break
            found = card
        return found

    def _previous(self, position: Position) -> Position | None:
        if position.skip:
            return Position(position.page)
        return Position(position.page - 1) if position.page else None

    def _card(
        self, position: Position, matches: Sequence[Match], end: Position, previous: Position | None, *, terse: bool
    ) -> Card:
        answer, texts = self.answer, self.texts
        facts = [match.fact for match in matches]
        citations = citing.cite(facts, answer.sources)
        is_timeline = answer.request.command == TIMELINE
        entry = dated_entry if is_timeline else plain_entry
        lead = facts[0] if position == START and not is_timeline else None
        series = [] if is_timeline else _told(facts, answer)
        in_blocks = {one.id for one in series}
        alone = [fact for fact in facts if fact is not lead and fact.series not in in_blocks]
        pages = answer.pages
        follow = sum(map(len, pages[end.page :])) - end.skip
        return Card(
            tone="caution" if answer.reason is Reason.CORRECTED else "answer",
            title=_title(answer, texts),
            subtitle=_subtitle(answer, texts, self._where(position, len(facts))),
            names=_names(answer, self.coverage),
            notes=tuple(filter(None, (wording.reason(answer, self.coverage, texts),))) if lead else (),
            bottom_line=self._leading(lead, citations, in_block=lead.series in in_blocks) if lead else None,
            facts=tuple(
                entry(one, citations, texts) if is_timeline else self._alone(one, entry(one, citations, texts))
                for one in alone
            ),
            blocks=tuple(self._block(one, facts, lead, citations, terse=terse) for one in series),
            citations=citations.sources,
            footer=footer(self.coverage, answer.revision, texts, wording.read_as(answer, texts)),
            follow=follow,
            place=Place(answer.ref, position, answer.revision, self.full) if answer.ref else None,
            previous=previous,
            next=end if follow else None,
            topic="" if is_timeline else answer.subject.id if answer.subject else facts[0].topics[0],
            as_of=answer.request.as_of,
            others=tuple(one.topic for one in answer.suggestions),
        )

    def _leading(self, fact: Fact, citations: citing.Citations, *, in_block: bool) -> Entry:
        entry = plain_entry(fact, citations, self.texts, ranked=not in_block)
        return entry if in_block else self._alone(fact, entry)

    def _alone(self, fact: Fact, entry: Entry) -> Entry:
        """*entry*, with a word on the other values of its series where they stand on other cards of the answer."""
        series = self.answer.series.get(fact.series or "")
        values = self._values(series) if series else 0
        if series is None or values < 2:
            return entry
        one = self.texts(f"series.{series.kind}.one", values=values, name=series.name)
        return replace(entry, details=(*entry.details, one))

    def _values(self, series: Series) -> int:
        """How many values of *series* the whole answer has."""
        return sum(match.fact.series == series.id for page in self.answer.pages for match in page)

    def _where(self, position: Position, shown: int) -> str:
        pages = self.answer.pages
        if not self.full:
            return self.texts("card.page", page=position.page + 1, pages=len(pages)) if len(pages) > 1 else ""
        before, total = sum(map(len, pages[: position.page])) + position.skip, sum(map(len, pages))
        return "" if shown == total else self.texts("card.range", first=before + 1, last=before + shown, total=total)

    def _block(
        self, series: Series, facts: Sequence[Fact], lead: Fact | None, citations: citing.Citations, *, terse: bool
    ) -> Block:
        members = in_time_order((fact for fact in facts if fact.series == series.id), self.answer.sources)
        if series.kind == "successive":
            members.reverse()
        told = texts_of(self.coverage.language)
        entries = tuple(
            sentence_first(value_entry(fact, citations, self.texts, told, above=fact is lead, terse=terse), fact, told)
            for fact in members
        )
        heading, values = wording.heading(series, self.texts), self._values(series)
        if len(members) < values:
            heading = self.texts("series.part", heading=heading, shown=len(members), values=values)
        return Block(heading, entries)


def in_time_order(facts: Iterable[Fact], sources: Mapping[str, Source]) -> list[Fact]:
    """*facts*, earliest first; those of the same day in the order in which they were published, then by id."""
    return sorted(facts, key=lambda fact: (middle(fact), dates.parse(sources[fact.source].published).last, fact.id))


def sentence_first(entry: Entry, fact: Fact, told: Texts) -> Entry:
    """The *entry* of a value in a block: where no figure says what it is, its sentence leads and the date follows."""
    if not entry.statement or (fact.value and wording.value(fact.value, told)):
        return entry
    return replace(entry, head=entry.statement, statement="", details=(entry.head, *entry.details))


def _attempts(facts: int) -> Iterator[tuple[int, bool]]:
    for shown in range(facts, 0, -1):
        yield shown, False
        yield shown, True


def _told(facts: Sequence[Fact], answer: Answer) -> list[Series]:
    """The series of which *facts* hold two values or more, in the order of their first."""
    names = dict.fromkeys(fact.series for fact in facts if fact.series in answer.series)
    return [answer.series[name] for name in names if name and sum(fact.series == name for fact in facts) > 1]


def _without_facts(answer: Answer, coverage: Coverage, texts: Texts) -> Card:
    lines = [wording.reason(answer, coverage, texts)]
    if answer.reason is not Reason.OUTSIDE:
        lines.append(texts("card.covers", covers=wording.covers(coverage, texts)))
    offers = tuple(Offer("topic", one.topic, one.name, one.summary) for one in answer.suggestions)
    if not offers:
        lines.append(texts("card.see_topics"))
    return offering(
        offers,
        texts,
        title=_title(answer, texts),
        subtitle=_subtitle(answer, texts),
        names=_names(answer, coverage),
        notes=tuple(lines),
        footer=footer(coverage, answer.revision, texts, wording.read_as(answer, texts)),
        is_choice=answer.reason is Reason.UNCLEAR,
        tone="suggest" if answer.outcome is Outcome.SUGGEST else "none",
        as_of=answer.request.as_of,
    )


def offering(
    offers: tuple[Offer, ...],
    texts: Texts,
    *,
    title: str,
    notes: tuple[str, ...],
    footer: tuple[str, ...],
    is_choice: bool = True,
    tone: Tone = "suggest",
    subtitle: str = "",
    names: tuple[str, ...] = (),
    as_of: str | None = None,
) -> Card:
    """A card that holds no fact but *offers* to press, which keep *as_of*. is_choice: they are readings of what was
    asked."""
    heading = texts("card.you_may_mean" if is_choice else "card.nearby")
    held = tuple((one.name, one.summary) for one in offers)
    return Card(
        tone=tone,
        title=title,
        subtitle=subtitle,
        names=names,
        notes=notes,
        sections=(Section(heading, held),) if held else (),
        footer=footer,
        offers=offers,
        as_of=as_of,
    )


def footer(coverage: Coverage, revision: str, texts: Texts, *before: str) -> tuple[str, ...]:
    """The last lines of a card: *before*, then which base it is from."""
    base = texts("card.base", revision=revision[:8], covers=wording.covers(coverage, texts))
    return tuple(filter(None, (*before, base)))


def _title(answer: Answer, texts: Texts) -> str:
    text = echo(answer.request.text)
    if _on_one_topic(answer) and answer.subject:
        name = answer.subject.name
        return texts("timeline.title", name=name) if answer.request.command == TIMELINE else name
    if not text:
        return texts("card.nothing_asked" if answer.reason is Reason.EMPTY_QUERY else "card.from_the_base")
    return (
        texts("card.quoted", text=text) if answer.request.command == FREE_TEXT else f"/{answer.request.command} {text}"
    )


def _on_one_topic(answer: Answer) -> bool:
    """Whether the card is a topic's own, and not one about a question that happens to name it."""
    return answer.subject is not None and (
        answer.outcome is Outcome.ANSWER or answer.request.command != FREE_TEXT or not answer.request.text
    )


def _subtitle(answer: Answer, texts: Texts, where: str = "") -> str:
    request = answer.request
    parts: list[str] = []
    if _on_one_topic(answer) and answer.subject and request.command != TIMELINE:
        aspects = [aspect.replace("-", " ").replace("_", " ") for aspect in answer.aspects]
        parts += aspects or [texts(f"type.{answer.subject.type}")]
    start, end = (texts.day(one) if one else "" for one in (request.start, request.end))
    if start or end:
        form = "timeline.between" if start and end else "timeline.from" if start else "timeline.to"
        parts.append(texts(form, start=start, end=end))
    if request.as_of:
        parts.append(texts("card.as_of", day=texts.day(request.as_of)))
    return " · ".join(filter(None, (*parts, where)))


def _names(answer: Answer, coverage: Coverage) -> tuple[str, ...]:
    if answer.subject is None or not _on_one_topic(answer):
        return ()
    return tuple(text for language, text in answer.subject.names if language != coverage.language)
