"""The current snapshot of the base: opened from the built file, rebuilt from YAML on request, swapped when all is well.

Questions go on being answered from the old snapshot until the new one is open; the old one is closed when the last
question that began on it has ended.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from knowledge import building, model
from knowledge.briefing import Briefing, Limits
from knowledge.catalogue import Catalogue, Choice, FactView, Field, SourceView, TopicEntry
from knowledge.dictionary import Dictionary, ensure
from knowledge.errors import BadBaseError, Problem, ReloadRunningError, ReloadStoppedError, StoreError
from knowledge.scoring import Weights
from knowledge.store import Store

_log = logging.getLogger(__name__)


class Counts(NamedTuple):
    """How much a base holds."""

    facts: int
    topics: int
    empty_topics: int
    sources: int
    open_questions: int


class Changes(NamedTuple):
    """What became of some facts since an earlier base: ids of those that read otherwise now, and of those gone."""

    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a reload changed: fact ids, and the ids of series that hold rival values now and did not before."""

    before: str
    after: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    seconds: float = 0.0
    dry_run: bool = False


@dataclass(slots=True)
class _Snapshot:
    """One open store with what answers from it, and how many questions are under way on it."""

    store: Store
    words: Dictionary
    briefing: Briefing
    catalogue: Catalogue
    readers: int = 0
    retired: bool = False
    idle: asyncio.Event = field(default_factory=asyncio.Event)


class Library:
    """The base that a process answers from. Open it once, `close` it at the end."""

    def __init__(self, base_directory: Path, storage_directory: Path, limits: Limits, snapshot: _Snapshot) -> None:
        self._base_directory = base_directory
        self._storage_directory = storage_directory
        self._limits = limits
        self._snapshot = snapshot
        self._retired: set[asyncio.Task[None]] = set()
        self._reloading = False
        self._stopping = False
        self._building: asyncio.Task[str] | None = None
        self._earlier: _Snapshot | None = None
        self._looking_back = asyncio.Lock()
        self.problems: list[Problem] = []
        self.loaded_at = datetime.now(UTC)

    @classmethod
    async def open(cls, *, base_directory: Path, storage_directory: Path, limits: Limits) -> Library:
        """Open what *base_directory* holds, building it in *storage_directory* unless that content is built already.

        With broken YAML the last good base is opened and the problems are kept in `problems`.
        Cancelled, it ends the process that builds.
        Raises: BadBaseError: nothing good was ever built here from *base_directory*. OSError: the storage
            directory cannot be written.
            StoreError: the process that builds died.
        """
        problems: list[Problem] = []
        try:
            revision, is_built = await asyncio.to_thread(building.look, base_directory, storage_directory)
            if not is_built:
                revision = await _in_another_process(base_directory, storage_directory, limits)
        except BadBaseError as error:
            last_good = building.current(storage_directory, base_directory)
            if last_good is None:
                raise
            revision, problems = last_good, error.problems
        snapshot = await _open(building.path_of(storage_directory, revision), limits)
        if not problems:
            building.put_to_use(storage_directory, revision, base_directory)
        library = cls(base_directory, storage_directory, limits, snapshot)
        library.problems = problems
        return library

    async def close(self) -> None:
        """Wait for the questions under way, then close everything."""
        await _retire(self._snapshot)
        if self._earlier is not None:
            await _retire(self._earlier)
        await asyncio.gather(*self._retired)

    # -- what it holds

    @property
    def revision(self) -> str:
        """The revision that is being answered from."""
        return self._snapshot.store.revision

    @property
    def coverage(self) -> model.Coverage:
        """What the base covers."""
        return self._snapshot.store.coverage

    @property
    def counts(self) -> Counts:
        """How much the base holds."""
        store = self._snapshot.store
        empty = sum(not topic.held for topic in store.topics)
        return Counts(store.fact_count, len(store.topics) - empty, empty, len(store.sources), store.open_count)

    def topics(self, kind: str | None = None) -> list[TopicEntry]:
        """Every topic, or those of one type, by name, with how many facts name it."""
        return self._snapshot.catalogue.topics(kind)

    def complete(self, kind: Field, typed: str, *, shortcut: str | None = None, limit: int = 25) -> list[Choice]:
        """What *typed* may be the beginning of, best first; see `Catalogue.complete`."""
        return self._snapshot.catalogue.complete(kind, typed, shortcut=shortcut, limit=limit)

    # -- asking

    async def answer(self, request: model.Request) -> model.Answer:
        """What the base holds on *request*."""
        async with self._reading() as snapshot:
            return await snapshot.catalogue.answer(request)

    async def recall(self, ref: str) -> model.Answer | None:
        """The answer that `Answer.ref` stands for, from the base as it is now; None when nothing of it is held."""
        async with self._reading() as snapshot:
            return await snapshot.catalogue.recall(ref)

    async def fact(self, fact_id: str) -> FactView | None:
        """One fact in full, by id, key or the name under which `complete` offers it; None when there is none."""
        async with self._reading() as snapshot:
            return await snapshot.catalogue.fact(fact_id)

    async def source(self, source_id: str) -> SourceView | None:
        """One source, by id, and what rests on it; None when there is none."""
        async with self._reading() as snapshot:
            return await snapshot.catalogue.source(source_id)

    def sources_named(self, name: str) -> list[model.Source]:
        """The sources that *name* may mean, by the day of publication: id, offered name or words of the title."""
        return self._snapshot.catalogue.sources_named(name)

    async def changes(self, ref: str, revision: str) -> Changes | None:
        """What became of the facts that *ref* stood for in an earlier base, of which *revision* is the beginning.

        None when that base is no longer kept, so that nobody can tell.
        """
        if self.revision.startswith(revision):
            return Changes((), ())
        async with self._looking_back:
            earlier = await self._base_from(revision)
            if earlier is None:
                return None
            before = {fact.id: fact for fact in await earlier.catalogue.behind(ref)}
        async with self._reading() as snapshot:
            numbers = snapshot.store.numbers(before)
            held = await snapshot.store.facts([numbers[fact] for fact in before if fact in numbers])
        changed = tuple(fact.id for fact in held if fact != before[fact.id])
        return Changes(changed, tuple(fact for fact in before if fact not in numbers))

    async def timeline(
        self, request: model.Request, *, start: str | None = None, end: str | None = None
    ) -> model.Answer:
        """The dated facts on the topic of *request*, earliest first, between two EDTF dates."""
        async with self._reading() as snapshot:
            return await snapshot.catalogue.timeline(request, start, end)

    async def facts(self) -> list[model.Fact]:
        """Every fact, in the order of the files."""
        async with self._reading() as snapshot:
            return await snapshot.store.facts(range(1, snapshot.store.fact_count + 1))

    @property
    def sources(self) -> dict[str, model.Source]:
        """Every source by id."""
        return self._snapshot.store.sources

    # -- reloading

    async def reload(self, *, dry_run: bool = False) -> Difference:
        """Read and check the YAML in another process and answer from it; with *dry_run* only say what would change.

        Raises: BadBaseError: nothing changed; `problems` says why. ReloadRunningError: another reload is under way.
            ReloadStoppedError: `stop_reloading` was called.
        """
        if self._stopping:
            raise ReloadStoppedError
        if self._reloading:
            raise ReloadRunningError
        self._reloading = True
        began = time.monotonic()
        try:
            return await self._reload(began, dry_run)
        except BadBaseError as error:
            if not dry_run:
                self.problems = error.problems
            raise
        finally:
            self._reloading = False

    def stop_reloading(self) -> None:
        """End the process that builds for a reload, if one does, and begin no reload any more."""
        self._stopping = True
        if self._building is not None:
            self._building.cancel()

    async def _built(self) -> str:
        """What the files hold now, built in another process."""
        if self._stopping:
            raise ReloadStoppedError
        self._building = asyncio.create_task(
            _in_another_process(self._base_directory, self._storage_directory, self._limits)
        )
        try:
            return await self._building
        except asyncio.CancelledError:
            if self._stopping:
                raise ReloadStoppedError from None
            raise
        finally:
            self._building = None

    async def _reload(self, began: float, dry_run: bool) -> Difference:
        revision, is_built = await asyncio.to_thread(building.look, self._base_directory, self._storage_directory)
        damaged = revision == self.revision and not is_built
        if not is_built:
            revision = await self._built()
        fresh = await _open(building.path_of(self._storage_directory, revision), self._limits)
        # What is damaged cannot be compared, and is of the same content.
        difference = Difference(revision, revision) if damaged else _compare(self._snapshot.store, fresh.store)
        if dry_run or (revision == self.revision and not damaged):
            await _retire(fresh)
        else:
            building.put_to_use(self._storage_directory, revision, self._base_directory)
            old, self._snapshot = self._snapshot, fresh
            self.loaded_at = datetime.now(UTC)
            closing = asyncio.create_task(_retire(old))
            self._retired.add(closing)
            closing.add_done_callback(self._retired.discard)
        if not dry_run:
            self.problems = []
        return Difference(
            **{
                name: getattr(difference, name)
                for name in ("before", "after", "added", "changed", "withdrawn", "conflicts")
            },
            seconds=time.monotonic() - began,
            dry_run=dry_run,
        )

    async def _base_from(self, revision: str) -> _Snapshot | None:
        """An earlier base whose revision begins with *revision*; the last one asked for stays open, since after a
        reload many old cards are of the same."""
        if self._earlier is not None and self._earlier.store.revision.startswith(revision):
            return self._earlier
        kept = sorted(self._storage_directory.glob(f"base-{revision}*.sqlite")) if revision.isalnum() else []
        whole = [path for path in kept[:1] if building.is_built(path.parent, path.stem.removeprefix("base-"))]
        try:
            opened = await _open(whole[0], self._limits) if whole else None
        except StoreError:
            opened = None
        if opened is not None:
            if self._earlier is not None:
                await _retire(self._earlier)
            self._earlier = opened
        return opened

    @asynccontextmanager
    async def _reading(self) -> AsyncGenerator[_Snapshot]:
        snapshot = self._snapshot
        snapshot.readers += 1
        try:
            yield snapshot
        finally:
            snapshot.readers -= 1
            if snapshot.retired and not snapshot.readers:
                snapshot.idle.set()


async def _open(path: Path, limits: Limits) -> _Snapshot:
    """Raises: StoreError: it cannot be read; nothing stays open."""
    store = await Store.open(path)
    words = None
    try:
        words = Dictionary(ensure(path.parent, building.languages_of(store)))
        briefing = Briefing(store, Weights.shipped(), limits, words.holds)
        return _Snapshot(store, words, briefing, Catalogue(store, briefing, limits))
    except BaseException as error:
        if words is not None:
            words.close()
        await store.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(path, f"the built base cannot be read ({error})") from error
        raise


async def _retire(snapshot: _Snapshot) -> None:
    snapshot.retired = True
    if snapshot.readers:
        await snapshot.idle.wait()
    snapshot.words.close()
    await snapshot.store.close()


async def _in_another_process(base_directory: Path, storage_directory: Path, limits: Limits) -> str:
    """`building.ensure_built` in a process that ends with this call, however the call ends.

    Raises: BadBaseError, OSError, sqlite3.Error: as there. StoreError: the process died.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_build_into, args=(there, base_directory, storage_directory, limits), daemon=True)
    with here:
        with there:
            process.start()
        _log.info("building the base in process %d", process.pid)
        receiving = asyncio.create_task(asyncio.to_thread(here.recv))
        try:
            revision, problems, error = await asyncio.shield(receiving)
        except EOFError as cause:
            process.join()
            reason = f"the process that builds it died, exit code {process.exitcode}"
            raise StoreError(storage_directory, reason) from cause
        finally:
            process.kill()
            process.join()
            building.sweep(storage_directory, process.pid or 0)
            process.close()
            # At once, since the pipe's other end is closed now; and what was received in vain is no error.
            await asyncio.gather(receiving, return_exceptions=True)
    if error is not None:
        raise error
    if problems:
        raise BadBaseError(problems)
    return revision


def _build_into(pipe: Any, base_directory: Path, storage_directory: Path, limits: Limits) -> None:
    """Send what became of `ensure_built`, in a form that crosses a process boundary whole."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends this process.
    gc.disable()  # Nothing of what is built is garbage before the end, and looking for some takes a third of reading.
    threading.Thread(target=_end_with_parent, args=(storage_directory,), daemon=True).start()
    with pipe:
        try:
            pipe.send((building.ensure_built(base_directory, storage_directory, limits), [], None))
        except BadBaseError as error:
            pipe.send(("", error.problems, None))
        except (OSError, sqlite3.Error) as error:
            pipe.send(("", [], error))


def _end_with_parent(storage_directory: Path) -> None:
    """A parent that was killed can end nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        building.sweep(storage_directory, os.getpid())
        os._exit(1)


def _compare(old: Store, new: Store) -> Difference:
    before, after = old.bodies(), new.bodies()
    return Difference(
        before=old.revision,
        after=new.revision,
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(i for i in after.keys() & before.keys() if after[i] != before[i])),
        withdrawn=tuple(sorted(before.keys() - after.keys())),
        conflicts=tuple(sorted(new.conflicts() - old.conflicts())),
    )
