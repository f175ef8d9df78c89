"""Texts side by side say what the same texts say one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.lanes import SCALE, Lanes, scaled

keys = st.sampled_from("abcdefgh")
texts = st.lists(st.lists(st.frozensets(keys, min_size=1, max_size=3), max_size=6), max_size=50)
asked = st.dictionaries(keys, st.floats(0.1, 30), min_size=1)


@given(texts, asked)
def test_weights_are_added_up_in_each_text_by_itself(
    every: list[list[frozenset[str]]], weights: dict[str, float]
) -> None:
    lanes = Lanes.of(every)
    total = sum(scaled(weight) * lanes.texts(lanes.any_of([key])) for key, weight in weights.items())
    one_by_one = [sum(scaled(weights[key]) for key in weights if any(key in unit for unit in text)) for text in every]
    assert list(lanes.read(total)) == one_by_one


@given(texts, st.frozensets(keys))
def test_the_units_with_any_of_several_keys_are_counted_once(
    every: list[list[frozenset[str]]], wanted: frozenset[str]
) -> None:
    lanes = Lanes.of(every)
    counted = [held.bit_count() for held in lanes.read(lanes.any_of(wanted))]
    assert counted == [sum(bool(unit & wanted) for unit in text) for text in every]


@given(texts)
def test_they_are_read_back_as_they_were_written(every: list[list[frozenset[str]]]) -> None:
    lanes = Lanes.of(every)
    assert Lanes.load(lanes.units, lanes.places()) == lanes


@given(texts.filter(bool), st.data())
def test_one_is_taken_out_and_the_others_keep_their_places(
    every: list[list[frozenset[str]]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(every) - 1))
    assert Lanes.of(every).without(place) == Lanes.of([*every[:place], [], *every[place + 1 :]])


def test_a_text_of_many_rare_words_does_not_run_over_into_the_next() -> None:
    words = [str(number) for number in range(128)]
    lanes = Lanes.of([[words], [words[:1]]])
    assert lanes.read(sum(scaled(15.2) * lanes.any_of([word]) for word in words)) == (128 * scaled(15.2), scaled(15.2))


def test_a_text_of_more_units_than_are_told_apart_is_still_counted_by_itself() -> None:
    many = [[str(number)] for number in range(60)]
    lanes = Lanes.of([many, many[:2]])
    assert [bits.bit_count() for bits in lanes.read(lanes.any_of(key for (key,) in many))] == [31, 2]
    assert lanes.read(SCALE * lanes.texts(lanes.any_of(["59"]))) == (SCALE, 0)
