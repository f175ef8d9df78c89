"""Everything that is looked up rather than asked: one fact, one source, the topics, a timeline, completions, and an
answer given before, found again from the short text on its buttons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from knowledge import dates, model, text
from knowledge.briefing import LISTED, MAX_REF, Briefing, Decision, Limits
from knowledge.store import Store, fact_key

Field = Literal["topic", "aspect", "fact", "source"]
_COMPLETION_FLOOR = 70
_ASKED_REF = MAX_REF - 4
"""Of a question asked again: it can have many pages, and their numbers need room as well."""


class Choice(NamedTuple):
    """A completion: what is shown, and what is sent when it is chosen; both at most 100 characters."""

    name: str
    value: str


class _Spelling(NamedTuple):
    """A folded spelling of what can be chosen; is_own: of its name or id."""

    text: str
    is_own: bool
    choice: Choice


class FactView(NamedTuple):
    """A fact with its topics, the other values of its series, and the sources that all of them cite."""

    fact: model.Fact
    topics: tuple[model.Topic, ...]
    sources: dict[str, model.Source]
    rivals: tuple[model.Fact, ...]
    series: model.Series | None

    @property
    def ref(self) -> str:
        """As `model.Answer.ref`, for `Catalogue.fact`."""
        return f"x={fact_key(self.fact.id)}"


class SourceView(NamedTuple):
    """A source and the facts that rest on it, by paragraph."""

    source: model.Source
    facts: tuple[model.Fact, ...]

    @property
    def ref(self) -> str:
        """As `model.Answer.ref`, for `Catalogue.source`."""
        return f"s={self.source.id}"


class TopicEntry(NamedTuple):
    """A topic and how many facts name it."""

    topic: model.Topic
    facts: int


class Catalogue:
    """Look-ups in one open store."""

    def __init__(self, store: Store, briefing: Briefing, limits: Limits) -> None:
        self._store = store
        self._briefing = briefing
        self._limits = limits
        self._choices: dict[tuple[str, str | None], list[_Spelling]] = {}

    async def answer(self, request: model.Request) -> model.Answer:
        """What is held on *request*, with a `ref` that asks the same again where that fits."""
        answer = self._as_reported(await self._briefing.answer(request))
        asked = f"q={_dated(request.command, request.as_of)}:{request.text.strip()}"
        if answer.ref.startswith("t=") or not answer.pages or len(asked) > _ASKED_REF or not asked.isprintable():
            return answer
        return replace(answer, ref=asked)

    async def recall(self, ref: str) -> model.Answer | None:
        """The answer behind an `Answer.ref`; None when nothing of it is held."""
        kind, _, rest = ref.partition("=")
        if kind == "t":
            answer = await self.answer(model.Request("brief", *_undated(rest)))
        elif kind == "q":
            asked, _, typed = rest.partition(":")
            command, as_of = _undated(asked)
            answer = await self.answer(model.Request(command, typed, as_of))
        elif kind == "l":
            asked, _, span = rest.partition(":")
            start, _, end = span.partition("/")
            answer = await self.timeline(model.Request("timeline", *_undated(asked)), start or None, end or None)
        elif kind == "f":
            listed, as_of = _undated(rest)
            numbers = self._store.numbers(listed.split("."))
            found = [numbers[key] for key in listed.split(".") if key in numbers]
            if not found:
                return None
            pages = (tuple(self._briefing.with_series(found, as_of)),)
            decision = Decision(model.Outcome.ANSWER, model.Reason.HELD, confidence=1.0, pages=pages)
            answer = self._as_reported(await self._briefing.fetch(model.Request("ask", "", as_of), decision))
        else:
            return None
        return answer if answer.outcome is model.Outcome.ANSWER else None

    async def behind(self, ref: str) -> tuple[model.Fact, ...]:
        """The facts that what *ref* stands for shows, on all its pages; none when nothing of it is held."""
        kind, _, rest = ref.partition("=")
        if kind == "x":
            fact = await self.fact(rest)
            return (fact.fact, *fact.rivals) if fact else ()
        if kind == "s":
            source = await self.source(rest)
            return source.facts if source else ()
        answer = await self.recall(ref)
        return tuple(match.fact for page in answer.pages for match in page) if answer else ()

    async def fact(self, fact_id: str) -> FactView | None:
        """One fact by id or key, in full; also by the name under which `complete` offers it."""
        wanted = fact_id.partition(": ")[0].strip()
        numbers = self._store.numbers([wanted, wanted.lower()])
        if not numbers:
            return None
        number = next(iter(numbers.values()))
        fact = (await self._store.facts([number]))[0]
        others = [n for n in self._store.facts_in_series(fact.series) if n != number] if fact.series else []
        rivals = tuple(await self._store.facts(others)) if others else ()
        cited = {c.source: self._store.sources[c.source] for one in (fact, *rivals) for c in one.citations}
        topics = tuple(self._briefing.lexicon.topics[topic] for topic in fact.topics)
        return FactView(fact, topics, cited, rivals, self._store.series.get(fact.series or ""))

    async def source(self, source_id: str) -> SourceView | None:
        """One source by id."""
        source = self._store.sources.get(source_id.strip().lower())
        if source is None:
            return None
        return SourceView(source, tuple(await self._store.facts(self._store.facts_from(source.id))))

    def sources_named(self, name: str) -> list[model.Source]:
        """The sources that *name* may mean: the one whose id or offered name it is, or all that hold its words."""
        sources = sorted(self._store.sources.values(), key=lambda one: one.published)
        exact = [one for one in sources if name.strip().lower() == one.id or name == _offered(one)]
        folded = set(text.fold(name).split())
        return exact or [
            source
            for source in sources
            if folded and folded <= set(text.fold(f"{source.id} {source.title} {source.publisher}").split())
        ]

    async def timeline(self, request: model.Request, start: str | None, end: str | None) -> model.Answer:
        """The dated facts on the topic of *request*, earliest first, that overlap the time asked for.

        Raises: ValueError: *start* or *end* is no EDTF date.
        """
        first = dates.parse(start).first if start else None
        last = dates.parse(end).last if end else None
        request = replace(request, start=start, end=end)
        decision = self._briefing.decide(replace(request, command="brief"))
        numbers = [number for page in decision.pages for number in page]
        if decision.outcome is not model.Outcome.ANSWER:
            return await self._briefing.fetch(request, decision)
        if decision.subject:
            on_topic = {number for number, _, _ in self._store.facts_on(decision.subject)}
            numbers = [number for number in numbers if number in on_topic]
        facts = dict(zip(numbers, await self._store.facts(numbers), strict=True)) if numbers else {}
        spans = {n: dates.parse(fact.when) for n, fact in facts.items() if fact.when and self._is_dated(fact)}
        kept = [
            n
            for n, span in spans.items()
            if (first is None or span.last >= first) and (last is None or span.first <= last)
        ]
        kept.sort(key=lambda n: (spans[n].start, spans[n].last, n))
        size = self._limits.page
        pages = tuple(tuple(kept[at : at + size]) for at in range(0, len(kept), size))
        outcome = model.Outcome.ANSWER if kept else model.Outcome.NONE
        reason = model.Reason.HELD if kept else model.Reason.NOT_COVERED
        chosen = Decision(
            outcome, reason, decision.confidence, pages, subject=decision.subject, read_as=decision.read_as
        )
        answer = self._as_reported(await self._briefing.fetch(request, chosen))
        asked = decision.subject or request.text.strip()
        ref = f"l={_dated(asked, request.as_of)}:{start or ''}/{end or ''}"
        fits = len(ref) <= MAX_REF and ref.isprintable() and not {"@", ":"} & set(asked)
        return replace(answer, ref=ref if fits else "")

    def _is_dated(self, fact: model.Fact) -> bool:
        """Whether *fact* belongs to its day: an event, one of a series of values, or a figure or status whose date is
        more than that of the report. How far apart two towns are has the date of the article and happened never."""
        if fact.kind in ("figure", "status"):
            only_reported = fact.when_basis == "inferred" and fact.when == self._store.sources[fact.source].published
            return fact.series is not None or not only_reported
        return fact.kind == "event"

    def _as_reported(self, answer: model.Answer) -> model.Answer:
        """*answer* without citations of what was published after the day it asks for."""
        if answer.request.as_of is None or not answer.pages:
            return answer
        last = dates.parse(answer.request.as_of).last

        def cut(match: model.Match) -> model.Match:
            cited = match.fact.citations
            kept = tuple(one for one in cited if dates.parse(self._store.sources[one.source].published).last <= last)
            return replace(match, fact=replace(match.fact, citations=kept or cited))

        return replace(answer, pages=tuple(tuple(map(cut, page)) for page in answer.pages))

    def topics(self, kind: str | None) -> list[TopicEntry]:
        """Every topic, or those of one type, by name."""
        counts = self._store.counts_by_topic()
        chosen = [topic for topic in self._store.topics if kind in (None, topic.type)]
        return [TopicEntry(topic, counts.get(topic.id, 0)) for topic in sorted(chosen, key=lambda t: t.name.casefold())]

    def complete(self, kind: Field, typed: str, *, shortcut: str | None, limit: int) -> list[Choice]:
        """Completions of *typed*, best first: what is spelt so, what begins so, what holds its words, near spellings;
        the own name or id before other spellings, and only then what matters most.

        Nothing typed gives what matters most. A misspelling leads to its topic and is never shown.
        """
        spellings = self._spellings(kind, shortcut)
        folded = text.fold(typed)
        ranks: dict[Choice, int] = {}
        for spelling in spellings:
            rank = _rank(spelling, folded)
            if rank is not None:
                ranks[spelling.choice] = min(rank, ranks.get(spelling.choice, rank))
        found = sorted(ranks, key=lambda choice: ranks[choice])
        if kind == "fact" and folded and len(found) < limit:
            found += self._facts_asked_for(typed)
        if len(found) < limit and len(folded) > 3:
            near = process.extract(
                folded, [one.text for one in spellings], scorer=fuzz.ratio, score_cutoff=_COMPLETION_FLOOR, limit=limit
            )
            found += [spellings[place].choice for _, _, place in near]
        return list(dict.fromkeys(found))[:limit]

    def _facts_asked_for(self, typed: str) -> list[Choice]:
        """The facts found under every word of *typed*, in their own words or a question's, the likeliest first."""
        reading = self._briefing.lexicon.read(typed)
        groups = [unit.keys for unit in reading.units]
        if not groups:
            return []
        whole = set(self._store.find(groups, limit=LISTED))
        asked, candidates = self._briefing.candidates(reading, None, None)
        ranked = self._briefing.rank(asked, [one for one in candidates if one[0] in whole])
        offered = {spelling.choice.value: spelling.choice for spelling in self._spellings("fact", None)}
        ids = self._store.ids([item.number for item in ranked])
        return [offered[one] for one in ids if one in offered]

    def _spellings(self, kind: Field, shortcut: str | None) -> list[_Spelling]:
        """Every spelling of what can be chosen, most important first; made once for each kind."""
        key = (kind, shortcut)
        if key not in self._choices:
            made = {
                "topic": self._topic_spellings,
                "aspect": lambda: self._aspect_spellings(shortcut),
                "fact": self._fact_spellings,
                "source": self._source_spellings,
            }[kind]()
            self._choices[key] = list(made)
        return self._choices[key]

    def _topic_spellings(self) -> Iterable[_Spelling]:
        counts = self._store.counts_by_topic()
        for topic in sorted(self._store.topics, key=lambda t: (-counts.get(t.id, 0), t.name)):
            names = (topic.name, topic.id, *(name for _, name in topic.names))
            yield from _spelt(Choice(_short(topic.name), topic.id), names, (alias.text for alias in topic.aliases))

    def _aspect_spellings(self, shortcut: str | None) -> Iterable[_Spelling]:
        scope = (self._limits.shortcuts or {}).get(shortcut or "")
        numbers: Sequence[int] = [n for n, _, _ in self._store.facts_on(scope)] if scope else ()
        used = [aspect for n in numbers for aspect in self._store.bag(n).aspects]
        for aspect in sorted(self._store.vocabulary.aspects, key=lambda a: (-used.count(a.id), a.name)):
            if scope and aspect.id not in used:
                continue
            yield from _spelt(Choice(_short(aspect.name), aspect.id), (aspect.name, aspect.id), aspect.words)

    def _fact_spellings(self) -> Iterable[_Spelling]:
        for fact_id, statement in self._store.fact_ids():
            if len(fact_id) <= 100:
                own = (fact_id, fact_id.partition("/")[2])
                yield from _spelt(Choice(_short(f"{fact_id}: {statement}"), fact_id), own, (statement,))

    def _source_spellings(self) -> Iterable[_Spelling]:
        for source in sorted(self._store.sources.values(), key=lambda s: s.published):
            yield from _spelt(Choice(_offered(source), source.id), (source.title, source.id), (source.publisher,))


def _spelt(choice: Choice, own: Iterable[str], others: Iterable[str]) -> Iterable[_Spelling]:
    yield from (_Spelling(text.fold(name), True, choice) for name in own)
    yield from (_Spelling(text.fold(name), False, choice) for name in others)


def _rank(spelling: _Spelling, folded: str) -> int | None:
    """How well *spelling* completes *folded*, 0 best; None where it does not."""
    if spelling.text == folded:
        return 0 if spelling.is_own else 1
    if spelling.text.startswith(folded):
        return (2 if spelling.is_own else 3) if folded else 0
    padded = f" {spelling.text}"
    if f" {folded}" in padded:
        return 4
    return 5 if all(f" {word}" in padded for word in folded.split()) else None


def _dated(asked: str, as_of: str | None) -> str:
    return f"{asked}@{as_of}" if as_of else asked


def _undated(asked: str) -> tuple[str, str | None]:
    plain, _, as_of = asked.partition("@")
    return plain, as_of or None


def _offered(source: model.Source) -> str:
    return _short(f"{source.publisher}: {source.title}")


def _short(name: str) -> str:
    return name if len(name) <= 100 else name[:99] + "…"
