"""The base that is shipped: it loads, answers its own questions, and editors can check it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from knowledge import building, checking, curation, files, forms, strictyaml
from knowledge.briefing import Limits
from tests.simulator.process import ROOT

SHARED = ROOT.parent / "shared"
SHORTCUTS = {"oil": "libyan-oil"}
"""As in the shipped settings; the acceptance questions use it."""

YAML_FILES = sorted(files.SHIPPED.rglob("*.yaml"))


def test_the_shipped_base_is_sound_and_answers_its_acceptance_questions(built: Path) -> None:
    report = checking.check(files.SHIPPED, built, None, Limits(shortcuts=SHORTCUTS))
    assert [str(problem) for problem in report.problems] == []


@pytest.mark.skipif(not (SHARED / "sources").is_dir(), reason="the articles are not here: ../shared/sources")
def test_the_shipped_base_is_clean_against_its_articles(built: Path) -> None:
    report = checking.check(files.SHIPPED, built, SHARED / "sources", Limits(shortcuts=SHORTCUTS))
    assert [str(problem) for problem in report.problems] == []


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
    as_an_editor = json.loads(json.dumps(yaml.safe_load(text), default=str))
    problems = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).iter_errors(as_an_editor)
    assert [problem.message for problem in problems] == []


def test_every_fact_is_cited_and_every_claim_has_its_claimant() -> None:
    base = curation.curate(files.read_base(files.SHIPPED))
    assert [fact.id for fact in base.facts if not fact.citations or not fact.citations[0].paragraphs] == []
    assert [fact.id for fact in base.facts if not fact.said_by.display] == []
    assert [fact.id for fact in base.facts if fact.mode != "observed" and not (fact.said_by.topic or fact.said_by.text)] == []


def test_values_of_one_series_measure_the_same_thing() -> None:
    base = curation.curate(files.read_base(files.SHIPPED))
    lone = {series.id for series in base.vocabulary.series} - {fact.series for fact in base.facts}
    assert lone == set()


def test_every_paragraph_is_cited_or_says_why_not() -> None:
    assert list(_silent()) == []


def _silent() -> Iterator[str]:
    base = curation.curate(files.read_base(files.SHIPPED))
    cited = {(c.source, paragraph) for fact in base.facts for c in fact.citations for paragraph in c.paragraphs}
    for source in base.sources:
        explained = dict(source.uncited)
        for paragraph in range(1, source.paragraphs + 1):
            if ((source.id, paragraph) in cited) == (paragraph in explained):
                yield f"{source.id} ¶{paragraph}"


def test_no_fact_of_a_preferred_rank_is_alone_in_its_series() -> None:
    base = curation.curate(files.read_base(files.SHIPPED))
    held = [fact.series for fact in base.facts if fact.series]
    assert [fact.id for fact in base.facts if fact.rank == "preferred" and held.count(fact.series) < 2] == []


async def test_the_acceptance_questions_are_told_when_they_fail(built: Path) -> None:
    """Asked without the shortcut that they rely on, some must fail, or this file proves nothing."""
    content = files.read_base(files.SHIPPED) | {
        "questions.yaml": b"questions:\n- {query: /brief sebha, leads: [zliten-bombing/death-toll]}\n"
    }
    revision = files.revision_of(content)
    assert strictyaml.read(content["questions.yaml"].decode())
    assert building.current(built) != revision
