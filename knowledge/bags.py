"""What evidence is weighed on: a fact or an open question reduced to the keys of its words, once, when it is built.

A bag holds the same `Unit` keys that `naming.Lexicon.read` gives for a question, so comparing is set arithmetic.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge import dates, model, text
from knowledge.lanes import Lanes, scaled
from knowledge.naming import Lexicon, Reading

_NONE = Lanes()


def weight_of(count: int, total: int) -> float:
    """The information of a key that *count* of *total* facts, or wordings, hold: rare keys weigh more."""
    return math.log1p((total + 1) / (count + 0.5))


def often(texts: int) -> float:
    """What it counts that a word is in all *texts* (bits) of a fact: more for each, but ever less."""
    return math.log1p(texts.bit_count())


@dataclass(frozen=True, slots=True)
class Spoken:
    """In how many wordings each stem occurs; *total* is how many wordings there are."""

    counts: Mapping[str, int]
    total: int

    @classmethod
    def of(cls, wordings: Iterable[Lanes]) -> Spoken:
        """Counted in *wordings*."""
        counts: Counter[str] = Counter()
        total = 0
        for lanes in wordings:
            counts.update({stem: held.bit_count() for stem, held in lanes.bits.items()})
            total += len(lanes.units)
        return cls(counts, total)

    def weight(self, stem: str) -> int:
        """The information of *stem*, as `lanes.scaled`."""
        return scaled(weight_of(self.counts.get(stem, 0), self.total))

    @property
    def unheard(self) -> int:
        """The information of a stem that occurs in no wording, the most there is."""
        return scaled(weight_of(0, self.total))


@dataclass(frozen=True, slots=True)
class Bag:
    """A fact or an open question, ready to be compared.

    statement: every key of the statement, its speaker and its value. phrases: the ways of asking, by the keys of their
    units; asked: all their keys. wordings: the same and the statement, by the stems of all their words, function words
    included; information: of each of them, `lanes.scaled`; breadth: the length of the vector of all of them, see
    `scoring.gist`. mates: the rest of its series, where it is `merged`.
    premises: questions that it sets right. topics: ids, main first; broader: their ancestors. numbers: as written.
    answers: the kinds of answer it gives; gives: those that it has something for. counted: the keys of what its figure
    counts. speakers: the topics of those who say so. reported: the ISO day by which it had been reported; published:
    the same of its own source; day: the ISO day in the middle of what it is about.
    """

    statement: frozenset[str]
    phrases: Lanes = _NONE
    premises: Lanes = _NONE
    topics: tuple[str, ...] = ()
    broader: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()
    kind: str = ""
    numbers: frozenset[str] = frozenset()
    priority: int = 3
    preferred: bool = False
    reported: str = ""
    published: str = ""
    answers: frozenset[str] = frozenset()
    series: str = ""
    day: str = ""
    counted: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    wordings: Lanes = _NONE
    information: tuple[int, ...] = ()
    breadth: float = 0.0
    mates: tuple[Bag, ...] = ()
    asked: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", frozenset[str]().union(*(bag.phrases.bits for bag in self.every)))

    @property
    def every(self) -> tuple[Bag, ...]:
        """The bag, and those of the rest of its series where it is `merged`."""
        return (self, *self.mates)

    def keys(self) -> frozenset[str]:
        """Everything that the fact is to be found under."""
        found = {*self.statement, *self.phrases.bits, *self.premises.bits}
        found.update(f"t:{topic}" for topic in self.topics)
        found.update(f"b:{topic}" for topic in self.broader)
        found.update(f"p:{aspect}" for aspect in self.aspects)
        return frozenset(found)

    def weighed(self, spoken: Spoken) -> Bag:
        """The same, its wordings weighed by how rare their words are among all wordings."""
        weights = {stem: spoken.weight(stem) for stem in self.wordings.bits}
        added = sum(weight * self.wordings.bits[stem] for stem, weight in weights.items())
        along = (weight * often(self.wordings.bits[stem]) for stem, weight in weights.items())
        return replace(self, information=self.wordings.read(added), breadth=round(math.hypot(*along), 1))

    def dump(self) -> str:
        """The bag as JSON; `load` reads it back."""
        return json.dumps(
            [
                sorted(self.statement),
                [self.phrases.units, self.phrases.places()], [self.premises.units, self.premises.places()],
                self.topics, sorted(self.broader), sorted(self.aspects), self.kind, sorted(self.numbers), self.priority,
                self.preferred, self.reported, self.published, sorted(self.answers), self.series, self.day,
                sorted(self.counted), sorted(self.speakers), sorted(self.gives),
                [self.wordings.units, self.wordings.places()], self.information, self.breadth,
            ],
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    @classmethod
    def load(cls, dumped: str) -> Bag:
        """The bag that `dump` wrote."""
        statement, phrases, premises, topics, broader, aspects, *rest = json.loads(dumped)
        kind, numbers, priority, preferred, reported, published, answers, series, *rest = rest
        day, counted, speakers, gives, wordings, information, breadth = rest
        return cls(
            frozenset(statement), Lanes.load(*phrases), Lanes.load(*premises), tuple(topics), frozenset(broader),
            frozenset(aspects), kind, frozenset(numbers), priority, preferred, reported, published,
            frozenset(answers), series, day, frozenset(counted), frozenset(speakers),
            frozenset(gives), Lanes.load(*wordings), tuple(information), breadth,
        )  # fmt: skip


def merged(best: Bag, mates: Sequence[Bag]) -> Bag:
    """*best* with all that the rest of its series says: a series is told whole, so together they are the answer."""
    every = (best, *mates)
    return replace(
        best,
        statement=frozenset[str]().union(*(bag.statement for bag in every)),
        topics=tuple(dict.fromkeys(topic for bag in every for topic in bag.topics)),
        broader=frozenset[str]().union(*(bag.broader for bag in every)),
        aspects=frozenset[str]().union(*(bag.aspects for bag in every)),
        numbers=frozenset[str]().union(*(bag.numbers for bag in every)),
        answers=frozenset[str]().union(*(bag.answers for bag in every)),
        counted=frozenset[str]().union(*(bag.counted for bag in every)),
        speakers=frozenset[str]().union(*(bag.speakers for bag in every)),
        gives=frozenset[str]().union(*(bag.gives for bag in every)),
        mates=tuple(mates),
    )


def of_fact(
    fact: model.Fact, sources: Mapping[str, model.Source], series: Mapping[str, model.Series], lexicon: Lexicon
) -> Bag:
    """The bag of *fact*, which some of *sources*, by id, support; the heading of its series is a way of asking for
    it."""
    said = "" if fact.said_by.text == model.NARRATION else fact.said_by.display
    measure = f"{fact.value.measure} {fact.value.unit}" if fact.value else ""
    statement = lexicon.read(f"{fact.statement} {said} {measure}")
    asks = [lexicon.read(wording) for wording in fact.asks]
    heading = [lexicon.read(series[fact.series].name)] if fact.series else []
    ways = [*asks, *heading]
    return Bag(
        statement=_all_keys(statement),
        phrases=Lanes.of(map(_phrase, ways)),
        premises=Lanes.of(_phrase(lexicon.read(wording)) for wording in fact.corrects),
        topics=fact.topics,
        broader=frozenset(above for topic in fact.topics for above in lexicon.ancestors(topic)) - set(fact.topics),
        aspects=frozenset(fact.aspects),
        kind=fact.kind,
        numbers=frozenset(unit.shown for unit in statement.units if unit.number) | _years(fact),
        priority=fact.priority,
        preferred=fact.rank == "preferred",
        reported=_reported(fact, sources).isoformat(),
        published=dates.parse(sources[fact.source].published).last.isoformat(),
        answers=_answers(fact, asks),
        series=fact.series or "",
        day=dates.parse(fact.when).middle.isoformat() if fact.when else "",
        counted=_all_keys(lexicon.read(measure)) if measure else frozenset(),
        speakers=frozenset({fact.said_by.topic} if fact.said_by.topic else ()),
        gives=_gives(fact, lexicon),
        wordings=Lanes.of([reading.stems] for reading in (*ways, statement)),
    )


def of_open_question(question: model.OpenQuestion, lexicon: Lexicon) -> Bag:
    """The bag of *question*; its own wording is one of its phrases."""
    ways = [lexicon.read(wording) for wording in (question.question, *question.asks)]
    return Bag(
        statement=frozenset(),
        phrases=Lanes.of(map(_phrase, ways)),
        topics=question.topics,
        wordings=Lanes.of([reading.stems] for reading in ways),
    )


def words_of(fact: model.Fact) -> Iterator[str]:
    """The folded words of *fact* that a misspelling may be repaired to."""
    for wording in (fact.statement, fact.said_by.display, *fact.asks):
        for token in text.tokens(wording):
            if not token.word[0].isdigit():
                yield token.word


def _reported(fact: model.Fact, sources: Mapping[str, model.Source]) -> date:
    """The day by which the first of its sources was published; none counts that is older than what the fact says."""
    own = dates.parse(sources[fact.source].published).last
    told = min(own, dates.parse(fact.when).last) if fact.when else date.min
    return min(day for c in fact.citations if (day := dates.parse(sources[c.source].published).last) >= told)


def _answers(fact: model.Fact, asks: Sequence[Reading]) -> frozenset[str]:
    """The kinds of answer that *fact* gives: a quantity if it has a value, and what its ways of asking ask for; how
    many, only if more than one of them does, for that is also how one asks whether a number was confirmed."""
    asked = Counter(kind for reading in asks for kind in reading.answer_kinds[:1])
    if asked["quantity"] == 1:
        del asked["quantity"]
    return frozenset(asked) | (frozenset({"quantity"}) if fact.value else frozenset[str]())


def _gives(fact: model.Fact, lexicon: Lexicon) -> frozenset[str]:
    """The kinds of answer that *fact* has something for, whether or not it is asked for it: day, place, person."""
    types = {lexicon.topics[topic].type for topic in (*fact.topics, *filter(None, [fact.said_by.topic]))}
    has = {"time": fact.when, "place": types & {"place", "facility"}, "person": "person" in types}
    return frozenset(kind for kind, found in has.items() if found)


def _all_keys(reading: Reading) -> frozenset[str]:
    keys: set[str] = set()
    for unit in reading.units:
        keys.update(unit.keys, unit.parts)
    return frozenset(keys)


def _phrase(reading: Reading) -> list[frozenset[str]]:
    return [unit.keys | set(unit.parts) if unit.topics else unit.keys for unit in reading.units]


def _years(fact: model.Fact) -> set[str]:
    if fact.when is None:
        return set()
    span = dates.parse(fact.when)
    return {str(year) for year in (span.first.year, span.last.year) if 1000 < year < 9999}
