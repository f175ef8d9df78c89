"""A request -> an answer, a suggestion, or the statement that nothing is held. Reads like the recipe:

read the words; a whole name is a briefing; otherwise gather the facts that share the question's rare words, weigh the
evidence, and answer only when the best fact is likely enough to be what was asked for.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest, nsmallest

from knowledge import bags, dates, model, scoring, text
from knowledge.bags import Bag
from knowledge.naming import Lexicon, Reading, Unit
from knowledge.scoring import Asked, Nearest, Weights
from knowledge.store import KEY_CHARACTERS, Store, fact_key

NAME_FLOOR = 74
NAME_GAP = 8
"""A whole name is read as another from this edit similarity (0 to 100) on, and only when no other is as near."""

LISTED = 1_000
"""Facts listed for the rarest units of a question; for the commoner ones the listed facts are only probed."""
READ = 8
READ_MOST = 256
READ_SHARE = 0.4
"""So many facts at least are read, and up to so many that hold at least this share of the most information that any
fact holds of the question. Measured: a smaller share, or half as many, loses plainly worded ones."""
WEIGHED = 16
"""The evidence is weighed of this many of those, the ones nearest in words. Measured: the best fact of all was among
them for all but one of the 2,400 answerable questions in `tests/eval`."""
BESIDE = 8
"""The first facts, which confidence in the best one is judged beside."""
NEAR = 3.0
"""How far behind the best fact another may be and still be shown with it, in ranking score."""
LEVEL = 0.25
"""Values of a series are told apart from this distance in ranking score on; nearer ones stand as a series does, the
preferred and the latest first."""
OPEN_FROM = 0.75
"""Likeness from which an unanswered question counts as one of the open ones."""
OPEN_READ = 32
"""Open questions that are compared word by word: those that hold most of the question's information."""
NEXT_FLOOR = 60
NEXT_GAP = 20
NEXT_READINGS = 3
"""What else a misspelt name may have meant, offered beside the answer: nearness from which on, how far behind the best
one, and how many."""
PREMISE_FROM = 0.75
"""Likeness to a mistaken question from which the fact that sets it right is shown, introduced as a correction."""
MAX_REF = 80
"""Leaves room for the rest of a button's custom id, which Discord limits to 100 characters."""
SUGGESTIONS = 5
"""Buttons in one row of a Discord message."""
_KIND_ORDER = ("event", "figure", "status", "position", "plan", "assessment", "background")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one card holds: facts a page, facts of an /ask; and which command is fixed to which topic."""

    page: int = 6
    ask: int = 3
    shortcuts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its evidence."""

    number: int
    bag: Bag
    strengths: Mapping[str, float]
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be shown, as row numbers; `Briefing.answer` turns it into an `Answer`."""

    outcome: model.Outcome
    reason: model.Reason
    confidence: float = 0.0
    pages: tuple[tuple[int, ...], ...] = ()
    scored: Mapping[int, Scored] | None = None
    subject: str | None = None
    aspects: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    read_as: str | None = None
    open_question: model.OpenQuestion | None = None
    whole_topic: bool = False


class Briefing:
    """Answers from one open store; holds its lexicon. Deciding is synchronous, only fetching the facts is not."""

    def __init__(
        self, store: Store, weights: Weights, limits: Limits, is_ordinary: Callable[[str], bool] = lambda word: False
    ) -> None:
        self.store = store
        self.lexicon = Lexicon(store.topics, store.vocabulary, is_ordinary, store.lists)
        self.lexicon.learn(store.words())
        self._weights = weights
        self._limits = limits

    async def answer(self, request: model.Request) -> model.Answer:
        """What the base holds on *request*; never raises for anything that can be typed."""
        return await self.fetch(request, self.decide(request))

    async def fetch(self, request: model.Request, decision: Decision) -> model.Answer:
        """*decision* with its facts read from the store."""
        wanted = [number for page in decision.pages for number in page]
        facts = dict(zip(wanted, await self.store.facts(wanted), strict=True)) if wanted else {}
        topics = self.lexicon.topics
        scored = decision.scored or {}
        pages = tuple(
            tuple(self._match(facts[n], scored.get(n), decision.confidence) for n in page) for page in decision.pages
        )
        shown = [match.fact for page in pages for match in page]
        return model.Answer(
            request=request,
            outcome=decision.outcome,
            reason=decision.reason,
            confidence=round(decision.confidence, 4),
            revision=self.store.revision,
            read_as=decision.read_as,
            subject=topics.get(decision.subject or ""),
            aspects=decision.aspects,
            pages=pages,
            suggestions=tuple(model.Suggestion(t, topics[t].name, topics[t].summary) for t in decision.suggestions),
            sources={c.source: self.store.sources[c.source] for fact in shown for c in fact.citations},
            series={fact.series: self.store.series[fact.series] for fact in shown if fact.series},
            open_question=decision.open_question,
            ref=self._ref(request, decision, shown),
        )

    # -- deciding

    def decide(self, request: model.Request) -> Decision:
        """Choose what to show for *request*; topics that nothing had been reported on by its day are not offered."""
        decision = self._decide(request)
        if request.as_of is None or not decision.suggestions:
            return decision
        known = tuple(topic for topic in decision.suggestions if self._reported_on(topic, request.as_of))
        if not known and decision.outcome is model.Outcome.SUGGEST:
            return replace(decision, outcome=model.Outcome.NONE, reason=model.Reason.NOT_YET, suggestions=())
        return replace(decision, suggestions=known)

    def _reported_on(self, topic: str, as_of: str) -> bool:
        return bool(self._reported([number for number, _, _ in self.store.facts_on(topic)], as_of))

    def _decide(self, request: model.Request) -> Decision:
        typed = request.text[: text.MAX_QUERY_CHARACTERS]
        folded = text.fold(typed)
        if not folded:
            return Decision(model.Outcome.NONE, model.Reason.EMPTY_QUERY, suggestions=self._leading_topics())
        exact = self.store.numbers([typed.strip().lower()]) if "/" in typed else {}
        if exact:
            return self._facts_by_number(list(exact.values())[:1])
        scope = (self._limits.shortcuts or {}).get(request.command)
        named = self.lexicon.named(f"{request.command} {typed}" if scope else typed) or self.lexicon.named(typed)
        if named and (scope is None or self._belongs(named, scope)):
            return self._brief(named, request, scope=scope)
        if scope and (aspect := self._aspect_named(typed)):
            on_aspect = self._on_aspect(aspect, scope, request.as_of)
            if on_aspect:
                return on_aspect
        reading = self.lexicon.read(typed, repair=True)
        whole = self._whole_name(reading)
        if whole and (scope is None or self._belongs(whole, scope)):
            return self._brief(whole, request, read_as=self._read_as(reading), scope=scope)
        if (
            scope is None
            and reading.units
            and len(folded.split()) <= 4
            and (request.command == "brief" or reading.unsure)
        ):
            near = self._resembling(typed)
            if isinstance(near, Decision):
                return near
            if near is not None:
                return self._brief(near, request, read_as=self.lexicon.topics[near[0]].name)
        return self._ask(request, reading, scope)

    def _belongs(self, named: Sequence[str], scope: str) -> bool:
        """Whether a shortcut's text names a topic that is known to be empty, or one that facts in its scope are on."""
        if len(named) != 1:
            return False
        within = {number for number, _, _ in self.store.facts_on(scope)}
        on_topic = [number for number, _, _ in self.store.facts_on(named[0])]
        return not self.lexicon.topics[named[0]].held or any(number in within for number in on_topic)

    def _aspect_named(self, typed: str) -> str | None:
        folded = text.fold(typed)
        return next(
            (one.id for one in self.store.vocabulary.aspects if folded in (text.fold(one.id), text.fold(one.name))),
            None,
        )

    def _on_aspect(self, aspect: str, scope: str, as_of: str | None) -> Decision | None:
        """The facts on *scope* that carry *aspect*, as on the card of a topic; None where there never were any."""
        rows = [row for row in self.store.facts_on(scope) if aspect in self.store.bag(row[0]).aspects]
        numbers = self._reported([number for number, _, _ in sorted(rows, key=self._brief_order)], as_of)
        if not numbers:
            return Decision(model.Outcome.NONE, model.Reason.NOT_YET, subject=scope) if rows else None
        return Decision(
            model.Outcome.ANSWER, model.Reason.HELD, confidence=1.0, pages=self._paged(numbers, as_of), subject=scope,
            aspects=(aspect,),
        )  # fmt: skip

    def _whole_name(self, reading: Reading) -> tuple[str, ...]:
        """The topics of a question that, function words aside, is one name and nothing else."""
        if len(reading.units) == 1 and reading.units[0].topics and not reading.answer_kinds:
            return reading.units[0].topics
        return ()

    def _resembling(self, typed: str) -> tuple[str, ...] | Decision | None:
        near = self.lexicon.resembling(typed, floor=NAME_FLOOR, gap=NAME_GAP)
        if not near or _quoted(typed):
            return None
        if len(near) == 1:
            return near
        return Decision(model.Outcome.SUGGEST, model.Reason.UNCLEAR, suggestions=near[:SUGGESTIONS])

    def _brief(
        self, named: Sequence[str], request: model.Request, read_as: str | None = None, scope: str | None = None
    ) -> Decision:
        """The card of one topic, within *scope* if there is one; a choice where a name has several owners."""
        if len(named) > 1:
            return Decision(
                model.Outcome.SUGGEST, model.Reason.UNCLEAR, suggestions=tuple(named[:SUGGESTIONS]), read_as=read_as
            )
        topic = named[0]
        within = {number for number, _, _ in self.store.facts_on(scope)} if scope else None
        rows = [row for row in self.store.facts_on(topic) if within is None or row[0] in within]
        numbers = self._reported([number for number, _, _ in sorted(rows, key=self._brief_order)], request.as_of)
        if not numbers:
            reason = model.Reason.NOT_YET if rows else model.Reason.KNOWN_EMPTY
            return Decision(
                model.Outcome.NONE, reason, subject=topic, suggestions=self._near_topics(topic), read_as=read_as
            )
        return Decision(
            model.Outcome.ANSWER, model.Reason.HELD, confidence=1.0 if read_as is None else 0.9,
            pages=self._paged(numbers, request.as_of, is_brief=True), subject=topic, read_as=read_as,
            whole_topic=scope is None,
            suggestions=self._next_readings(request.text, topic) if read_as else (),
        )  # fmt: skip

    def _next_readings(self, typed: str, topic: str) -> tuple[str, ...]:
        near = self.lexicon.resembling(typed, floor=NEXT_FLOOR, gap=NEXT_GAP)
        return tuple(other for other in near if other != topic and self.lexicon.topics[other].held)[:NEXT_READINGS]

    def _brief_order(self, row: tuple[int, int, int]) -> tuple[object, ...]:
        """What matters most first: on the topic itself, by priority and by how central the topic is to the fact, news
        before background, latest first.

        The topics that a fact names before this one are what it is more about. Parts of the topic count little there;
        the event or theme that something happened in does not count, since it is about its place as much; and words
        of the topic itself are never far from it.
        """
        number, place, distance = row
        bag = self.store.bag(number)
        topic, before = bag.topics[place], bag.topics[:place]
        others = [other for other in before if topic not in self.lexicon.ancestors(other)]
        setting = {"event": 0.0, "theme": 0.0} if bag.kind == "event" else {"event": 0.5}
        aside = sum(setting.get(self.lexicon.topics[other].type, 1.0) for other in others)
        aside += 0.25 if len(others) < len(before) else 0.0
        return (
            distance > 0,
            bag.priority + 0.6 * min(aside, 1.5 if topic in bag.speakers else 2.0),
            _KIND_ORDER.index(bag.kind),
            _latest_first(bag.published),
            _latest_first(bag.day),
            number,
        )

    def _paged(
        self, numbers: Sequence[int], as_of: str | None, *, is_brief: bool = False
    ) -> tuple[tuple[int, ...], ...]:
        """*numbers* in pages; the facts of a series stand together, the one to lead with first.

        is_brief: *numbers* are all that is on one topic. Values of a series that are not on it come after all that is,
        on pages of their own, unless half of the series or more is on it.
        """
        wanted = set(numbers)
        groups: list[list[int]] = []
        others: list[list[int]] = []
        placed: set[int] = set()
        for number in numbers:
            if number in placed:
                continue
            together = sorted(self.with_series([number], as_of), key=lambda n: (n not in wanted, self._series_order(n)))
            placed.update(together)
            held = len(wanted.intersection(together))
            led = held if is_brief and 2 * held < len(together) else len(together)
            groups.append(together[:led])
            others.append(together[led:])
        pages: list[tuple[int, ...]] = []
        for part in (groups, others):
            page: tuple[int, ...] = ()
            for group in part:
                page = (*page, *group)
                if len(page) >= self._limits.page:
                    pages.append(page)
                    page = ()
            pages.append(page)
        return tuple(filter(None, pages))

    def _ask(self, request: model.Request, reading: Reading, scope: str | None) -> Decision:
        read_as = self._read_as(reading)
        empty = [topic for topic in reading.topics if not self.lexicon.topics[topic].held]
        if empty:
            return Decision(
                model.Outcome.NONE,
                model.Reason.KNOWN_EMPTY,
                subject=empty[0],
                suggestions=self._near_topics(empty[0]),
                read_as=read_as,
            )
        asked, candidates = self.candidates(reading, scope, request.as_of)
        if not any(asked.known) or not candidates:
            reason = model.Reason.NOT_COVERED if reading.topics else model.Reason.OUTSIDE
            return Decision(model.Outcome.NONE, reason, suggestions=self._suggested(reading, ()), read_as=read_as)
        ranked = self.rank(asked, candidates)
        open_question, nearest_open = self.nearest_open(asked, self.open_candidates(asked))
        strengths = self.confidence_evidence(asked, ranked, nearest_open)
        confidence = self._weights.confidence(strengths)
        correction = self._correction(ranked)
        if open_question and _is_worded(open_question, reading.folded):
            return self._declined(reading, 0.0, self._suggested(reading, ranked), read_as, open_question)
        nameless = request.command == "brief" and not any(unit.topics for unit in reading.units)
        if nameless or (confidence < self._weights.answer_from and correction is None):
            near = open_question if nearest_open.alike >= OPEN_FROM else None
            return self._declined(reading, confidence, self._suggested(reading, ranked), read_as, near)
        if correction:
            ranked = [correction, *(item for item in ranked if item is not correction)]
        chosen = self._chosen(ranked, self._limits.page if scope else self._limits.ask)
        numbers = [item.number for item in chosen]
        return Decision(
            model.Outcome.ANSWER,
            model.Reason.CORRECTED if correction else model.Reason.HELD,
            confidence=confidence,
            pages=self._paged(numbers, request.as_of) if scope else (tuple(self.with_series(numbers, request.as_of)),),
            scored={item.number: item for item in ranked},
            subject=scope,
            aspects=tuple(sorted(reading.aspects)),
            read_as=self._read_as(reading, ranked[0].bag),
        )

    @staticmethod
    def _correction(ranked: Sequence[Scored]) -> Scored | None:
        """The fact that sets a mistaken question right, if the question is nearer to one than to any real question."""
        best = max(ranked[:10], key=lambda item: item.strengths["premise"])
        likest = max(item.strengths["asked_alike"] for item in ranked[:10])
        mistaken = best.strengths["premise"] * (1 - best.strengths["unknown"])
        return best if mistaken >= PREMISE_FROM and mistaken > likest else None

    def _declined(
        self,
        reading: Reading,
        confidence: float,
        suggestions: tuple[str, ...],
        read_as: str | None,
        open_question: model.OpenQuestion | None,
    ) -> Decision:
        if open_question:
            reason = model.Reason.OPEN
        elif reading.unsure:
            reason = model.Reason.UNCLEAR
        else:
            reason = model.Reason.NOT_COVERED if reading.topics else model.Reason.OUTSIDE
        outcome = (
            model.Outcome.SUGGEST if suggestions and confidence >= self._weights.suggest_from else model.Outcome.NONE
        )
        return Decision(
            outcome, reason, confidence=confidence, suggestions=suggestions, read_as=read_as,
            open_question=open_question,
        )  # fmt: skip

    # -- evidence

    def candidates(self, reading: Reading, scope: str | None, as_of: str | None) -> tuple[Asked, list[tuple[int, Bag]]]:
        """The question weighed, and the facts worth weighing against it."""
        reading = self._on(scope, reading)
        groups = [{*unit.keys, *unit.parts, *(f"b:{topic}" for topic in unit.topics)} for unit in reading.units]
        frequencies = self.store.frequencies(frozenset[str]().union(*groups))
        spoken = self.store.spoken(reading.stems)
        asked = scoring.ask(reading, frequencies, self.store.fact_count, spoken, self.lexicon.rivals)
        found = [[key for key in group if frequencies.get(key)] for group in groups]
        held: dict[int, float] = {}
        opened: list[str] = []
        listed = 0
        for place in sorted(range(len(found)), key=lambda place: -asked.weights[place]):
            group, weight = found[place], asked.weights[place]
            if not group:
                continue
            listed += sum(frequencies[key] for key in group)
            if not opened or listed <= LISTED:
                opened += group
                for number in self.store.find([group], limit=LISTED):
                    held[number] = held.get(number, 0.0) + weight
            else:
                for number in self.store.find([opened, group], limit=LISTED):
                    if number in held:
                        held[number] += weight
        within = {number for number, _, _ in self.store.facts_on(scope)} if scope else held
        most = _heaviest({number: mass for number, mass in held.items() if number in within})
        read = self.store.bags(self._reported(most, as_of))
        kept = [number for number, bag in read.items() if not self._of_a_rival(reading, bag)]
        near = {
            number: held[number] / asked.everything + 2 * (one.alike + one.worded)
            for number, one in zip(kept, scoring.nearest(asked, map(read.__getitem__, kept)), strict=True)
        }
        return asked, [(number, read[number]) for number in nlargest(WEIGHED, near, key=near.__getitem__)]

    def _on(self, scope: str | None, reading: Reading) -> Reading:
        """*reading* with the topic that a shortcut is fixed to, where its words do not name it."""
        if scope is None or scope in reading.topics:
            return reading
        name = text.fold(self.lexicon.topics[scope].name)
        named = Unit(name, frozenset({f"t:{scope}"}), topics=(scope,))
        return replace(reading, units=(named, *reading.units), stems=reading.stems.union(map(text.stem, name.split())))

    def _of_a_rival(self, reading: Reading, bag: Bag) -> bool:
        """Whether the fact is about a topic that one named in the question must never be taken for, and about none
        that is named."""
        about = bag.broader.union(bag.topics)
        return about.isdisjoint(reading.topics) and any(
            not self.lexicon.rivals(topic).isdisjoint(bag.topics) for topic in reading.topics
        )

    def rank(self, asked: Asked, candidates: Sequence[tuple[int, Bag]]) -> list[Scored]:
        """*candidates* with their evidence, best first."""
        scored: list[Scored] = []
        wholes: dict[str, Bag] = {}
        for number, bag in candidates:
            if bag.series and bag.series not in wholes:
                wholes[bag.series] = self._whole(number, bag, dict(candidates))
            strengths = scoring.evidence(asked, bag, wholes.get(bag.series))
            scored.append(Scored(number, bag, strengths, scoring.score(strengths, self._weights.ranking)))
        ranked = sorted(scored, key=lambda item: (-item.score, item.bag.priority, item.number))
        level = [
            item
            for item in ranked
            if item.bag.series == ranked[0].bag.series != "" and item.score >= ranked[0].score - LEVEL
        ]
        leading = sorted(level, key=lambda item: self._series_order(item.number))
        return [*leading, *(item for item in ranked if item not in leading)]

    def confidence_evidence(self, asked: Asked, ranked: Sequence[Scored], nearest_open: Nearest) -> dict[str, float]:
        """What confidence is judged on: the best fact's evidence, what else is near, and the nearest open question."""
        best, first = ranked[0], ranked[:BESIDE]
        rival = next((i for i in ranked[1:] if not i.bag.series or i.bag.series != best.bag.series), None)
        own = {best.number, *(item.number for item in first if item.bag.series == best.bag.series != "")}
        field = scoring.Field(
            score=best.score,
            lead=best.score - rival.score if rival else math.inf,
            covered=max((item.strengths["covered"] for item in first[1:]), default=0.0),
            own=scoring.largest(_nearest(item) for item in first if item.number in own),
            others=scoring.largest(_nearest(item) for item in first if item.number not in own),
            open=nearest_open,
        )
        whole = self._whole(best.number, best.bag, {})
        strengths = best.strengths if whole is best.bag else scoring.evidence(asked, whole)
        return scoring.confidence_evidence(asked, whole, strengths, field)

    def _whole(self, number: int, bag: Bag, beside: Mapping[int, Bag]) -> Bag:
        """The fact with all that the rest of its series says; *beside* are bags that are at hand."""
        series = self.store.facts_in_series(bag.series) if bag.series else []
        mates = [beside.get(mate) or self.store.bag(mate) for mate in series if mate != number]
        return bags.merged(bag, mates) if mates else bag

    def open_candidates(self, asked: Asked) -> list[tuple[int, Bag]]:
        """The open questions worth comparing: those that hold most of the question's information, most first."""
        held: dict[int, float] = defaultdict(float)
        for unit, weight in zip(asked.reading.units, asked.weighed, strict=True):
            for number in self.store.find_open(unit.keys, limit=LISTED) if weight else ():
                held[number] += weight
        most = nsmallest(OPEN_READ, held, key=lambda number: (-held[number], number))
        return list(self.store.open_bags(most).items())

    def nearest_open(
        self, asked: Asked, candidates: Sequence[tuple[int, Bag]]
    ) -> tuple[model.OpenQuestion | None, Nearest]:
        """The open question nearest to *asked* among *candidates*, and how near any of them is; among equally near
        ones, the one that is worded so."""
        if not candidates:
            return None, Nearest()
        near = scoring.nearest(asked, (bag for _, bag in candidates))
        most = scoring.largest(near)
        numbers = [number for (number, _), one in zip(candidates, near, strict=True) if one.alike == most.alike]
        questions = [self.store.open_question(number) for number in numbers]
        return next((q for q in questions if _is_worded(q, asked.reading.folded)), questions[0]), most

    # -- choosing

    def _chosen(self, ranked: Sequence[Scored], most: int) -> list[Scored]:
        """The best fact, the likeliest of its rivals or forerunners, and others not far behind it."""
        best = ranked[0]
        mates = [item for item in ranked[1:] if item.bag.series == best.bag.series != ""]
        others = [item for item in ranked[1:] if item not in mates and item.score >= best.score - NEAR]
        return [best, *mates, *others][:most]

    def with_series(self, numbers: Sequence[int], as_of: str | None) -> list[int]:
        """*numbers*, then the rest of every series that one of them belongs to, latest first."""
        told = dict.fromkeys(numbers)
        for number in numbers:
            series = self.store.bag(number).series
            if series:
                rest = self._reported(self.store.facts_in_series(series), as_of)
                told.update(dict.fromkeys(sorted(rest, key=self._series_order)))
        return list(told)

    def _series_order(self, number: int) -> tuple[object, ...]:
        bag = self.store.bag(number)
        return (not bag.preferred, _latest_first(bag.day), bag.priority, number)

    def _reported(self, numbers: Iterable[int], as_of: str | None) -> list[int]:
        if as_of is None:
            return list(numbers)
        last = dates.parse(as_of).last.isoformat()
        return [number for number in numbers if self.store.bag(number).reported <= last]

    def _facts_by_number(self, numbers: list[int]) -> Decision:
        return Decision(model.Outcome.ANSWER, model.Reason.HELD, confidence=1.0, pages=(tuple(numbers),))

    # -- saying something else

    def _suggested(self, reading: Reading, ranked: Sequence[Scored]) -> tuple[str, ...]:
        named = [topic for unit in reading.units for topic in unit.topics]
        unsure = [topic for _, words in reading.unsure for word in words for topic in self.lexicon.named(word)]
        near = [item.bag.topics[0] for item in ranked[:SUGGESTIONS]]
        known = (topic for topic in dict.fromkeys([*named, *unsure, *near]) if self.lexicon.topics[topic].held)
        return tuple(known)[:SUGGESTIONS]

    def _near_topics(self, topic: str) -> tuple[str, ...]:
        """The nearest topics with facts: below, beside and above *topic*."""
        entry = self.lexicon.topics[topic]
        counts = self.store.counts_by_topic()
        beside = sorted(self.lexicon.children.get(entry.parent or "", ()), key=lambda t: -counts.get(t, 0))
        alike = [t for t in beside if self.lexicon.topics[t].type == entry.type]
        near = [*self.lexicon.children.get(topic, ()), *alike, *self.lexicon.ancestors(topic), *self._leading_topics()]
        return tuple(t for t in dict.fromkeys(near) if t != topic and counts.get(t))[:SUGGESTIONS]

    def _leading_topics(self) -> tuple[str, ...]:
        counts = self.store.counts_by_topic()
        return tuple(sorted(counts, key=lambda topic: (-counts[topic], topic))[:SUGGESTIONS])

    def _read_as(self, reading: Reading, bag: Bag | None = None) -> str | None:
        """The question as it was read where that differs from what was typed; a word that may be several is the one
        that *bag*'s fact holds."""
        read = dict(reading.repairs)
        for unit in reading.units:
            for word in unit.readings if bag else ():
                if bag and text.stem(word) in bag.statement | bag.asked:
                    read.setdefault(unit.shown, word)
        whole = reading.units[0] if len(reading.units) == 1 else None
        if whole and whole.topics and (whole.repaired or whole.readings):
            return self.lexicon.topics[whole.topics[0]].name
        if not read:
            return None
        return " ".join(read.get(word, word) for word in reading.folded.split())

    def _match(self, fact: model.Fact, scored: Scored | None, confidence: float) -> model.Match:
        if scored is None:
            return model.Match(fact, confidence)
        weights = self._weights.ranking
        weighed = tuple(
            model.Evidence(name, strength, weights.get(name, 0.0)) for name, strength in scored.strengths.items()
        )
        return model.Match(fact, round(scoring.probability(scored.score - 4), 4), weighed)

    @staticmethod
    def _ref(request: model.Request, decision: Decision, shown: Sequence[model.Fact]) -> str:
        """The topic, or as many facts as there is room for: one of every series, if need be, for all of it is told."""
        day = f"@{request.as_of}" if request.as_of else ""
        if decision.whole_topic and shown:
            return f"t={decision.subject}{day}"
        room = (MAX_REF - len("f=") - len(day) + 1) // (KEY_CHARACTERS + 1)
        if len(shown) > room:
            shown = list({fact.series or fact.id: fact for fact in reversed(shown)}.values())[::-1]
        keys = ".".join(fact_key(fact.id) for fact in shown[:room])
        return f"f={keys}{day}" if keys else ""


def _nearest(item: Scored) -> Nearest:
    return Nearest(*(item.strengths[name] for name in ("asked_alike", "asked_share", "worded", "gist")))


def _heaviest(masses: Mapping[int, float]) -> list[int]:
    """The facts worth reading by the information of the question that each holds, most first."""
    ranked = sorted(masses, key=lambda number: -masses[number])
    floor = READ_SHARE * masses[ranked[0]] if ranked else 0.0
    return [n for place, n in enumerate(ranked[:READ_MOST]) if place < READ or masses[n] >= floor]


def _latest_first(day: str) -> list[int]:
    """A sort key that puts later ISO days before earlier ones, and none last."""
    return [-ord(char) for char in day] or [0]


def _is_worded(question: model.OpenQuestion, folded: str) -> bool:
    """Whether *folded* is the text of *question* or a way of asking it that its curators wrote down."""
    return any(text.fold(wording) == folded for wording in (question.question, *question.asks))


def _quoted(typed: str) -> bool:
    return typed.strip()[:1] in ('"', "“", "«", "„")
