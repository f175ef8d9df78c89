"""Folding: what people vary without meaning to makes no difference, everything else does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import text
from knowledge.text import Token


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("SIRTE", "sirte", id="case"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param("Tomás Ruíz", "tomas ruiz", id="accents"),
        pytest.param("es-Sider", "sider", id="article and hyphen"),
        pytest.param("Al Qaeda", "qaeda", id="article and space"),
        pytest.param("As-Sidr", "sidr", id="another article"),
        pytest.param("Bani Al", "bani al", id="article as the last word is a word"),
        pytest.param("Sha'ban’s", "shaban", id="apostrophe and possessive"),
        pytest.param("the mayor's plan", "the mayor plan", id="possessive inside"),
        pytest.param("U.S. and U.N.", "us and un", id="initials"),
        pytest.param("1,300,000 barrels", "1300000 barrels", id="thousands"),
        pytest.param("2.3 m", "2.3 m", id="decimal"),
        pytest.param("١٢٥ ميلا", "125 ميلا", id="Arabic digits"),
        pytest.param("١٬٣٠٠", "1300", id="Arabic thousands"),
        pytest.param("النِّفْط", "نفط", id="Arabic vowel marks and article"),
        pytest.param("والنفط", "نفط", id="Arabic conjunction and article"),
        pytest.param("للنفط", "نفط", id="Arabic preposition and article"),
        pytest.param("أحمد إلى آسيا", "احمد الي اسيا", id="Arabic letter forms"),
        pytest.param("مدرسة", "مدرسه", id="Arabic feminine ending"),
        pytest.param("ســرت", "سرت", id="Arabic lengthening"),
        pytest.param("Sirte سرت", "sirte سرت", id="both scripts"),
        pytest.param("ｓｉｒｔｅ", "sirte", id="full width"),
        pytest.param("sir\u200bte", "sirte", id="invisible joiner"),
        pytest.param("a\x00b", "a b", id="control character"),
        pytest.param("port OR", "port or", id="search syntax is words"),
        pytest.param('"', "", id="a lone quote"),
        pytest.param("…!? 🔥", "", id="no letter and no digit"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_typed_is_folded(typed: str, folded: str) -> None:
    assert text.fold(typed) == folded


def test_tokens_remember_capitals() -> None:
    """`IS` the group and `is` the verb are told apart by nothing else."""
    assert text.tokens("IS is in U.S.") == [
        Token("is", True),
        Token("is", False),
        Token("in", False),
        Token("us", True),
    ]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        pytest.param("bombings", "bomb", id="English"),
        pytest.param("2016", "2016", id="number"),
        pytest.param("حقول", "حقول", id="Arabic without an ending"),
    ],
)
def test_a_stem_is_a_word_without_its_endings(word: str, stem: str) -> None:
    assert text.stem(word) == stem


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60))
def test_folding_is_made_of_the_tokens_and_never_fails(typed: str) -> None:
    folded = text.fold(typed)
    assert folded == " ".join(token.word for token in text.tokens(typed))
    assert folded == folded.strip()
    assert all(text.stem(word) for word in folded.split())


@settings(deadline=None)
@given(st.text("abcdefghijklmnop ", max_size=40))
def test_case_and_punctuation_never_change_what_is_folded(typed: str) -> None:
    assert text.fold(typed.upper()) == text.fold(typed)
    assert text.fold(f"({typed})?!") == text.fold(typed)


MARKED = st.text("سرتبنغازيمصاد", min_size=3, max_size=10)


@settings(deadline=None)
@given(MARKED, st.lists(st.sampled_from("ًٌٍَُِّْ"), min_size=10, max_size=10))
def test_vowel_marks_never_change_what_is_folded(word: str, marks: list[str]) -> None:
    marked = "".join(letter + mark for letter, mark in zip(word, marks, strict=False))
    assert text.fold(marked) == text.fold(word)
