"""The numbers in brackets."""

from bot.citing import CitedSource, cite
from knowledge.model import Citation
from tests.builders import a_fact, a_source

DAILY, WIRE = a_source("daily"), a_source("wire")


def test_each_set_of_paragraphs_has_its_number_in_the_order_of_the_list() -> None:
    late = a_fact("daily/late", citations=(Citation("daily", (7,)),))
    twice = a_fact("wire/twice", citations=(Citation("wire", (1, 5)), Citation("daily", (2,))))
    citations = cite([late, twice], {"daily": DAILY, "wire": WIRE})
    assert citations.sources == (CitedSource(DAILY, ((1, (2,)), (2, (7,)))), CitedSource(WIRE, ((3, (1, 5)),)))
    assert citations.marks(late) == (2,)
    assert citations.marks(twice) == (1, 3)


def test_the_same_paragraphs_are_cited_once() -> None:
    facts = [a_fact("daily/a"), a_fact("daily/b")]
    assert cite(facts, {"daily": DAILY}).sources == (CitedSource(DAILY, ((1, (1,)),)),)
