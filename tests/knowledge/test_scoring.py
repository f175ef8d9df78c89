"""Each piece of evidence by its name: what raises it and what lowers it, as its own text says. No weight is pinned."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import scoring
from knowledge.bags import Bag, Spoken, weight_of
from knowledge.lanes import Lanes, scaled
from knowledge.naming import Reading, Unit
from knowledge.scoring import AGAINST, CONFIDENCE_EVIDENCE, EVIDENCE, FOR, Nearest, Weights


def a_word(word: str) -> Unit:
    """A word without a topic."""
    return Unit(word, frozenset({word}))


def a_name(topic: str) -> Unit:
    """A name that leads to one topic."""
    return Unit(topic, frozenset({f"t:{topic}"}), (topic,), (topic,))


def a_number(shown: str) -> Unit:
    """A figure or a year."""
    return Unit(shown, frozenset({shown}), number=True)


def a_phrase(*words: str) -> Lanes:
    """A way of asking, by its keys."""
    return Lanes.of([[[word] for word in words]])


def a_bag(*statement: str, **fields: Any) -> Bag:
    """A fact with these keys in its statement."""
    return Bag(**{"statement": frozenset(statement), **fields})


SPOKEN = Spoken({"who": 60, "why": 40, "ship": 5, "left": 5}, 100)


def worded(*every: str, statement: tuple[str, ...] = ()) -> Bag:
    """A fact with these ways of asking, word for word."""
    return a_bag(*statement, wordings=Lanes.of([wording.split()] for wording in every)).weighed(SPOKEN)


def strengths(*units: Unit, bag: Bag, frequencies: dict[str, int] | None = None, **reading: Any) -> dict[str, float]:
    """The evidence that *bag* answers a question of *units*, in a base of a hundred facts that knows its words."""
    known = {key: 5 for unit in units for key in unit.keys} if frequencies is None else frequencies
    asked = scoring.ask(Reading(" ".join(unit.shown for unit in units), units, **reading), known, 100, SPOKEN)
    return scoring.evidence(asked, bag)


ALONE = scoring.Field(0.0, 0.0, 0.0, Nearest(), Nearest(), Nearest())
"""A best fact with nothing beside it."""
PORT, SHIP = a_name("port"), a_word("ship")
SIZE, AGE = {"aspects": frozenset({"size"})}, {"aspects": frozenset({"age"})}
COUNTED = {"wanted": (SHIP,)}
ON_PORT = {"topics": ("port",)}

STRONGER = [
    ("covered", [SHIP], a_bag("ship"), a_bag("tree")),
    ("covered", [SHIP], a_bag(phrases=a_phrase("ship")), a_bag()),
    ("stated", [SHIP], a_bag("ship"), a_bag(phrases=a_phrase("ship"))),
    ("asked_alike", [SHIP], a_bag(phrases=a_phrase("ship")), a_bag(phrases=a_phrase("ship", "crew"))),
    ("asked_alike", [SHIP, a_word("crew")], a_bag(phrases=a_phrase("ship", "crew")),
     a_bag(phrases=a_phrase("ship"))),
    ("asked_share", [SHIP], a_bag(phrases=a_phrase("ship")), a_bag(phrases=a_phrase("tree"))),
    ("phrase_share", [SHIP], a_bag(phrases=a_phrase("ship")), a_bag(phrases=a_phrase("ship", "crew"))),
    ("topics_carried", [PORT], a_bag(**ON_PORT), a_bag(topics=("quay",))),
    ("main_topic", [PORT], a_bag(**ON_PORT), a_bag(topics=("quay", "port"))),
    ("worst_miss", [SHIP, a_word("crew")], a_bag("crew"), a_bag("ship", "crew")),
    ("topic_miss", [PORT, SHIP], a_bag("ship", topics=("quay",)), a_bag("ship", **ON_PORT)),
    ("speaker", [PORT], a_bag(speakers=frozenset({"port"})), a_bag(**ON_PORT)),
    ("number_miss", [a_number("47")], a_bag(numbers=frozenset({"40"})), a_bag(numbers=frozenset({"47"}))),
    ("premise", [SHIP], a_bag(premises=a_phrase("ship")), a_bag(phrases=a_phrase("ship"))),
    ("priority", [SHIP], a_bag("ship", priority=1), a_bag("ship", priority=2)),
    ("preferred", [SHIP], a_bag("ship", preferred=True), a_bag("ship")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "units", "more", "less"), [pytest.param(*case, id=f"{case[0]} {n}") for n, case in enumerate(STRONGER)]
)
def test_evidence_is_stronger_where_its_text_says_so(name: str, units: list[Unit], more: Bag, less: Bag) -> None:
    assert strengths(*units, bag=more)[name] > strengths(*units, bag=less)[name]


@pytest.mark.parametrize(
    ("name", "asked", "given", "strength"),
    [
        pytest.param("aspect", SIZE, SIZE, 1.0, id="aspect given"),
        pytest.param("aspect", SIZE, AGE, -1.0, id="another aspect"),
        pytest.param("aspect", {}, AGE, 0.0, id="no aspect asked for"),
        pytest.param("kind", {"answer_kinds": ("time",)}, {"answers": frozenset({"time"})}, 1.0, id="kind given"),
        pytest.param("kind", {"answer_kinds": ("time",)}, {"gives": frozenset({"time"})}, 0.0, id="kind at hand"),
        pytest.param("kind", {"answer_kinds": ("time",)}, {"answers": frozenset({"person"})}, -1.0, id="another kind"),
        pytest.param("kind", {}, {"answers": frozenset({"person"})}, 0.0, id="no kind asked for"),
        pytest.param("wanted", COUNTED, {"statement": frozenset({"ship"})}, 1.0, id="thing counted is there"),
        pytest.param("wanted", COUNTED, {}, -1.0, id="thing counted is not there"),
        pytest.param("wanted", {}, {}, 0.0, id="nothing counted"),
        pytest.param("compared", {"compares": True}, {"series": "size"}, 1.0, id="one of several values"),
        pytest.param("compared", {"compares": True}, {}, -1.0, id="the only value"),
        pytest.param("compared", {}, {"series": "size"}, 0.0, id="no comparison asked for"),
        pytest.param(
            "counted", COUNTED, {"counted": frozenset({"ship"})}, 1.0, id="what the figure counts is wanted"
        ),
        pytest.param(
            "counted", COUNTED, {"counted": frozenset({"crew"})}, -1.0, id="the figure counts another thing"
        ),
        pytest.param("counted", COUNTED, {}, 0.0, id="no figure"),
    ],
)  # fmt: skip
def test_what_is_asked_for_counts_for_against_or_not(
    name: str, asked: dict[str, Any], given: dict[str, Any], strength: float
) -> None:
    bag = Bag(**{"statement": frozenset(), **given})
    assert strengths(SHIP, bag=bag, **asked)[name] == strength


def test_words_that_occur_nowhere_are_evidence_of_a_question_out_of_reach() -> None:
    known = strengths(SHIP, bag=a_bag("ship"))
    strange = strengths(SHIP, a_word("pizza"), bag=a_bag("ship"), frequencies={"ship": 5})
    assert (known["unknown"], strange["unknown"] > 0.4) == (0.0, True)


def test_function_words_tell_one_way_of_asking_from_another() -> None:
    """Who left the ship, and why the ship was left: all that carries content is the same."""
    who, why = worded("who left ship", "how big is the ship"), worded("why left ship")
    asked: dict[str, Any] = {"stems": frozenset({"who", "left", "ship"})}
    assert strengths(SHIP, bag=who, **asked)["worded"] == pytest.approx(1.0, abs=0.001)
    assert 0.5 < strengths(SHIP, bag=why, **asked)["worded"] < 0.95
    assert strengths(SHIP, bag=why, **asked)["worded_share"] < strengths(SHIP, bag=who, **asked)["worded_share"]


def test_all_ways_of_asking_together_tell_what_is_mostly_asked_for() -> None:
    """A word that each of them has counts more than one that stands in a single one, though it may be as rare."""
    bag = worded("who left ship", "who was it that left", "left by whom", "ship left")
    often, once = (strengths(SHIP, bag=bag, stems=frozenset({stem, "gone"}))["gist"] for stem in ("left", "ship"))
    assert often > once > strengths(SHIP, bag=bag, stems=frozenset({"gone"}))["gist"] == 0.0
    assert strengths(SHIP, bag=worded("who left ship"), stems=frozenset({"who", "left", "ship"}))["gist"] == (
        pytest.approx(1.0, abs=0.001)
    )


def test_the_words_that_no_wording_of_the_best_fact_has_speak_against_it() -> None:
    asked = scoring.ask(
        Reading("who left ship", (SHIP,), stems=frozenset({"who", "left", "ship"})), {"ship": 5}, 100, SPOKEN
    )
    near, far = (worded(wording, statement=("ship",)) for wording in ("why left ship", "why ship"))
    told = [scoring.confidence_evidence(asked, bag, scoring.evidence(asked, bag), ALONE) for bag in (near, far)]
    assert told[0]["word_missed"] == pytest.approx(scaled(weight_of(60, 100)) / SPOKEN.unheard)
    assert told[1]["word_missed"] == pytest.approx(scaled(weight_of(5, 100)) / SPOKEN.unheard)
    assert told[0]["words_missed"] < told[1]["words_missed"]


def test_rare_words_weigh_more() -> None:
    assert weight_of(1, 1000) > weight_of(10, 1000) > weight_of(900, 1000) > 0


def test_a_broader_topic_carries_less_than_the_topic_itself() -> None:
    own, below, none = (
        strengths(PORT, bag=bag)["topics_carried"]
        for bag in (a_bag(**ON_PORT), a_bag(topics=("quay",), broader=frozenset({"port"})), a_bag(topics=("hill",)))
    )
    assert own > below > none


def test_every_piece_of_evidence_is_given_and_explained() -> None:
    given = strengths(SHIP, bag=a_bag("ship"))
    assert set(given) == set(EVIDENCE)
    assert all(EVIDENCE.values())
    assert all(CONFIDENCE_EVIDENCE.values())


def test_confidence_is_judged_on_what_it_says() -> None:
    bag = a_bag("ship")
    asked = scoring.ask(Reading("ship", (SHIP,)), {"ship": 5}, 100, SPOKEN)
    given = scoring.confidence_evidence(asked, bag, scoring.evidence(asked, bag), ALONE)
    assert set(given) == set(CONFIDENCE_EVIDENCE)


def test_the_rival_of_a_named_topic_speaks_against_a_fact_unless_it_is_about_both() -> None:
    rivals = {"port": frozenset({"fort"})}
    asked = scoring.ask(
        Reading("port", (PORT,)), {"t:port": 5}, 100, SPOKEN, lambda topic: rivals.get(topic, frozenset())
    )
    found = [
        scoring.evidence(asked, a_bag(topics=topics))["rival"] for topics in (("fort",), ("fort", "port"), ("port",))
    ]
    assert found == [1.0, 0.0, 0.0]


def test_a_series_as_a_whole_may_hold_what_one_of_its_facts_does_not() -> None:
    crew = a_word("crew")
    asked = scoring.ask(Reading("ship crew", (SHIP, crew)), {"ship": 5, "crew": 5}, 100, SPOKEN)
    alone, whole = a_bag("ship"), a_bag("ship", "crew")
    assert scoring.evidence(asked, alone, whole)["together"] == pytest.approx(0.5)
    assert scoring.evidence(asked, whole, whole)["together"] == 0.0


def test_every_weight_belongs_to_a_piece_of_evidence() -> None:
    """A weight under a name that nothing gives would count for nothing, unseen."""
    weights = Weights.shipped()
    assert set(weights.ranking) == {"bias", *EVIDENCE}
    assert set(weights.trees.names) <= set(CONFIDENCE_EVIDENCE)
    assert 0 <= weights.suggest_from <= weights.answer_from <= 1


def test_confidence_follows_the_evidence() -> None:
    """All for and nothing against answers; nothing for and all against does not even suggest."""
    weights = Weights.shipped()
    nothing = dict.fromkeys(CONFIDENCE_EVIDENCE, 0.0)
    held = {**nothing, **dict.fromkeys(FOR, 1.0), "ranking": 14.0, "lead": 3.0, "explained": 1.0, "carried": 1.5}
    missed = {"missed": 2.0, "rarest_missed": 1.0, "strangers": 3.0, "open_alike": 1.0, "open_lead": 1.0}
    unworded = {"words_missed": 2.0, "word_missed": 1.0, "open_worded": 1.0, "open_worded_lead": 1.0}
    unworded |= {"open_gist": 1.0, "open_gist_lead": 1.0}
    assert weights.confidence(held) > 0.8 > weights.answer_from
    assert weights.confidence({**nothing, **dict.fromkeys(AGAINST, 1.0), **missed, **unworded}) < weights.suggest_from


@settings(deadline=None)
@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_probability_keeps_the_order_and_stays_within_nought_and_one(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= scoring.probability(low) <= scoring.probability(high) <= 1.0


def test_evidence_without_a_weight_counts_nothing() -> None:
    assert scoring.score({"a": 2.0, "b": 9.0}, {"bias": 1.0, "a": 0.5}) == 2.0
