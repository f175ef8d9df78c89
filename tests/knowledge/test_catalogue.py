"""What is looked up rather than asked: facts, sources, timelines, completions, and what cards showed before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from knowledge.library import Changes, Library
from knowledge.model import Outcome, Reason, Request
from tests.knowledge.conftest import open_library
from tests.knowledge.second_base import edit

HEIGHT = "gazette/height-february"


@pytest_asyncio.fixture
async def library(garden: Path) -> AsyncIterator[Library]:
    """The second base, opened."""
    opened = await open_library(garden)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    "request_",
    [
        Request("brief", "titan arum"),
        Request("brief", "titan arum", "2031-02-06"),
        Request("ask", "how tall is the titan arum"),
        Request("ask", "how tall is the titan arum", "2031-02-28"),
        Request("ask", "how tall is the titan arum" + "?" * 80),
        Request("ask", "how tall is\nthe titan arum"),
    ],
    ids=str,
)
async def test_an_answer_is_recalled_by_its_ref(library: Library, request_: Request) -> None:
    answer = await library.answer(request_)
    assert answer.outcome is Outcome.ANSWER
    assert len(answer.ref) <= 80
    assert answer.ref.isprintable()
    recalled = await library.recall(answer.ref)
    assert recalled
    assert [[match.fact for match in page] for page in recalled.pages] == [
        [match.fact for match in page] for page in answer.pages
    ]
    assert recalled.request.as_of == request_.as_of


@pytest.mark.parametrize("as_of", [None, "2031-02-11", "2031-02-12"])
async def test_a_long_question_is_recalled_with_all_of_a_long_series(garden: Path, as_of: str | None) -> None:
    """More values than a ref has room for, and none that had not been reported by the day."""
    _measure_daily(garden)
    library = await open_library(garden)
    try:
        answer = await library.answer(Request("ask", "how tall is the titan arum" + "?" * 80, as_of))
        recalled = await library.recall(answer.ref)
        assert recalled
        assert {match.fact.id for match in recalled.first_page} == {match.fact.id for match in answer.first_page}
        assert (len(answer.first_page) > 12) == (as_of != "2031-02-11")
    finally:
        await library.close()


def _measure_daily(garden: Path) -> None:
    """Give the height of the titan arum on twelve more days, all of them reported by the later source."""
    herald = (garden / "base" / "sources" / "herald.yaml").read_text(encoding="utf-8")
    start = herald.index("  - id: height-january")
    january = herald[start : herald.index("    asks:", start)]
    others = [january.replace("height-january", f"height-{day}").replace("10", str(day)) for day in range(11, 23)]
    edit(garden / "base", "sources/herald.yaml", january, "".join([*others, january]))


@pytest.mark.parametrize("ref", ["", "t=", "t=nothing", "q=ask:pizza in oslo", "f=AAAAAAAA", "l=nothing:/", "z=1", "x"])
async def test_a_ref_of_nothing_is_recalled_as_nothing(library: Library, ref: str) -> None:
    assert await library.recall(ref) is None


async def test_a_timeline_is_in_date_order_within_the_days_asked_for(library: Library) -> None:
    answer = await library.timeline(Request("timeline", "titan arum"))
    days = [match.fact.when for page in answer.pages for match in page]
    assert days == sorted(days, key=str)
    assert len(days) > 2
    part = await library.timeline(Request("timeline", "titan arum"), start="2031-02-04", end="2031-02")
    assert {match.fact.when for page in part.pages for match in page} < set(days)
    assert all(str(match.fact.when) >= "2031-02-04" for page in part.pages for match in page)
    recalled = await library.recall(part.ref)
    assert recalled
    assert (recalled.pages, recalled.request.start, recalled.ref) == (part.pages, "2031-02-04", part.ref)


async def test_a_timeline_holds_only_what_is_on_its_topic(library: Library) -> None:
    """The count of another person, which the card of a topic tells beside hers, is no event of her own."""
    told = {match.fact.id for page in (await library.answer(Request("brief", "ada fenwick"))).pages for match in page}
    assert {"gazette/visitors", "herald/visitors"} <= told
    assert await _events(library, "ada fenwick") == ["gazette/visitors"]


async def test_what_lasted_until_a_day_stands_at_that_day(garden: Path) -> None:
    edit(garden / "base", "sources/herald.yaml", "when: 2031-02-07", "when: ../2031-02-07")
    library = await open_library(garden)
    try:
        events = await _events(library, "marn garden")
        assert events[-2:] == ["herald/boiler", "herald/council"]
    finally:
        await library.close()


async def test_what_is_dated_by_its_report_alone_is_no_event(garden: Path) -> None:
    dated = "when: {}\n    when_basis: inferred"
    edit(garden / "base", "sources/gazette.yaml", dated.format("2031-02"), dated.format("2031-02-05"))
    library = await open_library(garden)
    try:
        assert "gazette/ticket" not in await _events(library, "palm house")
    finally:
        await library.close()


async def _events(library: Library, topic: str) -> list[str]:
    answer = await library.timeline(Request("timeline", topic))
    return [match.fact.id for page in answer.pages for match in page]


async def test_a_timeline_without_anything_in_it_is_no_answer(library: Library) -> None:
    answer = await library.timeline(Request("timeline", "titan arum"), end="1999")
    assert (answer.outcome, answer.reason, answer.pages) == (Outcome.NONE, Reason.NOT_COVERED, ())
    assert answer.subject
    assert answer.subject.id == "titan-arum"


async def test_a_fact_is_found_by_id_by_key_and_by_offered_name(library: Library) -> None:
    view = await library.fact(HEIGHT)
    assert view
    assert view.series
    assert [topic.name for topic in view.topics] == ["Titan arum"]
    assert {rival.series for rival in view.rivals} == {"height"}
    assert {c.source for one in (view.fact, *view.rivals) for c in one.citations} == set(view.sources)
    key = view.ref.partition("=")[2]
    offered = next(one for one in library.complete("fact", HEIGHT) if one.value == HEIGHT)
    for typed in (key, offered.name, f" {HEIGHT.upper()} "):
        assert await library.fact(typed) == view, typed
    assert await library.fact("gazette/none-such") is None


async def test_sources_are_found_by_id_by_offered_name_and_by_words(library: Library) -> None:
    offered = {one.value: one.name for one in library.complete("source", "")}
    assert [one.id for one in library.sources_named("gazette")] == ["gazette"]
    assert [one.id for one in library.sources_named(offered["herald"])] == ["herald"]
    assert [one.id for one in library.sources_named("giant flower")] == ["gazette"]
    assert library.sources_named("oslo") == library.sources_named("…") == []
    view = await library.source("gazette")
    assert view
    paragraphs = [min(c.paragraphs) for fact in view.facts for c in fact.citations if c.source == "gazette"]
    assert paragraphs == sorted(paragraphs)


async def test_an_answer_of_a_day_cites_nothing_that_came_later(garden: Path) -> None:
    """A fact that other sources repeat carries only those citations that had been published by then."""
    library = await open_library(garden)
    try:
        now = await library.answer(Request("brief", "titan arum"))
        then = await library.answer(Request("brief", "titan arum", "2031-02-05"))
        cited = {c.source for page in then.pages for match in page for c in match.fact.citations}
        assert all(library.sources[source].published <= "2031-02-05" for source in cited)
        assert cited < {c.source for page in now.pages for match in page for c in match.fact.citations}
    finally:
        await library.close()


async def test_a_fact_is_reported_from_the_first_of_its_sources_on(garden: Path) -> None:
    """What an earlier source carries as well was known by then, and stands there with that source alone."""
    edit(garden / "base", "sources/herald.yaml", "cites: [2]", "cites: [2]\n    also: {gazette: [3]}")
    library = await open_library(garden)
    try:
        answer = await library.answer(Request("ask", "how tall was the corpse flower in January", "2031-02-05"))
        first = answer.first_page[0].fact
        assert (first.id, [c.source for c in first.citations]) == ("herald/height-january", ["gazette"])
    finally:
        await library.close()


async def test_what_became_of_the_facts_of_a_card_is_told_from_the_base_it_was_made_from(garden: Path) -> None:
    library = await open_library(garden)
    try:
        before = library.revision[:6]
        card = (await library.answer(Request("brief", "titan arum"))).ref
        edit(garden / "base", "sources/gazette.yaml", "id: smell\n", "id: fish\n")
        edit(garden / "base", "sources/gazette.yaml", "2031, Ada Fenwick said.", "2031, said Ada Fenwick.")
        await library.reload()
        expected = Changes(changed=("gazette/visitors",), withdrawn=("gazette/smell",))
        assert await library.changes(card, before) == expected
        view = await library.fact("gazette/visitors")
        assert view
        assert await library.changes(view.ref, before) == Changes(("gazette/visitors",), ())
        assert await library.changes("s=herald", before) == Changes((), ())
        assert await library.changes(card, library.revision[:6]) == Changes((), ())
        for unknown in ("ffffff", "*", "../x"):
            assert await library.changes(card, unknown) is None
    finally:
        await library.close()


async def test_completion_leads_from_every_spelling_to_the_canonical_name(library: Library) -> None:
    for typed in ("titan arrum", "corpse", "الأروم", "amorphoph", "TITAN"):
        assert library.complete("topic", typed)[0] == ("Titan arum", "titan-arum"), typed
    assert library.complete("topic", "", limit=3)[0] == ("Marn Garden", "marn-garden")
    assert len(library.complete("topic", "", limit=3)) == 3


async def test_facts_are_completed_by_slug_by_words_in_any_order_and_by_what_they_answer(library: Library) -> None:
    for typed, fact in (
        ("gazette/vis", "gazette/visitors"),
        ("height-february", HEIGHT),
        ("metres titan", HEIGHT),
        ("how tall", HEIGHT),
    ):
        assert fact in [choice.value for choice in library.complete("fact", typed, limit=3)], typed
    assert library.complete("fact", "oslo pizza") == []


async def test_facts_are_offered_by_priority_when_nothing_is_typed(library: Library) -> None:
    facts = {fact.id: fact.priority for fact in await library.facts()}
    priorities = [facts[choice.value] for choice in library.complete("fact", "")]
    assert priorities == sorted(priorities)
    assert priorities[0] < priorities[-1]
