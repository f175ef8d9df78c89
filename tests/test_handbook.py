"""The curators' handbook against the code that it describes: fields, example, dates and messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from knowledge import building, dates, forms, strictyaml, verification
from knowledge.briefing import Limits
from knowledge.curation import FIXED_FILES, curate
from knowledge.errors import BadBaseError
from tests.knowledge.test_curation import REFUSED
from tests.simulator.process import ROOT

HANDBOOK = (ROOT / "knowledge" / "base" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", HANDBOOK, re.MULTILINE | re.DOTALL)
NAMED_FILE = re.compile(r"^# (\S+\.yaml)\n", re.MULTILINE)
SOURCE = "sources/harbor-fire.yaml"


def example() -> dict[str, bytes]:
    """The files of the worked example: path -> content."""
    files: dict[str, bytes] = {}
    for kind, block in BLOCKS:
        _, *parts = NAMED_FILE.split(block) if kind == "yaml" else [""]
        files.update(zip(parts[::2], (content.encode() for content in parts[1::2]), strict=True))
    return files


def article() -> verification.Article:
    """The article that the worked example is made of."""
    return verification.Article.read("harbor-fire", next(block for kind, block in BLOCKS if kind == "text"))


def fragments() -> list[str]:
    """The short examples, each under a comment that says of what."""
    blocks = [block for kind, block in BLOCKS if kind == "yaml" and not NAMED_FILE.search(block)]
    return [part for block in blocks for part in re.split(r"^# .*\n", block, flags=re.MULTILINE) if part]


def fields(form: type[BaseModel], within: str = "") -> Iterator[tuple[str, bool]]:
    """(dotted name as curators write it, whether it must be there) of every field, inner forms included."""
    for name, field in form.model_fields.items():
        path = f"{within}{field.alias or name}"
        yield path, field.is_required()
        for inner in inner_forms(field.annotation):
            yield from fields(inner, f"{path}.")


def inner_forms(annotation: Any) -> Iterator[type[BaseModel]]:
    """The forms that *annotation* names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from inner_forms(part)


def described() -> dict[str, dict[str, bool]]:
    """File -> field -> whether its table says that it is required. A table's heading names the file, and the field
    that the table is about, if it is not about the whole file."""
    found: dict[str, dict[str, bool]] = {}
    for heading, body in re.findall(r"^### (.*)\n\n((?:\|.*\n)+)", HANDBOOK, re.MULTILINE):
        file, *about = re.findall(r"`([^`]+)`", heading)
        rows = found.setdefault(file, {})
        for names, required in re.findall(r"^\| (`[^|]*`) \| (yes|no) \|", body, re.MULTILINE):
            rows.update({".".join([*about, name]): required == "yes" for name in re.findall(r"`([^`]+)`", names)})
    return found


def messages() -> list[str]:
    """Every message that the handbook explains; … stands for what was found."""
    table = HANDBOOK.partition("| Message | What to do |\n| --- | --- |\n")[2].partition("\n\n")[0]
    cells = re.findall(r"^\| (`.*`) \|.*\|$", table, re.MULTILINE)
    return [message for cell in cells for message in re.findall(r"`([^`]+)`", cell)]


def says(message: str, given: str) -> bool:
    """Whether *given* is what the handbook calls *message*."""
    return re.search(re.escape(message).replace("…", ".+"), given) is not None


def edited(path: str, old: str, new: str) -> dict[str, bytes]:
    """The worked example with one edit."""
    files = example()
    content = files[path].decode()
    assert old in content
    return files | {path: content.replace(old, new, 1).encode()}


def test_every_field_of_every_form_is_described() -> None:
    files = {form: file for file, form in FIXED_FILES.items()} | {"source": "sources/<id>.yaml"}
    tables = described()
    assert tables.keys() == set(files.values())
    for name, form in forms.FORMS.items():
        rows = tables[files[name]]
        wanted = dict(fields(form))
        headings = {path for path in wanted if path not in rows and any(row.startswith(f"{path}.") for row in rows)}
        assert rows == {path: required for path, required in wanted.items() if path not in headings}


def test_the_worked_example_is_a_whole_base() -> None:
    base = curate(example())
    assert [fact.id for fact in base.facts] == [
        "harbor-fire/boats-destroyed",
        "harbor-fire/boats-destroyed-union",
        "harbor-fire/fuel-store-inspection",
    ]
    assert len(base.open_questions) == 1


def test_the_worked_example_agrees_with_its_article() -> None:
    assert list(verification.verify(curate(example()), {article().id: article()})) == []


def test_the_worked_example_answers_its_acceptance_questions(tmp_path: Path) -> None:
    files = example()
    assert building.ensure_built(tmp_path, tmp_path, Limits(), files) == curate(files).revision


@pytest.mark.parametrize("fragment", fragments())
def test_a_short_example_can_be_written_as_it_stands(fragment: str) -> None:
    """In the worked example's first fact, its first topic, or at the end of its file."""
    written: Any = strictyaml.read(fragment)
    trees: dict[str, Any] = {path: strictyaml.read(content.decode()) for path, content in example().items()}
    places: list[tuple[type[BaseModel], Any]] = [
        (forms.FactForm, trees[SOURCE]["facts"][0]),
        (forms.TopicForm, trees["topics.yaml"]["topics"][0]),
        (forms.SourceFile, trees[SOURCE]),
    ]
    form, whole = next((form, whole) for form, whole in places if written.keys() <= {name for name, _ in fields(form)})
    form.model_validate(whole | written)


def test_dates_are_read_as_the_handbook_says() -> None:
    table = re.search(r"\| You write \|.*\n\| -.*\n((?:\|.*\n)+)", HANDBOOK)
    assert table
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", table[1], re.MULTILINE)
    assert len(rows) == table[1].count("\n")
    assert rows == [(edtf, dates.in_words(edtf)) for edtf, _ in rows]


@pytest.mark.parametrize("expected", [pytest.param(case[4], id=case[0]) for case in REFUSED])
def test_a_message_that_the_loader_gives_is_explained(expected: str) -> None:
    assert any(says(message, expected) for message in messages())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("at least 12 ", "at least 13 ", "states the figure 13", id="figure"),
        pytest.param("amount: 12", "amount: 13", "has the value 13", id="value"),
        pytest.param("on 10 June", "on 3 April", "names the date '3 April 2031'", id="date"),
        pytest.param("Ines Morrow said", "Ines Quill said", "names 'Quill'", id="name"),
        pytest.param("cites: [1, 2]", "cites: [1]", 'is said by "boatmens-union"', id="speaker"),
        pytest.param("a fire in", "a blaze that broke out before dawn on Tuesday in", "shares the words", id="copied"),
        pytest.param("paragraphs: 4", "paragraphs: 5", "says 5 paragraphs", id="paragraphs"),
        pytest.param("", "", "there is no harbor-fire.txt", id="no article"),
    ],
)
def test_a_message_about_an_article_is_explained(old: str, new: str, expected: str) -> None:
    base = curate(edited(SOURCE, old, new))
    given = [message for _, _, message in verification.verify(base, {article().id: article()} if old else {})]
    assert any(message.startswith(expected) for message in given)
    assert [one for one in given if not any(says(message, one) for message in messages())] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("/brief caldern", "/brief ines morrow", id="a fact where there must be none"),
        pytest.param("/ask did the fuel store fail an inspection", "/brief caldern", id="no fact where one must be"),
    ],
)
def test_a_message_about_an_acceptance_question_is_explained(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(BadBaseError) as refused:
        building.ensure_built(tmp_path, tmp_path, Limits(), edited("questions.yaml", old, new))
    (given,) = refused.value.problems
    assert any(says(message, given.message) for message in messages())
