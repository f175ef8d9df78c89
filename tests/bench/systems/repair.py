"""Typo repair for a peer that has none: the words near an unknown one, by a dictionary of deletions.

Two words within *k* edits have a common form that each reaches by at most *k* deletions, so one table of deleted forms
finds all near words with a few look-ups. Only the first letters of a word are deleted from (as SymSpell does), which
keeps the table small; the edit distance is then checked on the whole word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

LONG = 6
"""Letters from which a word may be two edits off."""
_SHORTEST = 4
_DELETED_FROM = 7
_COMPLETIONS = 20


class Repairer:
    """Near words and completions of *known*, which is sorted; *table* is what `deletion_table` made of it."""

    def __init__(self, known: Sequence[str], table: dict[str, list[int]]) -> None:
        self._known = known
        self._table = table

    def readings(self, word: str) -> Sequence[str]:
        """The known words that an unknown *word* may stand for: those one edit away, or else two, and those that it
        begins."""
        if len(word) < _SHORTEST:
            return ()
        places: set[int] = set()
        for form in _deleted(word):
            places.update(self._table.get(form, ()))
        most = 2 if len(word) >= LONG else 1
        near = [(OSA.distance(word, self._known[place], score_cutoff=most), place) for place in places]
        nearest = min(near, default=(most + 1, 0))[0]
        found = [self._known[place] for distance, place in near if distance == nearest <= most]
        return [*found, *self._completions(word)]

    def _completions(self, word: str) -> Iterable[str]:
        place = bisect_left(self._known, word)
        for known in self._known[place : place + _COMPLETIONS]:
            if not known.startswith(word):
                break
            yield known


def deletion_table(known: Sequence[str]) -> dict[str, list[int]]:
    """The places in *known* of the words under each of their forms with letters left out."""
    table: dict[str, list[int]] = {}
    for place, word in enumerate(known):
        if len(word) >= _SHORTEST:
            for form in _deleted(word):
                table.setdefault(form, []).append(place)
    return table


def _deleted(word: str) -> set[str]:
    start = word[:_DELETED_FROM]
    once = {start[:place] + start[place + 1 :] for place in range(len(start))}
    if len(word) < LONG - 1:
        return {start, *once}
    return {start, *once, *(form[:place] + form[place + 1 :] for form in once for place in range(len(form)))}
