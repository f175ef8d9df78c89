"""From a directory of YAML to a built, checked file: read, curate, build aside, ask the acceptance questions.

A built file is named by the revision it holds and never changes, so swapping means writing one small pointer.
`library` runs it in a process of its own, because parsing holds the interpreter for as long as it takes, and because a
process can be ended when nobody wants its result any more.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge import model, store
from knowledge.briefing import Briefing, Limits
from knowledge.dictionary import Dictionary, ensure
from knowledge.errors import BadBaseError, Problem, StoreError
from knowledge.files import read_base, revision_of
from knowledge.scoring import Weights

KEPT = 3
"""Built files kept beside the current one, newest first: what `/facts rollback` can return to."""

_COMMAND = re.compile(r"[\w-]+")

_log = logging.getLogger(__name__)


def path_of(directory: Path, revision: str) -> Path:
    """Where the base of *revision* is built."""
    return directory / f"base-{revision}.sqlite"


def current(directory: Path, base_directory: Path | None = None) -> str | None:
    """The revision that was last put to use in *directory*, if its file is there and this version can read it.

    base_directory: where it must have been read from; None: wherever. A base never answers for another.
    """
    try:
        written, _, origin = (directory / "current").read_bytes().partition(b"\n")
        revision = written.decode("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    if base_directory is not None and origin != _origin(base_directory):
        return None
    return revision if revision.isalnum() and is_built(directory, revision) else None


def is_built(directory: Path, revision: str) -> bool:
    """Whether the base of *revision* stands in *directory*; the log says why one that stands there is of no use."""
    path = path_of(directory, revision)
    if not path.is_file():
        return False
    try:
        return store.check(path) == revision
    except StoreError as error:
        _log.warning("%s; it counts as not built", error)
        return False


def put_to_use(directory: Path, revision: str, base_directory: Path) -> None:
    """Make *revision*, read from *base_directory*, the current one, in one step; remove built files beyond the newest
    few."""
    aside = directory / f".current.{os.getpid()}"
    aside.write_bytes(revision.encode("ascii") + b"\n" + _origin(base_directory))
    aside.replace(directory / "current")
    built = sorted(directory.glob("base-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in built if path != path_of(directory, revision)][KEPT:]:
        path.unlink(missing_ok=True)


def _origin(base_directory: Path) -> bytes:
    return os.fsencode(base_directory.resolve())


def look(base_directory: Path, directory: Path) -> tuple[str, bool]:
    """The revision of what *base_directory* holds now, and whether it stands built in *directory*.

    Raises: BadBaseError: the files cannot be read.
    """
    revision = revision_of(read_base(base_directory))
    return revision, is_built(directory, revision)


def sweep(directory: Path, process: int) -> None:
    """Remove what the build in *process*, which has ended or is about to, left half written in *directory*."""
    for aside in directory.glob(f".*.{process}.new"):
        aside.unlink(missing_ok=True)


def ensure_built(
    base_directory: Path, directory: Path, limits: Limits, files: Mapping[str, bytes] | None = None
) -> str:
    """Build what *base_directory* holds now, unless that very content is built already; returns its revision.

    Raises: BadBaseError: with every problem, the wrong answers to acceptance questions among them. Nothing stays.
    """
    files = read_base(base_directory) if files is None else files
    revision = revision_of(files)
    path = path_of(directory, revision)
    if is_built(directory, revision):
        os.utime(path)
        return revision
    from knowledge.curation import curate  # brings pydantic, which an unchanged base never needs

    # Under its name only when it has answered well: this process may be ended at any moment.
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    directory.mkdir(parents=True, exist_ok=True)
    try:
        before = current(directory)
        store.build(curate(files), aside, path_of(directory, before) if before else None)
        problems = asyncio.run(wrong_answers(aside, limits, files, directory))
        if problems:
            raise BadBaseError(problems)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return revision


def languages_of(opened: store.Store) -> set[str]:
    """The languages that the base is asked in: its own and those that its topics have names in."""
    return {opened.coverage.language, *(language for topic in opened.topics for language, _ in topic.names)}


async def wrong_answers(path: Path, limits: Limits, files: Mapping[str, bytes], directory: Path) -> list[Problem]:
    """The acceptance questions that the base built at *path* does not answer as its curators want; the dictionary
    is kept in *directory*."""
    opened = await store.Store.open(path)
    words = Dictionary(ensure(directory, languages_of(opened)))
    try:
        briefing = Briefing(opened, Weights.shipped(), limits, words.holds)
        problems: list[Problem] = []
        for number, question in enumerate(opened.acceptance):
            answer = await briefing.answer(request_from(question.query))
            message = _departure(question, answer)
            if message:
                problems.append(Problem("questions.yaml", _line(files, number), message))
        return problems
    finally:
        words.close()
        await opened.close()


def request_from(typed: str) -> model.Request:
    """What was typed, as a request: `/brief sirte`; text without a command is a question to /ask."""
    stripped = typed.strip()
    if stripped.startswith("/"):
        command, *rest = stripped[1:].split(maxsplit=1) or [""]
        if _COMMAND.fullmatch(command):
            return model.Request(command.lower(), "".join(rest))
    return model.Request("ask", typed)


def _departure(question: model.AcceptanceQuestion, answer: model.Answer) -> str | None:
    shown = [match.fact.id for match in answer.first_page]
    if not question.leads:
        return f"'{question.query}' must get no fact, but got {_named(shown[:1])}." if shown else None
    leading = shown[: len(question.leads)]
    if set(leading) == set(question.leads):
        return None
    return f"'{question.query}' must lead with {_named(question.leads)}, but got {_named(leading) or 'no fact'}."


def _named(ids: Iterable[str]) -> str:
    return ", ".join(f'"{fact_id}"' for fact_id in ids)


def _line(files: Mapping[str, bytes], number: int) -> int:
    from knowledge import strictyaml

    return strictyaml.Lines(strictyaml.decode(files["questions.yaml"])).of(("questions", number))
