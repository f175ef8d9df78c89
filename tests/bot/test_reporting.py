"""Report: the form, the queue, and what curators see of it."""

from __future__ import annotations

from pathlib import Path

from tests.bot.conftest import SHARED, Desk
from tests.conftest import serving
from tests.simulator import Reply, Simulator
from tests.simulator.world import Member

HOSTILE = "**wrong** @everyone <@123456789012345678>\n> [x](https://example.org)\n\u202e# 47"


async def report(discord: Simulator, text: str, *, by: Member, contact: bool = False) -> Reply:
    """What *by* gets for a report on the card of Zliten."""
    card = await discord.slash("/brief", {"topic": "zliten"})
    form = await discord.press(card, label="Report", by=by)
    assert form.modal
    assert form.modal["title"] == "Report to the curators"
    return await discord.submit(form, {"text": text, "contact": contact})


async def queue(discord: Simulator) -> str:
    """What a curator reads."""
    return (await discord.slash("/facts reports", by=discord.admin("Cora"))).text


@SHARED
async def test_anybody_may_report_and_stays_unnamed_unless_they_tick(desk: Desk) -> None:
    eve, dan = desk.discord.member("Eve"), desk.discord.member("Dan")
    thanks = await report(desk.discord, "The toll was corrected later.", by=eve)
    assert thanks.private
    assert thanks.text.startswith("Thank you. Report ")
    assert thanks.text.endswith("Your name was not kept.")
    named = await report(desk.discord, "Ask me about the second blast.", by=dan, contact=True)
    assert named.text.endswith("They can see your name.")
    waiting = await queue(desk.discord)
    assert "The toll was corrected later." in waiting
    assert "zliten-bombing/death-toll" in waiting
    assert f"Ask me about the second blast. (from <@{dan.id}>)" in waiting
    assert eve.id not in waiting


@SHARED
async def test_a_report_is_closed_by_its_number(desk: Desk) -> None:
    thanks = await report(desk.discord, "To be closed.", by=desk.discord.member("Eve"))
    number = int(thanks.text.partition("Report ")[2].split(" ")[0])
    boss = desk.discord.admin("Cora")
    assert (await desk.discord.slash("/facts reports", {"done": number}, by=boss)).text == f"Report {number} is closed."
    assert "To be closed." not in await queue(desk.discord)
    again = await desk.discord.slash("/facts reports", {"done": number}, by=boss)
    assert again.text == f"No report {number} waits."


@SHARED
async def test_what_is_typed_into_a_report_is_inert(desk: Desk) -> None:
    """The fixture checks that nobody was pinged."""
    await report(desk.discord, HOSTILE, by=desk.discord.member("Eve"))
    waiting = await queue(desk.discord)
    assert "\\*\\*wrong\\*\\* @\u2060everyone \\<@\u2060123456789012345678\\>" in waiting
    assert "https://" not in waiting
    assert "\u202e" not in waiting


@SHARED
async def test_a_report_without_words_is_refused(desk: Desk) -> None:
    reply = await report(desk.discord, "  \n ", by=desk.discord.member("Eve"))
    assert reply.text == "There is nothing in that report. Press Report again and say what is wrong."
    assert reply.private


@SHARED
async def test_many_reports_are_listed_as_far_as_they_fit_and_attached_whole(desk: Desk) -> None:
    for number in range(8):
        await report(desk.discord, f"Number {number}: " + "far too long " * 70, by=desk.discord.member("Eve"))
    reply = await desk.discord.slash("/facts reports", by=desk.discord.admin("Cora"))
    assert reply.message
    assert " more in the file." in reply.text
    assert "Number 7: " in reply.message.file("reports.txt").decode()


@SHARED
async def test_the_form_is_in_the_reader_s_language(desk: Desk) -> None:
    card = await desk.discord.slash("/brief", {"topic": "zliten"})
    form = await desk.discord.press(card, label="Report", locale="fr")
    assert form.modal
    assert form.modal["title"] == "Signalement aux responsables"
    thanks = await desk.discord.submit(form, {"text": "faux"}, locale="fr")
    assert thanks.text.startswith("Merci. Le signalement ")


@SHARED
async def test_the_queue_is_for_curators_only(desk: Desk) -> None:
    reply = await desk.discord.slash("/facts reports", forged=True)
    assert reply.text.startswith("Only members with Manage Server")
    assert reply.private


async def test_a_report_reaches_the_curators_channel_or_at_least_the_queue(simulator: Simulator, storage: Path) -> None:
    desk = simulator.channel("curators")
    async with serving(simulator, storage, DATELINE_CURATORS_CHANNEL=desk.id) as bot:
        await report(simulator, HOSTILE, by=simulator.member("Eve"))
        await bot.line("report 1 posted in curators.channel")
        (posted,) = simulator.posted(desk)
        assert posted.text.startswith("**Report 1** on zliten-bombing/")
        assert "> \\*\\*wrong\\*\\* @\u2060everyone" in posted.text
        assert not posted.pinged
        desk.bot_permissions = 0
        thanks = await report(simulator, "Not seen there.", by=simulator.member("Eve"))
        assert thanks.text.startswith("Thank you. Report 2 ")
        await bot.line("report 2 cannot be posted in curators.channel")
        assert "Not seen there." in await queue(simulator)
