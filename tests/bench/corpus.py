"""A synthetic fact base of any size, the same for the same size and seed on every machine.

Facts have 15 to 30 words: function words, content words of which half come from the fact's topic, and one to three
names. Content words are spread as in real text (Zipf-Mandelbrot over 5,000 words), and names are made of syllables
and grow as 6 N^0.68, so that a larger base also has a larger vocabulary, as real ones do. Every content word and name
is its own Snowball stem and keeps it under `ENDINGS`: what a fact holds is then beyond dispute for any stemming
system. `queries` asks for these facts.
"""

from __future__ import annotations

import random
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from knowledge import text

CONTENT_WORDS = 5_000
TOPIC_WORDS = 40
ENDINGS = ("s", "ed", "ing")
_FUNCTION_WORDS = """
    the of and in to a was on for by with from at that is were has its it had been after as which near into over under
    before between about there who what when where why how did does do are will can could any much many some this these
    not no or but be than then also while during because happened tell me us know we anything
"""
FUNCTION_WORDS = tuple(_FUNCTION_WORDS.split())
"""Most frequent first. Facts use them all; our base lists them as words without information."""

_ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "t", "tr", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u")
_CODAS = ("", "", "", "b", "k", "l", "m", "n", "r", "t", "nd", "rm")
_SHARED_NAME = 0.4
"""Share of entities with a second name, which others have too."""


class Fact(NamedTuple):
    """One fact: its sentence, the stems of its content words, and the names in it, each as its lower-case words."""

    sentence: str
    words: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Facts in order (numbered from 1 everywhere) and every stem with the numbers of the facts that hold it."""

    facts: Sequence[Fact]
    postings: dict[str, array[int]]
    stems: Sequence[str]
    """The keys of `postings`, sorted."""

    def holders(self, keyword: str) -> Iterable[int]:
        """The numbers of the facts that hold *keyword*: a stem, or the beginning of one followed by `*`."""
        if not keyword.endswith("*"):
            return self.postings.get(keyword, ())
        start = keyword[:-1]
        found: set[int] = set()
        place = bisect_left(self.stems, start)
        while place < len(self.stems) and self.stems[place].startswith(start):
            found.update(self.postings[self.stems[place]])
            place += 1
        return found

    def holding_all(self, keywords: Iterable[str]) -> set[int]:
        """The numbers of the facts that hold every one of *keywords*."""
        groups = sorted((self.holders(keyword) for keyword in keywords), key=lambda group: len(list(group)))
        return set(groups[0]).intersection(*groups[1:]) if groups else set()


def make(size: int, *, seed: int = 1) -> Corpus:
    """A corpus of *size* facts."""
    rng = random.Random(f"facts {size} {seed}")
    words = new_words(rng)
    content = [next(words) for _ in range(CONTENT_WORDS)]
    entities = _entities(words, round(6 * size**0.68), rng)
    postings: dict[str, array[int]] = {}
    facts: list[Fact] = []
    for number, fact in enumerate(_facts(size, content, entities, rng), start=1):
        facts.append(fact)
        for stem in {*fact.words, *(word for name in fact.names for word in name)}:
            postings.setdefault(stem, array("I")).append(number)
    return Corpus(facts, postings, sorted(postings))


def new_words(rng: random.Random, taken: Iterable[str] = ()) -> Iterator[str]:
    """Invented words of two or three syllables, none twice, none in *taken*, each its own stem with any ending."""
    used = {*FUNCTION_WORDS, *taken}
    while True:
        word = "".join(
            rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice((2, 2, 2, 3, 3)))
        )
        if word not in used and 4 <= len(word) <= 11 and all(text.stem(word + end) == word for end in ("", *ENDINGS)):
            used.add(word)
            yield word


def _entities(words: Iterator[str], count: int, rng: random.Random) -> list[tuple[str, ...]]:
    own = [next(words) for _ in range(count)]
    shared = own[: max(1, count // 4)]
    return [(word, rng.choice(shared)) if rng.random() < _SHARED_NAME else (word,) for word in own]


def _facts(
    size: int, content: Sequence[str], entities: Sequence[tuple[str, ...]], rng: random.Random
) -> Iterator[Fact]:
    content_weights = _falling(len(content), offset=3.0, exponent=1.0)
    function_weights = _falling(len(FUNCTION_WORDS), offset=2.0, exponent=1.0)
    entity_weights = _falling(len(entities), offset=10.0, exponent=0.7)
    topic_weights = _falling(TOPIC_WORDS, offset=3.0, exponent=0.7)
    topics = [rng.sample(content, TOPIC_WORDS) for _ in range(max(20, round(size**0.6)))]
    for _ in range(size):
        length = rng.randint(15, 30)
        names = tuple(dict.fromkeys(rng.choices(entities, cum_weights=entity_weights, k=rng.randint(1, 3))))
        told = max(4, round(length * 0.6) - sum(map(len, names)))
        chosen = rng.choices(rng.choice(topics), cum_weights=topic_weights, k=told // 2)
        chosen += rng.choices(content, cum_weights=content_weights, k=told - told // 2)
        pieces = [word if rng.random() < 0.6 else word + rng.choice(ENDINGS) for word in chosen]
        pieces += [" ".join(name).title() for name in names]
        spare = length - told - sum(map(len, names))
        pieces += rng.choices(FUNCTION_WORDS, cum_weights=function_weights, k=spare)
        rng.shuffle(pieces)
        sentence = " ".join(pieces)
        yield Fact(f"{sentence[0].upper()}{sentence[1:]}.", tuple(dict.fromkeys(chosen)), names)


def _falling(count: int, *, offset: float, exponent: float) -> list[float]:
    """Zipf-Mandelbrot weights, summed up as `random.choices` takes them."""
    return list(accumulate((rank + offset) ** -exponent for rank in range(count)))
