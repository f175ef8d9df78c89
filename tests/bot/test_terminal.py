"""What one would type in Discord, in a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

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
    _, card = await terminal.show(library, request_from(typed), SETTINGS.shortcuts)
    assert card.title == title
    assert card.subtitle.startswith(subtitle)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/brief sirte as_of:yesterday", "'yesterday' is no date that I can read in as_of."),
        ("/timeline sirte from:2016-02 to:2016-01", "from (2016-02) lies after to (2016-01)."),
        ("/fact nothing/like-it", "There is no fact 'nothing/like-it'."),
        ("/source nothing like it", "There is no source 'nothing like it'."),
    ],
)
async def test_what_discord_would_refuse_is_refused(library: Library, typed: str, told: str) -> None:
    with pytest.raises(DeclinedError) as caught:
        await terminal.show(library, request_from(typed), SETTINGS.shortcuts)
    assert str(caught.value).startswith(told)


async def test_an_answer_for_machines_takes_an_option_that_is_none_for_words(library: Library) -> None:
    assert (await terminal.answer(library, request_from("/brief sirte as_of:yesterday"))).request.as_of is None
    assert (await terminal.answer(library, request_from("/brief sirte as_of:2016"))).request.as_of == "2016"
