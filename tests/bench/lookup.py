"""The look-up benchmark: every system on the same corpus and queries, in the same run, each in its own processes.

Systems are built one after the other, then asked in several rounds that take turns, so that a busy minute hits all of
them. Each round is a fresh process that sees each query once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import child, corpus, figures, queries
from tests.bench.figures import Quality, Spread
from tests.bench.queries import Query
from tests.bench.systems.registry import REFERENCE, SYSTEMS, Reply

SIZES = (1_000, 10_000, 100_000)
LARGE = 1_000_000
OURS = "dateline"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure. budget_s: the seconds of asking after which a slow system gets no more queries in a round."""

    sizes: Sequence[int] = SIZES
    systems: Sequence[str] = tuple(SYSTEMS)
    rounds: int = 3
    budget_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one system at one size. times_reference: p50 as a multiple of the strongest peer's, None
    when that was not in the run; loop_us: the machine check before and after each round."""

    system: str
    size: int
    quality: Quality
    times: Spread
    build_s: float
    open_ms: float
    memory_mb: float | None
    times_reference: float | None
    loop_us: Sequence[float] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: a row for each system that could be measured, and what stopped each of the others."""

    size: int
    rows: Sequence[Row]
    failures: Mapping[str, str]


class _ChildError(Exception):
    """A system's process failed; the message is the last line that it left."""


@dataclass(slots=True)
class _Rounds:
    build_s: float
    outcomes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @property
    def slow(self) -> bool:
        """Whether its budget ended before the queries did; one round of such a system is enough."""
        return len(self.outcomes[0]["times_us"]) < queries.EACH * len(queries.KINDS)


def measure(plan: Plan, tell: Callable[[str], None]) -> Iterator[Measured]:
    """Each size in turn; *tell* hears what is going on. Systems whose package is missing are left out; one that fails
    takes no further part at that size."""
    keys = [key for key in plan.systems if SYSTEMS[key].installed]
    for size in plan.sizes:
        tell(f"{size:,} facts: making the corpus")
        with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
            asked = _prepare(size, Path(folder))
            measured: dict[str, _Rounds] = {}
            failures: dict[str, str] = {}
            for number in range(plan.rounds + 1):
                for key in [key for key in keys if key not in failures]:
                    step = f"round {number} of {plan.rounds}" if number else "building"
                    tell(f"{size:,} facts: {step}, {SYSTEMS[key].title}")
                    try:
                        _step(number, key, folder, measured, plan.budget_s)
                    except _ChildError as error:
                        failures[key] = f"{step}: {error}"
        yield Measured(size, _rows(size, asked, {k: v for k, v in measured.items() if k not in failures}), failures)


def _prepare(size: int, folder: Path) -> list[Query]:
    """Write the corpus to *folder*; the queries that will be asked."""
    made = corpus.make(size)
    asked = queries.make(made)
    warm_ups = queries.make(made, seed=2, each=1)[: child.WARM_UPS]
    child.save_corpus(folder, [fact.sentence for fact in made.facts], asked, warm_ups)
    return asked


def _step(number: int, key: str, folder: str, measured: dict[str, _Rounds], budget_s: float) -> None:
    """Build the system before the first round, then ask it once a round; a slow one in the first round only."""
    if number == 0:
        measured[key] = _Rounds(_run("build", key, folder)["build_s"])
    elif number == 1 or not measured[key].slow:
        measured[key].outcomes.append(_run("ask", key, folder, str(budget_s)))


def _run(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.child", *arguments]
    done = subprocess.run(command, cwd=_ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise _ChildError((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    return json.loads(done.stdout)


def _rows(size: int, asked: Sequence[Query], measured: Mapping[str, _Rounds]) -> list[Row]:
    times = {
        key: figures.middle([figures.spread(outcome["times_us"]) for outcome in rounds.outcomes])
        for key, rounds in measured.items()
    }
    reference = times.get(REFERENCE)
    return [
        Row(
            system=key,
            size=size,
            quality=_quality(key, asked, rounds.outcomes[0]["replies"]),
            times=times[key],
            build_s=rounds.build_s,
            open_ms=median(outcome["open_ms"] for outcome in rounds.outcomes),
            memory_mb=_middle_memory(rounds),
            times_reference=times[key].p50 / reference.p50 if reference else None,
            loop_us=[loop for outcome in rounds.outcomes for loop in outcome["loop_us"]],
        )
        for key, rounds in measured.items()
    ]


def _quality(key: str, asked: Sequence[Query], given: Sequence[tuple[Sequence[int], float]]) -> Quality:
    """Ours is judged at the cut-off that it ships with, a peer at the one that suits these very queries best."""
    cut = None
    if key == OURS:
        from tests.bench.systems import dateline

        cut = dateline.cut_off()
    replies = [Reply(facts, score) for facts, score in given]
    return figures.quality(list(zip(asked, replies, strict=False)), cut)


def _middle_memory(rounds: _Rounds) -> float | None:
    seen = [outcome["memory_mb"] for outcome in rounds.outcomes]
    return None if None in seen else median(seen)
