"""Evidence that a fact answers a question, for and against; pure arithmetic on bags.

Each piece of evidence has a name, a strength (normally -1 to 1) and a learned weight. Their weighted sum ranks facts;
a second, calibrated sum over the best fact's evidence and its lead says how surely it answers at all. The weights come
from `tests/eval/fit.py` and stand in `weights.json`; nothing in them knows a word or a topic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from operator import mul
from typing import NamedTuple

from knowledge.bags import Bag, Phrase
from knowledge.naming import Reading, Unit

EVIDENCE: Mapping[str, str] = {
    "covered": "share of the question's information found anywhere in the fact, rare words weighing more",
    "stated": "the same, found in the statement itself, its speaker or its topics",
    "asked_alike": "likeness to the nearest way of asking for the fact, both sides counted",
    "asked_share": "share of the question's information found in that one way of asking",
    "phrase_share": "share of that way of asking found in the question",
    "topics_carried": "share of the named topics that the fact is about",
    "main_topic": "a named topic is what the fact is mainly about",
    "aspect": "the side asked for is one the fact gives (1), or it gives others only (-1)",
    "kind": "the kind of answer asked for is one the fact gives (1), or not (-1)",
    "wanted": "the thing counted or chosen among ('how many X', 'which X') is one that the fact gives (1), or not (-1)",
    "worst_miss": "against: the rarest known word of the question that the fact does not carry",
    "topic_miss": "against: information of named topics that the fact does not carry",
    "number_miss": "against: a number or year in the question that the fact does not carry",
    "unknown": "against: share of the question's information in words that occur nowhere in the base",
    "premise": "likeness to a mistaken question that the fact sets right",
    "priority": "1 for what a briefing needs, 0.5, 0 for colour",
    "preferred": "the preferred value of its series",
}
"""Every piece of evidence and what it means, in the order of the vectors."""

CONFIDENCE_EVIDENCE: Mapping[str, str] = {
    **{
        name: f"of the best fact: {EVIDENCE[name]}"
        for name in ("topics_carried", "kind", "worst_miss", "topic_miss", "number_miss", "unknown", "premise")
    },
    "explained": "share of everything in the question, unknown words included, that the best fact carries",
    "carried": "how much information of the question the best fact carries, in all",
    "missed": "against: how much information of the question it does not carry, in all",
    "open_lead": "against: by how much an open question is nearer than any way of asking for a fact; may be negative",
    "open_ahead": "the same where it is positive, which weighs more",
    "open_holds": "against: by how much more of the question an open question holds than any way of asking for a fact",
    "no_value": "against: a number is asked for and the best fact gives none",
    "yes_or_no": "the question wants a yes or a no",
    "no_topic": "the question names no topic",
}  # fmt: skip
"""What confidence is judged on."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Learned weights by evidence name, and the cut-offs on confidence (0 to 1)."""

    ranking: Mapping[str, float]
    confidence: Mapping[str, float]
    answer_from: float
    suggest_from: float

    @classmethod
    def shipped(cls) -> Weights:
        """The weights that come with the engine."""
        return cls(**json.loads(files("knowledge").joinpath("weights.json").read_text(encoding="utf-8")))


NOISE_LETTERS = 3
NOISE_WEIGHT = 0.25
"""An unknown word of up to three letters is mostly an abbreviation or a slip ("abt", "wat"), not information."""


class Asked(NamedTuple):
    """A question ready to be held against bags.

    weights: the information of each unit; known: whether the base has it at all; weighed: the weights of the known
    ones, 0 for the others. information, everything: their sums (never 0); heaviest: the largest of `weighed` (never 0).
    """

    reading: Reading
    weights: tuple[float, ...]
    known: tuple[bool, ...]
    weighed: tuple[float, ...]
    keys: frozenset[str]
    information: float
    everything: float
    heaviest: float


def weight_of(facts_with: int, facts: int) -> float:
    """The information of a key that *facts_with* of *facts* facts hold: rare keys weigh more."""
    return math.log1p((facts + 1) / (facts_with + 0.5))


def ask(reading: Reading, frequencies: Mapping[str, int], facts: int) -> Asked:
    """Weigh the units of *reading*; *frequencies* is how many facts hold each key."""
    weights: list[float] = []
    known: list[bool] = []
    keys: set[str] = set()
    for unit in reading.units:
        counts = [frequencies.get(key, 0) for key in unit.keys if not key.startswith("s:")]
        counts += [frequencies.get(f"b:{topic}", 0) for topic in unit.topics]
        count = sum(counts) or max((frequencies.get(key, 0) for key in unit.keys), default=0)
        noise = unit.keys.isdisjoint(frequencies) and not unit.topics and len(unit.shown) <= NOISE_LETTERS
        weights.append(weight_of(count, facts) * (NOISE_WEIGHT if noise else 1.0))
        known.append(bool(unit.topics) or not unit.keys.isdisjoint(frequencies))
        keys.update(unit.keys, unit.parts)
    weighed = tuple(weight if is_known else 0.0 for weight, is_known in zip(weights, known, strict=True))
    return Asked(
        reading=reading,
        weights=tuple(weights),
        known=tuple(known),
        weighed=weighed,
        keys=frozenset(keys),
        information=sum(weighed) or 1.0,
        everything=sum(weights) or 1.0,
        heaviest=max(weighed, default=0.0) or 1.0,
    )


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
    return 1.0 if any(not key.startswith("s:") for key in shared) else 0.85


def evidence(asked: Asked, bag: Bag) -> dict[str, float]:
    """The strength of each piece of `EVIDENCE` that *bag*'s fact answers *asked*."""
    units, weighed = asked.reading.units, asked.weighed
    stated = [found(unit, bag.statement, bag) for unit in units]
    either = stated
    if bag.phrases:
        either = [f if f == 1.0 else max(found(unit, bag.asked, bag), f) for unit, f in zip(units, stated, strict=True)]
    alike, share, back = _nearest(asked, bag.phrases)
    return {
        "covered": sum(map(mul, weighed, either)) / asked.information,
        "stated": sum(map(mul, weighed, stated)) / asked.information,
        "asked_alike": alike,
        "asked_share": share,
        "phrase_share": back,
        **_of_topics(asked, bag, either),
        "aspect": _agreement(asked.reading.aspects, bag.aspects),
        "kind": _agreement(frozenset(asked.reading.answer_kinds[:1]), bag.answers),
        "wanted": _given(asked.reading.wanted, bag),
        "worst_miss": max((w - w * f for w, f in zip(weighed, either, strict=True)), default=0.0) / asked.heaviest,
        "number_miss": float(
            any(u.number and not f and u.shown not in bag.numbers for u, f in zip(units, either, strict=True))
        ),
        "unknown": 1.0 - sum(weighed) / asked.everything,
        "premise": _nearest(asked, bag.premises)[0],
        "priority": (3 - bag.priority) / 2,
        "preferred": float(bag.preferred),
    }


def _of_topics(asked: Asked, bag: Bag, either: Sequence[float]) -> dict[str, float]:
    named = [(u, w, f) for u, w, f in zip(asked.reading.units, asked.weights, either, strict=True) if u.topics]
    return {
        "topics_carried": sum(w * f for _, w, f in named) / (sum(w for _, w, _ in named) or 1.0),
        "main_topic": float(any(bag.topics[:1] == (topic,) for unit, _, _ in named for topic in unit.topics)),
        "topic_miss": sum(w - w * f for _, w, f in named) / asked.everything,
    }


def confidence_evidence(
    asked: Asked,
    best: Bag,
    strengths: Mapping[str, float],
    nearest: tuple[float, float],
    nearest_open: tuple[float, float],
) -> dict[str, float]:
    """The strength of each piece of `CONFIDENCE_EVIDENCE`.

    strengths: the best fact's evidence; nearest: likeness to the nearest way of asking for any fact, and the share of
    the question in one; nearest_open: the same for open questions. Tried and found to add nothing: the ranking score,
    its lead over the next fact, the aspect, and likeness to the best fact's own ways of asking.
    """
    carried = sum(
        weight * max(found(unit, best.statement, best), found(unit, best.asked, best))
        for unit, weight in zip(asked.reading.units, asked.weights, strict=True)
    )
    kinds = asked.reading.answer_kinds[:1]
    return {
        **{name: strengths[name] for name in CONFIDENCE_EVIDENCE if name in strengths},
        "explained": carried / asked.everything,
        "carried": min(2.0, carried / 10),
        "missed": min(2.0, (asked.everything - carried) / 10),
        "open_lead": nearest_open[0] - nearest[0],
        "open_ahead": max(0.0, nearest_open[0] - nearest[0]),
        "open_holds": max(0.0, nearest_open[1] - nearest[1]),
        "no_value": float("quantity" in kinds and "quantity" not in best.answers),
        "yes_or_no": float("confirmation" in asked.reading.answer_kinds),
        "no_topic": float(not any(unit.topics for unit in asked.reading.units)),
    }


def likeness(asked: Asked, bag: Bag) -> tuple[float, float]:
    """How like *asked* is to the nearest phrase of *bag*, and the share of the question found in that phrase."""
    return _nearest(asked, bag.phrases)[:2]


def score(strengths: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of *strengths*, before squashing; evidence without a weight counts nothing."""
    return weights["bias"] + sum(weights.get(name, 0.0) * strength for name, strength in strengths.items())


def probability(total: float) -> float:
    """*total* squashed to 0..1."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _nearest(asked: Asked, phrases: Sequence[Phrase]) -> tuple[float, float, float]:
    """(likeness, share of the question, share of the phrase) of the phrase nearest to the question."""
    best = (0.0, 0.0, 0.0)
    for phrase in phrases:
        back = sum(not unit.isdisjoint(asked.keys) for unit in phrase) / len(phrase) if phrase else 0.0
        if back * 2 / (1 + back) <= best[0]:
            continue
        keys = frozenset[str]().union(*phrase)
        share = 0.0
        for unit, weight in zip(asked.reading.units, asked.weighed, strict=True):
            if weight and (shared := unit.keys & keys):
                share += weight * (0.85 if all(key.startswith("s:") for key in shared) else 1.0)
        share /= asked.information
        alike = 2 * share * back / (share + back) if share + back else 0.0
        best = max(best, (alike, share, back))
    return best


def _given(wanted: Unit | None, bag: Bag) -> float:
    return 0.0 if wanted is None else 2 * found(wanted, bag.statement | bag.asked, bag) - 1


def _agreement(wanted: frozenset[str], given: frozenset[str]) -> float:
    if not wanted:
        return 0.0
    return 1.0 if wanted & given else -1.0
