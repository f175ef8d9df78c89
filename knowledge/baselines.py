"""What one would reach for instead, measured on the same questions: a fuzzy scan and plain full-text search.

Neither knows topics, synonyms or when to be silent; both search the same statements and ways of asking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from rapidfuzz import fuzz, process

from knowledge import evaluation, store, text
from knowledge.evaluation import Question, Reply, Shown

_SHOWN = 3


def compared(questions: Sequence[Question], facts: Sequence[tuple[Shown, str]]) -> Iterator[str]:
    """The lines of one table for each baseline. facts: what would be shown, and the text to search in."""
    searched = [text.fold(body) for _, body in facts]

    def fuzzy(query: str) -> list[tuple[int, float]]:
        found = process.extract(text.fold(query), searched, scorer=fuzz.token_set_ratio, limit=_SHOWN)
        return [(place, score / 100) for _, score, place in found]

    with closing(store.PlainIndex(searched)) as index:
        systems: dict[str, Callable[[str], list[tuple[int, float]]]] = {
            "rapidfuzz token_set_ratio": fuzzy,
            "FTS5 BM25": lambda query: index.search(text.fold(query).split(), limit=_SHOWN),
        }
        for name, search in systems.items():
            yield ""
            yield name
            yield from evaluation.described([evaluation.judge(q, _reply(facts, search(q.query))) for q in questions])


def _reply(facts: Sequence[tuple[Shown, str]], found: list[tuple[int, float]]) -> Reply:
    return Reply(tuple(facts[place][0] for place, _ in found), found[0][1] if found else 0.0)
