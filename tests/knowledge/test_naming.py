"""Words as typed -> topics, aspects, kinds of answer, repaired typos; variants are data, fuzziness is for typos."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Alias, AnswerKind, Aspect, Topic, Vocabulary
from knowledge.naming import MAX_WORDS, Lexicon
from tests.builders import a_topic

FLOOR, GAP = 74, 8


def an_alias(text: str, lang: str = "en", kind: str = "transliteration") -> Alias:
    """Another spelling."""
    return Alias(text, lang, kind)


TOPICS: tuple[Topic, ...] = (
    a_topic("sirte", names=(("ar", "سرت"),), aliases=(an_alias("Surt"), an_alias("Sirt"))),
    a_topic("es-sider", name="Es Sider", aliases=(an_alias("Sidra"), an_alias("As Sidr")), distinct=("sirte",)),
    a_topic("zliten", aliases=(an_alias("Zlitan"),), distinct=("zintan",)),
    a_topic("zintan"),
    a_topic("tunis", distinct=("tunisia",)),
    a_topic("tunisia", type="country"),
    a_topic("islamic-state", name="Islamic State", aliases=(an_alias("IS", kind="acronym"), an_alias("Daesh"))),
    a_topic("united-states", name="United States", aliases=(an_alias("US", kind="acronym"),)),
    a_topic("nato", name="NATO"),
    a_topic("orrell", name="Agnes Orrell", aliases=(an_alias("Orrell"), an_alias("Agnes Orell"))),
    a_topic("port-a", name="Port Authority", aliases=(an_alias("PA", kind="acronym"),), distinct=("press",)),
    a_topic("press", name="Press Agency", aliases=(an_alias("PA", kind="acronym"),)),
    a_topic("oil", name="National Oil Corporation", parent="united-states"),
)
VOCABULARY = Vocabulary(
    aspects=(Aspect("production", "Production", ("output", "pumping", "barrels a day")),),
    answer_kinds=(
        AnswerKind("quantity", ("how many", "كم")),
        AnswerKind("person", ("who",)),
        AnswerKind("time", ("when",)),
        AnswerKind("confirmation", ("did", "is")),
        AnswerKind("choice", ("which",)),
    ),
    synonyms=(("air strike", "raid", "bombing"), ("drug", "medicine")),
    function_words=("is", "us", "the", "in", "of", "who", "how", "many", "did", "when", "which", "do", "كم"),
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Some towns, groups and words, with a few words that facts use."""
    made = Lexicon(TOPICS, VOCABULARY, is_ordinary=lambda word: word == "tanks")
    made.learn(["terminal", "terminals", "hospital", "barrel", "coast", "coats"])
    return made


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        pytest.param("Sirte", ("sirte",), id="name"),
        pytest.param("SURT", ("sirte",), id="alias in capitals"),
        pytest.param("سرت", ("sirte",), id="Arabic name"),
        pytest.param("سِرْت", ("sirte",), id="Arabic name with vowel marks"),
        pytest.param("السرت", ("sirte",), id="Arabic name with the article"),
        pytest.param("es-sider", ("es-sider",), id="id"),
        pytest.param("Sider", ("es-sider",), id="name without its article"),
        pytest.param("al-Sidra", ("es-sider",), id="alias with another article"),
        pytest.param("Tunisia's", ("tunisia",), id="possessive"),
        pytest.param("PA", ("port-a", "press"), id="alias that two own"),
        pytest.param("Sirtee", (), id="typo is no name"),
        pytest.param("Sirte today", (), id="more than the name"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_a_whole_text_is_a_name_or_none(lexicon: Lexicon, typed: str, topics: tuple[str, ...]) -> None:
    assert lexicon.named(typed) == topics


@pytest.mark.parametrize(
    ("typed", "topics"),
    [
        pytest.param("did IS shell the coast", ("islamic-state",), id="capitals name the group"),
        pytest.param("who is in sirte", ("sirte",), id="small letters are the verb"),
        pytest.param("did the US strike", ("united-states",), id="capitals name the country"),
        pytest.param("tell us who", (), id="small letters are the pronoun"),
        pytest.param("national oil corporation in tunis", ("oil", "tunis"), id="longest name first"),
        pytest.param("zliten and zintan", ("zliten", "zintan"), id="both of a pair that must not be confused"),
        pytest.param("كم قتيلا في سرت", ("sirte",), id="Arabic sentence"),
    ],
)
def test_names_are_found_in_a_sentence(lexicon: Lexicon, typed: str, topics: tuple[str, ...]) -> None:
    assert lexicon.read(typed, repair=True).topics == topics


class TestRepair:
    """Typos: a floor, a gap, and never a guess between things that must not be confused."""

    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            pytest.param("hospitl", "hospital", id="letter left out"),
            pytest.param("hopsital", "hospital", id="letters swapped"),
            pytest.param("terminl", "terminal", id="singular before plural"),
            pytest.param("daehs", "daesh", id="a name's letters swapped"),
            pytest.param("caost", "coast", id="swapped letters before another letter"),
            pytest.param("orell", "orrell", id="misspelt surname, listed within a longer name"),
        ],
    )
    def test_an_unknown_word_is_read_as_the_nearest_known_one(self, lexicon: Lexicon, typed: str, read: str) -> None:
        reading = lexicon.read(f"who {typed}", repair=True)
        assert (reading.repairs, reading.unsure) == (((typed, read),), ())
        assert reading.units[0].keys == lexicon.read(f"who {read}").units[0].keys

    @pytest.mark.parametrize(
        "typed",
        [
            pytest.param("oli", id="three letters"),
            pytest.param("xy", id="two letters"),
            pytest.param("coast", id="known word"),
            pytest.param("tanks", id="ordinary word that no fact uses"),
            pytest.param("2031", id="number"),
            pytest.param("qqqqqqqq", id="nothing near"),
            pytest.param('"hospitl"', id="in quotation marks"),
            pytest.param("«hospitl»", id="in other quotation marks"),
        ],
    )
    def test_what_is_no_typo_stays_as_it_is(self, lexicon: Lexicon, typed: str) -> None:
        reading = lexicon.read(typed, repair=True)
        assert (reading.repairs, reading.unsure) == ((), ())

    def test_words_equally_near_are_told_as_several(self, lexicon: Lexicon) -> None:
        reading = lexicon.read("coas", repair=True)
        assert (reading.repairs, reading.unsure) == ((), (("coas", ("coast", "coats")),))

    @pytest.mark.parametrize("typed", ["zlintan", "zinten", "zliten", "zintan", "tunisi", "tuniss"])
    def test_a_typo_never_crosses_a_not(self, lexicon: Lexicon, typed: str) -> None:
        """Whatever stands between two rivals is a choice, not a guess."""
        reading = lexicon.read(typed, repair=True)
        assert reading.topics == ((typed,) if typed in lexicon.topics else ())

    def test_an_arabic_word_is_read_without_the_particle_written_before_it(self, lexicon: Lexicon) -> None:
        reading = lexicon.read("لسرت", repair=True)
        assert (reading.topics, reading.repairs) == (("sirte",), ())

    def test_without_repair_nothing_is_repaired(self, lexicon: Lexicon) -> None:
        assert lexicon.read("hospitl").repairs == ()


class TestResembling:
    """A whole name with a typo in it."""

    @pytest.mark.parametrize(
        ("typed", "topics"),
        [
            pytest.param("islamic stat", ("islamic-state",), id="near one"),
            pytest.param("national oil corporaton", ("oil",), id="near a long one"),
            pytest.param("natoo", ("nato",), id="short name"),
            pytest.param("nto", (), id="three letters"),
            pytest.param("atlantis", (), id="near none"),
        ],
    )
    def test_only_what_is_near_enough_is_read(self, lexicon: Lexicon, typed: str, topics: tuple[str, ...]) -> None:
        assert lexicon.resembling(typed, floor=FLOOR, gap=GAP) == topics

    @pytest.mark.parametrize("typed", ["zlintan", "tunisi", "tuniss"])
    def test_a_rival_is_always_named_beside_it(self, lexicon: Lexicon, typed: str) -> None:
        found = lexicon.resembling(typed, floor=FLOOR, gap=GAP)
        assert len(found) != 1 or not lexicon.topics[found[0]].distinct


def test_the_kind_of_answer_asked_for_is_read_from_the_vocabulary(lexicon: Lexicon) -> None:
    kinds = {
        typed: lexicon.read(typed).answer_kinds
        for typed in ("how many tanks", "who leads", "when", "tanks did", "did it", "كم")
    }
    assert kinds == {
        "how many tanks": ("quantity",),
        "who leads": ("person",),
        "when": ("time",),
        "tanks did": (),
        "did it": ("confirmation",),
        "كم": ("quantity",),
    }


def test_what_is_counted_are_the_two_units_after(lexicon: Lexicon) -> None:
    assert [unit.shown for unit in lexicon.read("how many hospitals in sirte").wanted] == ["hospitals", "sirte"]
    assert lexicon.read("hospitals in sirte").wanted == ()


def test_aspects_and_synonyms_are_read_from_the_vocabulary(lexicon: Lexicon) -> None:
    assert lexicon.read("barrels a day").aspects == {"production"}
    strike, raid, other = (lexicon.read(typed).units[0].keys for typed in ("air strike", "raids", "terminal"))
    assert strike & raid
    assert not strike & other


def test_topics_above_are_known(lexicon: Lexicon) -> None:
    assert list(lexicon.ancestors("oil")) == ["united-states"]
    assert list(lexicon.ancestors("nowhere")) == []


def test_a_very_long_text_is_read_up_to_a_limit(lexicon: Lexicon) -> None:
    """Six thousand characters may be pasted; the work must stay small."""
    reading = lexicon.read(" ".join(f"word{letter}{other}" for letter in "abcdefghij" for other in "abcdefghij"))
    assert len(reading.units) == MAX_WORDS


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=60))
def test_reading_never_fails_and_reads_alike_with_and_without_repair(lexicon: Lexicon, typed: str) -> None:
    plain, repaired = lexicon.read(typed), lexicon.read(typed, repair=True)
    assert plain.folded == repaired.folded
    if not repaired.repairs and not repaired.unsure:
        assert plain == repaired
