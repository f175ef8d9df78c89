"""The commands that look something up, and the options that narrow an answer, over the wire."""

from __future__ import annotations

import re

import pytest

from bot import limits
from tests.bot.conftest import SHARED, Desk

pytestmark = SHARED

TOLL = "zliten-bombing/death-toll"


async def test_a_fact_is_found_by_its_id_and_by_the_name_it_is_offered_under(desk: Desk) -> None:
    offered = next(one for one in await desk.discord.autocomplete("/fact", "id", TOLL) if one.value == TOLL)
    for typed in (TOLL, offered.value, offered.name, f" {TOLL.upper()} "):
        reply = await desk.discord.slash("/fact", {"id": typed})
        assert reply.text.startswith(f"### Fact {TOLL}\n**At least 47 people "), typed
        assert "• **Value**: at least 47 people · killed\n" in reply.text
        assert [button.label for button in reply.buttons] == ["Sources", "Timeline", "Report"]
        assert not reply.private


async def test_a_fact_shows_the_other_values_of_its_series(desk: Desk) -> None:
    reply = await desk.discord.slash("/fact", {"id": "sabratha-air-strike/toll-mayor"})
    block = reply.text.partition("**Accounts differ: ")[2]
    for told in ("**up to 40 people**", "**41 people**", "**more than 40 people**", "preferred: "):
        assert told in block


async def test_words_of_a_fact_lead_to_a_choice_and_the_choice_to_the_fact(desk: Desk) -> None:
    offered = await desk.discord.slash("/fact", {"id": "libya"})
    assert offered.private
    assert "Which fact do you mean?" in offered.text
    assert offered.message
    (menu,) = offered.message.selects()
    assert 5 < len(menu["options"]) <= limits.SELECT_OPTIONS
    chosen = await desk.discord.choose(offered, [menu["options"][0]["value"]])
    assert chosen.text.startswith("### Fact ")
    assert not chosen.private


async def test_a_question_in_place_of_a_fact_s_id_is_understood(desk: Desk) -> None:
    offered = await desk.discord.slash("/fact", {"id": "how many people died in the Zliten bombing?", "private": True})
    assert TOLL in offered.text
    assert (await desk.discord.press(offered, label=TOLL)).private


async def test_a_wrong_id_is_refused_with_what_to_type(desk: Desk) -> None:
    reply = await desk.discord.slash("/fact", {"id": "no such-thing/zzqx"})
    assert reply.text == ("There is no fact 'no such-thing/zzqx'. Type a few of its words and choose from the list.")
    assert reply.private


async def test_a_source_is_found_by_id_by_title_and_by_its_offered_name(desk: Desk) -> None:
    title = "Islamic State claims Libyan police center bombing"
    for typed in ("zliten-bombing", title, f"Reuters: {title}", "police center bombing"):
        reply = await desk.discord.slash("/source", {"name": typed})
        assert reply.text.startswith(f"### {title} · page 1 of "), typed
        assert "**Published**: 8 January 2016, known from the event, not printed: " in reply.text
        assert re.search(r"• \d+ facts here rest on it, from 13 of 13 paragraphs\.", reply.text)
        assert not reply.private


async def test_every_fact_of_a_source_can_be_reached_and_comes_once(desk: Desk) -> None:
    reply = await desk.discord.slash("/source", {"name": "zliten-bombing"})
    total = int(re.search(r"(\d+) facts here", reply.text)[1])  # pyright: ignore[reportOptionalSubscript]
    seen = len(re.findall(r"^• .*\n-# ¶", reply.text, re.MULTILINE))
    while any(button.label == "More" for button in reply.buttons):
        await desk.discord.press(reply, label="More")
        seen += len(re.findall(r"^• .*\n-# ¶", reply.text, re.MULTILINE))
    assert seen == total
    await desk.discord.press(reply, label="Back")
    assert any(button.label == "More" for button in reply.buttons)


async def test_a_word_of_many_sources_leads_to_a_choice(desk: Desk) -> None:
    offered = await desk.discord.slash("/source", {"name": "reuters"})
    assert offered.private
    assert "Which source do you mean?" in offered.text
    assert offered.message
    value = offered.message.selects()[0]["options"][0]["value"]
    assert "facts here rest on it" in (await desk.discord.choose(offered, [value])).text


async def test_an_unknown_source_is_refused(desk: Desk) -> None:
    reply = await desk.discord.slash("/source", {"name": "qqq @everyone"})
    assert reply.text.startswith("There is no source 'qqq @\u2060everyone'.")
    assert reply.private


async def test_topics_are_listed_by_type_and_can_be_chosen(desk: Desk) -> None:
    reply = await desk.discord.slash("/topics", {"type": "facility"})
    assert reply.text.startswith("### Topics held · Facilities · page 1 of 2\n**Facilities**\n• **Ras Lanuf · ")
    chosen = await desk.discord.choose(reply, ["dl1:t:o:es-sider"])
    assert chosen.text.startswith("### Es Sider · facility")
    await desk.discord.press(reply, label="More")
    assert "**Known, with nothing held**" in reply.text
    assert [button.label for button in reply.buttons] == ["Back"]


async def test_all_topics_can_be_paged_through(desk: Desk) -> None:
    reply = await desk.discord.slash("/topics")
    pages = int(re.search(r"page 1 of (\d+)", reply.text)[1])  # pyright: ignore[reportOptionalSubscript]
    for _ in range(pages - 1):
        await desk.discord.press(reply, label="More")
    assert f"page {pages} of {pages}" in reply.text
    assert [button.label for button in reply.buttons] == ["Back"]


async def test_a_timeline_is_in_date_order_from_and_to_the_days_asked_for(desk: Desk) -> None:
    whole = await desk.discord.slash("/timeline", {"topic": "ras lanuf"})
    part = await desk.discord.slash("/timeline", {"topic": "رأس لانوف", "from": "2016-01-21", "to": "2016-01"})
    assert whole.text.startswith("### Timeline: Ras Lanuf")
    assert part.text.startswith("### Timeline: Ras Lanuf · 21 January 2016 to January 2016")
    heads = re.findall(r"^• \*\*(.+?)\*\*: ", part.text, re.MULTILINE)
    assert heads
    assert "21 January 2016 (derived)" in heads
    assert not any("December" in head or "February" in head for head in heads)
    assert whole.text.splitlines()[1] == "رأس لانوف"


async def test_the_pages_of_a_timeline_are_those_of_a_timeline(desk: Desk) -> None:
    reply = await desk.discord.slash("/timeline", {"topic": "islamic state", "from": "2016-01", "to": "2016-02"})
    await desk.discord.press(reply, label="More")
    assert re.match(
        r"### Timeline: Islamic State · January 2016 to February 2016 · page 2 of \d+", reply.text.splitlines()[0]
    )


async def test_a_timeline_without_anything_in_it_says_so_privately(desk: Desk) -> None:
    reply = await desk.discord.slash("/timeline", {"topic": "zliten", "from": "2014", "to": "2014"})
    assert "Nothing dated is held on Zliten for the time asked." in reply.text
    assert reply.private


async def test_the_timeline_of_a_card_is_shown_to_whoever_presses(desk: Desk) -> None:
    card = await desk.discord.slash("/brief", {"topic": "zliten", "as_of": "2016-01-31"})
    reply = await desk.discord.press(card, label="Timeline", by=desk.discord.member("Eve"))
    assert reply.text.startswith("### Timeline: Zliten · as reported by 31 January 2016")
    assert reply.private


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("/brief", {"topic": "sirte", "as_of": "19.2.2016"}),
        ("/oil", {"aspect": "production", "as_of": "last week"}),
        ("/timeline", {"topic": "sirte", "from": "2016-02-30"}),
        ("/timeline", {"topic": "sirte", "to": "**x** @everyone"}),
    ],
)
async def test_a_wrong_date_is_refused_with_what_to_type(desk: Desk, command: str, options: dict[str, str]) -> None:
    reply = await desk.discord.slash(command, options)
    assert "Type a year, a month or a day: 2016, 2016-02 or 2016-02-19." in reply.text
    assert reply.private


async def test_from_after_to_is_refused(desk: Desk) -> None:
    reply = await desk.discord.slash("/timeline", {"topic": "sirte", "from": "2016-02", "to": "2016-01"})
    assert reply.text == "from (2016-02) lies after to (2016-01). Swap them, or leave one out."


async def test_as_of_shows_what_had_been_reported_by_then(desk: Desk) -> None:
    early = await desk.discord.slash("/oil", {"aspect": "production", "as_of": "2016-01-22"})
    assert "as reported by 22 January 2016" in early.text.splitlines()[0]
    assert "362,000 barrels per day" in early.text
    assert "370,000" not in early.text
    none = await desk.discord.slash("/brief", {"topic": "sabratha", "as_of": "2015"})
    assert "Something is held, but nothing that had been reported by 2015." in none.text
    assert none.private


async def test_the_pages_of_an_old_view_stay_old(desk: Desk) -> None:
    for command, options in (("/brief", {"topic": "libya"}), ("/oil", {"aspect": "attacks"})):
        card = await desk.discord.slash(command, {**options, "as_of": "2016-01-31"})
        await desk.discord.press(card, label="More")
        assert re.search(r"as reported by 31 January 2016 · page 2 of ", card.text.splitlines()[0]), command
        assert "February 2016 (d" not in card.text, command


async def test_a_full_card_holds_more_and_every_page_of_it_can_be_reached_both_ways(desk: Desk) -> None:
    short = await desk.discord.slash("/brief", {"topic": "sirte"})
    card = await desk.discord.slash("/brief", {"topic": "sirte", "depth": "full"})
    assert len(card.text) > len(short.text)
    seen = [card.text]
    while any(button.label == "More" for button in card.buttons):
        await desk.discord.press(card, label="More")
        seen.append(card.text)
    assert len(seen) > 1
    assert re.search(r"facts 1–\d+ of \d+", seen[0].splitlines()[0])
    for earlier in reversed(seen[:-1]):
        await desk.discord.press(card, label="Back")
        assert card.text == earlier


async def test_a_message_is_looked_up_privately_and_its_words_are_harmless(desk: Desk) -> None:
    reply = await desk.discord.message_menu(
        "Look up in fact base",
        content="**How many** people died in the bombing of Zliten? @everyone <@123456789012345678>",
    )
    assert "At least 47 people were killed" in reply.text
    assert reply.private
    long = await desk.discord.message_menu("Look up in fact base", content="who struck sabratha " * 95)
    assert long.private
    assert len(long.text) > 20


async def test_a_message_without_text_is_refused(desk: Desk) -> None:
    for content in ("   ", "<@123456789012345678> https://example.org/a?b=c"):
        reply = await desk.discord.message_menu("Look up in fact base", content=content)
        assert reply.text == "That message has no text to look up."
        assert reply.private


async def test_completion_works_in_both_scripts_and_by_name_or_id_and_shows_no_misspelling(desk: Desk) -> None:
    for typed in ("tunis", "Tunesia", "تونس"):
        names = [choice.name for choice in await desk.discord.autocomplete("/timeline", "topic", typed)]
        assert "Tunisia" in names, typed
        assert "Tunesia" not in names
    assert len(await desk.discord.autocomplete("/brief", "topic", "")) == limits.CHOICES
    sources = await desk.discord.autocomplete("/source", "name", "zliten")
    assert ("zliten-bombing" in {choice.value for choice in sources}) is True
    days = await desk.discord.autocomplete("/brief", "as_of", "2016-01")
    assert ("2016-01-08 · 8 January 2016", "2016-01-08") in days
    french = await desk.discord.autocomplete("/brief", "as_of", "", locale="fr")
    assert any("janvier" in choice.name for choice in french)


async def test_fixed_texts_follow_the_asker_and_facts_do_not(desk: Desk) -> None:
    english = await desk.discord.slash("/brief", {"topic": "zliten"})
    french = await desk.discord.slash("/brief", {"topic": "zliten"}, locale="fr")
    assert french.text.startswith("### Zliten · lieu · page 1 sur ")
    assert "7 janvier 2016 (déduit)" in french.text
    assert [button.label for button in french.buttons] == ["Sources", "Suite", "Chronologie", "Signaler"]
    lead = english.text.splitlines()[2]
    assert lead in french.text
    refused = await desk.discord.press(french, label="Suite", by=desk.discord.member("Eve"), locale="fr")
    assert refused.text.startswith("Seule la personne qui a demandé")
    english_refusal = await desk.discord.press(french, label="Suite", by=desk.discord.member("Eve"))
    assert english_refusal.text.startswith("Only the person who asked")
    about = await desk.discord.slash("/about", locale="fr")
    assert "À propos de cette base de faits" in about.text
