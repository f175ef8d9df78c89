"""Trees as they are read: which branch a strength takes, and what several trees say together."""

import pytest

from knowledge.trees import LEAF, Forest

TWO = Forest(
    names=("rain", "wind"),
    asks=(0, LEAF, 1, LEAF, LEAF, LEAF),
    at=(0.5, 0.0, 2.0, 0.4, 1.0, 0.2),
    high=(2, 0, 4, 0, 0, 0),
    roots=(0, 5),
)
"""Rain up to 0.5: 0; more, and wind up to 2: 0.4; else 1. And a tree that says 0.2 whatever is asked."""


@pytest.mark.parametrize(("rain", "wind", "first"), [(0.5, 9.0, 0.0), (0.6, 2.0, 0.4), (0.6, 2.1, 1.0)])
def test_trees_agree_on_the_mean_of_what_each_says(rain: float, wind: float, first: float) -> None:
    assert TWO.probability({"rain": rain, "wind": wind}) == pytest.approx((first + 0.2) / 2)


def test_a_forest_is_read_back_as_it_was_written() -> None:
    again = Forest.load(TWO.dump())
    assert again.dump() == TWO.dump()
    assert again.probability({"rain": 1.0, "wind": 3.0}) == pytest.approx(0.6)


def test_a_strength_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="wind"):
        TWO.probability({"rain": 0.0})
