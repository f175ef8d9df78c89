"""Everything `knowledge` raises.

    KnowledgeError
    ├── BadBaseError        the YAML, or its answers, failed the check; carries every problem
    ├── StoreError          a built database cannot be used (missing, damaged, another schema)
    ├── StateError          the database of reports cannot be used
    ├── ReloadRunningError  a second reload was asked for while one runs
    └── ReloadStoppedError  the process ends before the reload has

Not answering a question is no error: see `model.Outcome`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing wrong in one place.

    path: the file, relative to the base's directory. line: counted from 1; 0 when the whole file is meant.
    message: one or two sentences: what is wrong, what was seen, what to do.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class KnowledgeError(Exception):
    """Base of everything this package raises."""


class BadBaseError(KnowledgeError):
    """The base was read to its end and cannot be used as it stands."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the fact base")


class StoreError(KnowledgeError):
    """A built database is missing, damaged or made by another version."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class StateError(KnowledgeError):
    """The state database is damaged or made by a later version."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}. Move it away to start with an empty one, or use the version that made it.")


class ReloadRunningError(KnowledgeError):
    """Somebody else's reload has not finished yet."""

    def __init__(self) -> None:
        super().__init__("another reload is running; wait for its result")


class ReloadStoppedError(KnowledgeError):
    """The process is about to end, so the reload was broken off; the base is as it was."""

    def __init__(self) -> None:
        super().__init__("the reload was broken off, since the process ends; nothing was changed")
