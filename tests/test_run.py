"""`run.py` as it is typed: what it prints, and the exit code that it ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

from run import main
from tests.knowledge import second_base
from tests.simulator.process import ROOT

KEYS = ["query", "outcome", "reason", "read_as", "confidence", "revision", "facts", "suggestions"]
FACT_KEYS = [
    "id", "statement", "said_by", "mode", "standing", "when", "when_basis", "value", "series", "score", "citations",
]  # fmt: skip
CITATION_KEYS = ["source", "publisher", "title", "published", "paragraphs"]
DONE, CHECK_FAILED, WRONG_USAGE = 0, 1, 2


class Told(NamedTuple):
    """How one run ended: exit code and both streams."""

    code: int
    out: str
    err: str


class Inside(Protocol):
    """Runs a command line inside this process."""

    def __call__(self, *arguments: str, storage: Path, **environ: str) -> Told: ...


def clean_environment() -> dict[str, str]:
    """This process's environment without settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DISCORD_"))}


def outside(*arguments: str, storage: Path, stdin: bytes = b"", **environ: str) -> Told:
    """`run.py` as a process of its own."""
    told = subprocess.run(
        [sys.executable, "run.py", *arguments],
        cwd=ROOT,
        env={
            **clean_environment(),
            "DATELINE_STORAGE_DIRECTORY": str(storage),
            "PYTHONIOENCODING": "utf-8:strict",
            **environ,
        },
        input=stdin,
        capture_output=True,
        check=False,
    )
    return Told(told.returncode, told.stdout.decode(), told.stderr.decode())


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    """Runs what needs no standard input through `run.main`, since a process takes longer to start than to answer."""

    def ran(*arguments: str, storage: Path, **environ: str) -> Told:
        for name in set(os.environ) - set(clean_environment()):
            monkeypatch.delenv(name)
        for name, value in {"DATELINE_STORAGE_DIRECTORY": str(storage), **environ}.items():
            monkeypatch.setenv(name, value)
        code = main(arguments)
        printed = capsys.readouterr()
        return Told(code, printed.out, printed.err)

    return ran


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
        told = outside("ask", "--json", storage=built, stdin="\n".join(typed).encode())
        answers = objects(told.out)
        assert (told.code, told.err, len(answers)) == (DONE, "", 400)
        assert [answer["query"] for answer in answers[:4]] == [*typed[:3], "/ask best pizza in rome"]
        assert answers[:4] * 100 == answers
        for answer in answers[:4]:
            assert list(answer) == KEYS
            for fact in answer["facts"]:
                assert list(fact) == FACT_KEYS
                assert fact["citations"]
                assert all(list(citation) == CITATION_KEYS for citation in fact["citations"])

    def test_text_that_no_one_expects_is_answered_line_by_line(self, built: Path) -> None:
        typed = ['"', "port OR", "es-sider", "@everyone", "**bold** `code`", "a\x01b\x7f", "x" * 6000, "سرت Sirte"]
        typed += ["/unknown thing", "/", "/brief", "\ufffd", "'; DROP TABLE x; --", "NEAR(a b)", "-\u200b"]
        raw = [*(line.encode() for line in typed), b"", b"  ", b"/brief \xff\xfe"]
        told = outside("ask", "--json", storage=built, stdin=b"\n".join(raw))
        answers = objects(told.out)
        assert (told.code, told.err, len(answers)) == (DONE, "", len(typed) + 1)
        assert {answer["outcome"] for answer in answers} <= {"answer", "suggest", "none"}
        assert all(bool(answer["facts"]) == (answer["outcome"] == "answer") for answer in answers)

    def test_a_line_that_is_refused_loses_none_of_the_others(self, built: Path) -> None:
        typed = ["/topics type:banana", "/nonsense x", "/brief sirte depth:huge", "/fact no/such", "/brief sirte"]
        raw = "\n".join(typed).encode()
        told = outside("ask", storage=built, stdin=raw)
        first, *_ = told.out.splitlines()
        assert (told.code, told.err) == (DONE, "")
        assert first.startswith("'banana' is no type that I know. Type one of place, ")
        assert "\n\nSirte" in told.out
        answers = objects(outside("ask", "--json", storage=built, stdin=raw).out)
        assert [list(answer) for answer in answers] == [KEYS] * 5
        assert [(answer["query"], answer["outcome"], answer["reason"]) for answer in answers] == [
            (typed[0], "none", "bad_choice"),
            (typed[1], "none", "no_command"),
            (typed[2], "none", "bad_choice"),
            (typed[3], "none", "no_fact"),
            (typed[4], "answer", "held"),
        ]
        assert [(answer["facts"], answer["suggestions"]) for answer in answers[:4]] == [([], [])] * 4

    def test_words_are_one_question_and_commands_one_each(self, inside: Inside, built: Path) -> None:
        words = inside("ask", "--json", "how", "many", "died", "at", "zliten", storage=built)
        assert [answer["query"] for answer in objects(words.out)] == ["/ask how many died at zliten"]
        first, second = objects(inside("ask", "--json", "/brief sirte", "/brief سرت", storage=built).out)
        assert [fact["id"] for fact in first["facts"]] == [fact["id"] for fact in second["facts"]]

    def test_cards_are_printed_and_explained(self, inside: Inside, built: Path) -> None:
        told = inside("ask", "--explain", "/ask how many died at zliten", storage=built)
        assert told.code == DONE
        assert told.out.startswith("“how many died at zliten”\n")
        assert "(held)" in told.out
        assert "  covered" in told.out

    def test_a_reader_that_has_seen_enough_is_no_failure(self, built: Path) -> None:
        command = f"{sys.executable} run.py ask --json | head -n 1"
        told = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command}"],
            cwd=ROOT,
            env={**clean_environment(), "DATELINE_STORAGE_DIRECTORY": str(built)},
            input=b"/brief sirte\n" * 200,
            capture_output=True,
            check=False,
        )
        assert (told.returncode, told.stderr.decode()) == (DONE, "")

    def test_with_broken_yaml_the_last_good_base_answers_and_the_problem_is_told(
        self, inside: Inside, storage: Path, garden: str
    ) -> None:
        good = inside("ask", "--json", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        second_base.edit(Path(garden), "base.yaml", "language: en", "language: english")
        told = inside("ask", "--json", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.code, told.out) == (DONE, good.out)
        assert told.err.splitlines() == [
            "base.yaml:4: 'language' has the wrong form (seen: 'english'); it must match ^[a-z]{2,3}$.",
            "Answering from the last good base.",
        ]


def test_without_a_command_and_a_token_there_is_a_console(built: Path) -> None:
    told = outside(storage=built, stdin=b"/brief sirte\n\nnever read\n")
    assert told.code == DONE
    first, _, card = told.out.partition("\n")
    assert first.startswith("No DISCORD_TOKEN is set, so this is the local console")
    assert card.startswith("Sirte")
    assert "never read" not in told.out


class TestCheck:
    """`check`: the base by itself, and against the articles."""

    def test_a_sound_base_is_counted(self, inside: Inside, storage: Path, garden: str) -> None:
        told = inside("check", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.code, told.err) == (DONE, "")
        first, *rest = told.out.splitlines()
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

    def test_every_problem_is_told_with_its_line(self, inside: Inside, storage: Path, garden: str) -> None:
        second_base.edit(Path(garden), "sources/herald.yaml", "topics: [titan-arum]", "topics: [titan-arm]")
        second_base.edit(Path(garden), "base.yaml", "as_of: 2031-02-12", "as_of: 2031-02-30")
        told = inside("check", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert told.code == CHECK_FAILED
        assert told.err.splitlines() == [
            "base.yaml:3: 'as_of': '2031-02-30' is no day of the calendar.",
            "sources/herald.yaml:28: fact \"height-january\": has the unknown topic 'titan-arm'. Did you mean "
            "'titan-arum'?",
            "2 problems.",
        ]

    def test_a_wrong_answer_to_an_acceptance_question_is_a_problem(
        self, inside: Inside, storage: Path, garden: str
    ) -> None:
        second_base.edit(Path(garden), "questions.yaml", "leads: nothing", "leads: [gazette/glass]")
        told = inside("check", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.code, told.err.splitlines()) == (
            CHECK_FAILED,
            ["questions.yaml:4: '/brief seed vault' must lead with \"gazette/glass\", but got no fact.", "1 problem."],
        )

    def test_articles_that_are_not_there_are_a_problem(self, inside: Inside, storage: Path, garden: str) -> None:
        told = inside("check", "--sources", "/nowhere", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.code, told.err.splitlines()[0]) == (
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
        self, inside: Inside, storage: Path, garden: str, tmp_path: Path
    ) -> None:
        (tmp_path / "questions.jsonl").write_text(self.QUESTION, encoding="utf-8")
        told = inside(
            "eval", "--compare", str(tmp_path / "questions.jsonl"), storage=storage, DATELINE_BASE_DIRECTORY=garden
        )
        assert (told.code, told.err) == (DONE, "")
        assert told.out.splitlines()[:6] == [
            "kind                 questions   right  in three  answered",
            "who                          1   1.000     1.000     1.000",
            "out_of_domain                1   1.000     0.000     0.000",
            "answerable                   1   1.000     1.000     1.000",
            "unanswerable, all            1   1.000     0.000     0.000",
            "AUROC of confidence: 1.000",
        ]
        assert [line for line in told.out.splitlines() if line.startswith(("rapidfuzz", "FTS5"))] == [
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
        self, inside: Inside, storage: Path, garden: str, tmp_path: Path, content: str | None, expected: str
    ) -> None:
        if content is not None:
            (tmp_path / "questions.jsonl").write_text(content, encoding="utf-8")
        told = inside("eval", str(tmp_path / "questions.jsonl"), storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.code, len(told.err.splitlines())) == (WRONG_USAGE, 1)
        assert expected in told.err


def test_schema_writes_what_editors_look_for(inside: Inside, storage: Path, garden: str) -> None:
    told = inside("schema", storage=storage, DATELINE_BASE_DIRECTORY=garden)
    names = ["base", "questions", "source", "topics", "vocabulary"]
    assert (told.code, sorted(map(Path, told.out.splitlines()))) == (
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
                "/nowhere.yaml: cannot be read ([Errno 2] No such file or directory: '/nowhere.yaml'). Give an "
                "existing UTF-8 file to --settings.",
                id="missing settings file",
            ),
            pytest.param(
                ["serve"],
                {},
                "DISCORD_TOKEN is not set. Copy the token from the application's Bot page and set it in the "
                "environment.",
                id="no token",
            ),
        ],
    )
    def test_a_wrong_setting_is_named_in_one_line(
        self, inside: Inside, tmp_path: Path, arguments: list[str], environ: dict[str, str], expected: str
    ) -> None:
        told = inside(*arguments, storage=tmp_path, **environ)
        assert (told.code, told.out, told.err.splitlines()) == (WRONG_USAGE, "", [expected])

    def test_the_process_ends_with_the_code(self, tmp_path: Path) -> None:
        told = outside("ask", "/brief sirte", storage=tmp_path, DATELINE_LOG_LEVEL="LOUD")
        assert told == Told(
            WRONG_USAGE, "", 'DATELINE_LOG_LEVEL is "LOUD", but one of DEBUG, INFO, WARNING, ERROR is expected.\n'
        )

    @pytest.mark.parametrize(
        ("topic", "likely"),
        [("nowhere", ""), ("sirt", " (did you mean sirte?)")],
    )
    @pytest.mark.parametrize("command", ["ask", "serve"])
    def test_a_shortcut_to_a_topic_that_the_base_does_not_have_is_refused(
        self, storage: Path, tmp_path: Path, command: str, topic: str, likely: str
    ) -> None:
        settings = tmp_path / "bot.yaml"
        settings.write_text(f"shortcuts: {{health: {{topic: {topic}, description: Health}}}}\n", encoding="utf-8")
        arguments = ["/health"] if command == "ask" else []
        told = outside("--settings", str(settings), command, *arguments, storage=storage, DISCORD_TOKEN="a.b.c")
        assert (told.code, told.out, told.err.splitlines()) == (
            WRONG_USAGE,
            "",
            [f'shortcuts.health.topic is "{topic}", but the id of a topic of the base is expected{likely}.'],
        )

    def test_a_mistyped_base_is_not_answered_for_by_another(self, inside: Inside, storage: Path, garden: str) -> None:
        assert inside("ask", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=garden).code == DONE
        told = inside("ask", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=f"{garden}s")
        assert (told.code, told.out, told.err.splitlines()[0]) == (
            CHECK_FAILED,
            "",
            f"{garden}s: There is no such directory. Set base.directory to where base.yaml stands.",
        )

    def test_an_unknown_command_is_wrong_usage(self, inside: Inside, tmp_path: Path) -> None:
        with pytest.raises(SystemExit) as caught:
            inside("brief", storage=tmp_path)
        assert caught.value.code == WRONG_USAGE

    def test_a_missing_base_says_what_to_set(self, inside: Inside, tmp_path: Path) -> None:
        missing = str(tmp_path / "missing")
        told = inside("ask", "/brief sirte", storage=tmp_path / "storage", DATELINE_BASE_DIRECTORY=missing)
        assert (told.code, told.out, told.err.splitlines()[0]) == (
            CHECK_FAILED,
            "",
            f"{missing}: There is no such directory. Set base.directory to where base.yaml stands.",
        )

    def test_a_storage_directory_that_cannot_be_made_is_named(
        self, inside: Inside, tmp_path: Path, garden: str
    ) -> None:
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        storage = tmp_path / "file" / "below"
        told = inside("ask", "/brief titan arum", storage=storage, DATELINE_BASE_DIRECTORY=garden)
        assert (told.code, told.err) == (WRONG_USAGE, f"{storage}: Not a directory\n")
