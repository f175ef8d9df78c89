"""`run.py` as it is typed: what it prints, and the exit code that it ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.knowledge import second_base
from tests.simulator.process import ROOT

KEYS = ["query", "outcome", "reason", "read_as", "confidence", "revision", "facts", "suggestions"]
FACT_KEYS = [
    "id", "statement", "said_by", "mode", "standing", "when", "when_basis", "value", "series", "score", "citations",
]  # fmt: skip
CITATION_KEYS = ["source", "publisher", "title", "published", "paragraphs"]
DONE, CHECK_FAILED, WRONG_USAGE = 0, 1, 2


def run(*arguments: str, storage: Path, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """`run.py` with *arguments*, in an environment without settings but its storage and *environ*."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DISCORD_"))}
    return subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=ROOT,
        env={**clean, "DATELINE_STORAGE_DIRECTORY": str(storage), "PYTHONIOENCODING": "utf-8", **environ},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=50,
        check=False,
    )


def objects(stdout: str) -> list[dict[str, Any]]:
    """The JSON objects of *stdout*, one a line."""
    return [json.loads(line) for line in stdout.splitlines()]


@pytest.fixture
def garden(tmp_path: Path) -> str:
    """The directory of the second base, to be edited."""
    return str(second_base.write(tmp_path / "garden"))


class TestAsk:
    """`ask`: what one would type in Discord, as arguments or one per line."""

    def test_several_hundred_questions_from_standard_input_give_an_object_each(self, built: Path) -> None:
        typed = ["/brief sirte", "/oil production", "/ask how many died at zliten", "best pizza in rome"] * 100
        told = run("ask", "--json", storage=built, stdin="\n".join(typed) + "\n")
        answers = objects(told.stdout)
        assert (told.returncode, told.stderr, len(answers)) == (DONE, "", 400)
        assert [answer["query"] for answer in answers[:4]] == [*typed[:3], "/ask best pizza in rome"]
        assert answers[:4] * 100 == answers
        for answer in answers[:4]:
            assert list(answer) == KEYS
            for fact in answer["facts"]:
                assert list(fact) == FACT_KEYS
                assert fact["citations"]
                assert all(list(citation) == CITATION_KEYS for citation in fact["citations"])

    def test_text_that_no_one_expects_is_answered_line_by_line(self, built: Path) -> None:
        typed = ['"', "port OR", "es-sider", "@everyone", "**bold** `code` ||x||", "a\x01b\x7f", "x" * 6000, "سرت Sirte",
                 "/unknown thing", "/", "/brief", "\ufffd", "'; DROP TABLE fact; --", "NEAR(a b)", "-\u200b"]  # fmt: skip
        told = run("ask", "--json", storage=built, stdin="\n".join(typed) + "\n")
        answers = objects(told.stdout)
        assert (told.returncode, told.stderr, len(answers)) == (DONE, "", len(typed))
        assert {answer["outcome"] for answer in answers} <= {"answer", "suggest", "none"}
        assert all(bool(answer["facts"]) == (answer["outcome"] == "answer") for answer in answers)

    def test_bytes_that_are_no_text_end_nothing(self, built: Path) -> None:
        told = subprocess.run(
            [sys.executable, "run.py", "ask", "--json"],
            cwd=ROOT,
            env={**os.environ, "DATELINE_STORAGE_DIRECTORY": str(built), "PYTHONIOENCODING": "utf-8:strict"},
            input=b"/brief \xff\xfe\n/brief sirte\n",
            capture_output=True,
            check=False,
        )
        assert (told.returncode, told.stderr.decode(), len(told.stdout.splitlines())) == (DONE, "", 2)

    def test_words_are_one_question_and_commands_one_each(self, built: Path) -> None:
        words = run("ask", "--json", "how", "many", "died", "at", "zliten", storage=built)
        assert [answer["query"] for answer in objects(words.stdout)] == ["/ask how many died at zliten"]
        commands = run("ask", "--json", "/brief sirte", "/brief سرت", storage=built)
        first, second = objects(commands.stdout)
        assert [fact["id"] for fact in first["facts"]] == [fact["id"] for fact in second["facts"]]

    def test_cards_are_printed_and_explained(self, built: Path) -> None:
        told = run("ask", "--explain", "/ask how many died at zliten", storage=built)
        assert told.returncode == DONE
        assert told.stdout.startswith("“how many died at zliten”\n")
        assert "(held)" in told.stdout
        assert "  covered" in told.stdout

    def test_a_reader_that_has_seen_enough_is_no_failure(self, built: Path) -> None:
        command = f"{sys.executable} run.py ask --json | head -n 1"
        told = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"],
            cwd=ROOT,
            env={**os.environ, "DATELINE_STORAGE_DIRECTORY": str(built)},
            input=b"/brief sirte\n" * 200,
            capture_output=True,
            check=False,
        )
        assert (told.returncode, told.stderr.decode()) == (DONE, "")

    def test_with_broken_yaml_the_last_good_base_answers_and_the_problem_is_told(
        self, storage: Path, garden: str
    ) -> None:
        good = run("ask", "--json", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        second_base.edit(Path(garden), "base.yaml", "language: en", "language: english")
        told = run("ask", "--json", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.returncode, told.stdout) == (DONE, good.stdout)
        assert told.stderr.splitlines() == [
            "base.yaml:4: 'language' has the wrong form (seen: 'english'); it must match ^[a-z]{2,3}$.",
            "Answering from the last good base.",
        ]


def test_without_a_command_and_a_token_there_is_a_console(built: Path) -> None:
    told = run(storage=built, stdin="/brief sirte\n\nnever read\n")
    assert told.returncode == DONE
    first, _, card = told.stdout.partition("\n")
    assert first.startswith("No DISCORD_TOKEN is set, so this is the local console")
    assert card.startswith("Sirte")
    assert "never read" not in told.stdout


class TestCheck:
    """`check`: the base by itself, and against the articles."""

    def test_a_sound_base_is_counted(self, storage: Path, garden: str) -> None:
        told = run("check", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.returncode, told.stderr) == (DONE, "")
        first, *rest = told.stdout.splitlines()
        assert first.startswith("14 facts from 2 sources, 10 topics, revision ")
        assert rest == [
            "facts per source: gazette 8, herald 6",
            "facts per kind: figure 5, event 3, assessment 2, status 2, plan 1, background 1",
            "facts per priority: 1 8, 2 6",
            "topics per type: theme 3, organisation 2, facility 2, person 2, place 1",
            "known-empty topics: 1",
            "open questions: 1; acceptance questions: 3",
            "not cited: herald ¶7: no reason given",
            "topics without facts: none",
            "facts without asks: none",
            "The base is sound.",
        ]

    def test_every_problem_is_told_with_its_line(self, storage: Path, garden: str) -> None:
        second_base.edit(Path(garden), "sources/herald.yaml", "topics: [titan-arum]", "topics: [titan-arm]")
        second_base.edit(Path(garden), "base.yaml", "as_of: 2031-02-12", "as_of: 2031-02-30")
        told = run("check", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert told.returncode == CHECK_FAILED
        assert told.stderr.splitlines() == [
            "base.yaml:3: 'as_of': '2031-02-30' is no day of the calendar.",
            "sources/herald.yaml:28: fact \"height-january\": has the unknown topic 'titan-arm'. Did you mean "
            "'titan-arum'?",
            "2 problems.",
        ]

    def test_a_wrong_answer_to_an_acceptance_question_is_a_problem(self, storage: Path, garden: str) -> None:
        second_base.edit(Path(garden), "questions.yaml", "leads: nothing", "leads: [gazette/glass]")
        told = run("check", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.returncode, told.stderr.splitlines()) == (
            CHECK_FAILED,
            ["questions.yaml:4: '/brief seed vault' must lead with \"gazette/glass\", but got no fact.", "1 problem."],
        )

    def test_articles_that_are_not_there_are_a_problem(self, storage: Path, garden: str) -> None:
        told = run("check", "--sources", "/nowhere", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.returncode, told.stderr.splitlines()[0]) == (
            CHECK_FAILED,
            "/nowhere: There is no such directory. Give the one with <source id>.txt.",
        )


class TestEval:
    """`eval`: a file of questions scored."""

    QUESTION = (
        '{"id": "Q1", "command": "ask", "query": "who blamed the bees", "kind": "who", "answerable": true, '
        '"evidence": [["gazette", 6]], "must": ["Ruiz"]}\n'
        '{"id": "Q2", "command": "ask", "query": "best pizza in rome", "kind": "out_of_domain", "answerable": false, '
        '"evidence": [], "must": []}\n'
    )

    def test_a_table_by_kind_is_printed_and_baselines_beside_it(
        self, storage: Path, garden: str, tmp_path: Path
    ) -> None:
        (tmp_path / "questions.jsonl").write_text(self.QUESTION, encoding="utf-8")
        told = run(
            "eval", "--compare", str(tmp_path / "questions.jsonl"), storage=storage, DATELINE_BASE_DIRECTORY=garden
        )
        assert (told.returncode, told.stderr) == (DONE, "")
        assert told.stdout.splitlines()[:6] == [
            "kind                 questions   right  in three  answered",
            "who                          1   1.000     1.000     1.000",
            "out_of_domain                1   1.000     0.000     0.000",
            "answerable                   1   1.000     1.000     1.000",
            "unanswerable, all            1   1.000     0.000     0.000",
            "AUROC of confidence: 1.000",
        ]
        assert [line for line in told.stdout.splitlines() if line.startswith(("rapidfuzz", "FTS5"))] == [
            "rapidfuzz token_set_ratio",
            "FTS5 BM25",
        ]

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            pytest.param("{}", "line 1 is no question", id="no question"),
            pytest.param(None, "No such file or directory", id="no file"),
        ],
    )
    def test_a_file_that_holds_no_questions_is_wrong_usage(
        self, storage: Path, garden: str, tmp_path: Path, content: str | None, expected: str
    ) -> None:
        if content is not None:
            (tmp_path / "questions.jsonl").write_text(content, encoding="utf-8")
        told = run("eval", str(tmp_path / "questions.jsonl"), storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.returncode, len(told.stderr.splitlines())) == (WRONG_USAGE, 1)
        assert expected in told.stderr


def test_schema_writes_what_editors_look_for(storage: Path, garden: str) -> None:
    told = run("schema", storage=storage, DATELINE_BASE_DIRECTORY=garden)
    names = ["base", "questions", "source", "topics", "vocabulary"]
    assert (told.returncode, sorted(map(Path, told.stdout.splitlines()))) == (
        DONE,
        [Path(garden, "schema", f"{name}.json") for name in names],
    )


class TestRefused:
    """Wrong usage and settings: one clear line and exit code 2."""

    @pytest.mark.parametrize(
        ("arguments", "environ", "expected"),
        [
            pytest.param(
                ["check"],
                {"DATELINE_ANSWERS_PAGE_SIZE": "many"},
                'DATELINE_ANSWERS_PAGE_SIZE is "many", but a whole number from 1 to 10 is expected.',
                id="wrong value",
            ),
            pytest.param(
                ["check"],
                {"DATELINE_ANSWERS_PAGESIZE": "4"},
                "DATELINE_ANSWERS_PAGESIZE is no setting (did you mean DATELINE_ANSWERS_PAGE_SIZE?).",
                id="unknown setting",
            ),
            pytest.param(
                ["--settings", "/nowhere.yaml", "check"],
                {},
                "/nowhere.yaml: cannot be read ([Errno 2] No such file or directory: '/nowhere.yaml'). Give an existing "
                "UTF-8 file to --settings.",
                id="missing settings file",
            ),
            pytest.param(
                ["serve"],
                {},
                "DISCORD_TOKEN is not set. Copy the token from the application's Bot page and set it in the environment.",
                id="no token",
            ),
        ],
    )
    def test_a_wrong_setting_is_named_in_one_line(
        self, tmp_path: Path, arguments: list[str], environ: dict[str, str], expected: str
    ) -> None:
        told = run(*arguments, storage=tmp_path, **environ)
        assert (told.returncode, told.stdout, told.stderr.splitlines()) == (WRONG_USAGE, "", [expected])

    def test_an_unknown_command_is_wrong_usage(self, tmp_path: Path) -> None:
        told = run("brief", storage=tmp_path)
        assert (told.returncode, told.stderr.splitlines()[0]) == (
            WRONG_USAGE,
            "usage: run.py [-h] [--settings SETTINGS] {serve,ask,check,eval,schema} ...",
        )

    def test_a_missing_base_says_what_to_set(self, tmp_path: Path) -> None:
        missing = str(tmp_path / "missing")
        told = run("ask", "/brief sirte", storage=tmp_path / "storage", DATELINE_BASE_DIRECTORY=missing)
        assert (told.returncode, told.stdout, told.stderr.splitlines()[0]) == (
            CHECK_FAILED,
            "",
            f"{missing}: There is no such directory. Set base.directory to where base.yaml stands.",
        )

    def test_a_storage_directory_that_cannot_be_made_is_named(self, tmp_path: Path, garden: str) -> None:
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        storage = tmp_path / "file" / "below"
        told = run("ask", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.returncode, told.stderr) == (WRONG_USAGE, f"{storage}: Not a directory\n")
