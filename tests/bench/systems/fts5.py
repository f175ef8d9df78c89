"""SQLite's full-text search as most people use it: Porter stems, an OR of the words, ordered by BM25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.systems.registry import WITHIN, Ask, Reply, words

_FILE = "fts5.sqlite"


def build(sentences: Sequence[str], folder: Path, variant: str) -> None:
    """Write the index, optimised; it holds no text of its own."""
    with closing(sqlite3.connect(folder / _FILE)) as connection, connection:
        connection.execute("CREATE VIRTUAL TABLE fact USING fts5 (body, content = '', tokenize = 'porter unicode61')")
        rows = enumerate(sentences, start=1)
        connection.executemany("INSERT INTO fact (rowid, body) VALUES (?, ?)", rows)
        connection.execute("INSERT INTO fact (fact) VALUES ('optimize')")


@contextmanager
def opened(folder: Path, variant: str) -> Iterator[Ask]:
    """The index, read-only."""
    address = f"{(folder / _FILE).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:

        def ask(query: str) -> Reply:
            match = " OR ".join(f'"{word}"' for word in words(query))
            found = connection.execute(
                "SELECT rowid, -rank FROM fact WHERE fact MATCH ? ORDER BY rank LIMIT ?", (match, WITHIN)
            ).fetchall()
            return Reply([number for number, _ in found], found[0][1] if found else 0.0)

        yield ask
