"""The built file: written aside and whole or not at all, stamped, read-only; what was put in comes out."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import store
from knowledge.curation import curate
from knowledge.errors import StoreError
from knowledge.model import Base
from knowledge.store import PlainIndex, Store
from tests.knowledge import second_base


@pytest.fixture(scope="module")
def base() -> Base:
    """The second base, read."""
    return curate(second_base.as_bytes())


@pytest.fixture
async def opened(base: Base, tmp_path: Path) -> AsyncIterator[Store]:
    """The second base, built and open."""
    store.build(base, tmp_path / "garden.sqlite")
    found = await Store.open(tmp_path / "garden.sqlite")
    yield found
    await found.close()


async def test_what_is_built_is_read_back_whole(base: Base, opened: Store) -> None:
    assert (opened.revision, opened.coverage, opened.vocabulary, opened.acceptance) == (
        base.revision,
        base.coverage,
        base.vocabulary,
        base.acceptance,
    )
    assert opened.topics == tuple(sorted(base.topics, key=lambda topic: topic.id))
    assert opened.sources == {source.id: source for source in base.sources}
    assert tuple(await opened.facts(range(1, opened.fact_count + 1))) == base.facts
    every = range(1, opened.open_count + 1)
    assert tuple(map(opened.open_question, every)) == base.open_questions
    assert list(opened.open_bags(every)) == list(every)


async def test_facts_come_in_the_order_asked_for(base: Base, opened: Store) -> None:
    assert await opened.facts([3, 1]) == [base.facts[2], base.facts[0]]


async def test_evidence_is_found_again_after_it_was_let_go_of(base: Base, tmp_path: Path) -> None:
    """A large base keeps only so much in memory; facts asked for together may be partly let go of."""
    store.build(base, tmp_path / "garden.sqlite")
    found = await Store.open(tmp_path / "garden.sqlite", bags_kept=1)
    try:
        whole = {number: found.bag(number) for number in (1, 2, 3)}
        assert found.bags([1, 2, 3]) == whole
        assert found.bags([2, 3, 1]) == whole
    finally:
        await found.close()


async def test_a_withdrawn_fact_is_found_by_its_id_alone(base: Base, tmp_path: Path) -> None:
    """Its button on an old card must still say what became of it; no answer may show it again."""
    withdrawn = replace(base.facts[0], standing="withdrawn")
    store.build(replace(base, facts=(withdrawn, *base.facts[1:])), tmp_path / "garden.sqlite")
    found = await Store.open(tmp_path / "garden.sqlite")
    try:
        assert found.numbers([withdrawn.id]) == {withdrawn.id: 1}
        assert 1 not in found.find([found.bag(1).keys()], limit=100)
        assert all(number != 1 for topic in withdrawn.topics for number, _, _ in found.facts_on(topic))
    finally:
        await found.close()


async def test_look_ups(base: Base, opened: Store) -> None:
    ids = {fact.id: number for number, fact in enumerate(base.facts, start=1)}
    key = store.fact_key("gazette/bees")
    assert opened.numbers(["gazette/bees", key, "gazette/none"]) == {
        "gazette/bees": ids["gazette/bees"],
        key: ids["gazette/bees"],
    }
    assert opened.facts_in_series("height") == [ids["gazette/height-february"], ids["herald/height-january"]]
    assert opened.facts_from("herald")[0] == ids["herald/visitors"]
    assert {number for number, _, distance in opened.facts_on("orchard") if distance == 0} == {
        ids["gazette/pear-trees"],
        ids["gazette/bees"],
    }
    assert (ids["gazette/glass"], 0, 1) in opened.facts_on("marn-garden")
    assert opened.conflicts() == {"first-day-visitors"}
    assert opened.counts_by_topic()["orchard"] == 2


def test_a_build_that_fails_leaves_the_old_file_and_nothing_else(base: Base, tmp_path: Path) -> None:
    path = tmp_path / "garden.sqlite"
    store.build(base, path)
    before = path.read_bytes()
    twice = replace(base, revision="other", facts=(*base.facts, base.facts[0]))
    with pytest.raises(sqlite3.IntegrityError):
        store.build(twice, path)
    assert (path.read_bytes() == before, [one.name for one in tmp_path.iterdir()]) == (True, ["garden.sqlite"])


def test_a_build_replaces_what_a_build_that_was_killed_left_behind(base: Base, tmp_path: Path) -> None:
    path = tmp_path / "garden.sqlite"
    path.write_bytes(b"half")
    store.build(base, path)
    assert store.revision_at(path) == base.revision


def _no_file(path: Path, base: Base) -> None:
    pass


def _damaged(path: Path, base: Base) -> None:
    path.write_bytes(b"SQLite format 3\x00 and then nonsense" * 100)


def _empty(path: Path, base: Base) -> None:
    path.touch()


def _other_schema(path: Path, base: Base) -> None:
    store.build(base, path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def _no_tables(path: Path, base: Base) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {store.SCHEMA_NUMBER}")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(_no_file, "there is no such file", id="no file"),
        pytest.param(_damaged, "the built base cannot be read (file is not a database)", id="damaged"),
        pytest.param(_empty, f"built with schema 0, this version reads {store.SCHEMA_NUMBER}", id="empty"),
        pytest.param(_other_schema, f"built with schema 99, this version reads {store.SCHEMA_NUMBER}", id="schema"),
        pytest.param(_no_tables, "the built base cannot be read (no such table: base)", id="no tables"),
    ],
)
async def test_a_file_that_cannot_be_used_is_refused(
    base: Base, tmp_path: Path, spoil: Callable[[Path, Base], None], reason: str
) -> None:
    path = tmp_path / "garden.sqlite"
    spoil(path, base)
    with pytest.raises(StoreError) as caught:
        await Store.open(path)
    assert str(caught.value) == f"{path}: {reason}"
    assert store.revision_at(path) is None


async def test_an_open_store_cannot_be_written(opened: Store) -> None:
    """Not even by a mistake of our own."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened._index.execute("DELETE FROM fact")  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await opened._records.execute("DELETE FROM fact")  # pyright: ignore[reportPrivateUsage]


async def test_search_words_are_never_read_as_search_syntax(opened: Store) -> None:
    for word in ('"', "a OR b", "NEAR(a b)", "t:titan-arum", "*", "-x", "'", "\x00"):
        assert opened.frequencies([word]) in ({}, {word: opened.frequencies([word]).get(word)})


def test_a_fact_s_key_is_short_and_the_same_for_ever() -> None:
    """It stands on buttons of messages that were posted years ago."""
    assert store.fact_key("gazette/bees") == "_0iwB2KF"


def test_a_plain_index_ranks_and_takes_any_word() -> None:
    index = PlainIndex(["pear trees died", "pear pear", "maize"])
    assert [place for place, _ in index.search(["pear"], limit=5)] == [1, 0]
    assert (index.search([], limit=5), index.search(["OR"], limit=5)) == ([], [])
    index.close()


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables that asking reads."""
    tables = ("fact", "fact_topic", "citation", "term", "word", "open_question")
    with closing(sqlite3.connect(path)) as connection:
        return {table: sorted(connection.execute(f"SELECT * FROM {table}")) for table in tables}


@pytest.mark.parametrize("changed", ["a fact", "a topic's parent", "a source's day"])
def test_what_an_earlier_base_had_read_is_taken_over_only_where_it_still_holds(
    base: Base, tmp_path: Path, changed: str
) -> None:
    """However it was built, a base is the same."""
    first, *rest = base.facts
    parents = tuple(replace(topic, parent=None) for topic in base.topics)
    source, *sources = base.sources
    edited = {
        "a fact": replace(base, facts=(replace(first, statement="It rained frogs in the greenhouse."), *rest)),
        "a topic's parent": replace(base, topics=parents),
        "a source's day": replace(base, sources=(replace(source, published="2031-05-06"), *sources)),
    }[changed]
    store.build(base, tmp_path / "earlier.sqlite")
    store.build(edited, tmp_path / "after.sqlite", tmp_path / "earlier.sqlite")
    store.build(edited, tmp_path / "fresh.sqlite")
    assert contents(tmp_path / "after.sqlite") == contents(tmp_path / "fresh.sqlite")
    assert contents(tmp_path / "after.sqlite") != contents(tmp_path / "earlier.sqlite")


def test_an_earlier_base_that_cannot_be_read_is_done_without(base: Base, tmp_path: Path) -> None:
    (tmp_path / "earlier.sqlite").write_bytes(b"nothing of use")
    store.build(base, tmp_path / "after.sqlite", tmp_path / "earlier.sqlite")
    assert store.check(tmp_path / "after.sqlite") == base.revision
