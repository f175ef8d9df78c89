"""Cards as Discord gets them."""

from hypothesis import given
from hypothesis import strategies as st

from bot import limits, markdown
from bot.parts import START, Card, Position, Section
from knowledge.model import Citation, Request, Series
from tests.builders import COVERAGE, a_fact, a_topic, a_value, an_answer

LONG = "Ünïcödé wörds thät täke twö bytes each. " * 7


def test_a_whole_card_in_markdown() -> None:
    series = Series("toll", "lost", "rival")
    lead = a_fact("daily/lead", statement="A *starred* statement", series="toll", value=a_value("7"))
    rival = a_fact("daily/rival", series="toll", rank="deprecated", rank_reason="a slip")
    answer = an_answer(
        [lead, rival, a_fact("daily/aside")],
        series=[series],
        subject=a_topic(names=(("ar", "ميناء"),)),
        request=Request("brief", "port"),
    )
    assert markdown.fitting(answer, COVERAGE).texts == (
        "### Port · place\nميناء",
        "**A \\*starred\\* statement** [1]\n-# 7 January 2016 · Daily",
        "• What is known of aside. [1]\n-# 7 January 2016 · Daily",
        "**Accounts differ: lost**\n"
        "• **7 ships** · 7 January 2016 · Daily [1]\n"
        "• **What is known of rival.** · 7 January 2016 · Daily [1]\n"
        "-# set aside: a slip",
        "-# [1] Daily, 8 January 2016, “Report of the daily”, ¶1",
        "-# Base 01234567 · Harbours, 2016",
    )


@given(st.integers(1, 30), st.sampled_from([LONG[:300], "word " * 60, "سرت " * 75]), st.booleans())
def test_no_card_passes_a_limit_and_no_fact_is_lost(facts: int, statement: str, in_series: bool) -> None:
    """However long the facts are, turning the pages shows each of them whole, once."""
    series = [Series("toll", "lost", "rival")] if in_series else []
    made = [
        a_fact(
            f"daily/f{n}",
            statement=f"f{n}: {statement}"[:300],
            series="toll" if in_series else None,
            citations=(Citation("daily", (n + 1,)),),
        )
        for n in range(facts)
    ]
    answer = an_answer(made, series=series)
    position: Position | None = START
    seen: list[str] = []
    while position is not None:
        written = markdown.fitting(answer, COVERAGE, position)
        assert sum(map(len, written.texts)) <= limits.TEXT_CHARACTERS
        assert sum(len(text.encode()) + limits.TEXT_DISPLAY_BYTES for text in written.texts) <= limits.TEXT_BYTES
        seen += {entry.fact for entry in written.card.entries}
        position = written.card.next
    assert sorted(seen) == sorted(fact.id for fact in made)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.sampled_from([LONG[:300], "word " * 20]))
def test_full_cards_hold_whole_pages_where_they_can_and_back_leads_where_more_came_from(
    sizes: list[int], statement: str
) -> None:
    pages = [
        [a_fact(f"daily/p{page}f{n}", statement=statement) for n in range(size)] for page, size in enumerate(sizes)
    ]
    answer = an_answer(*pages)
    position: Position | None = START
    seen: list[str] = []
    places: list[Position] = []
    while position is not None:
        written = markdown.fitting(answer, COVERAGE, position, full=True)
        assert markdown.holds(written.texts)
        before = {place.page for place in places}
        assert written.card.previous is None or written.card.previous.page in before | {position.page}
        places.append(position)
        seen += dict.fromkeys(entry.fact for entry in written.card.entries)
        position = written.card.next
    assert seen == [fact.id for page in pages for fact in page]


def test_a_source_s_address_is_a_link_without_a_preview_and_anything_else_is_not() -> None:
    lines = (("Address", "https://example.org/a?b=c"), ("Address", "https://x.org/ <@1>"))
    card = Card(tone="notice", title="t", sections=(Section("", lines),))
    assert markdown.write(card).texts[1] == (
        "• **Address**: <https://example.org/a?b=c>\n• **Address**: https\\://x.org/ \\<@\u20601\\>"
    )
