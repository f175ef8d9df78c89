"""Facts held against numbered articles: each way of departing from the source is seen, and an honest base is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import checking, verification
from knowledge.curation import curate
from knowledge.verification import Article
from tests.knowledge import shipped
from tests.knowledge.conftest import LIMITS
from tests.knowledge.small_base import edited

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

ARTICLES = {
    "daily": """\
# Storm over the port

[1] PORTON (Daily) – Mayor Ann Lee told reporters on Thursday that at least 40 vessels went down, ships of every size.

[2] Her office had counted forty wrecks by noon, most of them where the wall of the Port is lowest, Bo Berg said.

[3] The stone Quay was opened again on Friday, 8 January, after divers had looked at every part of it. No ship is there.
""",
    "weekly": """\
# After the storm

[1] Insurers in Porton paid for thirty ships, fewer than the 40 that the mayor had spoken of. The others were old.

[2] The weather will be fair.
""",
}
DAILY, WEEKLY = "sources/daily.yaml", "sources/weekly.yaml"
TOLL, QUAY = "Ann Lee said that forty ships were lost.", "The quay is open."


def departures(*edits: tuple[str, str, str], **articles: str) -> list[tuple[str, str, str]]:
    """(source, fact, message) for the small base with *edits*, held against the articles."""
    read = {source: Article.read(source, text) for source, text in (ARTICLES | articles).items()}
    return list(verification.verify(curate(edited(*edits)), read))


def test_a_base_that_says_what_its_sources_say_is_clean() -> None:
    assert departures() == []


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        pytest.param(
            [(DAILY, "forty ships", "fifty ships")],
            [("daily", "toll", "states the figure 50, which ¶1, 2 do not hold.")],
            id="changed figure in words",
        ),
        pytest.param(
            [(DAILY, "amount: 40,", "amount: 41,")],
            [
                ("daily", "toll", "has the value 41, which ¶1, 2 do not hold."),
                ("daily", "toll", "lists weekly ¶1 under 'also', which does not hold its value."),
            ],
            id="changed value",
        ),
        pytest.param(
            [(DAILY, "cites: [1, 2]", "cites: [3]")],
            [
                ("daily", "toll", "states the figure 40, which ¶3 does not hold."),
                ("daily", "toll", "has the value 40, which ¶3 does not hold."),
                ("daily", "toll", "is said by \"mayor\", whom ¶3 does not name. Cite the paragraph with the name too."),
                ("daily", "toll", "names 'Ann', which ¶3 does not hold."),
                ("daily", "toll", "names 'Lee', which ¶3 does not hold."),
            ],
            id="moved paragraph number",
        ),
        pytest.param(
            [(DAILY, "also: {weekly: [1]}", "also: {weekly: [2]}")],
            [("daily", "toll", "lists weekly ¶2 under 'also', which does not hold its value.")],
            id="moved paragraph number of another source",
        ),
        pytest.param(
            [(DAILY, TOLL, "Ann Lee and Carl Dorn said that forty ships were lost.")],
            [
                ("daily", "toll", "names 'Carl', which ¶1, 2 do not hold."),
                ("daily", "toll", "names 'Dorn', which ¶1, 2 do not hold."),
            ],
            id="invented person",
        ),
        pytest.param(
            [(DAILY, QUAY, "The quay of Westhaven is open.")],
            [("daily", "quay-open", "names 'Westhaven', which ¶3 does not hold.")],
            id="invented place",
        ),
        pytest.param(
            [(DAILY, QUAY, "Bo Berg said that the quay is open.")],
            [("daily", "quay-open", "names 'Bo', which ¶3 does not hold."),
             ("daily", "quay-open", "names 'Berg', which ¶3 does not hold.")],
            id="person of another paragraph",
        ),
        pytest.param(
            [(DAILY, "said_by: {topic: mayor}", "said_by: {text: Carl Dorn}")],
            [
                ("daily", "toll", "names 'Carl', which ¶1, 2 do not hold."),
                ("daily", "toll", "names 'Dorn', which ¶1, 2 do not hold."),
            ],
            id="invented speaker",
        ),
        pytest.param(
            [(DAILY, QUAY, "The quay has been open since 9 January.")],
            [("daily", "quay-open", "names the date '9 January', which neither the cited paragraphs nor 'when' nor the "
              "day of publication give.")],
            id="changed day",
        ),
        pytest.param(
            [(DAILY, QUAY, "The quay opened after divers had looked at every part of it.")],
            [("daily", "quay-open", "shares the words 'after divers had looked at every part of' with daily ¶3. Say it "
              "in your own words.")],
            id="eight words copied",
        ),
        pytest.param(
            [(DAILY, QUAY, "The quay opened after DIVERS had, looked — at every part; of, ships.")],
            [("daily", "quay-open", "shares the words 'after divers had looked at every part of' with daily ¶3. Say it "
              "in your own words.")],
            id="eight words copied with other case and punctuation",
        ),
        pytest.param(
            [(DAILY, "how many ships were lost", "did mayor ann lee told reporters on thursday that hold")],
            [("daily", "toll", "shares the words 'mayor ann lee told reporters on thursday that' with daily ¶1. Say it "
              "in your own words.")],
            id="eight words copied into a way of asking",
        ),
        pytest.param(
            [(DAILY, "  paragraphs: 3", "  paragraphs: 4")],
            [("daily", "source", "says 4 paragraphs, but daily.txt has 3.")],
            id="wrong number of paragraphs",
        ),
    ],
)  # fmt: skip
def test_what_departs_from_the_source_is_told(
    edits: list[tuple[str, str, str]], expected: list[tuple[str, str, str]]
) -> None:
    assert departures(*edits) == expected


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("The quay opened once divers had looked at every part.", id="seven words in a row"),
        pytest.param("The quay has been open since 8 January 2016.", id="the year of the date line"),
        pytest.param("Porton's quay is open.", id="town of the date line"),
    ],
)
def test_what_the_source_bears_out_is_let_pass(statement: str) -> None:
    town = (
        "topics.yaml",
        "topics:\n",
        'topics:\n  - {id: porton, type: country, name: Porton, summary: "The town state"}\n',
    )
    assert departures(town, (DAILY, QUAY, statement)) == []


def test_an_article_that_is_missing_is_told() -> None:
    base = curate(edited())
    read = {"daily": Article.read("daily", ARTICLES["daily"])}
    assert ("weekly", "source", "there is no weekly.txt to hold it against.") in list(verification.verify(base, read))


@pytest.mark.parametrize(
    ("wording", "found"),
    [
        pytest.param("1.6 million barrels", [1_600_000], id="million with a decimal"),
        pytest.param("twenty-one ships", [21], id="joined words"),
        pytest.param("two hundred thousand", [200_000], id="two scales"),
        pytest.param("1,300 people in 17 towns", [1300, 17], id="separators"),
        pytest.param("a dozen", [12], id="dozen"),
        pytest.param("a third", [3], id="ordinal"),
        pytest.param("nothing here", [], id="none"),
    ],
)
def test_figures_are_found_in_digits_and_words(wording: str, found: list[float]) -> None:
    assert list(verification.figures(wording)) == found


def test_a_check_names_file_and_line(tmp_path: Path, with_dictionary: Path) -> None:
    directory = tmp_path / "base"
    for path, content in edited(
        (DAILY, "forty ships", "fifty ships"), (DAILY, "paragraphs: 3", "paragraphs: 4")
    ).items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(content)
    for source, text in ARTICLES.items():
        (tmp_path / f"{source}.txt").write_text(text, encoding="utf-8")
    report = checking.check(directory, with_dictionary, tmp_path, LIMITS)
    assert [str(problem) for problem in report.problems] == [
        "sources/daily.yaml:1: source says 4 paragraphs, but daily.txt has 3.",
        'sources/daily.yaml:11: fact "toll" states the figure 50, which ¶1, 2 do not hold.',
    ]


@pytest.mark.skipif(not (SHARED / "sources").is_dir(), reason="the articles are not here: ../shared/sources")
def test_the_shipped_base_says_what_its_sources_say() -> None:
    read = {
        path.stem: Article.read(path.stem, path.read_text(encoding="utf-8"))
        for path in (SHARED / "sources").glob("*.txt")
    }
    assert list(verification.verify(shipped.base(), read)) == []
