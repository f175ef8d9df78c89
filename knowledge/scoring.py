"""Evidence that a fact answers a question, for and against; pure arithmetic on bags.

Each piece of evidence has a name, a strength (normally -1 to 1) and a learned weight. Their weighted sum ranks facts;
decision trees over the best fact's evidence, and over what stands beside it, say how surely it answers at all. Both
come from `tests/eval/fit.py` and stand in `weights.json`; nothing in them knows a word or a topic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from operator import mul
from types import MappingProxyType
from typing import NamedTuple

from knowledge.bags import Bag, Spoken, often, weight_of
from knowledge.lanes import Lanes, scaled
from knowledge.naming import Reading, Unit
from knowledge.trees import Forest

EVIDENCE: Mapping[str, str] = {
    "covered": "share of the question's information found anywhere in the fact, rare words weighing more",
    "stated": "the same, found in the statement itself, its speaker or its topics",
    "asked_alike": "likeness to the nearest way of asking for the fact, both sides counted",
    "asked_share": "share of the question's information found in that one way of asking",
    "phrase_share": "share of that way of asking found in the question",
    "worded": "likeness to the nearest way of asking, or to the statement, in all words, function words included",
    "worded_share": "share of the question's words, counted so, found in that one; rare words weigh more in both",
    "gist": "likeness to all ways of asking and the statement together; words that many of them share weigh more",
    "topics_carried": "share of the named topics that the fact is about",
    "main_topic": "a named topic is what the fact is mainly about",
    "aspect": "the side asked for is one the fact gives (1), or it gives others only (-1)",
    "kind": "the kind of answer asked for is one the fact gives (1), has something for (0), or not (-1)",
    "wanted": "the thing counted or chosen among ('how many X', 'which X') is one that the fact gives (1), or not (-1)",
    "counted": "what is to be counted ('how many X Y') is what the fact's figure counts (1), or not (-1)",
    "together": "how much more of the question the whole of its series holds than the fact by itself",
    "compared": "asked how it changed or whether accounts differ: the fact is one of several values (1), or not (-1)",
    "speaker": "one who is named is who says so",
    "worst_miss": "against: the rarest known word of the question that the fact does not carry",
    "topic_miss": "against: information of named topics that the fact does not carry",
    "rival": "against: the fact is about a topic that one named in the question must never be taken for",
    "number_miss": "against: a number or year in the question that the fact does not carry",
    "unknown": "against: share of the question's information in words that occur nowhere in the base",
    "premise": "likeness to a mistaken question that the fact sets right",
    "priority": "1 for what a briefing needs, 0.5, 0 for colour",
    "preferred": "the preferred value of its series",
}
"""Every piece of evidence and what it means, in the order of the vectors."""

CONFIDENCE_EVIDENCE: Mapping[str, str] = {
    **{name: f"of the best fact and its series: {text}" for name, text in EVIDENCE.items()},
    "ranking": "the best fact's ranking score",
    "lead": "how far it is ahead of the next fact outside its series, up to 3",
    "others": "against: how much more of the question another of the next facts holds",
    "explained": "share of everything in the question, unknown words included, that the best fact carries",
    "carried": "how much information of the question the best fact carries, in all; 1: as a word that no fact has",
    "missed": "against: how much information of the question it does not carry, in all",
    "rarest_missed": "against: the information of the weightiest word, known or unknown, that it does not carry",
    "strangers": "against: how many words of the question occur nowhere in the base",
    "unsure": "against: how many misspelt words may mean several things",
    "open_alike": "against: likeness to the nearest open question",
    "open_lead": "against: by how much an open question is nearer than any way of asking for a fact; may be negative",
    "open_holds": "against: by how much more of the question an open question holds than any way of asking for a fact",
    "open_worded": "against: likeness to the nearest open question in all its words",
    "open_worded_lead": "against: by how much it is nearer so than any way of asking for a fact; may be negative",
    "open_gist": "against: likeness to the nearest open question, all its wordings taken together",
    "open_gist_lead": "against: by how much it is nearer so than the best fact; may be negative",
    "gist_lead": "how much nearer the best fact is so than the next facts outside its series",
    "words_missed": "against: the information of all words that no wording of the best fact has; 1: as one unheard of",
    "word_missed": "against: the same of the rarest of them",
    "worded_lead": "how much nearer the best fact is so than the next facts outside its series",
    "no_value": "against: a number is asked for and the best fact gives none",
    "yes_or_no": "the question wants a yes or a no",
    "no_topic": "the question names no topic",
}
"""What confidence is judged on."""

FOR = frozenset(
    {"covered", "stated", "asked_alike", "asked_share", "phrase_share", "worded", "worded_share", "gist"}
    | {"topics_carried"}
    | {"main_topic", "aspect", "kind", "wanted", "counted", "together", "compared", "speaker", "priority", "preferred"}
)
AGAINST = frozenset({"worst_miss", "topic_miss", "rival", "number_miss", "unknown"})
"""Evidence whose direction follows from its meaning; fitting the ranking may not give it the other one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Learned weights by evidence name, the trees that judge confidence, and the cut-offs on it (0 to 1)."""

    ranking: Mapping[str, float]
    trees: Forest
    answer_from: float
    suggest_from: float

    @classmethod
    def shipped(cls) -> Weights:
        """The weights that come with the engine."""
        read = json.loads(files("knowledge").joinpath("weights.json").read_text(encoding="utf-8"))
        return cls(read["ranking"], Forest.load(read["trees"]), read["answer_from"], read["suggest_from"])

    def confidence(self, strengths: Mapping[str, float]) -> float:
        """How surely a fact with these strengths of `CONFIDENCE_EVIDENCE` answers the question, 0 to 1."""
        return self.trees.probability(strengths)


NOISE_LETTERS = 3
NOISE_WEIGHT = 0.25
"""An unknown word of up to three letters is mostly an abbreviation or a slip ("abt", "wat"), not information."""


SYNONYM_COUNTS = 0.85
"""What a word counts that is found by a synonym."""


class Sought(NamedTuple):
    """A unit of a question as it is looked for among ways of asking. exact: its own keys; alike: those of its synonyms;
    parts: those of its single words; weight, alike_weight: what finding one of the first two adds, scaled."""

    exact: tuple[str, ...]
    alike: tuple[str, ...]
    parts: tuple[str, ...]
    weight: int
    alike_weight: int


class Asked(NamedTuple):
    """A question ready to be held against bags.

    weights: the information of each unit; known: whether the base has it at all; weighed: the weights of the known
    ones, 0 for the others. information, everything: their sums (never 0); heaviest: the largest of `weighed` (never 0).
    unheld: the information of a word that no fact has. sought: the units as looked for among ways of asking; most: the
    sum of their weights (never 0). stems: all its words, with their information by how rare they are in wordings,
    scaled; worded: the sum (never 0); breadth: the length of their vector (never 0); unheard: the information of a word
    that no wording has. rivals: for each named topic, those it must never be taken for.
    """

    reading: Reading
    weights: tuple[float, ...]
    known: tuple[bool, ...]
    weighed: tuple[float, ...]
    information: float
    everything: float
    heaviest: float
    unheld: float
    sought: tuple[Sought, ...]
    most: int
    stems: Mapping[str, int]
    worded: int
    breadth: float
    unheard: int
    rivals: Mapping[str, frozenset[str]] = MappingProxyType({})


def ask(
    reading: Reading,
    frequencies: Mapping[str, int],
    facts: int,
    spoken: Spoken,
    rivals: Callable[[str], frozenset[str]] = lambda topic: frozenset(),
) -> Asked:
    """Weigh the units of *reading*; *frequencies* is how many of *facts* hold each key, *spoken* in how many wordings
    each stem occurs, *rivals* the topics that one must never be taken for."""
    weights: list[float] = []
    known: list[bool] = []
    for unit in reading.units:
        counts = [frequencies.get(key, 0) for key in unit.keys if not key.startswith("s:")]
        counts += [frequencies.get(f"b:{topic}", 0) for topic in unit.topics]
        count = sum(counts) or max((frequencies.get(key, 0) for key in unit.keys), default=0)
        noise = unit.keys.isdisjoint(frequencies) and not unit.topics and len(unit.shown) <= NOISE_LETTERS
        weights.append(weight_of(count, facts) * (NOISE_WEIGHT if noise else 1.0))
        known.append(bool(unit.topics) or not unit.keys.isdisjoint(frequencies))
    weighed = tuple(weight if is_known else 0.0 for weight, is_known in zip(weights, known, strict=True))
    sought = tuple(map(_sought, reading.units, weighed))
    stems = {stem: spoken.weight(stem) for stem in reading.stems}
    return Asked(
        reading=reading,
        weights=tuple(weights),
        known=tuple(known),
        weighed=weighed,
        information=sum(weighed) or 1.0,
        everything=sum(weights) or 1.0,
        heaviest=max(weighed, default=0.0) or 1.0,
        unheld=weight_of(0, facts),
        sought=sought,
        most=sum(one.weight for one in sought) or 1,
        stems=stems,
        worded=sum(stems.values()) or 1,
        breadth=math.hypot(*stems.values()) or 1.0,
        unheard=spoken.unheard,
        rivals={topic: found for topic in reading.topics if (found := rivals(topic))},
    )


def _sought(unit: Unit, weight: float) -> Sought:
    exact = tuple(key for key in unit.keys if not key.startswith("s:"))
    alike = tuple(key for key in unit.keys if key.startswith("s:"))
    return Sought(exact, alike, unit.parts, scaled(weight), scaled(weight * SYNONYM_COUNTS))


def found(unit: Unit, keys: frozenset[str], bag: Bag) -> float:
    """How well *unit* is found among *keys* of *bag*, 0 to 1."""
    if unit.topics:
        if any(topic in bag.topics for topic in unit.topics):
            return 1.0
        if any(topic in bag.broader for topic in unit.topics):
            return 0.9
        if unit.keys & keys:
            return 0.8
        return 0.6 * sum(part in keys for part in unit.parts) / len(unit.parts) if unit.parts else 0.0
    shared = unit.keys & keys
    if not shared:
        return 0.5 * sum(part in keys for part in unit.parts) / len(unit.parts) if unit.parts else 0.0
    return 1.0 if any(not key.startswith("s:") for key in shared) else SYNONYM_COUNTS


def evidence(asked: Asked, bag: Bag, whole: Bag | None = None) -> dict[str, float]:
    """The strength of each piece of `EVIDENCE` that *bag*'s fact answers *asked*; *whole* is all that its series
    says."""
    units, weighed = asked.reading.units, asked.weighed
    stated = [found(unit, bag.statement, bag) for unit in units]
    either = stated
    if bag.phrases:
        either = [f if f == 1.0 else max(found(unit, bag.asked, bag), f) for unit, f in zip(units, stated, strict=True)]
    alike, share, back = max(_nearest_phrase(asked, one.phrases) for one in bag.every)
    worded, worded_share = max(worded_alike(asked, one) for one in bag.every)
    covered = sum(map(mul, weighed, either)) / asked.information
    kinds = frozenset(asked.reading.answer_kinds[:1])
    return {
        "covered": covered,
        "stated": sum(map(mul, weighed, stated)) / asked.information,
        "asked_alike": alike,
        "asked_share": share,
        "phrase_share": back,
        "worded": worded,
        "worded_share": worded_share,
        "gist": max(gist(asked, one) for one in bag.every),
        **_of_topics(asked, bag, either),
        "aspect": _agreement(asked.reading.aspects, bag.aspects),
        "kind": max(_agreement(kinds, bag.answers), 0.0 if kinds & bag.gives else -1.0),
        "wanted": _given(asked.reading.wanted[:1], bag.statement | bag.asked, bag),
        "counted": _given(asked.reading.wanted, bag.counted, bag) if bag.counted else 0.0,
        "together": sum(map(mul, weighed, _held(asked, whole))) / asked.information - covered if whole else 0.0,
        "compared": (1.0 if bag.series else -1.0) if asked.reading.compares else 0.0,
        "speaker": float(any(topic in bag.speakers for unit in units for topic in unit.topics)),
        "worst_miss": max((w - w * f for w, f in zip(weighed, either, strict=True)), default=0.0) / asked.heaviest,
        "number_miss": float(
            any(u.number and not f and u.shown not in bag.numbers for u, f in zip(units, either, strict=True))
        ),
        "unknown": 1.0 - sum(weighed) / asked.everything,
        "premise": max(_nearest_phrase(asked, one.premises)[0] for one in bag.every),
        "priority": (3 - bag.priority) / 2,
        "preferred": float(bag.preferred),
    }


def _held(asked: Asked, bag: Bag) -> list[float]:
    """How well each unit of the question is found anywhere in *bag*."""
    return [max(found(unit, bag.statement, bag), found(unit, bag.asked, bag)) for unit in asked.reading.units]


def _of_topics(asked: Asked, bag: Bag, either: Sequence[float]) -> dict[str, float]:
    named = [(u, w, f) for u, w, f in zip(asked.reading.units, asked.weights, either, strict=True) if u.topics]
    return {
        "topics_carried": sum(w * f for _, w, f in named) / (sum(w for _, w, _ in named) or 1.0),
        "main_topic": float(any(bag.topics[:1] == (topic,) for unit, _, _ in named for topic in unit.topics)),
        "topic_miss": sum(w - w * f for _, w, f in named) / asked.everything,
        "rival": float(
            any(
                topic not in bag.topics and topic not in bag.broader and not them.isdisjoint(bag.topics)
                for topic, them in asked.rivals.items()
            )
        ),
    }


class Nearest(NamedTuple):
    """What is nearest of several facts or open questions: the largest likeness to one way of asking, the largest share
    of the question in one, and the largest likeness in all words, to one wording and to all of them together."""

    alike: float = 0.0
    held: float = 0.0
    worded: float = 0.0
    gist: float = 0.0


class Field(NamedTuple):
    """What stands beside the best fact. score: its ranking score; lead: how far ahead it is of the next fact outside
    its series; covered: the largest share of the question that one of the next facts holds; own: the nearest of its
    series; others: of the rest of the first facts; open: of the open questions."""

    score: float
    lead: float
    covered: float
    own: Nearest
    others: Nearest
    open: Nearest


def confidence_evidence(asked: Asked, best: Bag, strengths: Mapping[str, float], field: Field) -> dict[str, float]:
    """The strength of each piece of `CONFIDENCE_EVIDENCE`; *strengths* is the evidence of *best*."""
    missed = [weight - weight * held for weight, held in zip(asked.weights, _held(asked, best), strict=True)]
    carried = asked.everything - sum(missed)
    worded = frozenset[str]().union(*(bag.wordings.bits for bag in best.every))
    unworded = [weight / asked.unheard for stem, weight in asked.stems.items() if stem not in worded]
    return {
        **strengths,
        "ranking": field.score,
        "lead": min(3.0, field.lead),
        "others": field.covered - strengths["covered"],
        "explained": carried / asked.everything,
        "carried": min(3.0, carried / asked.unheld),
        "missed": min(3.0, sum(missed) / asked.unheld),
        "rarest_missed": max(missed, default=0.0) / asked.unheld,
        "strangers": float(asked.known.count(False)),
        "unsure": float(len(asked.reading.unsure)),
        "open_alike": field.open.alike,
        "open_lead": field.open.alike - max(field.own.alike, field.others.alike),
        "open_holds": max(0.0, field.open.held - max(field.own.held, field.others.held)),
        "open_worded": field.open.worded,
        "open_worded_lead": field.open.worded - max(field.own.worded, field.others.worded),
        "open_gist": field.open.gist,
        "open_gist_lead": field.open.gist - field.own.gist,
        "gist_lead": field.own.gist - field.others.gist,
        "words_missed": min(2.0, sum(unworded)),
        "word_missed": max(unworded, default=0.0),
        "worded_lead": field.own.worded - field.others.worded,
        "no_value": float("quantity" in asked.reading.answer_kinds[:1] and "quantity" not in best.answers),
        "yes_or_no": float("confirmation" in asked.reading.answer_kinds),
        "no_topic": float(not any(unit.topics for unit in asked.reading.units)),
    }


def nearest(asked: Asked, bags: Iterable[Bag]) -> list[Nearest]:
    """How near each of *bags* is."""
    return [
        Nearest(*_nearest_phrase(asked, bag.phrases)[:2], worded_alike(asked, bag)[0], gist(asked, bag)) for bag in bags
    ]


def largest(every: Iterable[Nearest]) -> Nearest:
    """The largest of each; nothing where there are none."""
    return Nearest(*(max(column) for column in zip(*every, strict=True)))


def worded_alike(asked: Asked, bag: Bag) -> tuple[float, float]:
    """How like *asked* is in all its words to the nearest wording of *bag*, and the share of it found in that one."""
    texts = bag.wordings.bits
    shared = sum(weight * texts[stem] for stem, weight in asked.stems.items() if stem in texts)
    if not shared:
        return 0.0, 0.0
    held = bag.wordings.read(shared)
    alike = [2 * found / (asked.worded + whole) for found, whole in zip(held, bag.information, strict=True)]
    most = max(alike)
    return most, held[alike.index(most)] / asked.worded


def gist(asked: Asked, bag: Bag) -> float:
    """How like *asked* is to all wordings of *bag* at once: the cosine of the two as vectors of stems, weighed by
    information, and in the bag by how many of its wordings have them."""
    if not bag.breadth:
        return 0.0
    texts = bag.wordings.bits
    shared = sum(weight * weight * often(texts[stem]) for stem, weight in asked.stems.items() if stem in texts)
    return shared / (asked.breadth * bag.breadth)


def score(strengths: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of *strengths*, before squashing; evidence without a weight counts nothing."""
    return weights["bias"] + sum(weights.get(name, 0.0) * strength for name, strength in strengths.items())


def probability(total: float) -> float:
    """*total* squashed to 0..1."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _nearest_phrase(asked: Asked, phrases: Lanes) -> tuple[float, float, float]:
    """(likeness, share of the question, share of the phrase) of the phrase nearest to the question."""
    shared = touched = 0
    for one in asked.sought:
        exact = phrases.any_of(one.exact)
        touched |= exact | phrases.any_of(one.parts)
        its = phrases.texts(exact)
        shared += one.weight * its
        if one.alike and (alike := phrases.any_of(one.alike)):
            touched |= alike
            shared += one.alike_weight * (phrases.texts(alike) & ~its)
    if not shared:
        return 0.0, 0.0, 0.0
    best = (0.0, 0.0, 0.0)
    for found, hits, units in zip(phrases.read(shared), phrases.read(touched), phrases.units, strict=True):
        share = found / asked.most
        if 2 * share > best[0] * (1 + share):  # what it would be if all of the phrase were found in the question
            back = hits.bit_count() / units
            best = max(best, (2 * share * back / (share + back), share, back))
    return best


def _given(wanted: Sequence[Unit], keys: frozenset[str], bag: Bag) -> float:
    """From 1 where *keys* hold all that is wanted to -1 where they hold none of it; 0 where nothing is."""
    return 2 * sum(found(unit, keys, bag) for unit in wanted) / len(wanted) - 1 if wanted else 0.0


def _agreement(wanted: frozenset[str], given: frozenset[str]) -> float:
    if not wanted:
        return 0.0
    return 1.0 if wanted & given else -1.0
