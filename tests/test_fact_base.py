"""The base that is shipped: it loads, answers its own questions, and editors can check it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import jsonschema
import pytest
import pytest_asyncio
import yaml

from knowledge import building, curation, files, forms
from knowledge.briefing import Limits
from knowledge.library import Library
from knowledge.model import Base, Request
from tests.knowledge import shipped

SHORTCUTS = {"oil": "libyan-oil"}
"""As in the shipped settings; the acceptance questions use it."""

YAML_FILES = sorted(files.SHIPPED.rglob("*.yaml"))


@pytest.fixture(scope="module")
def base() -> Base:
    """The shipped base, read."""
    return shipped.base()


def test_the_shipped_base_is_sound(base: Base) -> None:
    """The loader has nothing against it, or `base` would have failed with every problem."""
    assert base.facts


async def test_the_shipped_base_answers_its_acceptance_questions(base: Base, built: Path) -> None:
    content = files.read_base(files.SHIPPED)
    path, limits = building.path_of(built, base.revision), Limits(shortcuts=SHORTCUTS)
    assert [str(problem) for problem in await building.wrong_answers(path, limits, content, built)] == []


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def library(built: Path) -> AsyncIterator[Library]:
    """The shipped base, in use."""
    opened = await Library.open(
        base_directory=files.SHIPPED, storage_directory=built, limits=Limits(shortcuts=SHORTCUTS)
    )
    yield opened
    await opened.close()


@pytest.mark.asyncio(loop_scope="session")
async def test_the_first_page_of_a_brief_is_on_its_topic(library: Library, base: Base) -> None:
    """Half of it or more names the topic or what lies below it: a value on the topic brings no long series along."""
    parents = {topic.id: topic.parent for topic in base.topics}

    def is_on(topic: str, named: str | None) -> bool:
        return named is not None and (named == topic or is_on(topic, parents[named]))

    for topic in base.topics:
        page = (await library.answer(Request("brief", topic.id))).first_page
        on_topic = [match for match in page if any(is_on(topic.id, named) for named in match.fact.topics)]
        assert 2 * len(on_topic) >= len(page), topic.id


@pytest.mark.asyncio(loop_scope="session")
async def test_the_other_values_are_told_on_later_pages(library: Library) -> None:
    """Of ten values of where the unity government stands, one is on Fayez Seraj."""
    pages = (await library.answer(Request("brief", "fayez-seraj"))).pages
    stands = [sum(match.fact.series == "unity-government" for match in page) for page in pages]
    assert (stands[0], sum(stands)) == (1, 10)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("topic", "lead"),
    [
        pytest.param("libya", "western-urgency/council-awaits-approval", id="not what another country did"),
        pytest.param("muammar-gaddafi", "western-urgency/gaddafi-death", id="not who someone else is"),
        pytest.param("libyan-uprising", "sabratha-air-strike/gaddafi-rebels-nato", id="not the figure of another time"),
        pytest.param("ras-lanuf", "ras-lanuf-tanks/attack-21-january", id="the news before its setting"),
        pytest.param("white-house", "white-house-statement/act-if-necessary", id="what it says of itself"),
    ],
)
async def test_a_brief_leads_with_what_is_most_about_its_topic(library: Library, topic: str, lead: str) -> None:
    assert (await library.answer(Request("brief", topic))).first_page[0].fact.id == lead


@pytest.mark.asyncio(loop_scope="session")
async def test_a_question_in_the_words_of_an_open_one_gets_no_fact(library: Library, base: Base) -> None:
    """However near a fact lies; a tenth of them are asked here, each with one of its other wordings."""
    asked = [wording for one in base.open_questions[::10] for wording in (one.question, one.asks[-1])]
    answered = [wording for wording in asked if (await library.answer(Request("ask", wording))).first_page]
    assert answered == []


@pytest.mark.parametrize("name", forms.FORMS)
def test_the_shipped_schemas_are_what_run_py_writes(name: str) -> None:
    """After a change to `forms`: `python run.py schema`."""
    shipped = files.SHIPPED / "schema" / f"{name}.json"
    assert shipped.read_text(encoding="utf-8") == forms.json_schema(name)


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.relative_to(files.SHIPPED).as_posix())
def test_every_file_names_its_schema_first_and_keeps_to_it(path: Path) -> None:
    """So that an editor completes and checks what a curator types; it reads plain YAML, numbers and dates included."""
    text = path.read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    start = "# yaml-language-server: $schema="
    assert first.startswith(start)
    schema = (path.parent / first.removeprefix(start)).resolve()
    kind = curation.FIXED_FILES.get(path.name, "source") if path.parent == files.SHIPPED else "source"
    assert schema == (files.SHIPPED / "schema" / f"{kind}.json").resolve()
    as_an_editor = json.loads(json.dumps(yaml.load(text, yaml.CSafeLoader), default=str))
    problems = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).iter_errors(as_an_editor)
    assert [problem.message for problem in problems] == []


def test_every_fact_is_cited_and_every_claim_has_its_claimant(base: Base) -> None:
    assert [fact.id for fact in base.facts if not fact.citations or not fact.citations[0].paragraphs] == []
    assert [fact.id for fact in base.facts if not fact.said_by.display] == []
    assert [
        fact.id for fact in base.facts if fact.mode != "observed" and not (fact.said_by.topic or fact.said_by.text)
    ] == []


def test_every_series_of_the_vocabulary_is_used(base: Base) -> None:
    assert sorted({series.id for series in base.vocabulary.series} - {fact.series for fact in base.facts}) == []


def test_every_paragraph_is_cited_or_the_header_says_why_not(base: Base) -> None:
    cited = {(c.source, paragraph) for fact in base.facts for c in fact.citations for paragraph in c.paragraphs}
    explained = {(source.id, paragraph) for source in base.sources for paragraph, _ in source.uncited}
    every = {(source.id, paragraph) for source in base.sources for paragraph in range(1, source.paragraphs + 1)}
    assert sorted(every - cited - explained) == []
    assert sorted(cited & explained) == []


def test_a_topic_has_facts_unless_it_is_marked_as_empty(base: Base) -> None:
    """Of its own or below it; a card with nothing on it would otherwise look like an oversight."""
    parents = {topic.id: topic.parent for topic in base.topics}
    used = {topic for fact in base.facts for topic in fact.topics}
    for topic in sorted(used):
        parent = parents[topic]
        while parent:
            used.add(parent)
            parent = parents[parent]
    bare = [topic.id for topic in base.topics if topic.held and topic.id not in used]
    assert bare == []
