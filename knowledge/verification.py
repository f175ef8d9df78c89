"""Facts held against the articles they cite: figures, names and copied wording.

The articles are read from a directory of `<source id>.txt` with numbered paragraphs (`[1] …`); they are never part of
a base. What cannot be found in the cited paragraphs is a problem for the curator: the figure, the name or the
paragraph number is wrong, or the wording is not ours.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge import dates, model, text

COPIED_WORDS = 8
"""A run of this many words shared with the source counts as copied."""

_PARAGRAPH = re.compile(r"^\[(\d+)\]\s+(.*)$", re.MULTILINE)
_MONTHS = {
    name.lower().rstrip("."): number
    for names in (calendar.month_name, calendar.month_abbr, {9: "Sept"})
    for number, name in (names.items() if isinstance(names, dict) else enumerate(names))
    if name
}
_WEEKDAYS = frozenset(day.lower() for day in calendar.day_name)
_SMALL = {
    **{
        word: number
        for number, word in enumerate(
            ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
             "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
        )
    },
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "dozen": 12,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "half": 0.5, "quarter": 0.25}
_ALWAYS = frozenset({0.0, 1.0, 0.5, 0.25})
_NAME = re.compile(r"[^\W\d_]+(?:['’\-.][^\W\d_]+)*\.?")
_SENTENCE_START = re.compile(r"^|[.!?]\s+|[“\"(]\s*|:\s+")
_CLOSE_TYPES = frozenset({"person", "place", "facility", "organisation"})
_fold = lru_cache(maxsize=65_536)(text.fold)  # the same paragraphs and names come up for every fact


@dataclass(frozen=True, slots=True)
class Article:
    """The paragraphs of one source by number, and sets derived from them once."""

    id: str
    paragraphs: Mapping[int, str]
    grams: Mapping[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def read(cls, source_id: str, content: str) -> Article:
        """Parse an article whose body paragraphs begin with their number in brackets."""
        paragraphs = {int(number): body for number, body in _PARAGRAPH.findall(content)}
        grams = {gram: number for number, body in paragraphs.items() for gram in _runs(body)}
        return cls(source_id, paragraphs, grams)


def verify(base: model.Base, articles: Mapping[str, Article]) -> Iterator[tuple[str, str, str]]:
    """Every way in which *base* departs from the *articles* it cites.

    Yields: (source id, fact id without the source or `source`, message).
    """
    checker = _Checker(base, articles)
    for source in base.sources:
        article = articles.get(source.id)
        if article is None:
            yield source.id, "source", f"there is no {source.id}.txt to hold it against."
        elif len(article.paragraphs) != source.paragraphs:
            yield (
                source.id,
                "source",
                f"says {source.paragraphs} paragraphs, but {source.id}.txt has {len(article.paragraphs)}.",
            )
    for fact in base.facts:
        for message in checker.of_fact(fact):
            yield fact.source, fact.id.partition("/")[2], message
    for question in base.open_questions:
        source_id, _, slug = question.id.partition("/")
        for wording in (question.question, *question.asks):
            yield from ((source_id, slug, message) for message in checker.copied(wording, (source_id,)))


class _Checker:
    def __init__(self, base: model.Base, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._sources = {source.id: source for source in base.sources}
        self._topics = {topic.id: topic for topic in base.topics}
        self._spellings: dict[str, list[model.Topic]] = {}
        self._longest = 1
        for topic in base.topics:
            for spelling in (topic.name, *(alias.text for alias in topic.aliases)):
                folded = _fold(spelling)
                self._longest = max(self._longest, len(folded.split()))
                self._spellings.setdefault(folded, []).append(topic)
        self._plain = {
            word
            for body in [
                *(p for a in articles.values() for p in a.paragraphs.values()),
                *(f.statement for f in base.facts),
            ]
            for word in re.findall(r"(?<=[^\W\d_,;] )[a-z]+", body)
        }

    def of_fact(self, fact: model.Fact) -> Iterator[str]:
        cited = [c for c in fact.citations if c.source in self._articles]
        bodies = [self._articles[c.source].paragraphs.get(p, "") for c in cited for p in c.paragraphs]
        if not bodies:
            return
        own = cited[0]
        own_bodies = [self._articles[own.source].paragraphs.get(p, "") for p in own.paragraphs]
        yield from self._figures(fact, own_bodies)
        yield from self._names(fact, own_bodies, " ".join(self._articles[own.source].paragraphs.values()))
        sources = tuple(citation.source for citation in cited)
        for wording in (fact.statement, *fact.asks, *fact.corrects, fact.note or "", fact.rank_reason or ""):
            yield from self.copied(wording, sources)
        if fact.value:
            yield from self._other_sources(fact, cited[1:])

    def copied(self, wording: str, source_ids: Iterable[str]) -> Iterator[str]:
        for source_id in source_ids:
            article = self._articles.get(source_id)
            for gram in _runs(wording) if article else ():
                if article and gram in article.grams:
                    place = f"{source_id} ¶{article.grams[gram]}"
                    yield f"shares the words '{gram}' with {place}. Say it in your own words."
                    break

    def _figures(self, fact: model.Fact, bodies: list[str]) -> Iterator[str]:
        held = {number for body in bodies for number in figures(body)} | _ALWAYS
        for sentence_date, shown in _dates(fact.statement):
            if not self._date_follows(sentence_date, fact, bodies):
                given = "neither the cited paragraphs nor 'when' nor the day of publication give"
                yield f"names the date '{shown}', which {given}."
        for number in figures(_without_dates(fact.statement)):
            if number not in held and not self._year_follows(number, fact):
                yield f"states the figure {_plain_number(number)}, which {_paragraphs(fact)} not hold."
        if fact.value:
            for amount in (fact.value.amount, fact.value.low, fact.value.high):
                if amount is not None and float(amount) not in held:
                    yield f"has the value {amount}, which {_paragraphs(fact)} not hold."

    def _other_sources(self, fact: model.Fact, others: list[model.Citation]) -> Iterator[str]:
        wanted = (
            {float(a) for a in (fact.value.amount, fact.value.low, fact.value.high) if a}
            if fact.value
            else set[float]()
        )
        for citation in others:
            paragraphs = self._articles[citation.source].paragraphs
            held = {number for p in citation.paragraphs for number in figures(paragraphs.get(p, ""))} | _ALWAYS
            if not wanted <= held:
                place = f"{citation.source} ¶{_list(citation.paragraphs)}"
                yield f"lists {place} under 'also', which does not hold its value."

    def _date_follows(
        self, day: tuple[int | None, int | None, int | None], fact: model.Fact, bodies: list[str]
    ) -> bool:
        year, month, number = day
        if any(_agrees(day, other) for body in bodies for other, _ in _dates(body)):
            return True
        for edtf in (fact.when, self._sources[fact.source].published):
            if edtf is None:
                continue
            span = dates.parse(edtf)
            for bound in (span.first, span.last):
                if (year in (None, bound.year)) and (month in (None, bound.month)) and (number in (None, bound.day)):
                    return True
            if year and span.first.year <= year <= span.last.year and month is None:
                return True
        return False

    def _year_follows(self, number: float, fact: model.Fact) -> bool:
        """A year may follow from `when` or the publication ("last year", "five years ago")."""
        if not 1900 <= number <= 2100:
            return False
        spans = [dates.parse(e) for e in (fact.when, self._sources[fact.source].published) if e]
        return any(span.first.year == number or span.last.year == number for span in spans)

    def _names(self, fact: model.Fact, bodies: list[str], whole: str) -> Iterator[str]:
        near, far = _name_set(bodies), _name_set([whole, self._header(fact.source)])
        wordings = [fact.statement]
        if fact.said_by.text and fact.said_by.text != model.NARRATION:
            wordings.append(fact.said_by.text)
        if fact.said_by.topic and not self._stands(self._topics[fact.said_by.topic], bodies, whole):
            speaker = f'is said by "{fact.said_by.topic}"'
            yield f"{speaker}, whom {_paragraphs(fact)} not name. Cite the paragraph with the name too."
        for wording in wordings:
            for name in self._unexplained(wording, bodies, whole, near, far):
                yield f"names '{name}', which {_paragraphs(fact)} not hold."

    def _unexplained(self, wording: str, bodies: list[str], whole: str, near: set[str], far: set[str]) -> Iterator[str]:
        starts = {match.end() for match in _SENTENCE_START.finditer(wording)}
        tokens = [(m.start(), m[0].rstrip(".") if not _is_initials(m[0]) else m[0]) for m in _NAME.finditer(wording)]
        place = 0
        while place < len(tokens):
            span = self._standing_name(tokens, place, bodies, whole)
            if span:
                place += span
                continue
            start, word = tokens[place]
            place += 1
            folded = _fold(word)
            if not word[0].isupper() or folded in near or folded in _MONTHS or folded in _WEEKDAYS:
                continue
            if start in starts and folded in self._plain:
                continue
            if folded in far and self._is_background_name(folded):
                continue
            yield word

    def _standing_name(self, tokens: list[tuple[int, str]], place: int, bodies: list[str], whole: str) -> int:
        """How many words from *place* on name a topic that the paragraphs name too; the longest such name."""
        if not tokens[place][1][0].isupper():
            return 0
        for span in range(min(self._longest + 1, len(tokens) - place), 0, -1):
            topics = self._spellings.get(_fold(" ".join(word for _, word in tokens[place : place + span])), ())
            if any(self._stands(topic, bodies, whole) for topic in topics):
                return span
        return 0

    def _stands(self, topic: model.Topic, bodies: list[str], whole: str) -> bool:
        """Whether the paragraphs name *topic*; groups, countries, themes and events may be named anywhere in the
        source, since later paragraphs say "the group" and "the country"."""
        haystacks = bodies if topic.type in _CLOSE_TYPES else [*bodies, whole]
        spellings = [_fold(s) for s in (topic.name, *(alias.text for alias in topic.aliases))]
        if topic.type == "person":
            spellings.append(_fold(topic.name).split()[-1])
        if topic.type not in _CLOSE_TYPES and topic.type not in ("group", "country"):
            return True
        folded = [f" {_fold(haystack)} " for haystack in haystacks]
        return any(f" {spelling} " in haystack for spelling in spellings for haystack in folded)

    def _is_background_name(self, folded: str) -> bool:
        return any(topic.type not in _CLOSE_TYPES for topic in self._spellings.get(folded, []))

    def _header(self, source_id: str) -> str:
        source = self._sources[source_id]
        return " ".join((source.title, source.publisher, source.dateline or ""))


def figures(wording: str) -> Iterator[float]:
    """Every number that *wording* states, in digits or English words, scales applied (`1.6 million` is 1600000)."""
    tokens = re.findall(r"\d+(?:[.,]\d+)*|[a-z]+", re.sub(r"(?<=\d),(?=\d{3})", "", wording.lower()).replace("-", " "))
    current: float | None = None
    for token in [*tokens, ""]:
        number = float(token) if re.fullmatch(r"\d+(?:\.\d+)?", token) else None
        if number is None and token in _SMALL:
            number = float(_SMALL[token])
        if token in _SCALES and current is not None:
            current *= _SCALES[token]
        elif number is not None and current is not None and 20 <= current < 100 and number < 10 and token.isalpha():
            current += number
        else:
            if current is not None:
                yield current
            current = number
            if token in _ORDINALS:
                yield float(_ORDINALS[token])


_DAY_MONTH = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*[–-]\s*(?P<day2>\d{1,2}))?\s+(?:of\s+)?)?(?P<month>[A-Z][a-z]{2,8})\.?"
    r"(?:\s+(?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d{2}))?"
)


def _dates(wording: str) -> Iterator[tuple[tuple[int | None, int | None, int | None], str]]:
    for match in _date_matches(wording):
        month = _MONTHS[match["month"].lower()]
        year = int(match["year"]) if match["year"] else None
        days = [d for d in (match["day"], match["day2"], match["after"]) if d] or [None]
        for day in days:
            yield (year, month, int(day) if day else None), match[0].rstrip(".")


def _date_matches(wording: str) -> Iterator[re.Match[str]]:
    for match in _DAY_MONTH.finditer(wording):
        if match["month"].lower() in _MONTHS:
            yield match


def _without_dates(wording: str) -> str:
    for match in reversed(list(_date_matches(wording))):
        wording = wording[: match.start()] + " " + wording[match.end() :]
    return wording


def _agrees(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _runs(wording: str) -> Iterator[str]:
    words = re.findall(r"[^\W_]+", wording.casefold().replace("’", "").replace("'", ""))
    for start in range(len(words) - COPIED_WORDS + 1):
        yield " ".join(words[start : start + COPIED_WORDS])


def _name_set(bodies: list[str]) -> set[str]:
    found = {_fold(word) for body in bodies for word in _NAME.findall(body)}
    return found | {word for entry in found for word in entry.split()}


def _is_initials(word: str) -> bool:
    return bool(re.fullmatch(r"(?:[^\W\d_]\.)+", word))


def _paragraphs(fact: model.Fact) -> str:
    own = fact.citations[0]
    return f"¶{_list(own.paragraphs)} {'does' if len(own.paragraphs) == 1 else 'do'}"


def _list(paragraphs: Iterable[int]) -> str:
    return ", ".join(str(paragraph) for paragraph in paragraphs)


def _plain_number(number: float) -> str:
    return f"{number:,.10g}"
