"""The library over its life: opened, edited, reloaded, broken, closed; with real files and a real second process."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from knowledge import building
from knowledge.errors import BadBaseError, ReloadRunningError
from knowledge.files import read_base, revision_of
from knowledge.library import Counts, Difference, Library
from knowledge.model import Outcome, Request
from tests.knowledge import second_base
from tests.knowledge.conftest import LIMITS, open_library
from tests.knowledge.second_base import edit
from tests.simulator.process import ROOT

TICKET = Request("ask", "how much is a palm house ticket")
GAZETTE, HERALD = "sources/gazette.yaml", "sources/herald.yaml"


@asynccontextmanager
async def opened(garden: Path) -> AsyncIterator[Library]:
    """The library of *garden*, closed at the end."""
    library = await open_library(garden)
    try:
        yield library
    finally:
        await library.close()


def raise_the_price(garden: Path) -> None:
    edit(garden / "base", GAZETTE, "Palm House costs 4 crowns", "Palm House costs 5 crowns")
    edit(garden / "base", GAZETTE, "unit: crowns, amount: 4,", "unit: crowns, amount: 5,")


def break_the_base(garden: Path) -> None:
    edit(garden / "base", HERALD, "topics: [titan-arum]", "topics: [titan-arm]")


BROKEN = (
    "sources/herald.yaml:28: fact \"height-january\": has the unknown topic 'titan-arm'. Did you mean 'titan-arum'?"
)


async def statement(library: Library, request: Request = TICKET) -> str:
    """The statement that leads the answer."""
    return (await library.answer(request)).first_page[0].fact.statement


async def test_a_reload_after_an_edit_changes_the_next_answer(garden: Path) -> None:
    async with opened(garden) as library:
        before = library.revision
        assert await statement(library) == "A ticket for the Palm House costs 4 crowns."
        raise_the_price(garden)
        difference = await library.reload()
        assert await statement(library) == "A ticket for the Palm House costs 5 crowns."
        assert difference == Difference(
            before, library.revision, changed=("gazette/ticket",), seconds=difference.seconds
        )
        assert library.revision != before


async def test_a_broken_file_is_told_with_its_line_and_the_old_facts_go_on_answering(garden: Path) -> None:
    async with opened(garden) as library:
        before = library.revision
        raise_the_price(garden)
        break_the_base(garden)
        with pytest.raises(BadBaseError) as caught:
            await library.reload()
        assert [str(problem) for problem in caught.value.problems] == [BROKEN]
        assert library.problems == caught.value.problems
        assert library.revision == before
        assert await statement(library) == "A ticket for the Palm House costs 4 crowns."


async def test_a_wrong_answer_to_an_acceptance_question_keeps_the_old_base(garden: Path) -> None:
    files = sorted(path.name for path in (garden / "storage").iterdir())
    async with opened(garden) as library:
        edit(garden / "base", "questions.yaml", "[gazette/flowering]", "[gazette/ticket]")
        with pytest.raises(BadBaseError) as caught:
            await library.reload()
    assert [str(problem) for problem in caught.value.problems] == [
        'questions.yaml:2: \'/brief titan arum\' must lead with "gazette/ticket", but got "gazette/flowering".'
    ]
    assert sorted(path.name for path in (garden / "storage").iterdir()) == sorted({*files, "current"})


class Watched(dict[str, bytes]):
    """The files of a base, which note at each reading of the acceptance questions whether *built* is there."""

    def __init__(self, files: dict[str, bytes], built: Path) -> None:
        super().__init__(files)
        self.seen: list[bool] = []
        self._built = built

    def __getitem__(self, name: str) -> bytes:
        if name == "questions.yaml":
            self.seen.append(self._built.exists())
        return super().__getitem__(name)


def test_a_base_stands_nowhere_before_it_has_answered_well(garden: Path) -> None:
    """Or a build that is ended meanwhile would leave one that the next start takes for checked."""
    edit(garden / "base", "questions.yaml", "[gazette/flowering]", "[gazette/ticket]")
    read = read_base(garden / "base")
    files = Watched(read, building.path_of(garden / "storage", revision_of(read)))
    with pytest.raises(BadBaseError):
        building.ensure_built(garden / "base", garden / "storage", LIMITS, files)
    assert len(files.seen) > 1
    assert not any(files.seen)


async def test_a_mended_base_clears_the_problems(garden: Path) -> None:
    async with opened(garden) as library:
        break_the_base(garden)
        with pytest.raises(BadBaseError):
            await library.reload()
        edit(garden / "base", HERALD, "topics: [titan-arm]", "topics: [titan-arum]")
        await library.reload()
        assert library.problems == []


async def test_a_reload_tells_what_it_adds_changes_withdraws_and_sets_at_odds(garden: Path) -> None:
    async with opened(garden) as library:
        before = library.revision
        raise_the_price(garden)
        edit(garden / "base", GAZETTE, "id: smell\n", "id: fish\n")
        edit(
            garden / "base",
            "vocabulary.yaml",
            'name: "height of the titan arum", kind: successive',
            "name: height, kind: rival",
        )
        difference = await library.reload()
        assert difference == Difference(
            before,
            library.revision,
            added=("gazette/fish",),
            changed=("gazette/ticket",),
            withdrawn=("gazette/smell",),
            conflicts=("height",),
            seconds=difference.seconds,
        )


async def test_a_dry_run_says_what_would_change_and_changes_nothing(garden: Path) -> None:
    async with opened(garden) as library:
        before = library.revision
        raise_the_price(garden)
        difference = await library.reload(dry_run=True)
        assert (difference.changed, difference.dry_run) == (("gazette/ticket",), True)
        assert (library.revision, building.current(garden / "storage")) == (before, before)
        assert await statement(library) == "A ticket for the Palm House costs 4 crowns."


async def test_a_dry_run_of_a_broken_base_leaves_no_problem_behind(garden: Path) -> None:
    """It was a question; what is being answered from has not become worse."""
    async with opened(garden) as library:
        break_the_base(garden)
        with pytest.raises(BadBaseError):
            await library.reload(dry_run=True)
        assert library.problems == []


async def test_of_two_reloads_at_once_the_second_is_told_so(garden: Path) -> None:
    async with opened(garden) as library:
        raise_the_price(garden)
        first = asyncio.create_task(library.reload())
        await asyncio.sleep(0)
        with pytest.raises(ReloadRunningError, match="another reload is running; wait for its result"):
            await library.reload()
        assert (await first).changed == ("gazette/ticket",)
        assert (await library.reload()).changed == ()


async def test_questions_asked_while_a_reload_runs_are_all_answered(garden: Path) -> None:
    """From the old facts until the new ones are there, then from the new ones, with no gap and no way back. Some are
    under way at every moment, so also when the old base is put aside."""
    async with opened(garden) as library:
        raise_the_price(garden)
        reload = asyncio.create_task(library.reload())
        told: list[str] = []
        while not reload.done():
            told.append(await statement(library))
            views = await asyncio.gather(*(library.fact("gazette/visitors") for _ in range(5)))
            assert [len(view.rivals) for view in views if view] == [1] * 5
        await reload
        told.append(await statement(library))
        assert list(dict.fromkeys(told)) == [
            "A ticket for the Palm House costs 4 crowns.",
            "A ticket for the Palm House costs 5 crowns.",
        ]
        assert told == sorted(told)


async def test_closing_waits_for_the_questions_under_way(garden: Path) -> None:
    """A fact with its rivals is read in several steps, between which the base must not go away."""
    library = await open_library(garden)
    asked = [asyncio.create_task(library.fact("gazette/visitors")) for _ in range(20)]
    await asyncio.sleep(0)
    await library.close()
    assert [rival.id for view in await asyncio.gather(*asked) if view for rival in view.rivals] == [
        "herald/visitors"
    ] * 20


async def test_broken_yaml_at_the_start_opens_the_last_good_base_and_keeps_the_problems(garden: Path) -> None:
    async with opened(garden) as library:
        good = library.revision
    break_the_base(garden)
    async with opened(garden) as library:
        assert (library.revision, [str(problem) for problem in library.problems]) == (good, [BROKEN])
        assert (await library.answer(TICKET)).outcome is Outcome.ANSWER


async def test_broken_yaml_at_the_first_start_is_refused(garden: Path, tmp_path: Path) -> None:
    break_the_base(garden)
    (garden / "storage").rename(tmp_path / "elsewhere")
    with pytest.raises(BadBaseError) as caught:
        await open_library(garden)
    assert [str(problem) for problem in caught.value.problems] == [BROKEN]


async def test_a_base_that_is_gone_opens_as_it_was(garden: Path) -> None:
    async with opened(garden):
        pass
    (garden / "base").rename(garden / "moved")
    async with opened(garden) as library:
        assert [str(problem) for problem in library.problems] == [
            f"{garden / 'base'}: There is no such directory. Set base.directory to where base.yaml stands."
        ]
        assert await statement(library) == "A ticket for the Palm House costs 4 crowns."


async def test_a_built_file_that_was_damaged_is_built_again(garden: Path) -> None:
    async with opened(garden) as library:
        built = building.path_of(garden / "storage", library.revision)
    built.write_bytes(b"no database")
    async with opened(garden) as library:
        assert await statement(library) == "A ticket for the Palm House costs 4 crowns."


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
async def test_a_built_file_that_was_damaged_somewhere_is_built_again_with_one_line(
    garden: Path, place: float, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where SQLite itself would notice nothing until a question comes to the place, or never."""
    async with opened(garden) as library:
        built = building.path_of(garden / "storage", library.revision)
    content = bytearray(built.read_bytes())
    at = int(len(content) * place)
    content[at : at + 4096] = b"\xa5" * 4096
    built.write_bytes(content)
    async with opened(garden) as library:
        assert await statement(library) == "A ticket for the Palm House costs 4 crowns."
        assert {fact.id for fact in await library.facts()} >= {"gazette/ticket", "herald/visitors"}
    assert [record.getMessage() for record in caplog.records if record.name.startswith("knowledge")] == [
        f"{built}: the built base was changed or damaged after it was built; it counts as not built"
    ]


async def test_a_base_that_was_damaged_while_it_answers_is_mended_by_a_reload(garden: Path) -> None:
    async with opened(garden) as library:
        built = building.path_of(garden / "storage", library.revision)
        content = bytearray(built.read_bytes())
        content[-9000:-5000] = b"\xa5" * 4000
        built.write_bytes(content)
        assert (await library.reload()).changed == ()
        assert building.is_built(garden / "storage", library.revision)
        assert await statement(library) == "A ticket for the Palm House costs 4 crowns."


def test_a_damaged_base_that_cannot_be_built_again_ends_the_process(garden: Path) -> None:
    """With code 1 and no traceback, instead of waiting for a thread that reads a file for ever."""
    built = next((garden / "storage").glob("base-*.sqlite"))
    content = built.read_bytes()
    built.write_bytes(content[:20_000] + b"\xa5" * 20_000 + content[40_000:])
    break_the_base(garden)
    told = subprocess.run(
        [sys.executable, "run.py", "ask", "/brief titan arum"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATELINE_BASE_DIRECTORY": str(garden / "base"),
            "DATELINE_STORAGE_DIRECTORY": str(garden / "storage"),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (told.returncode, told.stdout, "Traceback" in told.stderr) == (1, "", False)
    assert BROKEN in told.stderr


def test_no_more_than_a_few_built_files_are_kept_beside_the_current_one(tmp_path: Path) -> None:
    for age, revision in enumerate(["a", "b", "c", "d", "e", "f"]):
        built = building.path_of(tmp_path, revision)
        built.touch()
        os.utime(built, (age, age))
    building.put_to_use(tmp_path, "a", tmp_path / "base")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *(f"base-{revision}.sqlite" for revision in ("a", "d", "e", "f")),
        "current",
    ]


def test_an_unchanged_base_is_opened_without_parsing_yaml(garden: Path) -> None:
    """The two slowest imports are left out, and with them the reading of every file."""
    code = f"""
import asyncio, sys
from pathlib import Path
from knowledge.briefing import Limits
from knowledge.library import Library
from knowledge.model import Request
async def ask():
    garden = Path({str(garden)!r})
    limits = Limits(shortcuts={second_base.SHORTCUTS!r})
    library = await Library.open(base_directory=garden / "base", storage_directory=garden / "storage", limits=limits)
    answer = await library.answer(Request("ask", "how much is a palm house ticket"))
    await library.close()
    return answer.outcome.value
print(asyncio.run(ask()), *sorted({{"yaml", "pydantic", "spellchecker", "discord"}} & set(sys.modules)))
"""
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["answer"]


async def test_what_the_library_holds(garden: Path) -> None:
    async with opened(garden) as library:
        assert library.counts == Counts(facts=14, topics=9, empty_topics=1, sources=2, open_questions=1)
        assert library.coverage.label == "Marn Garden, winter 2031"
        assert [fact.id for fact in await library.facts()][:2] == ["gazette/flowering", "gazette/visitors"]
