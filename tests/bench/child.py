"""One system in a process of its own: built, or opened and asked. `lookup` starts it and reads the JSON it prints.

`python -m tests.bench.child build SYSTEM FOLDER` and `… ask SYSTEM FOLDER BUDGET`, where FOLDER holds what
`save_corpus` wrote and BUDGET is how many seconds of asking are enough.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tests.bench.queries import Query
from tests.bench.systems.registry import SYSTEMS, System

WARM_UPS = 5
"""Queries asked before timing starts; they are not among the timed ones, so that nothing kept from them helps."""
LEAST_ASKED = 20
_LOOP = 10_000


def save_corpus(folder: Path, sentences: Sequence[str], queries: Sequence[Query], warm_ups: Sequence[Query]) -> None:
    """Write what the processes need: the sentences one a line, the queries as typed."""
    (folder / "sentences.txt").write_text("\n".join(sentences), encoding="utf-8")
    typed = {"warm_ups": [query.text for query in warm_ups], "queries": [query.text for query in queries]}
    (folder / "queries.json").write_text(json.dumps(typed), encoding="utf-8")


def build(system: System, corpus: Path, folder: Path) -> dict[str, Any]:
    """Build *system* in *folder*; the seconds that it took."""
    module = system.load()
    sentences = (corpus / "sentences.txt").read_text(encoding="utf-8").split("\n")
    start = perf_counter()
    module.build(sentences, folder, system.variant)
    return {"build_s": perf_counter() - start}


def ask(system: System, corpus: Path, folder: Path, budget_s: float) -> dict[str, Any]:
    """Open *system* and ask every query once, or at least `LEAST_ASKED` until *budget_s* is used up.

    Returns: open_ms; times_us and replies, a list each; memory_mb added to what its imports take, None where the
        platform does not tell; loop_us of a fixed loop before and after, a check that the machine was quiet.
    """
    module = system.load()
    typed = json.loads((corpus / "queries.json").read_text(encoding="utf-8"))
    loops = [_loop_us()]
    gc.collect()
    before = _memory_mb()
    times: list[float] = []
    replies: list[tuple[list[int], float]] = []
    start = perf_counter()
    with module.opened(folder, system.variant) as answer:
        opened = perf_counter()
        for query in typed["warm_ups"]:
            answer(query)
            if perf_counter() - opened > budget_s / 4:
                break
        gc.collect()
        gc.freeze()
        until = perf_counter() + budget_s
        for query in typed["queries"]:
            asked = perf_counter()
            reply = answer(query)
            done = perf_counter()
            times.append((done - asked) * 1e6)
            replies.append((list(reply.facts), reply.score))
            if done > until and len(times) >= LEAST_ASKED:
                break
        after = _memory_mb()
    loops.append(_loop_us())
    return {
        "open_ms": (opened - start) * 1e3,
        "times_us": times,
        "replies": replies,
        "memory_mb": None if before is None or after is None else after - before,
        "loop_us": loops,
    }


def _memory_mb() -> float | None:
    """Resident memory of this process, mapped files included."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        return None
    return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _loop_us() -> float:
    times: list[float] = []
    for _ in range(31):
        start = perf_counter()
        sum(number * number for number in range(_LOOP))
        times.append((perf_counter() - start) * 1e6)
    return median(times)


def main(arguments: Sequence[str]) -> None:
    """Do what the command line says and print the outcome as JSON."""
    task, key, corpus, *rest = arguments
    folder = Path(corpus) / key
    if task == "build":
        folder.mkdir()
        outcome = build(SYSTEMS[key], Path(corpus), folder)
    else:
        outcome = ask(SYSTEMS[key], Path(corpus), folder, float(rest[0]))
    sys.stdout.write(json.dumps(outcome))


if __name__ == "__main__":
    main(sys.argv[1:])
