"""The benchmark's corpus and queries are what they say; judged on the sentences alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from knowledge import text
from tests.bench import corpus, queries
from tests.bench.corpus import Corpus
from tests.bench.queries import KINDS, Query

SIZE = 600
EACH = 12


@pytest.fixture(scope="module")
def made() -> Corpus:
    return corpus.make(SIZE)


@pytest.fixture(scope="module")
def asked(made: Corpus) -> list[Query]:
    return queries.make(made, each=EACH)


def holding_all(made: Corpus, keywords: tuple[str, ...]) -> list[int]:
    """The numbers of the facts whose sentence holds every keyword, found by reading all sentences."""
    patterns = [re.compile(rf"\b{word[:-1]}" if word.endswith("*") else rf"\b{word}\b") for word in keywords]
    stemmed = (" ".join(text.stem(word) for word in text.fold(fact.sentence).split()) for fact in made.facts)
    return [number for number, stems in enumerate(stemmed, start=1) if all(one.search(stems) for one in patterns)]


def test_the_same_size_and_seed_give_the_same_corpus_and_queries(made: Corpus, asked: list[Query]) -> None:
    again = corpus.make(SIZE)
    assert again == made
    assert queries.make(again, each=EACH) == asked


def test_another_seed_gives_other_facts_and_queries(made: Corpus, asked: list[Query]) -> None:
    assert corpus.make(SIZE, seed=2).facts != made.facts
    assert queries.make(made, each=EACH, seed=2) != asked


def test_facts_have_fifteen_to_thirty_words_and_one_to_three_names(made: Corpus) -> None:
    assert {len(fact.sentence.split()) for fact in made.facts} == set(range(15, 31))
    assert {len(fact.names) for fact in made.facts} == {1, 2, 3}


def test_the_vocabulary_grows_with_the_corpus(made: Corpus) -> None:
    assert len(corpus.make(4 * SIZE).stems) > 1.4 * len(made.stems)


def test_there_are_as_many_queries_of_each_kind_as_asked_for(asked: list[Query]) -> None:
    assert Counter(query.kind for query in asked) == dict.fromkeys(KINDS, EACH)


def test_every_answerable_query_has_exactly_one_fact_that_holds_all_its_keywords(
    made: Corpus, asked: list[Query]
) -> None:
    held = [query for query in asked if query.kind != "unanswerable"]
    assert {query: holding_all(made, query.keywords) for query in held} == {query: [query.target] for query in held}


def test_no_fact_holds_all_keywords_of_an_unanswerable_query(made: Corpus, asked: list[Query]) -> None:
    without = [query for query in asked if query.kind == "unanswerable"]
    assert {query: holding_all(made, query.keywords) for query in without} == {query: [] for query in without}
    assert {query.target for query in without} == {0}


@pytest.mark.parametrize(
    ("kind", "misspelt"), [("exact", {0}), ("typo", {1}), ("typos", {1, 2}), ("unanswerable", {0})]
)
def test_typos_make_words_that_the_base_does_not_have(
    made: Corpus, asked: list[Query], kind: str, misspelt: set[int]
) -> None:
    """How many typed words of a query are not its keywords, whatever their ending."""
    chosen = [query for query in asked if query.kind == kind]
    function = set(map(text.stem, corpus.FUNCTION_WORDS))
    left = [set(map(text.stem, text.fold(query.text).split())) - {*query.keywords} - function for query in chosen]
    assert {len(words) for words in left} == misspelt
    assert not any(words & set(made.stems) for words in left)
