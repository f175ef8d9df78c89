"""The /facts group: who may, and what a reload does."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tests.bot.conftest import SHARED, Desk
from tests.conftest import serving
from tests.simulator import Simulator

REFUSED = "Only members with Manage Server, and curators named in the settings, may use /facts."


def change(base: Path, file: str, old: str, new: str) -> None:
    """Edit a file of the base, as a curator would."""
    text = (base / file).read_text(encoding="utf-8")
    assert old in text
    (base / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def withdraw(base: Path, source: str, fact: str) -> None:
    """Take a fact out of its file."""
    file = base / "sources" / f"{source}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    start = lines.index(f"  - id: {fact}\n")
    after = (number for number, line in enumerate(lines) if number > start and not line.startswith("    "))
    file.write_text("".join(lines[:start] + lines[next(after, len(lines)) :]), encoding="utf-8")


@SHARED
async def test_a_reload_after_an_edit_changes_the_next_answer(editable: Desk) -> None:
    desk, discord = editable, editable.discord
    change(desk.base, "topics.yaml", "name: Sirte\n", "name: Sirte on Sea\n")
    tried = await discord.slash("/facts reload", {"dry_run": True}, by=discord.admin())
    assert tried.text.startswith("**All is well.** A reload would go from base ")
    assert (await discord.slash("/brief", {"topic": "sirte"})).text.startswith("### Sirte · ")
    done = await discord.slash("/facts reload", by=discord.admin())
    assert done.text.startswith("**Reloaded** in ")
    assert done.private
    assert (await discord.slash("/brief", {"topic": "sirte"})).text.startswith("### Sirte on Sea · ")


@SHARED
async def test_a_broken_file_is_told_by_line_and_the_old_base_still_answers(editable: Desk) -> None:
    desk, discord = editable, editable.discord
    change(desk.base, "sources/zliten-bombing.yaml", "priority: 1", "priority: 9")
    refused = await discord.slash("/facts reload", by=discord.admin())
    assert "Nothing changed: 1 problem found." in refused.text
    assert "zliten-bombing.yaml:" in refused.text
    assert refused.private
    assert (await discord.slash("/brief", {"topic": "zliten"})).text.startswith("### Zliten · place")
    status = await discord.slash("/facts status", by=discord.admin())
    assert "The files could not be loaded: 1 problem." in status.text
    assert "zliten-bombing.yaml:" in status.text


@SHARED
async def test_the_status_tells_topics_with_facts_from_empty_ones(desk: Desk) -> None:
    status = (await desk.discord.slash("/facts status", by=desk.discord.admin())).text
    counted = re.search(r", (\d+) topics with facts and (\d+) known and empty, ", status)
    assert counted, status
    topics = (desk.base / "topics.yaml").read_text(encoding="utf-8")
    empty = topics.count("held: none")
    assert [int(number) for number in counted.groups()] == [
        len(re.findall(r"^ *- \{?id:", topics, re.M)) - empty,
        empty,
    ]


@SHARED
async def test_a_long_list_of_problems_is_cut_with_its_count_and_attached_whole(editable: Desk) -> None:
    desk, discord = editable, editable.discord
    file = desk.base / "sources" / "zliten-bombing.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("priority: ", "prioritee: "), encoding="utf-8")
    refused = await discord.slash("/facts reload", by=discord.admin())
    assert refused.message
    assert " more in the file." in refused.text.splitlines()[-1]
    whole = refused.message.file("problems.txt").decode().splitlines()
    assert f"**Nothing changed: {len(whole)} problems found.**" in refused.text
    assert len(whole) > len(refused.text.splitlines())


@SHARED
async def test_old_cards_say_what_has_changed_and_what_was_withdrawn(editable: Desk) -> None:
    """All kinds of buttons of cards from before one reload that changes a fact, withdraws one and a whole series."""
    desk, discord = editable, editable.discord
    card = await discord.slash("/brief", {"topic": "zliten"})
    other = await discord.slash("/brief", {"topic": "benghazi"})
    toll = await discord.slash("/fact", {"id": "zliten-bombing/death-toll"})
    gone = await discord.slash("/fact", {"id": "zliten-bombing/shrapnel", "private": True})
    assert gone.text.startswith("### Fact zliten-bombing/shrapnel")
    change(desk.base, "sources/zliten-bombing.yaml", "At least 47 people were killed", "At least 48 people were killed")
    withdraw(desk.base, "zliten-bombing", "shrapnel")
    assert (await discord.slash("/facts reload", by=discord.admin())).text.startswith("**Reloaded** in ")
    sources = await discord.press(card, label="Sources")
    assert "Changed since this card was posted: zliten-bombing/death-toll." in sources.text
    await discord.press(card, label="More")
    assert "Changed since this card was posted: zliten-bombing/death-toll." in card.text
    assert "Withdrawn since this card was posted: zliten-bombing/shrapnel." in card.text
    sources = await discord.press(toll, label="Sources")
    assert sources.text.startswith("### Sources: Fact zliten-bombing/death-toll")
    refused = await discord.press(gone, label="Share")
    assert refused.text.startswith("Withdrawn since this card was posted: zliten-bombing/shrapnel. Ask again")
    assert refused.private
    form = await discord.press(gone, label="Report")
    assert (await discord.submit(form, {"text": "Why was it withdrawn?"})).text.startswith("Thank you.")
    assert "since this card" not in (await discord.press(other, label="Sources")).text
    await discord.press(card, label="Back")
    assert "since this card" not in card.text


@SHARED
async def test_without_permission_it_is_hidden_and_a_forged_use_is_refused(desk: Desk) -> None:
    for command in ("/facts reload", "/facts status"):
        reply = await desk.discord.slash(command, forged=True)
        assert (reply.text, reply.private) == (REFUSED, True)


async def test_curators_named_in_the_settings_may(simulator: Simulator, storage: Path) -> None:
    role, user = simulator.role("Curators"), simulator.member("Cora")
    member = simulator.member("Carl", roles=[role])
    settings = {"DATELINE_CURATORS_ROLES": role.id, "DATELINE_CURATORS_USERS": user.id}
    async with serving(simulator, storage, **settings):
        for one in (member, user):
            reply = await simulator.slash("/facts status", by=one, forged=True)
            assert reply.text.startswith("**Base ")
        assert (await simulator.slash("/facts status", forged=True)).text == REFUSED


@SHARED
async def test_questions_asked_during_a_reload_are_all_answered(editable: Desk) -> None:
    """Of a base that was never built before; one that was is swapped in at once."""
    desk, discord = editable, editable.discord
    change(desk.base, "topics.yaml", "name: Sirte\n", "name: Sirte by Day\n")
    reload = asyncio.create_task(discord.slash("/facts reload", by=discord.admin()))
    answered = 0
    while not reload.done():
        reply = await discord.slash("/brief", {"topic": "sirte"})
        assert reply.text.startswith("### Sirte")
        answered += 1
    assert answered > 3
    assert (await reload).text.startswith("**Reloaded**")


@SHARED
async def test_a_second_reload_at_once_is_told_so(editable: Desk) -> None:
    desk, discord = editable, editable.discord
    change(desk.base, "topics.yaml", "name: Sirte\n", "name: Sirte by Night\n")
    first = asyncio.create_task(discord.slash("/facts reload", by=discord.admin()))
    second = await discord.slash("/facts reload", by=discord.admin("Other"))
    both = sorted([(await first).text, second.text])
    assert both[0].startswith("**Reloaded**")
    assert both[1] == "Another reload is running. Wait for its result, then try again."
