"""`run.py check`: the base read, checked, built in a temporary place, asked its acceptance questions, and counted."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge import building, model, store, strictyaml, verification
from knowledge.briefing import Limits
from knowledge.curation import SOURCES, curate
from knowledge.errors import BadBaseError, Problem
from knowledge.files import read_base


class Report(NamedTuple):
    """What a check found: lines for the reader, and the problems, none when the base is sound."""

    summary: list[str]
    problems: list[Problem]


def check(base_directory: Path, storage_directory: Path, articles: Path | None, limits: Limits) -> Report:
    """Check the base in *base_directory*; with *articles*, a directory of numbered texts, against what it cites too.
    Only the dictionary is kept in *storage_directory*."""
    try:
        files = read_base(base_directory)
        base = curate(files)
    except BadBaseError as error:
        return Report([], error.problems)
    problems = [] if articles is None else sorted(_departures(base, files, articles))
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "base.sqlite"
        store.build(base, path)
        problems += asyncio.run(building.wrong_answers(path, limits, files, storage_directory))
    return Report(list(_counted(base)), problems)


def _departures(base: model.Base, files: dict[str, bytes], articles: Path) -> Iterator[Problem]:
    if not articles.is_dir():
        yield Problem(str(articles), 0, "There is no such directory. Give the one with <source id>.txt.")
        return
    read = {
        source.id: verification.Article.read(source.id, path.read_text(encoding="utf-8"))
        for source in base.sources
        if (path := articles / f"{source.id}.txt").is_file()
    }
    lines: dict[str, strictyaml.Lines] = {}
    places = {fact.id: number for number, fact in _numbered(base.facts)}
    for source_id, slug, message in verification.verify(base, read):
        path = f"{SOURCES}{source_id}.yaml"
        if path not in lines:
            lines[path] = strictyaml.Lines(strictyaml.decode(files[path]))
        at: strictyaml.Path = ("source",)
        if slug.startswith("open-"):
            at = ("open", int(slug.removeprefix("open-")) - 1)
        elif slug != "source":
            at = ("facts", places[f"{source_id}/{slug}"])
        owner = f'fact "{slug}"' if at[0] == "facts" else slug
        yield Problem(path, lines[path].of(at), f"{owner} {message}")


def _numbered(facts: Iterable[model.Fact]) -> Iterator[tuple[int, model.Fact]]:
    """Each fact with its place in its own file."""
    seen: Counter[str] = Counter()
    for fact in facts:
        yield seen[fact.source], fact
        seen[fact.source] += 1


def _counted(base: model.Base) -> Iterator[str]:
    per_source = Counter(fact.source for fact in base.facts)
    cited = {(c.source, paragraph) for fact in base.facts for c in fact.citations for paragraph in c.paragraphs}
    used = {topic for fact in base.facts for topic in fact.topics}
    counts = f"{len(base.facts)} facts from {len(base.sources)} sources, {len(base.topics)} topics"
    yield f"{counts}, revision {base.revision}"
    yield "facts per source: " + _listed(sorted(per_source.items()))
    yield "facts per kind: " + _listed(Counter(fact.kind for fact in base.facts).most_common())
    yield "facts per priority: " + _listed(sorted(Counter(fact.priority for fact in base.facts).items()))
    yield "topics per type: " + _listed(Counter(topic.type for topic in base.topics).most_common())
    yield f"known-empty topics: {sum(not topic.held for topic in base.topics)}"
    yield f"open questions: {len(base.open_questions)}; acceptance questions: {len(base.acceptance)}"
    for source in base.sources:
        reasons = dict(source.uncited)
        for paragraph in range(1, source.paragraphs + 1):
            if (source.id, paragraph) not in cited:
                yield f"not cited: {source.id} ¶{paragraph}: {reasons.get(paragraph, 'no reason given')}"
    bare = [topic.id for topic in base.topics if topic.held and topic.id not in used]
    yield "topics without facts: " + (", ".join(bare) or "none")
    silent = [fact.id for fact in base.facts if not fact.asks]
    yield "facts without asks: " + (", ".join(silent) or "none")


def _listed(counts: Iterable[tuple[object, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts)
