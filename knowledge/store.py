"""The built fact base in SQLite: the only SQL of this package.

`build` writes a new file beside the old one and moves it into place when it is whole. `Store` reads one: records
(facts, sources, topics) through aiosqlite, and the index through a read-only connection of its own on the caller's
thread, because a look-up needs several reads of a few microseconds each and a hop to another thread costs more than
all of them (30 to 60 µs measured per hop).
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import aiosqlite

from knowledge import bags, model
from knowledge.errors import StoreError
from knowledge.naming import Lexicon
from knowledge.wordlists import WordLists

SCHEMA_NUMBER = 17
"""Raised with every change to `schema.sql` or to what is kept in a bag; a file with another number is built anew."""

_BATCH = 500
_HEADER_BYTES, _SEAL_AT = 100, 68
"""Of an SQLite file: its header, and in it the place of `PRAGMA application_id` (sqlite.org/fileformat.html)."""
_BLOCK_BYTES = 2**18
BAGS_KEPT = 1_536
"""Bags of facts held in memory, and as many of open questions; beyond that the older half is read anew."""
_Record = TypeVar("_Record")


KEY_CHARACTERS = 8


def fact_key(fact_id: str) -> str:
    """A short digest of a fact's id that fits on a button: eight characters, the same for ever."""
    return urlsafe_b64encode(blake2b(fact_id.encode(), digest_size=6).digest()).decode()


def build(base: model.Base, path: Path, earlier: Path | None = None) -> None:
    """Write *base* to *path*, replacing what is there in one step; nothing is left behind when it fails.

    earlier: a base built before, whose bags are taken over for what has not changed.
    Raises: OSError, sqlite3.Error: the directory cannot be written or the disk is full.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(aside, isolation_level=None)
        try:
            _fill(connection, base, earlier)
        finally:
            connection.close()
        with aside.open("rb+") as written:
            _seal(written)
            os.fsync(written.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def check(path: Path) -> str:
    """The revision of the base built at *path*, which is there, of this version and whole.

    Raises: StoreError: it is not; damage is noticed anywhere in the file.
    """
    connection = _connect(path)
    try:
        row = connection.execute("SELECT revision FROM base").fetchone()
    except sqlite3.Error as error:
        raise StoreError(path, f"the built base cannot be read ({error})") from error
    finally:
        connection.close()
    if row is None or not _is_sealed(path):
        raise StoreError(path, "the built base was changed or damaged after it was built")
    return row[0]


def revision_at(path: Path) -> str | None:
    """As `check`, with None for a file that cannot be used."""
    try:
        return check(path)
    except StoreError:
        return None


class Store:
    """One built base, open for reading; `close` it. It never changes, so everything read may be kept."""

    def __init__(
        self, path: Path, index: sqlite3.Connection, records: aiosqlite.Connection, bags_kept: int = BAGS_KEPT
    ) -> None:
        self.path = path
        self._index = index
        self._records = records
        row = index.execute("SELECT revision, coverage, vocabulary, acceptance, lists FROM base").fetchone()
        self.revision: str = row[0]
        self.coverage = _load(model.Coverage, row[1])
        self.vocabulary = _load_vocabulary(row[2])
        self.acceptance = tuple(model.AcceptanceQuestion(q, tuple(leads)) for q, leads in json.loads(row[3]))
        self.lists = WordLists.load(row[4])
        self.topics = tuple(_load_topic(body) for (body,) in index.execute("SELECT body FROM topic ORDER BY id"))
        self.sources = {
            s.id: s for s in (_load_source(b) for (b,) in index.execute("SELECT body FROM source ORDER BY id"))
        }
        self.fact_count: int = index.execute("SELECT count(*) FROM fact").fetchone()[0]
        self.open_count: int = index.execute("SELECT count(*) FROM open_question").fetchone()[0]
        self.series = {series.id: series for series in self.vocabulary.series}
        self._bags: dict[int, bags.Bag] = {}
        self._open_bags: dict[int, bags.Bag] = {}
        self._bags_kept = bags_kept

    @classmethod
    async def open(cls, path: Path, *, bags_kept: int = BAGS_KEPT) -> Store:
        """Open the base built at *path*; about *bags_kept* facts' evidence stays in memory.

        Raises: StoreError: no such file, damaged, or built by another version.
        """
        index = _connect(path)
        try:
            records = await aiosqlite.connect(_read_only(path), uri=True)
            try:
                return cls(path, index, records, bags_kept)
            except BaseException:
                await records.close()
                raise
        except (sqlite3.Error, ValueError, TypeError) as error:
            index.close()
            raise StoreError(path, f"the built base cannot be read ({error})") from error

    async def close(self) -> None:
        """Close both connections; asking afterwards is an error."""
        self._index.close()
        await self._records.close()

    # -- records

    async def facts(self, numbers: Sequence[int]) -> list[model.Fact]:
        """The facts with these row numbers, in the order asked for; one round trip."""
        marks = ",".join("?" * len(numbers))
        rows = await self._records.execute_fetchall(f"SELECT number, body FROM fact WHERE number IN ({marks})", numbers)  # noqa: S608 only question marks are put in
        by_number = {number: _load_fact(body) for number, body in rows}
        return [by_number[number] for number in numbers]

    # -- index

    def words(self) -> Iterable[str]:
        """Every correctly spelt word of the facts."""
        return (word for (word,) in self._index.execute("SELECT word FROM word"))

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """How many facts hold each of *terms*; 0 for one that only open questions have, unknown ones are left out."""
        wanted = list(terms)
        marks = ",".join("?" * len(wanted))
        return dict(self._index.execute(f"SELECT term, facts FROM term WHERE term IN ({marks})", wanted))  # noqa: S608 only question marks are put in

    def spoken(self, stems: Iterable[str]) -> bags.Spoken:
        """In how many wordings each of *stems* occurs."""
        wanted = ["", *stems]
        marks = ",".join("?" * len(wanted))
        sql = f"SELECT stem, wordings FROM spoken WHERE stem IN ({marks})"  # noqa: S608 only question marks are put in
        counts = dict[str, int](self._index.execute(sql, wanted))
        return bags.Spoken(counts, counts.pop(""))

    def find(self, groups: Sequence[Iterable[str]], *, limit: int) -> list[int]:
        """The row numbers of at most *limit* facts that hold a term of every group."""
        return self._find("fact_index", groups, limit)

    def find_open(self, group: Iterable[str], *, limit: int) -> list[int]:
        """The row numbers of at most *limit* open questions that hold a term of *group*."""
        return self._find("open_index", [group], limit)

    def _find(self, index: str, groups: Sequence[Iterable[str]], limit: int) -> list[int]:
        match = " AND ".join("(" + " OR ".join(f'"{term}"' for term in sorted(group)) + ")" for group in groups)
        sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?"  # noqa: S608 only the names above are put in
        return [number for (number,) in self._index.execute(sql, (match, limit))]

    def bags(self, numbers: Sequence[int]) -> dict[int, bags.Bag]:
        """The bags of the facts with these row numbers, in their order."""
        return self._read_bags("fact", self._bags, numbers)

    def bag(self, number: int) -> bags.Bag:
        """The bag of one fact."""
        return self._bags.get(number) or self.bags([number])[number]

    def open_bags(self, numbers: Sequence[int]) -> dict[int, bags.Bag]:
        """The bags of the open questions with these row numbers, in their order."""
        return self._read_bags("open_question", self._open_bags, numbers)

    def _read_bags(self, table: str, kept: dict[int, bags.Bag], numbers: Sequence[int]) -> dict[int, bags.Bag]:
        if len(kept) > self._bags_kept:
            for number in list(kept)[: len(kept) // 2]:
                del kept[number]
        missing = [number for number in numbers if number not in kept]
        if missing:
            marks = ",".join("?" * len(missing))
            sql = f"SELECT number, bag FROM {table} WHERE number IN ({marks})"  # noqa: S608 only a name above and question marks are put in
            kept.update((number, bags.Bag.load(bag)) for number, bag in self._index.execute(sql, missing))
        return {number: kept[number] for number in numbers}

    def open_question(self, number: int) -> model.OpenQuestion:
        """The open question with this row number."""
        row = self._index.execute("SELECT body FROM open_question WHERE number = ?", (number,)).fetchone()
        return _load_open(row[0])

    def facts_on(self, topic: str) -> list[tuple[int, int, int]]:
        """(row number, place, distance) of every fact on *topic* or on anything below it."""
        return list(self._index.execute("SELECT fact, place, distance FROM fact_topic WHERE topic = ?", (topic,)))

    def facts_in_series(self, series: str) -> list[int]:
        """The row numbers of a series, in the order of the sources' files."""
        return [
            n for (n,) in self._index.execute("SELECT number FROM fact WHERE series = ? ORDER BY number", (series,))
        ]

    def facts_from(self, source: str) -> list[int]:
        """The row numbers of the facts that rest on *source*, by the first paragraph they cite there."""
        rows = self._index.execute(
            "SELECT fact FROM citation WHERE source = ? GROUP BY fact ORDER BY min(paragraph), fact", (source,)
        )
        return [number for (number,) in rows]

    def numbers(self, ids_or_keys: Iterable[str]) -> dict[str, int]:
        """Row number by fact id or key, of those that exist."""
        wanted = list(ids_or_keys)
        marks = ",".join("?" * len(wanted))
        sql = f"SELECT id, key, number FROM fact WHERE id IN ({marks}) OR key IN ({marks})"  # noqa: S608 only question marks are put in
        rows = self._index.execute(sql, [*wanted, *wanted]).fetchall()
        return {name: number for fact_id, key, number in rows for name in (fact_id, key) if name in wanted}

    def bodies(self) -> dict[str, str]:
        """The JSON of every fact by id, for comparing two bases."""
        return dict(self._index.execute("SELECT id, body FROM fact"))

    def conflicts(self) -> set[str]:
        """The series of rival values that hold two facts or more."""
        rival = {series.id for series in self.series.values() if series.kind == "rival"}
        counted = self._index.execute(
            "SELECT series FROM fact WHERE series IS NOT NULL GROUP BY series HAVING count(*) > 1"
        )
        return rival & {series for (series,) in counted}

    def fact_ids(self) -> list[tuple[str, str]]:
        """(id, statement) of every fact, what matters most first."""
        priority = "json_extract(body, '$.priority')"
        sql = f"SELECT id, json_extract(body, '$.statement') FROM fact ORDER BY {priority}, number"  # noqa: S608 only the text above is put in
        return list(self._index.execute(sql))

    def ids(self, numbers: Sequence[int]) -> list[str]:
        """The ids of the facts with these row numbers, in their order."""
        marks = ",".join("?" * len(numbers))
        found = dict(self._index.execute(f"SELECT number, id FROM fact WHERE number IN ({marks})", numbers))  # noqa: S608 only question marks are put in
        return [found[number] for number in numbers]

    def counts_by_topic(self) -> dict[str, int]:
        """How many facts name each topic themselves."""
        return dict(self._index.execute("SELECT topic, count(*) FROM fact_topic WHERE distance = 0 GROUP BY topic"))


class PlainIndex:
    """Full-text search over a list of texts with SQLite's own ranking and nothing else, to compare with."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (body, tokenize = 'porter unicode61')")
        rows = ((number, body) for number, body in enumerate(texts))
        self._connection.executemany("INSERT INTO plain (rowid, body) VALUES (?, ?)", rows)

    def search(self, words: Sequence[str], *, limit: int) -> list[tuple[int, float]]:
        """(place, score) of the texts that hold any of *words*, best first; higher is better."""
        if not words:
            return []
        match = " OR ".join(f'"{word}"' for word in words)
        rows = self._connection.execute(
            "SELECT rowid, -rank FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?", (match, limit)
        )
        return list(rows)

    def close(self) -> None:
        """Drop the index."""
        self._connection.close()


def build_words(path: Path, words: Iterable[str]) -> None:
    """Write a file that holds *words* and nothing else, for `open_words`."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(aside)
        try:
            connection.execute("CREATE TABLE word (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
            connection.executemany("INSERT OR IGNORE INTO word VALUES (?)", ((word,) for word in words))
            connection.commit()
        finally:
            connection.close()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def open_words(path: Path) -> sqlite3.Connection:
    """A read-only connection to a file made by `build_words`, for `has_word`."""
    return sqlite3.connect(_read_only(path), uri=True, isolation_level=None)


def has_word(connection: sqlite3.Connection, word: str) -> bool:
    """Whether *word* is in the file."""
    return connection.execute("SELECT 1 FROM word WHERE word = ?", (word,)).fetchone() is not None


def _read_only(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro"


def _connect(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise StoreError(path, "there is no such file")
    try:
        connection = sqlite3.connect(_read_only(path), uri=True, isolation_level=None)
        try:
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise StoreError(path, f"the built base cannot be read ({error})") from error
    if found != SCHEMA_NUMBER:
        connection.close()
        raise StoreError(path, f"built with schema {found}, this version reads {SCHEMA_NUMBER}")
    return connection


def _seal(built: BinaryIO) -> None:
    """Write the checksum of the finished database into its header, where SQLite keeps a number for the application."""
    checksum = _checksum(built)
    built.seek(_SEAL_AT)
    built.write(checksum)
    built.flush()


def _is_sealed(path: Path) -> bool:
    with path.open("rb") as built:
        checksum = _checksum(built)
        built.seek(_SEAL_AT)
        return built.read(len(checksum)) == checksum


def _checksum(built: BinaryIO) -> bytes:
    """Of everything after the header, which SQLite itself checks; 5 ms for the shipped base."""
    built.seek(_HEADER_BYTES)
    checksum = 0
    while block := built.read(_BLOCK_BYTES):
        checksum = zlib.crc32(block, checksum)
    return checksum.to_bytes(4, "big")


def _fill(connection: sqlite3.Connection, base: model.Base, earlier: Path | None) -> None:
    lists = WordLists.of(base.topics, base.vocabulary)
    lexicon = Lexicon(base.topics, base.vocabulary, lists=lists)
    schema = files("knowledge").joinpath("schema.sql").read_text(encoding="utf-8")
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {schema}")
    vocabulary = _dump(base.vocabulary)
    connection.execute(
        "INSERT INTO base VALUES (?, ?, ?, ?, ?, ?)",
        (
            base.revision,
            datetime.now(UTC).isoformat(timespec="seconds"),
            _dump(base.coverage),
            vocabulary,
            lists.dump(),
            json.dumps([[question.query, question.leads] for question in base.acceptance], ensure_ascii=False),
        ),
    )
    sources = [(source.id, _dump(source)) for source in base.sources]
    topics = [(topic.id, _dump(topic)) for topic in base.topics]
    connection.executemany("INSERT INTO source VALUES (?, ?)", sources)
    connection.executemany("INSERT INTO topic VALUES (?, ?)", topics)
    connection.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", lexicon.spellings())
    known = _bags_in(earlier, vocabulary, lists, sources, topics) if earlier else {}
    by_id = {source.id: source for source in base.sources}
    series = {one.id: one for one in base.vocabulary.series}
    facts = _bagged(base.facts, known, lambda fact: bags.of_fact(fact, by_id, series, lexicon))
    questions = _bagged(base.open_questions, known, lambda question: bags.of_open_question(question, lexicon))
    spoken = bags.Spoken.of(bag.wordings for _, bag in (*facts, *questions))
    connection.executemany("INSERT INTO spoken VALUES (?, ?)", [("", spoken.total), *sorted(spoken.counts.items())])
    _fill_facts(connection, base, lexicon, [(body, bag.weighed(spoken)) for body, bag in facts])
    for number, (question, (body, bag)) in enumerate(zip(base.open_questions, questions, strict=True), start=1):
        row = (number, question.id, body, bag.weighed(spoken).dump())
        connection.execute("INSERT INTO open_question VALUES (?, ?, ?, ?)", row)
        connection.execute("INSERT INTO open_index (rowid, keys) VALUES (?, ?)", (number, " ".join(bag.asked)))
        connection.executemany("INSERT OR IGNORE INTO term VALUES (?, 0)", ((key,) for key in bag.asked))
    connection.execute(f"PRAGMA user_version = {SCHEMA_NUMBER}")
    connection.execute("COMMIT")


def _bags_in(
    path: Path, vocabulary: str, lists: WordLists, sources: Sequence[tuple[str, str]], topics: Sequence[tuple[str, str]]
) -> dict[str, str]:
    """The bags in the base built at *path*, by the body of their fact or open question; none if that base cannot be
    read, or if its words, topics or sources are others, which every bag depends on."""
    try:
        connection = _connect(path)
    except StoreError:
        return {}
    try:
        same = (
            connection.execute("SELECT vocabulary, lists FROM base").fetchone() == (vocabulary, lists.dump())
            and dict(connection.execute("SELECT id, body FROM topic")) == dict(topics)
            and dict(connection.execute("SELECT id, body FROM source")) == dict(sources)
        )
        rows = "SELECT body, bag FROM fact UNION ALL SELECT body, bag FROM open_question"
        return dict(connection.execute(rows)) if same else {}
    except sqlite3.Error:
        return {}
    finally:
        connection.close()


def _bagged(
    records: Iterable[_Record], known: Mapping[str, str], bag_of: Callable[[_Record], bags.Bag]
) -> list[tuple[str, bags.Bag]]:
    """The body of each record with its bag; those that are *known* are taken over."""
    bodies = ((record, _dump(record)) for record in records)
    return [(body, bags.Bag.load(known[body]) if body in known else bag_of(record)) for record, body in bodies]


def _fill_facts(
    connection: sqlite3.Connection, base: model.Base, lexicon: Lexicon, weighed: Sequence[tuple[str, bags.Bag]]
) -> None:
    frequencies: Counter[str] = Counter()
    words: set[str] = set()
    facts: list[tuple[Any, ...]] = []
    keys: list[tuple[int, str]] = []
    topics: list[tuple[Any, ...]] = []
    citations: list[tuple[Any, ...]] = []
    for number, (fact, (body, bag)) in enumerate(zip(base.facts, weighed, strict=True), start=1):
        found = bag.keys()
        live = fact.standing != "withdrawn"  # looked up by its id, never found by asking
        words.update(bags.words_of(fact))
        facts.append((number, fact.id, fact_key(fact.id), fact.source, fact.series if live else None, body, bag.dump()))
        if live:
            frequencies.update(found)
            keys.append((number, " ".join(found)))
            topics += _topic_rows(number, fact, lexicon)
        citations += [(c.source, p, number, place) for place, c in enumerate(fact.citations) for p in c.paragraphs]
    connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?)", facts)
    connection.executemany("INSERT INTO fact_index (rowid, keys) VALUES (?, ?)", keys)
    connection.executemany("INSERT INTO fact_topic VALUES (?, ?, ?, ?)", topics)
    connection.executemany("INSERT INTO citation VALUES (?, ?, ?, ?)", citations)
    connection.executemany("INSERT INTO term VALUES (?, ?)", sorted(frequencies.items()))
    connection.executemany("INSERT INTO word VALUES (?)", ((word,) for word in sorted(words)))
    connection.execute("INSERT INTO fact_index (fact_index) VALUES ('optimize')")


def _topic_rows(number: int, fact: model.Fact, lexicon: Lexicon) -> Iterable[tuple[str, int, int, int]]:
    rows: dict[str, tuple[int, int]] = {}
    for place, topic in enumerate(fact.topics):
        for distance, above in enumerate((topic, *lexicon.ancestors(topic))):
            if above not in rows or distance < rows[above][1]:
                rows[above] = (place, distance)
    return ((topic, number, place, distance) for topic, (place, distance) in rows.items())


def _dump(record: Any) -> str:
    body = {name: value for name, value in asdict(record).items() if value is not None and value != ()}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _load(kind: type[_Record], body: str | dict[str, Any]) -> _Record:
    """A record of *kind* from its JSON; lists become tuples, as the model has them."""
    content: dict[str, Any] = json.loads(body) if isinstance(body, str) else body
    assert is_dataclass(kind)  # noqa: S101 tells the type checker what every caller passes
    known = {field.name for field in fields(kind)}
    return kind(**{name: _tupled(value) for name, value in content.items() if name in known})


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, cast("list[Any]", value))) if isinstance(value, list) else value


def _load_source(body: str) -> model.Source:
    return _load(model.Source, body)


def _load_topic(body: str) -> model.Topic:
    content = json.loads(body)
    aliases = tuple(model.Alias(**alias) for alias in content.pop("aliases", ()))
    content.setdefault("held", True)
    return _load(model.Topic, content | {"aliases": aliases})


def _load_fact(body: str) -> model.Fact:
    content = json.loads(body)
    content["citations"] = tuple(_load(model.Citation, citation) for citation in content["citations"])
    content["said_by"] = _load(model.Attribution, content["said_by"])
    if "value" in content:
        content["value"] = _load(model.Value, content["value"])
    return _load(model.Fact, content)


def _load_open(body: str) -> model.OpenQuestion:
    return _load(model.OpenQuestion, body)


def _load_vocabulary(body: str) -> model.Vocabulary:
    content = json.loads(body)
    content["aspects"] = tuple(_load(model.Aspect, item) for item in content.get("aspects", ()))
    content["series"] = tuple(_load(model.Series, item) for item in content.get("series", ()))
    content["answer_kinds"] = tuple(_load(model.AnswerKind, item) for item in content.get("answer_kinds", ()))
    return _load(model.Vocabulary, content)
