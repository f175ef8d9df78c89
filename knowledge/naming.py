"""Words as typed -> what they name: topics, synonyms, aspects, the kind of answer asked for, repaired typos.

A `Lexicon` is compiled from a base's topics and vocabulary. It reads questions, statements and the curators' ways of
asking with one and the same function, so that both sides of a comparison were read alike. It knows no fact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from knowledge import model, text
from knowledge.wordlists import WordLists

MAX_WORDS = 32
MAX_WORD_LETTERS = 40
"""A question is read up to this many different words of this many letters; beyond it is no question. Caps the work
that a 6,000-character text can cause."""

MAX_READINGS = 4
MAX_COMPLETIONS = 8
MIN_REPAIR_LETTERS = 4
"""Words of three letters or fewer are never repaired: too many other words are one edit away."""


CHOICE = "choice"
"""The kind of answer that "which …" and "what …" ask for: the word after says what."""
COUNTING = frozenset({"quantity", CHOICE})
COMPARISON = "comparison"
"""The kind of answer that asks how something changed or whether accounts differ: several values, side by side."""


class Unit(NamedTuple):
    """One piece of information in a text.

    keys: what it may be found under: stems, `t:topic`, `s:synonym group`; `shown`: the words, folded; `parts`: the
    stems of a name's single words; `topics`: the topics it may name; `repaired`: the misspelt word that was typed;
    `readings`: the words it may have been meant for, where several are equally near; `place`: the word it begins at.
    """

    shown: str
    keys: frozenset[str]
    parts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    number: bool = False
    repaired: str | None = None
    readings: tuple[str, ...] = ()
    place: int = 0

    @property
    def end(self) -> int:
        """The word after it."""
        return self.place + self.shown.count(" ") + 1


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as understood: its units in order, the aspects and kinds of answer that its words ask for."""

    folded: str
    units: tuple[Unit, ...]
    aspects: frozenset[str] = frozenset()
    answer_kinds: tuple[str, ...] = ()
    wanted: tuple[Unit, ...] = ()
    """What is counted or chosen among: the unit after "how many" or "which", and the one after that."""
    stems: frozenset[str] = frozenset()
    """Of all its words, function words and those of names included."""
    compares: bool = False
    """Whether several values are asked for: how it changed, whether accounts differ."""
    repairs: tuple[tuple[str, str], ...] = ()
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Misspelt words with the rival readings that could not be told apart."""

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic named beyond doubt, in order, each once."""
        return tuple(dict.fromkeys(unit.topics[0] for unit in self.units if len(unit.topics) == 1))


class Lexicon:
    """Everything that words of a base can mean; see the module. *is_ordinary* tells a folded word of the language,
    which is never repaired even though the base does not use it; *lists* are the folded words of *topics* and
    *vocabulary* where they have been made before."""

    def __init__(
        self,
        topics: Sequence[model.Topic],
        vocabulary: model.Vocabulary,
        is_ordinary: Callable[[str], bool] = lambda word: False,
        lists: WordLists | None = None,
    ) -> None:
        lists = lists or WordLists.of(topics, vocabulary)
        self._is_ordinary = is_ordinary
        self.topics = {topic.id: topic for topic in topics}
        self.children: dict[str, list[str]] = defaultdict(list)
        for topic in topics:
            if topic.parent:
                self.children[topic.parent].append(topic.id)
        self._rivals = _rivals(topics)
        self._function = frozenset(lists.function_words)
        self._names = _tuples(lists.names)
        self._stemmed_names = _tuples(lists.stemmed_names)
        self._one_word_names = lists.one_word_names
        self._also_function_words = {words[0] for words in self._names if len(words) == 1} & self._function
        self._groups = {stems: frozenset(groups) for stems, groups in _tuples(lists.groups).items()}
        self._aspects = _tuples(lists.aspects)
        self._aspect_spans = _spans_by_first(self._aspects)
        self._kinds = {tuple(phrase.split()): kind for phrase, kind in lists.kinds.items()}
        self._kind_spans = _spans_by_first(self._kinds)
        self._name_spans = _spans_by_first((*self._names, *self._stemmed_names))
        self._group_spans = _spans_by_first(self._groups)
        self._spellings: list[tuple[str, tuple[str, ...]]] | None = None
        self._known = set(lists.known)
        self._filed: dict[tuple[int, str], list[str]] = {}
        self._initials: set[str] = set()
        self._stems: set[str] = set()
        self._alphabetical: list[str] | None = None
        owners: dict[str, set[str]] = defaultdict(set)
        for words, topics_named in self._names.items():
            for word in words:
                owners[word].update(topics_named)
        self._owners = dict(owners)
        self._within_names = owners.keys() - self._function - {words[0] for words in self._names if len(words) == 1}
        self._file(self._known)

    def learn(self, words: Iterable[str]) -> None:
        """Take *words* (folded) of the facts as correctly spelt, so that typos can be repaired towards them."""
        learned = set(words)
        new = learned - self._known
        self._alphabetical = None
        self._known |= new
        self._within_names -= learned
        self._file(new)

    def read(self, wording: str, *, repair: bool = False) -> Reading:
        """Understand *wording*. With *repair*, unknown words are read as the nearest known one, if one is near enough
        and none rivals it; text in quotation marks is taken as it stands."""
        repair = repair and not _quoted(wording)
        tokens = _capped(text.tokens(wording))
        folded = " ".join(token.word for token in tokens)
        if repair:
            tokens = [token._replace(word=self._written_apart(token.word)) for token in tokens]
        readings = {t.word: found for t in tokens if repair and (found := self._readings(t.word))}
        repairs = {typed: found[0] for typed, found in readings.items() if len(found) == 1}
        if repairs:
            tokens = [token._replace(word=repairs.get(token.word, token.word)) for token in tokens]
        unsure = {typed: found for typed, found in readings.items() if len(found) > 1}
        typed_as = {read: typed for typed, read in repairs.items()}
        units = tuple(self._either(unit, unsure) for unit in self._units(tokens, typed_as))
        words = [token.word for token in tokens]
        kinds = self._kinds_in(words)
        after = next((end for kind, end in kinds if kind in COUNTING), None)
        return Reading(
            folded=folded,
            units=units,
            aspects=frozenset(self._aspects_in(words)),
            answer_kinds=tuple(kind for kind, _ in kinds if kind not in (CHOICE, COMPARISON)),
            stems=frozenset(map(text.stem, words)),
            compares=any(kind == COMPARISON for kind, _ in kinds),
            wanted=tuple(unit for unit in units if after is not None and unit.end > after)[:2],
            repairs=tuple(repairs.items()),
            unsure=tuple(unsure.items()),
        )

    def _either(self, unit: Unit, unsure: Mapping[str, tuple[str, ...]]) -> Unit:
        """*unit*, which may be any of several near words, found under the keys of each; unless they are rivals."""
        readings = unsure.get(unit.shown, ())
        if not readings or self._are_rivals(readings):
            return unit
        units = [found for word in readings for found in self._units([text.Token(word, False)], {})]
        return unit._replace(
            keys=frozenset(key for found in units for key in found.keys),
            parts=tuple(dict.fromkeys(part for found in units for part in found.parts)),
            topics=_each_once(units) if all(found.topics for found in units) else (),
            readings=readings,
        )

    def named(self, wording: str) -> tuple[str, ...]:
        """The topics that *wording* as a whole is the id, a name or an alias of; several where an alias is shared."""
        if wording.strip() in self.topics:
            return (wording.strip(),)
        words = tuple(text.fold(wording).split())
        return self._names.get(words) or self._stemmed_names.get(tuple(text.stem(word) for word in words), ())

    def resembling(self, wording: str, *, floor: int, gap: int) -> tuple[str, ...]:
        """The topics whose whole name is nearest to *wording* by edit similarity (0 to 100): those within *gap* of
        the best, best first, none below *floor*. One topic means that the reading is safe; nothing of three letters
        or fewer is read so, and a runner-up under `not` always counts as a rival."""
        folded = text.fold(wording)
        if len(folded) < MIN_REPAIR_LETTERS:
            return ()
        scored: dict[str, float] = {}
        spellings = self._spelling_list()
        for spelling, score, place in process.extract(
            folded,
            [joined for joined, _ in spellings],
            scorer=OSA.normalized_similarity,
            score_cutoff=(floor - gap) / 100,
            limit=24,
        ):
            if len(spelling) >= MIN_REPAIR_LETTERS:
                for topic in spellings[place][1]:
                    scored[topic] = max(scored.get(topic, 0.0), score * 100)
        ranked = sorted(scored.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < floor:
            return ()
        best, top = ranked[0]
        return tuple(topic for topic, score in ranked if score > top - gap or topic in self._rivals[best])

    def ancestors(self, topic: str) -> Iterable[str]:
        """The broader topics of *topic*, nearest first."""
        parent = self.topics[topic].parent if topic in self.topics else None
        while parent:
            yield parent
            parent = self.topics[parent].parent

    def rivals(self, topic: str) -> frozenset[str]:
        """The topics that *topic* must never be taken for."""
        return frozenset(self._rivals.get(topic, ()))

    def spellings(self) -> Iterable[tuple[str, str]]:
        """(folded spelling, topic) of every name."""
        return ((" ".join(words), topic) for words, topics in self._names.items() for topic in topics)

    def _spelling_list(self) -> list[tuple[str, tuple[str, ...]]]:
        if self._spellings is None:
            self._spellings = [(" ".join(words), ids) for words, ids in self._names.items()]
        return self._spellings

    def _file(self, words: Iterable[str]) -> None:
        for word in words:
            self._filed.setdefault((len(word), word[0]), []).append(word)
            self._initials.add(word[0])
            self._stems.add(text.stem(word))

    # -- reading

    def _units(self, tokens: Sequence[text.Token], repaired: Mapping[str, str]) -> Iterable[Unit]:
        words = tuple(token.word for token in tokens)
        stems = tuple(map(text.stem, words))
        place = 0
        while place < len(tokens):
            unit, span = (
                self._name_at(words, stems, place, as_name=tokens[place].as_name)
                or self._phrase_at(words, stems, place)
                or self._word_at(words[place], stems[place])
            )
            if unit is not None:
                typed = next((w for w in words[place : place + span] if w in repaired), None) if repaired else None
                yield unit._replace(repaired=repaired[typed] if typed else None, place=place)
            place += span

    def _name_at(
        self, words: tuple[str, ...], stems: tuple[str, ...], place: int, *, as_name: bool
    ) -> tuple[Unit, int] | None:
        first = words[place]
        longest = max(self._name_spans.get(first, 0), self._name_spans.get(stems[place], 0))
        for span in range(min(longest, len(words) - place), 0, -1):
            spelled = words[place : place + span]
            topics = self._names.get(spelled)
            if topics is None and len(first) > 2 and (span > 1 or self._is_inflected_name(first, stems[place])):
                topics = self._stemmed_names.get(stems[place : place + span])
            if topics is None or (span == 1 and first in self._also_function_words and not as_name):
                continue
            keys = frozenset(f"t:{topic}" for topic in topics)
            return Unit(" ".join(spelled), keys, self._parts(spelled), topics), span
        return None

    def _is_inflected_name(self, word: str, stem: str) -> bool:
        """Whether *word* is a name in another number or case; the stem alone would take "emir" for the Emirates."""
        return not word.isascii() or any(_inflected(word, name) for name in self._one_word_names.get(stem, ()))

    def _phrase_at(self, words: tuple[str, ...], stems: tuple[str, ...], place: int) -> tuple[Unit, int] | None:
        longest = self._group_spans.get(stems[place], 0)
        for span in range(min(longest, len(words) - place), 1, -1):
            groups = self._groups.get(stems[place : place + span])
            if groups:
                spelled = words[place : place + span]
                return Unit(" ".join(spelled), groups, self._parts(spelled)), span
        return None

    def _word_at(self, word: str, stem: str) -> tuple[Unit | None, int]:
        if word in self._function:
            return None, 1
        if word[0].isdigit():
            return Unit(word, frozenset({word}), number=True), 1
        return Unit(word, self._groups.get((stem,), frozenset()) | {stem}), 1

    def _parts(self, words: Iterable[str]) -> tuple[str, ...]:
        return tuple(text.stem(word) for word in words if word not in self._function)

    def _aspects_in(self, words: Sequence[str]) -> Iterable[str]:
        stems = [text.stem(word) for word in words]
        for _, phrase in _stretches(stems, self._aspect_spans):
            yield from self._aspects.get(phrase, ())

    def _kinds_in(self, words: Sequence[str]) -> list[tuple[str, int]]:
        """(kind of answer asked for, where its phrase ends), the longest and earliest phrase first; yes or no only
        from the first word."""
        found: dict[str, tuple[int, int]] = {}
        for start, phrase in _stretches(words, self._kind_spans):
            kind = self._kinds.get(phrase)
            if kind and (kind != "confirmation" or start == 0):
                found[kind] = max(found.get(kind, (-1000, 0)), (len(phrase) * 100 - start, start + len(phrase)))
        return [(kind, end) for kind, (_, end) in sorted(found.items(), key=lambda item: -item[1][0])]

    # -- repairing

    def _readings(self, word: str) -> tuple[str, ...]:
        """What an unknown *word* may have been meant for: nothing, one word, or several that are equally near."""
        if len(word) < MIN_REPAIR_LETTERS or word[0].isdigit():
            return ()
        if word in self._known:
            return self._better_known(word)
        if self._is_ordinary(word) or (text.stem(word) != word and self._knows_stem(word)):
            return ()
        return self._near(word)

    def _better_known(self, word: str) -> tuple[str, ...]:
        """The spelling of *word* that leads somewhere, where it is known only from within a longer name."""
        if word not in self._within_names or self._is_ordinary(word):
            return ()
        near = self._within(word, 1, word[0])
        usual = [known for known in near if known not in self._within_names]
        return tuple(known for known in usual if not self._owners[word].isdisjoint(self._owners.get(known, ())))[:1]

    def _written_apart(self, word: str) -> str:
        """*word*, or the known one that Arabic writes together with a particle before it."""
        bare = text.detached(word)
        return bare if word not in self._known and bare in self._known else word

    def _knows_stem(self, word: str) -> bool:
        return text.stem(word) in self._stems

    def _near(self, word: str) -> tuple[str, ...]:
        """The known words nearest to *word*, one for each stem; another initial only in long words one edit away."""
        found = self._within(word, 1 if len(word) < 6 else 2, word[0])
        if not found and len(word) >= 6:
            found = self._within(word, 1, *(initial for initial in self._initials if initial != word[0]))
        if not found:
            return self._begun_with(word)
        nearest = min(found.values())
        best = sorted(known for known, distance in found.items() if distance == nearest)
        best = [known for known in best if sorted(known) == sorted(word)] or best
        by_stem = {text.stem(known): known for known in reversed(best)}
        readings = [known for known in best if known in by_stem.values()]
        rivals = {rival for reading in readings for rival in self._rival_words(reading)}
        near = {known for known, distance in found.items() if distance <= nearest + 1}
        return tuple(dict.fromkeys([*readings, *sorted(rivals & near)]))[:MAX_READINGS]

    def _within(self, word: str, edits: int, *initials: str) -> dict[str, int]:
        """The known words with one of *initials* at most *edits* from *word*, and how far each is."""
        return {
            known: int(distance)
            for length in range(max(MIN_REPAIR_LETTERS, len(word) - edits), len(word) + edits + 1)
            for initial in initials
            for known, distance, _ in process.extract(
                word, self._filed.get((length, initial), ()), scorer=OSA.distance, score_cutoff=edits, limit=None
            )
        }

    def _begun_with(self, word: str) -> tuple[str, ...]:
        """The known words that *word* is the beginning of, one for each stem; none if there are too many to mean it."""
        if self._alphabetical is None:
            self._alphabetical = sorted(self._known)
        start = bisect_left(self._alphabetical, word)
        longer: dict[str, str] = {}
        for known in islice(self._alphabetical, start, None):
            if not known.startswith(word) or len(longer) > MAX_COMPLETIONS:
                break
            longer.setdefault(text.stem(known), known)
        return tuple(longer.values()) if len(longer) <= MAX_COMPLETIONS else ()

    def _are_rivals(self, readings: Sequence[str]) -> bool:
        """Whether two of *readings* are names of topics that must never be taken for one another."""
        return any(one in set(self._rival_words(other)) for other in readings for one in readings)

    def _rival_words(self, word: str) -> Iterable[str]:
        """Names of one word that must never be taken for the name *word*."""
        for topic in self._names.get((word,), ()):
            for rival in self._rivals[topic]:
                for spelling in (self.topics[rival].name, *(alias.text for alias in self.topics[rival].aliases)):
                    folded = text.fold(spelling)
                    if " " not in folded:
                        yield folded


def _inflected(one: str, other: str) -> bool:
    """Whether two words of one stem differ by an ending of at most two letters, or by -y and -ies."""
    shared = Prefix.similarity(one, other)
    endings = {one[shared:], other[shared:]}
    return all(len(ending) <= 2 for ending in endings) or endings == {"y", "ies"}


def _each_once(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic for unit in units for topic in unit.topics))


def _rivals(topics: Sequence[model.Topic]) -> dict[str, set[str]]:
    rivals: dict[str, set[str]] = defaultdict(set)
    for topic in topics:
        for other in topic.distinct:
            rivals[topic.id].add(other)
            rivals[other].add(topic.id)
    return rivals


def _tuples(phrases: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(words.split()): tuple(meant) for words, meant in phrases.items()}


def _spans_by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """The length of the longest phrase that begins with each word."""
    spans: dict[str, int] = {}
    for phrase in phrases:
        if phrase:
            spans[phrase[0]] = max(spans.get(phrase[0], 0), len(phrase))
    return spans


def _stretches(words: Sequence[str], spans: Mapping[str, int]) -> Iterable[tuple[int, tuple[str, ...]]]:
    """(start, words) of every run that is as long as one beginning with its first word may be."""
    for start, first in enumerate(words):
        for end in range(start + 1, min(start + spans.get(first, 0), len(words)) + 1):
            yield start, tuple(words[start:end])


def _capped(tokens: Sequence[text.Token]) -> list[text.Token]:
    kept: list[text.Token] = []
    seen: set[str] = set()
    for token in tokens:
        if token.word not in seen:
            if len(seen) == MAX_WORDS:
                break
            seen.add(token.word)
        kept.append(
            token if len(token.word) <= MAX_WORD_LETTERS else token._replace(word=token.word[:MAX_WORD_LETTERS])
        )
        if len(kept) == 4 * MAX_WORDS:
            break
    return kept


def _quoted(wording: str) -> bool:
    stripped = wording.strip()
    return len(stripped) > 2 and (stripped[0], stripped[-1]) in {('"', '"'), ("“", "”"), ("«", "»"), ("„", "“")}
