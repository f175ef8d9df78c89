"""Judging answers; and how good the shipped base's are on questions that nothing was fitted to."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from knowledge import evaluation, files
from knowledge.briefing import Limits
from knowledge.evaluation import Question, Reply, Shown, Verdict
from knowledge.library import Library
from knowledge.model import Request
from tests.simulator.process import ROOT

HELD_OUT = ROOT / "tests" / "eval" / "held_out.jsonl"
SHORTCUTS = {"oil": "libyan-oil"}

FIRST_RIGHT = 0.87
"""Reached on the held-out questions: share of the answerable ones whose first fact is right."""
NOT_ANSWERED = 0.90
"""Share of the others that get no fact, or the one that corrects them."""
AUROC = 0.95
"""How well confidence tells the two apart."""


def a_question(**fields: object) -> Question:
    """An answerable question to which ¶2 of the Daily has the answer, forty."""
    quiet = {
        "id": "Q1",
        "command": "ask",
        "query": "how many",
        "kind": "direct",
        "answerable": True,
        "evidence": frozenset({("daily", 2)}),
        "must": (re.compile("40|forty", re.IGNORECASE),),
    }
    return Question(**{**quiet, **fields})  # pyright: ignore[reportArgumentType]


def a_reply(*shown: tuple[str, int, str], confidence: float = 0.9) -> Reply:
    """(source, paragraph, text) of each fact shown."""
    return Reply(
        tuple(Shown(f"{source}/{number}", frozenset({(source, number)}), text) for source, number, text in shown),
        confidence,
    )


RIGHT, WRONG, INCOMPLETE = ("daily", 2, "Forty ships"), ("daily", 9, "thirty"), ("daily", 2, "many ships")


@pytest.mark.parametrize(
    ("question", "reply", "first", "within_three", "answered", "right"),
    [
        pytest.param(a_question(), a_reply(RIGHT), True, True, True, True, id="right first"),
        pytest.param(a_question(), a_reply(WRONG, RIGHT), False, True, True, False, id="right second"),
        pytest.param(a_question(), a_reply(WRONG, WRONG, WRONG, RIGHT), False, False, True, False, id="right fourth"),
        pytest.param(a_question(), a_reply(INCOMPLETE), False, False, True, False, id="right place, value missing"),
        pytest.param(a_question(), a_reply(INCOMPLETE, ("x", 1, "40")), True, True, True, True, id="value beside it"),
        pytest.param(a_question(), a_reply(), False, False, False, False, id="refused although held"),
        pytest.param(a_question(answerable=False, evidence=frozenset(), must=()), a_reply(), False, False, False, True,
                     id="unanswerable, declined"),
        pytest.param(a_question(answerable=False, evidence=frozenset(), must=()), a_reply(WRONG), False, False, True,
                     False, id="unanswerable, answered"),
        pytest.param(a_question(answerable=False), a_reply(INCOMPLETE), True, False, True, True,
                     id="false premise met by the fact that corrects it"),
    ],
)  # fmt: skip
def test_a_reply_is_judged(
    question: Question, reply: Reply, first: bool, within_three: bool, answered: bool, right: bool
) -> None:
    verdict = evaluation.judge(question, reply)
    assert verdict == Verdict(question, reply, first, within_three, answered)
    assert verdict.right is right


def verdicts() -> list[Verdict]:
    """Two answerable questions, one right; two others, one answered."""
    no = a_question(kind="out_of_domain", answerable=False, evidence=frozenset(), must=())
    pairs = [
        (a_question(), a_reply(RIGHT, confidence=0.9)),
        (a_question(kind="typo"), a_reply(WRONG, RIGHT, confidence=0.5)),
        (no, a_reply(confidence=0.1)),
        (no, a_reply(WRONG, confidence=0.5)),
    ]
    return [evaluation.judge(question, reply) for question, reply in pairs]


def test_the_table_counts_by_kind_and_in_all() -> None:
    assert [tuple(row) for row in evaluation.table(verdicts())] == [
        ("direct", 1, 1.0, 1.0, 1.0),
        ("typo", 1, 0.0, 1.0, 1.0),
        ("out_of_domain", 2, 0.5, 0.0, 0.5),
        ("answerable", 2, 0.5, 1.0, 1.0),
        ("unanswerable, all", 2, 0.5, 0.0, 0.5),
    ]


def test_auroc_is_the_chance_of_the_right_order_with_ties_counting_half() -> None:
    assert evaluation.auroc(verdicts()) == (1 + 1 + 1 + 0.5) / 4


def test_the_report_names_what_was_wanted_and_what_came() -> None:
    lines = list(evaluation.described(verdicts(), misses=True))
    assert lines[6] == "AUROC of confidence: 0.875"
    assert "facts shown without a citation: 0" in lines
    assert lines[-2:] == [
        "Q1 typo /ask how many\n    wanted daily ¶2 /40|forty/\n    got daily/9, daily/2 (0.50)",
        "Q1 out_of_domain /ask how many\n    wanted no fact\n    got daily/9 (0.50)",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("{}", "line 1 is no question: KeyError('id')", id="field missing"),
        pytest.param("\n[1]", "line 2 is no question: TypeError", id="no object"),
        pytest.param("nonsense", "line 1 is no question: JSONDecodeError", id="no JSON"),
    ],
)
def test_a_line_that_is_no_question_is_named(content: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        evaluation.parse(content)


def test_the_held_out_questions_are_answered_as_well_as_ever(built: Path) -> None:
    """Nothing was fitted to them; what is reached must not be lost unnoticed. `run.py eval` tells more."""
    judged = asyncio.run(_judged(built))
    yes = [verdict for verdict in judged if verdict.question.answerable]
    no = [verdict for verdict in judged if not verdict.question.answerable]
    reached = {
        "first right": sum(verdict.first for verdict in yes) / len(yes),
        "not answered": sum(verdict.right for verdict in no) / len(no),
        "auroc": evaluation.auroc(judged),
        "uncited": sum(not fact.cites for verdict in judged for fact in verdict.reply.shown),
    }
    below = {
        name: figure
        for name, floor in (("first right", FIRST_RIGHT), ("not answered", NOT_ANSWERED), ("auroc", AUROC))
        if (figure := reached[name]) < floor
    }
    assert (below, reached["uncited"]) == ({}, 0)


async def _judged(storage: Path) -> list[Verdict]:
    limits = Limits(shortcuts=SHORTCUTS)
    library = await Library.open(base_directory=files.SHIPPED, storage_directory=storage, limits=limits)
    try:
        questions = evaluation.parse(HELD_OUT.read_text(encoding="utf-8"))
        answers = [await library.answer(Request(question.command, question.query)) for question in questions]
        return [evaluation.judge(q, evaluation.reply_of(a)) for q, a in zip(questions, answers, strict=True)]
    finally:
        await library.close()
