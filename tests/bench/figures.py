"""Replies and times -> the figures of the table; pure arithmetic."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.queries import KINDS, Query
from tests.bench.systems.registry import Reply


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the replies are. first, within: share of the answerable queries whose target comes first, or is among
    the facts given; by_kind: the first of these for each answerable kind asked; auroc: chance that an answerable query
    gets a higher score than an unanswerable one; right: share of all replies that are right (the target first, or
    nothing) when nothing is answered below `cut`."""

    queries: int
    first: float
    within: float
    by_kind: dict[str, float]
    auroc: float
    right: float
    cut: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Microseconds a query."""

    p50: float
    p95: float
    p99: float


def quality(asked: Sequence[tuple[Query, Reply]], cut: float | None = None) -> Quality:
    """The quality of replies, judged at *cut*, or at the cut that suits these replies best."""
    held = [(query, reply) for query, reply in asked if query.target]
    scores = [reply.score for query, reply in asked if query.target]
    others = [reply.score for query, reply in asked if not query.target]
    cuts = sorted({*scores, *others, max([0.0, *scores, *others]) + 1.0}) if cut is None else [cut]
    right, at = max((_right_at(asked, cut), -cut) for cut in cuts)
    return Quality(
        queries=len(asked),
        first=_share(_leads(query, reply) for query, reply in held),
        within=_share(query.target in reply.facts for query, reply in held),
        by_kind={
            kind: _share(_leads(query, reply) for query, reply in held if query.kind == kind)
            for kind in KINDS
            if any(query.kind == kind for query, _ in held)
        },
        auroc=auroc(scores, others),
        right=right,
        cut=-at,
    )


def auroc(higher: Iterable[float], lower: Iterable[float]) -> float:
    """The chance that one of *higher* is above one of *lower*, a tie counting half; 0.5 when either is empty."""
    below = sorted(lower)
    wins = [(bisect_left(below, value) + bisect_right(below, value)) / 2 for value in higher]
    return sum(wins) / (len(wins) * len(below)) if wins and below else 0.5


def spread(times_us: Iterable[float]) -> Spread:
    """The percentiles of *times_us*, each a time that was measured."""
    ordered = sorted(times_us)
    last = len(ordered) - 1
    return Spread(*(ordered[round(last * share)] for share in (0.50, 0.95, 0.99)))


def middle(spreads: Sequence[Spread]) -> Spread:
    """The median of each percentile over several rounds."""
    return Spread(*(median(getattr(one, name) for one in spreads) for name in ("p50", "p95", "p99")))


def _leads(query: Query, reply: Reply) -> bool:
    return bool(reply.facts) and reply.facts[0] == query.target


def _right_at(asked: Sequence[tuple[Query, Reply]], cut: float) -> float:
    return _share(
        _leads(query, reply) and reply.score >= cut if query.target else not reply.facts or reply.score < cut
        for query, reply in asked
    )


def _share(truths: Iterable[bool]) -> float:
    seen = list(truths)
    return sum(seen) / len(seen) if seen else 0.0
