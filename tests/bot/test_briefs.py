"""The commands that everybody may use, over the wire."""

from __future__ import annotations

import re

import pytest

from bot import limits
from tests.bot.conftest import SHARED, Desk

pytestmark = SHARED

HOSTILE = {
    "6,000 characters": ("why did the port of Ras Lanuf burn " * 172)[:6000],
    "control characters": "sirte\x00\x07\x1b[31m\x85",
    "a lone quote": '"',
    "an operator": "port OR",
    "a hyphen": "es-sider",
    "spaces": "   ",
    "a ping": "@everyone @here <@123456789012345678> <@&123456789012345678>",
    "markdown": "# **sirte** [x](https://example.org) ||y|| `z` \n> q\n- l",
    "two scripts": "how many died في صبراتة in 2016",
    "direction overrides": "\u202etrats\u2066 sirte",
    "SQL": "'); DROP TABLE facts; --",
    "emoji": "🛢️🔥 " * 100,
}


@pytest.mark.parametrize("name", ["sirte", "surt", "سرت", "SIRTE"])
async def test_every_spelling_leads_to_the_same_public_card(desk: Desk, name: str) -> None:
    reply = await desk.discord.slash("/brief", {"topic": name})
    assert reply.text.startswith("### Sirte · place")
    assert reply.text.splitlines()[1] == "سرت"
    assert re.search(r"^-# \[1(?:–\d+)?\] Reuters, ", reply.text, re.MULTILINE)
    assert [button.label for button in reply.buttons][:1] == ["Sources"]
    assert (reply.private, reply.deferred) == (False, False)


async def test_a_typo_is_told(desk: Desk) -> None:
    reply = await desk.discord.slash("/brief", {"topic": "sirtee"})
    assert reply.text.startswith("### Sirte · place")
    assert "Read 'sirtee' as Sirte." in reply.text


async def test_private_on_request(desk: Desk) -> None:
    for command, option in (("/brief", "topic"), ("/oil", "aspect"), ("/ask", "question")):
        reply = await desk.discord.slash(command, {option: "production", "private": True})
        assert reply.private, command


@pytest.mark.parametrize(
    ("command", "option", "text"),
    [
        ("/brief", "topic", "sebha"),
        ("/ask", "question", "best pizza in rome"),
        ("/ask", "question", "what"),
        ("/ask", "question", "that"),
        ("/brief", "topic", "that"),
    ],
)
async def test_what_is_not_held_is_said_privately_and_without_a_fact(
    desk: Desk, command: str, option: str, text: str
) -> None:
    reply = await desk.discord.slash(command, {option: text})
    assert reply.private
    assert "[1]" not in reply.text


async def test_oil_production_tells_every_value_latest_first(desk: Desk) -> None:
    reply = await desk.discord.slash("/oil", {"aspect": "production"})
    block = reply.text.partition("**Changed over time: ")[2]
    values = [line for line in block.splitlines() if line.startswith("• ")]
    assert [value.split("**")[1] for value in values[:4]] == [
        "360,000–370,000 barrels per day",
        "about 300,000 barrels per day",
        "362,000 barrels per day",
        "1.6 million barrels per day",
    ]
    assert all("2016" in value or "2011" in value for value in values[:4])


async def test_every_count_of_the_dead_is_told_with_who_gave_it(desk: Desk) -> None:
    reply = await desk.discord.slash("/ask", {"question": "how many died in the sabratha strike"})
    assert "### “how many died in the sabratha strike”" in reply.text
    for told in ("**up to 40 people**", "**41 people**", "**more than 40 people**", "al-Thwadi", "preferred: "):
        assert told in reply.text


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
@pytest.mark.parametrize(("command", "option"), [("/ask", "question"), ("/brief", "topic"), ("/oil", "aspect")])
async def test_whatever_is_typed_is_answered_and_harmless(desk: Desk, command: str, option: str, text: str) -> None:
    """The fixture checks that nobody was pinged, nothing refused by Discord, and no error logged."""
    reply = await desk.discord.slash(command, {option: text})
    assert reply.message is not None
    assert len(reply.text) > 20
    assert "Something went wrong" not in reply.text
    assert not {"\x00", "\x07", "\x1b", "\u202e", "\u2066"} & set(reply.text)
    assert "https://example.org" not in reply.text


async def test_completion_offers_names_and_carries_ids(desk: Desk) -> None:
    assert ("Sirte", "sirte") in await desk.discord.autocomplete("/brief", "topic", "sir")
    assert ("Sirte", "sirte") in await desk.discord.autocomplete("/brief", "topic", "سر")
    assert "production" in {choice.value for choice in await desk.discord.autocomplete("/oil", "aspect", "prod")}


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("/brief", "topic", "gaddafi", "muammar-gaddafi"),
        ("/brief", "topic", "sabratha", "sabratha"),
        ("/brief", "topic", "misrata", "misrata"),
        ("/brief", "topic", "tunis", "tunis"),
        ("/brief", "topic", "Obama", "barack-obama"),
        ("/brief", "topic", "NATO", "nato"),
        ("/brief", "topic", "sabratha-strike", "sabratha-strike"),
        ("/oil", "aspect", "exp", "exports"),
        ("/fact", "id", "zliten-bombing/d", "zliten-bombing/death-toll"),
        ("/fact", "id", "death-toll", "zliten-bombing/death-toll"),
        ("/fact", "id", "sabratha killed", "western-urgency/sabratha-killed-over-40"),
        ("/fact", "id", "how many died", "sabratha-air-strike/toll-unconfirmed"),
        ("/fact", "id", "oil output", "oil-attacks-warning/output-february"),
    ],
)
async def test_the_best_completion_comes_first(desk: Desk, command: str, option: str, typed: str, first: str) -> None:
    """What is spelt so before what begins so, a name before other spellings, both before what has more facts."""
    assert (await desk.discord.autocomplete(command, option, typed))[0].value == first


async def test_every_aspect_that_is_offered_is_answered(desk: Desk) -> None:
    for choice in await desk.discord.autocomplete("/oil", "aspect", ""):
        reply = await desk.discord.slash("/oil", {"aspect": choice.value})
        assert "[1]" in reply.text, choice


@pytest.mark.parametrize("typed", ["", "zzzzzz", "@everyone", '"', "a" * 3000, "\x00"])
async def test_completion_takes_whatever_is_typed(desk: Desk, typed: str) -> None:
    choices = await desk.discord.autocomplete("/brief", "topic", typed)
    assert len(choices) <= limits.CHOICES


async def test_what_was_completed_leads_to_its_topic_by_id_and_by_name(desk: Desk) -> None:
    """Discord may send a choice's name in place of its value (discord-api-docs#7206)."""
    for choice in (await desk.discord.autocomplete("/brief", "topic", ""))[:5]:
        by_id = await desk.discord.slash("/brief", {"topic": choice.value})
        by_name = await desk.discord.slash("/brief", {"topic": choice.name})
        assert by_id.text.splitlines()[0] == by_name.text.splitlines()[0], choice


async def test_about_tells_what_is_covered_what_words_mean_and_what_is_kept(desk: Desk) -> None:
    reply = await desk.discord.slash("/about")
    for heading in ("What it covers", "How to ask", "Words on a card", "Privacy"):
        assert f"**{heading}**" in reply.text
    assert not reply.private


async def test_the_log_has_one_line_for_a_query_and_no_name(desk: Desk) -> None:
    heard = len(desk.bot.lines)
    await desk.discord.slash("/ask", {"question": "Who is Mustafa Sanalla?"}, by=desk.discord.member("Zelda"))
    (line,) = (line for line in desk.bot.lines[heard:] if "bot.queries" in line)
    assert "/ask 'who is mustafa sanalla' answer" in line
    assert all(part in line for part in ("topics=", "best=", "ms=", "base="))
    assert not any("Zelda" in line for line in desk.bot.lines)


async def test_direct_messages_are_refused_politely(desk: Desk) -> None:
    """Discord does not offer the commands there; should one arrive all the same, it is answered."""
    dm = desk.discord.world.direct_channel(desk.discord.anybody.user)
    reply = await desk.discord.slash("/about", forged=True, channel=dm)
    assert reply.text == "Dateline answers in servers only, not in direct messages."
    assert reply.private
