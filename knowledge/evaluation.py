"""How good the answers are: questions with known evidence in, a table by kind out.

A question file holds one JSON object a line: `id`, `command`, `query`, `kind`, `answerable`, `evidence` (pairs of
source and paragraph, each of which supports the right answer by itself) and `must` (regular expressions that the
first three facts must match between them).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from knowledge import dates, model


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file."""

    id: str
    command: str
    query: str
    kind: str
    answerable: bool
    evidence: frozenset[tuple[str, int]]
    must: tuple[re.Pattern[str], ...]


class Shown(NamedTuple):
    """What a system shows for one fact: what it cites, and its text with speaker, date, value and citation."""

    name: str
    cites: frozenset[tuple[str, int]]
    text: str


class Reply(NamedTuple):
    """What a system gives for one question: the facts presented as the answer (best first; none if it declines) and
    how sure it is, higher being surer."""

    shown: tuple[Shown, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question judged."""

    question: Question
    reply: Reply
    first: bool
    within_three: bool
    answered: bool

    @property
    def right(self) -> bool:
        """What one would wish for: the right fact first, or no fact where none answers."""
        return self.first if self.question.answerable else self.first or not self.answered


def parse(content: str) -> list[Question]:
    """The questions of a file.

    Raises: ValueError: a line is no question; the message names the line.
    """
    questions: list[Question] = []
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            fields: dict[str, Any] = json.loads(line)
            questions.append(
                Question(
                    id=fields["id"],
                    command=fields["command"],
                    query=fields["query"],
                    kind=fields["kind"],
                    answerable=bool(fields["answerable"]),
                    evidence=frozenset((source, int(paragraph)) for source, paragraph in fields["evidence"]),
                    must=tuple(re.compile(pattern, re.IGNORECASE) for pattern in fields["must"]),
                )
            )
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise ValueError(f"line {number} is no question: {error!r}") from error
    return questions


def shown(fact: model.Fact, sources: dict[str, model.Source]) -> Shown:
    """*fact* as a reader of its card sees it."""
    value = fact.value
    figures = [f for f in (value.amount, value.low, value.high) if f] if value else []
    parts = [fact.statement, fact.said_by.display, dates.in_words(fact.when) if fact.when else "", *figures]
    parts += [f"{sources[c.source].publisher} {sources[c.source].title}" for c in fact.citations]
    cites = frozenset((c.source, paragraph) for c in fact.citations for paragraph in c.paragraphs)
    return Shown(fact.id, cites, " | ".join(parts))


def searched(fact: model.Fact) -> str:
    """What a plain search would be given of *fact*: its statement and the ways of asking for it."""
    return " ".join((fact.statement, fact.said_by.display, *fact.asks))


def reply_of(answer: model.Answer) -> Reply:
    """An `Answer` as a reply to be judged."""
    return Reply(tuple(shown(match.fact, answer.sources) for match in answer.first_page), answer.confidence)


def judge(question: Question, reply: Reply) -> Verdict:
    """Hold *reply* against what *question* wants."""
    first_three = reply.shown[:3]
    text = "\n".join(fact.text for fact in first_three)
    complete = all(pattern.search(text) for pattern in question.must)
    cited = [bool(fact.cites & question.evidence) for fact in first_three]
    first = bool(cited) and cited[0] and (complete or not question.answerable)
    return Verdict(question, reply, first, any(cited) and complete, bool(reply.shown))


def table(verdicts: Sequence[Verdict]) -> list[tuple[str, int, float, float, float]]:
    """(kind, questions, right, within three, answered) by kind, then over all answerable and all unanswerable."""
    kinds = list(dict.fromkeys(verdict.question.kind for verdict in verdicts))
    groups = [(kind, [v for v in verdicts if v.question.kind == kind]) for kind in kinds]
    groups.append(("answerable", [v for v in verdicts if v.question.answerable]))
    groups.append(("unanswerable, all", [v for v in verdicts if not v.question.answerable]))
    return [
        (name, len(g), _share(v.right for v in g), _share(v.within_three for v in g), _share(v.answered for v in g))
        for name, g in groups
        if g
    ]


def auroc(verdicts: Iterable[Verdict]) -> float:
    """The chance that an answerable question gets more confidence than an unanswerable one; ties count half."""
    scored = [(verdict.reply.confidence, verdict.question.answerable) for verdict in verdicts]
    yes = [confidence for confidence, answerable in scored if answerable]
    no = [confidence for confidence, answerable in scored if not answerable]
    if not yes or not no:
        return float("nan")
    return sum((y > n) + 0.5 * (y == n) for y in yes for n in no) / (len(yes) * len(no))


def described(verdicts: Sequence[Verdict], *, misses: bool = False) -> Iterator[str]:
    """The lines of a report: the table by kind, AUROC, confidence against accuracy, and with *misses* what was wanted
    and what came instead."""
    yield f"{'kind':20}{'questions':>10}{'right':>8}{'in three':>10}{'answered':>10}"
    for name, count, right, three, answered in table(verdicts):
        yield f"{name:20}{count:>10}{right:>8.3f}{three:>10.3f}{answered:>10.3f}"
    yield f"AUROC of confidence: {auroc(verdicts):.3f}"
    uncited = sum(not fact.cites for verdict in verdicts for fact in verdict.reply.shown)
    yield f"facts shown without a citation: {uncited}"
    yield "confidence  questions  answerable and right first"
    for low in range(0, 10, 2):
        inside = [v for v in verdicts if low / 10 <= v.reply.confidence < (low + 2) / 10 + (low == 8)]
        if inside:
            right = _share(v.question.answerable and v.first for v in inside)
            yield f"{low / 10:.1f}–{(low + 2) / 10:.1f}  {len(inside):>12}  {right:.3f}"
    if misses:
        yield from (_miss(verdict) for verdict in verdicts if not verdict.right)


def _miss(verdict: Verdict) -> str:
    question, reply = verdict.question, verdict.reply
    wanted = ", ".join(f"{source} ¶{paragraph}" for source, paragraph in sorted(question.evidence)) or "no fact"
    must = "".join(f" /{pattern.pattern}/" for pattern in question.must)
    got = ", ".join(fact.name for fact in reply.shown[:3]) or "no fact"
    asked = f"{question.id} {question.kind} /{question.command} {question.query}"
    return f"{asked}\n    wanted {wanted}{must}\n    got {got} ({reply.confidence:.2f})"


def _share(truths: Iterable[bool]) -> float:
    counted = list(truths)
    return sum(counted) / len(counted) if counted else 0.0
