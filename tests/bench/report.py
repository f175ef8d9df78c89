"""The figures as text: a table per size, how times grow, and what to know when reading them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.bench.lookup import OURS, Measured, Row
from tests.bench.queries import EACH, KINDS
from tests.bench.systems.registry import REFERENCE, SYSTEMS, WITHIN

_QUIET = 1.15
"""The fixed loop may take this much longer than at its fastest before the table says that the machine was busy."""
_HEADINGS = (
    "", "first", f"in {WITHIN}", "AUROC", "right*", "exact/typo/typos/part", "p50", "p95", "p99", "x peer", "build",
    "open", "memory", "queries",
)  # fmt: skip


def table(measured: Measured) -> str:
    """The rows of one size, aligned, and the systems that failed."""
    failed = [f"{SYSTEMS[key].title}: FAILED, {why}" for key, why in measured.failures.items()]
    cells = [_HEADINGS, *(_cells(row) for row in measured.rows)]
    return "\n".join([f"{measured.size:,} facts", *_aligned(cells), *failed])


def growth(rows: Sequence[Row]) -> Iterator[str]:
    """For each system, how much longer the middle query takes at the largest size than at the smallest; nothing when
    there was one size only."""
    lines: list[tuple[str, str, str]] = []
    for key in SYSTEMS:
        own = sorted((row for row in rows if row.system == key), key=lambda row: row.size)
        if len(own) > 1:
            times = own[-1].times.p50 / own[0].times.p50
            lines.append((SYSTEMS[key].title, f"{times:.1f} x", f"{own[0].size:,} to {own[-1].size:,} facts"))
    if lines:
        yield from ("p50, largest against smallest", *_aligned(lines), "")


def notes(rows: Sequence[Row], absent: Sequence[str]) -> Iterator[str]:
    """What to know when reading the tables."""
    yield f"first, in {WITHIN}: share of the answerable queries; differences under 3 points are noise."
    yield "right*: share of all replies that are right: the target first, or silence where no fact is held."
    yield f"        {SYSTEMS[OURS].title} is judged at its shipped cut-off, every other at the one that suits it best."
    yield f"x peer: p50 as a multiple of that of '{SYSTEMS[REFERENCE].title}' in the same run."
    yield "memory: resident, above what the imports take, mapped files included."
    if any(row.quality.queries < EACH * len(KINDS) for row in rows):
        yield "Systems with fewer queries used up their budget of time; their shares are rougher than the others'."
    for key in absent:
        yield f"{SYSTEMS[key].title}: absent, package '{SYSTEMS[key].package}' is not installed."
    loops = [loop for row in rows for loop in row.loop_us]
    if loops:
        verdict = "quiet" if max(loops) <= _QUIET * min(loops) else "BUSY: trust ratios with care and times not at all"
        yield f"Machine: a fixed loop took {min(loops):.0f} to {max(loops):.0f} µs before and after rounds: {verdict}."


def _cells(row: Row) -> tuple[str, ...]:
    kinds = "/".join(f"{share:.2f}".replace("0.", ".") for share in row.quality.by_kind.values())
    return (
        SYSTEMS[row.system].title,
        f"{row.quality.first:.3f}",
        f"{row.quality.within:.3f}",
        f"{row.quality.auroc:.3f}",
        f"{row.quality.right:.3f}",
        kinds,
        _time(row.times.p50),
        _time(row.times.p95),
        _time(row.times.p99),
        "–" if row.times_reference is None else f"{row.times_reference:,.1f}",
        _time(row.build_s * 1e6),
        _time(row.open_ms * 1e3),
        "–" if row.memory_mb is None else f"{row.memory_mb:.0f} MB",
        str(row.quality.queries),
    )


def _time(micros: float) -> str:
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if micros >= size:
            return f"{micros / size:.{0 if micros >= 100 * size else 1}f} {unit}"
    return f"{micros:.0f} µs"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """*rows* with the first column to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        padded = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *padded]))
    return lines
