"""Questions to a synthetic corpus with a known answer, or with none.

An answerable query names keywords that exactly one fact, its target, holds together; it is asked as it stands, with
one or two typos, or with a part of a name. An unanswerable one pairs a name of the base with words that never occur
with it, or asks what a fact tells with a name that the base does not know.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tests.bench.corpus import ENDINGS, Corpus, Fact, new_words

Kind = Literal["exact", "typo", "typos", "partial", "unanswerable"]
KINDS: tuple[Kind, ...] = ("exact", "typo", "typos", "partial", "unanswerable")
EACH = 60

_QUESTIONS = 0.4
_INFLECTED = 0.25
_MOST_KEYWORDS = 6
_OPENINGS = (
    "what happened to", "what do we know about", "when did", "who was", "where is", "how many", "tell me about",
    "is there anything about", "why did", "what is",
)  # fmt: skip
_JOINTS = (" and ", " in the ", " of the ", " with ", " at ", " during the ", " after the ", " from ")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed. target: the number of the only fact that holds all of *keywords*, 0 when none does. keywords:
    what was meant, as stems; one that ends in `*` is the beginning of a name."""

    text: str
    kind: Kind
    target: int
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query before it is put into words: what was meant, and for each keyword what is typed."""

    target: int
    keywords: tuple[str, ...]
    typed: tuple[str, ...]


def make(corpus: Corpus, *, seed: int = 1, each: int = EACH) -> list[Query]:
    """*each* queries of every kind, mixed, so that the first ones are a fair sample too."""
    rng = random.Random(f"queries {len(corpus.facts)} {seed}")
    makers: dict[Kind, Callable[[Corpus, random.Random], Iterator[_Asked]]] = {
        "exact": _exact,
        "typo": lambda corpus, rng: _misspelt(corpus, rng, ((1,),)),
        "typos": lambda corpus, rng: _misspelt(corpus, rng, ((1, 1), (2,))),
        "partial": _partial,
        "unanswerable": _unanswerable,
    }
    queries = [
        Query(_worded(asked.typed, rng), kind, asked.target, asked.keywords)
        for kind, maker in makers.items()
        for asked in islice(maker(corpus, rng), each)
    ]
    rng.shuffle(queries)
    return queries


def _exact(corpus: Corpus, rng: random.Random) -> Iterator[_Asked]:
    while True:
        number = rng.randint(1, len(corpus.facts))
        fact = corpus.facts[number - 1]
        asked = _unique(corpus, number, rng.choice(fact.names), _shuffled(fact.words, rng), rng)
        if asked:
            yield replace(asked, typed=tuple(_reinflected(word, fact, rng) for word in asked.typed))


def _misspelt(corpus: Corpus, rng: random.Random, edits: Sequence[tuple[int, ...]]) -> Iterator[_Asked]:
    """Exact queries with each of *edits* in turn: how many edits are made in each of as many words."""
    turn = 0
    for asked in _exact(corpus, rng):
        wanted = edits[turn % len(edits)]
        places = [place for place, word in enumerate(asked.keywords) if len(word) >= 3 + 2 * max(wanted)]
        if len(places) < len(wanted):
            continue
        typed = list(asked.typed)
        for place, count in zip(rng.sample(places, len(wanted)), wanted, strict=True):
            typed[place] = _typo(asked.keywords[place], count, corpus, rng)
        turn += 1
        yield replace(asked, typed=tuple(typed))


def _partial(corpus: Corpus, rng: random.Random) -> Iterator[_Asked]:
    """One name of several, and the first two thirds of a name, in turn."""
    cut = False
    while True:
        number = rng.randint(1, len(corpus.facts))
        fact = corpus.facts[number - 1]
        name = rng.choice(fact.names)
        if cut:
            start = name[0][: -(-2 * len(name[0]) // 3)]
            part = f"{start}*" if len(start) >= 4 and start not in corpus.postings else ""
        else:
            part = rng.choice(name) if len(name) > 1 else ""
        asked = _unique(corpus, number, (part,), _shuffled(fact.words, rng), rng) if part else None
        if asked:
            cut = not cut
            typed = (asked.typed[0].rstrip("*"), *(_reinflected(word, fact, rng) for word in asked.typed[1:]))
            yield replace(asked, typed=typed)


def _unanswerable(corpus: Corpus, rng: random.Random) -> Iterator[_Asked]:
    unknown = new_words(rng, corpus.postings)
    while True:
        name = rng.choice(rng.choice(corpus.facts).names)
        with_it = {number for word in name for number in corpus.holders(word)}
        others = (rng.choice(rng.choice(corpus.facts).words) for _ in range(1_000))
        apart = (word for word in others if with_it.isdisjoint(corpus.holders(word)))
        keywords = (*name, *dict.fromkeys(islice(apart, rng.randint(2, 3))))
        if len(keywords) > len(name) + 1:
            yield _Asked(0, keywords, keywords)
        stranger = next(word for word in unknown if len(word) >= 6 and _is_strange(word, corpus))
        told = _shuffled(rng.choice(corpus.facts).words, rng)[: rng.randint(2, 3)]
        yield _Asked(0, (stranger, *told), (stranger, *told))


def _unique(
    corpus: Corpus, number: int, name: tuple[str, ...], words: Sequence[str], rng: random.Random
) -> _Asked | None:
    """*name* and as many of *words* as single out fact *number*, at least two; None when six keywords do not."""
    for count in range(rng.randint(2, 3), _MOST_KEYWORDS - len(name) + 1):
        keywords = (*name, *words[:count])
        if corpus.holding_all(keywords) == {number}:
            return _Asked(number, keywords, keywords)
    return None


def _reinflected(word: str, fact: Fact, rng: random.Random) -> str:
    return word + rng.choice(ENDINGS) if word in fact.words and rng.random() < _INFLECTED else word


def _typo(word: str, count: int, corpus: Corpus, rng: random.Random) -> str:
    """*word* with *count* edits: a letter left out, put in, changed or swapped; never another word of the base."""
    while True:
        typed = word
        for _ in range(count):
            place = rng.randrange(len(typed))
            letter = rng.choice(string.ascii_lowercase)
            typed = rng.choice(
                (
                    typed[:place] + typed[place + 1 :],
                    typed[:place] + letter + typed[place:],
                    typed[:place] + letter + typed[place + 1 :],
                    typed[:place] + typed[place : place + 2][::-1] + typed[place + 2 :],
                )
            )
        if OSA.distance(word, typed) == count and typed not in corpus.postings and len(typed) >= 4:
            return typed


def _is_strange(word: str, corpus: Corpus) -> bool:
    """Whether *word* is no typo of a word of the base and not the beginning of one."""
    near = process.extractOne(word, corpus.stems, scorer=OSA.distance, score_cutoff=2)
    return near is None and not list(corpus.holders(f"{word}*"))


def _shuffled(words: Sequence[str], rng: random.Random) -> list[str]:
    return rng.sample(words, len(words))


def _worded(typed: Sequence[str], rng: random.Random) -> str:
    words = _shuffled(typed, rng)
    if rng.random() >= _QUESTIONS:
        return " ".join(words)
    question = words[0] + "".join(rng.choice(_JOINTS) + word for word in words[1:])
    return f"{rng.choice(_OPENINGS)} {question}?"
