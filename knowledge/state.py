"""What the running bot remembers: reports from readers. A second database, never rebuilt, apart from the base.

Written ahead and synced at every commit, so that nothing that was acknowledged is lost however the process ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import aiosqlite

from knowledge.errors import StateError

STEPS = (
    """
    CREATE TABLE report (               -- one message of a reader to the curators
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL,              -- ISO, of sending
        facts TEXT NOT NULL,            -- ids of those on the card, one a line
        revision TEXT NOT NULL,         -- of the base that the card was made from
        text TEXT NOT NULL,             -- as typed
        contact TEXT,                   -- user id, only if the reader ticked that they may be contacted
        closed TEXT                     -- ISO day on which a curator dealt with it
    ) STRICT
    """,
)
"""What brings a database from one version to the next: the first makes version 1 of an empty file. Only ever add."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader told the curators about a card. contact: a user id; None unless the reader wants to be asked."""

    number: int
    day: str
    facts: tuple[str, ...]
    revision: str
    text: str
    contact: str | None = None


class State:
    """The open database; `close` it."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    @classmethod
    async def open(cls, path: Path) -> State:
        """Open the database at *path*, made or brought up to date first where that is needed.

        Raises: StateError: it was written by a later version, or is no database.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = await aiosqlite.connect(path, isolation_level=None)
        try:
            await connection.execute("PRAGMA journal_mode = WAL")
            await connection.execute("PRAGMA synchronous = FULL")
            await _bring_up_to_date(connection, path)
        except aiosqlite.DatabaseError as error:
            await connection.close()
            raise StateError(path, f"it cannot be read ({error})") from error
        except BaseException:
            await connection.close()
            raise
        return cls(connection)

    async def close(self) -> None:
        """Close the database."""
        await self._connection.close()

    async def add_report(
        self, facts: Sequence[str], *, revision: str, text: str, day: str, contact: str | None = None
    ) -> int:
        """Put a report into the queue; returns its number."""
        cursor = await self._connection.execute(
            "INSERT INTO report (day, facts, revision, text, contact) VALUES (?, ?, ?, ?, ?)",
            (day, "\n".join(facts), revision, text, contact),
        )
        assert cursor.lastrowid is not None, "an INSERT has a row"  # noqa: S101
        return cursor.lastrowid

    async def reports(self) -> list[Report]:
        """The reports that wait, oldest first."""
        rows = await self._connection.execute_fetchall(
            "SELECT number, day, facts, revision, text, contact FROM report WHERE closed IS NULL ORDER BY number"
        )
        return [Report(row[0], row[1], tuple(row[2].split("\n")) if row[2] else (), *row[3:]) for row in rows]

    async def close_report(self, number: int, *, day: str) -> bool:
        """Take a report out of the queue, its sender out of the report; False if none of that number waits."""
        cursor = await self._connection.execute(
            "UPDATE report SET closed = ?, contact = NULL WHERE number = ? AND closed IS NULL", (day, number)
        )
        return cursor.rowcount == 1


async def _bring_up_to_date(connection: aiosqlite.Connection, path: Path) -> None:
    rows = await connection.execute_fetchall("PRAGMA user_version")
    version = next(iter(rows))[0]
    if version > len(STEPS):
        raise StateError(path, f"it is of version {version}, and this program knows {len(STEPS)}")
    for number, step in enumerate(STEPS[version:], start=version + 1):
        # One transaction, so that a step and its number are both there or neither is.
        await connection.executescript(f"BEGIN; {step}; PRAGMA user_version = {number}; COMMIT;")
