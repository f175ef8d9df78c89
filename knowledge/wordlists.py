"""The topics' names and the vocabulary, folded and stemmed once: what a `naming.Lexicon` looks words up in.

Folding some ten thousand spellings takes a third of a second, so it is done when a base is built and kept with it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from knowledge import model, text

MIN_STEMMED_LETTERS = 4
"""Shorter names are recognised as they are written only."""

Phrases = Mapping[str, Sequence[str]]
"""Words or stems joined by spaces -> what they stand for."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """names: folded spellings to topic ids; stemmed_names: the same by stems; one_word_names: stems to the names of
    one word that have them; groups: stems to `s:` keys; aspects: stems to aspect ids; kinds: folded phrases to the
    kind of answer; function_words; known: every folded word."""

    names: Phrases
    stemmed_names: Phrases
    one_word_names: Phrases
    groups: Phrases
    aspects: Phrases
    kinds: Mapping[str, str]
    function_words: Sequence[str]
    known: Sequence[str]

    @classmethod
    def of(cls, topics: Sequence[model.Topic], vocabulary: model.Vocabulary) -> WordLists:
        """Fold everything that *topics* and *vocabulary* spell out."""
        names: dict[str, list[str]] = defaultdict(list)
        for topic in topics:
            for spelling in (topic.name, *(n for _, n in topic.names), *(alias.text for alias in topic.aliases)):
                _add(names, text.fold(spelling), topic.id)
        stemmed: dict[str, list[str]] = defaultdict(list)
        one_word: dict[str, list[str]] = defaultdict(list)
        for folded, owners in names.items():
            stems = _stems(folded)
            if len(stems.replace(" ", "")) >= MIN_STEMMED_LETTERS:
                for owner in owners:
                    _add(stemmed, stems, owner)
                if " " not in folded:
                    _add(one_word, stems, folded)
        groups = [(f"s:{n}", [text.fold(word) for word in group]) for n, group in enumerate(vocabulary.synonyms)]
        aspects = [(a.id, [text.fold(word) for word in (a.name, *a.words)]) for a in vocabulary.aspects]
        kinds = {text.fold(phrase): kind.id for kind in vocabulary.answer_kinds for phrase in kind.phrases}
        function_words = [text.fold(word) for word in vocabulary.function_words]
        spelled = [
            *names,
            *kinds,
            *function_words,
            *(folded for _, phrases in (*groups, *aspects) for folded in phrases),
        ]
        return cls(
            names=names,
            stemmed_names=stemmed,
            one_word_names=one_word,
            groups=_by_stems(groups),
            aspects=_by_stems(aspects),
            kinds=kinds,
            function_words=sorted(set(function_words)),
            known=sorted({word for folded in spelled for word in folded.split()}),
        )

    def dump(self) -> str:
        """The lists as JSON; `load` reads it back."""
        content = {field.name: getattr(self, field.name) for field in fields(self)}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, dumped: str) -> WordLists:
        """The lists that `dump` wrote."""
        return cls(**json.loads(dumped))


def _add(lists: dict[str, list[str]], key: str, value: str) -> None:
    if value not in lists[key]:
        lists[key].append(value)


def _stems(folded: str) -> str:
    return " ".join(text.stem(word) for word in folded.split())


def _by_stems(groups: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for group, phrases in groups:
        for folded in phrases:
            if folded:
                _add(found, _stems(folded), group)
    return found
