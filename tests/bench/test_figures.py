"""The benchmark's figures, on replies whose figures are plain to see."""

from __future__ import annotations

import pytest

from tests.bench import figures
from tests.bench.figures import Spread
from tests.bench.queries import Query
from tests.bench.systems.registry import Reply

HELD = Query("a", "exact", 7, ("a",))
MISSPELT = Query("aa", "typo", 8, ("a",))
NOT_HELD = Query("b", "unanswerable", 0, ("b",))


def test_quality_counts_first_within_and_right_at_the_given_cut() -> None:
    """A wrong first fact, and an answer above the cut where none is held, are both wrong replies."""
    asked = [(HELD, Reply((7, 8), 0.9)), (MISSPELT, Reply((7, 8), 0.8)), (NOT_HELD, Reply((7,), 0.6))]
    seen = figures.quality(asked, 0.5)
    assert (seen.queries, seen.first, seen.within, seen.auroc) == (3, 0.5, 1.0, 1.0)
    assert seen.by_kind == {"exact": 1.0, "typo": 0.0}
    assert (seen.right, seen.cut) == (pytest.approx(1 / 3), 0.5)


def test_without_a_cut_the_best_one_is_found() -> None:
    asked = [(HELD, Reply((7,), 12.0)), (NOT_HELD, Reply((7,), 9.0)), (NOT_HELD, Reply((), 0.0))]
    assert (figures.quality(asked).right, figures.quality(asked).cut) == (1.0, 12.0)


@pytest.mark.parametrize(
    ("higher", "lower", "area"),
    [([2.0], [1.0], 1.0), ([1.0], [2.0], 0.0), ([1.0], [1.0], 0.5), ([3.0, 2.0], [1.0, 2.0], 0.875), ([], [1.0], 0.5)],
)
def test_auroc_is_the_chance_of_a_higher_score(higher: list[float], lower: list[float], area: float) -> None:
    assert figures.auroc(higher, lower) == area


def test_percentiles_are_measured_times() -> None:
    assert figures.spread(range(101)) == Spread(50, 95, 99)
