"""What most bots do: rapidfuzz compares the query with every fact. The facts are folded once, beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rapidfuzz import fuzz, process

from tests.bench.systems.registry import WITHIN, Ask, Reply, words


def build(sentences: Sequence[str], folder: Path, variant: str) -> None:
    """Write the folded sentences, one a line."""
    folded = (" ".join(words(sentence)) for sentence in sentences)
    (folder / "folded.txt").write_text("\n".join(folded), encoding="utf-8")


@contextmanager
def opened(folder: Path, variant: str) -> Iterator[Ask]:
    """A scan with the scorer of `rapidfuzz.fuzz` called *variant*."""
    scorer = getattr(fuzz, variant)
    folded = (folder / "folded.txt").read_text(encoding="utf-8").split("\n")

    def ask(query: str) -> Reply:
        found = process.extract(" ".join(words(query)), folded, scorer=scorer, limit=WITHIN)
        return Reply([place + 1 for _, _, place in found], found[0][1] if found else 0.0)

    yield ask
