"""What a button carries."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import custom_ids, limits
from bot.parts import Place, Position

refs = st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1, max_size=72)
places = st.builds(
    Place,
    refs,
    st.builds(Position, st.integers(0, 999), st.integers(0, 99)),
    st.from_regex(r"[0-9a-f]{6}", fullmatch=True),
    st.booleans(),
)


@given(places, st.sampled_from(["page", "sources", "share", "report"]))
def test_a_place_survives_the_round_trip_within_discord_s_length(place: Place, kind: str) -> None:
    custom_id = getattr(custom_ids, kind)(place)
    assert custom_id
    assert len(custom_id) <= limits.CUSTOM_ID
    match = re.fullmatch(getattr(custom_ids, kind.upper()), custom_id)
    assert match
    assert custom_ids.place(match.groupdict()) == place
    assert not re.fullmatch(custom_ids.FOREIGN, custom_id)


@pytest.mark.parametrize("custom_id", ["dl0:p:abc", "vote:1", "dl1:p:", "x" * 100])
def test_anything_else_is_foreign(custom_id: str) -> None:
    assert re.fullmatch(custom_ids.FOREIGN, custom_id)
    known = (custom_ids.PAGE, custom_ids.SOURCES, custom_ids.OFFER, custom_ids.CHOICE, custom_ids.TIMELINE)
    assert not any(re.fullmatch(form, custom_id) for form in known)


def test_what_would_be_too_long_gets_no_button() -> None:
    assert custom_ids.page(Place("r" * 99, Position(), "abcdef")) is None
    assert custom_ids.offer("topic", "t" * 99, private=True) is None
