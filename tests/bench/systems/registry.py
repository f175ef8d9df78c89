"""Which systems there are, and the interface behind which each stands.

A system is a module with two functions. `build(sentences, folder, variant)` writes what the system keeps on disk;
`opened(folder, variant)` is a context that yields `Ask`. A module serves several variants where only the query differs.
Modules import their packages at the top, so that a process can import one before it looks at its memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol, cast

WITHIN = 5
"""How many facts each system is asked for."""

_WORD = re.compile(r"\w+")


class Reply(NamedTuple):
    """The numbers of at most `WITHIN` facts, best first, and the first one's score: higher is surer, in any unit."""

    facts: Sequence[int]
    score: float


Ask = Callable[[str], Reply]


class Implementation(Protocol):
    """What a system's module offers."""

    def build(self, sentences: Sequence[str], folder: Path, variant: str) -> None: ...

    def opened(self, folder: Path, variant: str) -> AbstractContextManager[Ask]: ...


@dataclass(frozen=True, slots=True)
class System:
    """A system's row: what the table calls it, its module and variant, and the package that it needs."""

    title: str
    module: str
    variant: str
    package: str

    @property
    def installed(self) -> bool:
        """Whether its package is there."""
        return find_spec(self.package) is not None

    def load(self) -> Implementation:
        """Its module, imported."""
        return cast(Implementation, import_module(f"tests.bench.systems.{self.module}"))


SYSTEMS = {
    "dateline": System("Dateline", "dateline", "", "knowledge"),
    "token-set": System("rapidfuzz token_set_ratio", "scan", "token_set_ratio", "rapidfuzz"),
    "wratio": System("rapidfuzz WRatio", "scan", "WRatio", "rapidfuzz"),
    "fts5": System("SQLite FTS5 BM25, OR", "fts5", "", "sqlite3"),
    "tantivy": System("tantivy, OR", "inverted", "or", "tantivy"),
    "tantivy-fuzzy": System("tantivy, fuzzy + prefix", "inverted", "fuzzy", "tantivy"),
    "tantivy-repair": System("tantivy, typo repair", "inverted", "repair", "tantivy"),
}
REFERENCE = "tantivy-repair"
"""The strongest peer, which ratios are given against."""


def words(typed: str) -> list[str]:
    """The lower-case words of *typed* in order, as every peer gets them."""
    return _WORD.findall(typed.lower())
