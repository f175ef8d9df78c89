"""What one would type in Discord, in a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot import terminal
from bot.declined import DeclinedError
from knowledge.building import request_from
from knowledge.library import Library
from tests.bot.conftest import SHARED
from tests.bot.snapshots import SETTINGS, open_library

pytestmark = SHARED


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def library(built: Path) -> AsyncIterator[Library]:
    """The shipped base, in this process."""
    opened = await open_library(built)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("typed", "title", "subtitle"),
    [
        ("/brief sirte as_of:2016-01-31", "Sirte", "place · as reported by 31 January 2016"),
        ("/brief zliten depth:full", "Zliten", "place"),
        ("/timeline zliten from:2016-01 to:2016-01-07", "Timeline: Zliten", "January 2016 to 7 January 2016"),
        ("/fact zliten-bombing/death-toll", "Fact zliten-bombing/death-toll", ""),
        ("/topics type:country", "Topics held", "Countries"),
        ("/about", "About this fact base", ""),
        ("/source zliten-bombing", "Islamic State claims Libyan police center bombing", "page 1 of "),
        ("/source reuters", "“reuters”", ""),
        ("/ask as_of:yesterday", "“as_of:yesterday”", ""),
    ],
)
async def test_commands_and_options_are_those_of_discord(
    library: Library, typed: str, title: str, subtitle: str
) -> None:
    card = (await terminal.show(library, request_from(typed), SETTINGS.shortcuts)).card
    assert card.title == title
    assert card.subtitle.startswith(subtitle)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/brief sirte as_of:yesterday", "'yesterday' is no date that I can read in as_of."),
        ("/timeline sirte from:2016-02 to:2016-01", "from (2016-02) lies after to (2016-01)."),
        ("/brief sirte depth:huge", "'huge' is no depth that I know. Type one of short, full."),
        ("/brief sirte dpth:full", "/brief takes no 'dpth'. Its options are depth, as_of; write them as name:value."),
        ("/oil exports type:place", "/oil takes no 'type'. Its options are depth, as_of;"),
        ("/brief sirte as_of:", "'' is no date that I can read in as_of."),
        ("/topics type:banana", "'banana' is no type that I know. Type one of place, facility, person,"),
        ("/topics type:", "'' is no type that I know. Type one of place,"),
        ("/topics banana", "/topics takes no 'banana'. Its options are type;"),
        ("/about depth:full", "/about takes no 'depth'. Leave it out."),
        ("/nonsense x", "There is no command /nonsense. There are /brief, /ask, /timeline, /fact, /source, /topics,"),
        ("/facts status", "There is no command /facts."),
        ("/fact nothing/like-it", "There is no fact 'nothing/like-it'."),
        ("/source nothing like it", "There is no source 'nothing like it'."),
    ],
)
async def test_what_discord_would_refuse_is_refused(library: Library, typed: str, told: str) -> None:
    with pytest.raises(DeclinedError) as caught:
        await terminal.show(library, request_from(typed), SETTINGS.shortcuts)
    assert str(caught.value).startswith(told)


async def machine(library: Library, typed: str) -> dict[str, Any]:
    """What `--json` prints."""
    return terminal.for_machines(await terminal.show(library, request_from(typed), SETTINGS.shortcuts))


@pytest.mark.parametrize(
    "typed",
    [
        "/brief sirte",
        "/brief zliten depth:full",
        "/timeline zliten from:2016-01",
        "/fact zliten-bombing/death-toll",
        "/fact sabratha-air-strike/toll-mayor",
        "/source zliten-bombing",
    ],
)
async def test_a_machine_gets_the_facts_of_the_card(library: Library, typed: str) -> None:
    told = await terminal.show(library, request_from(typed), SETTINGS.shortcuts)
    found = terminal.for_machines(told)
    assert (found["outcome"], found["suggestions"]) == ("answer", [])
    assert {fact["id"] for fact in found["facts"]} == {entry.fact for entry in told.card.entries}
    assert all(fact["citations"] for fact in found["facts"])


@pytest.mark.parametrize("typed", ["/about", "/topics", "/topics type:country"])
async def test_a_machine_gets_nothing_where_nothing_was_asked(library: Library, typed: str) -> None:
    found = await machine(library, typed)
    assert (found["outcome"], found["reason"], found["facts"], found["suggestions"]) == ("none", "no_question", [], [])


async def test_a_machine_gets_the_sources_that_a_name_may_mean(library: Library) -> None:
    found = await machine(library, "/source reuters")
    assert (found["outcome"], found["reason"], found["facts"]) == ("suggest", "unclear", [])
    assert {one["source"] for one in found["suggestions"]} == {one.id for one in library.sources_named("reuters")}
