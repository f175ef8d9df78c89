"""How the weights in `knowledge/weights.json` are found: `python -m tests.eval.fit` prints and writes them.

Two logistic regressions with a ridge penalty, on two kinds of question:

- `tune.jsonl`, written from the articles by people who had not seen the base;
- the curators' own ways of asking, each taken out of its fact (or its open question) while it is asked, so that the
  fact must be found by the rest. An open question must find nothing.

Ranking: among a question's candidates, the share of probability that falls to a fact that answers it is made as large
as it can be. Confidence: whether the best fact answers at all, judged on evidence from ranking weights that were
fitted without the question (five folds). The cut-off for answering is the confidence at which, on `tune.jsonl`, wrong
answers to unanswerable questions and refusals of answerable ones cost the same, a wrong answer weighing `WRONG_COSTS`
refusals. `held_out.jsonl` takes no part.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from knowledge import curation, evaluation, files, model, scoring, store
from knowledge.briefing import Briefing, Limits, _Scored
from knowledge.scoring import CONFIDENCE_EVIDENCE, EVIDENCE, Weights

HERE = Path(__file__).parent
WEIGHTS = Path(scoring.__file__).with_name("weights.json")
SHORTCUTS = {"oil": "libyan-oil"}
OWN_ASKS = 1_000
"""Curators' phrases that take part; more changes nothing that shows."""
TUNE_COUNTS = 3.0
"""A question of `tune.jsonl` counts as much as this many of the curators' phrases: it is nearer to what people ask."""
RIDGE = 0.02
WRONG_COSTS = 1.0
FOLDS = 5
# Evidence whose sign follows from its meaning is not allowed the other one: fewer questions than one would like.
FOR = {"score", "lead", "explained", "carried", "covered", "stated", "asked_alike", "asked_share", "phrase_share", "topics_carried", "main_topic", "aspect", "kind", "priority", "preferred"}
AGAINST = {"worst_miss", "topic_miss", "number_miss", "unknown", "open_alike", "open_ahead", "no_value", "missed"}


class Case(NamedTuple):
    """A question with its candidates' evidence (rows) and which of them answer it."""

    rows: np.ndarray
    right: np.ndarray
    scored: list[_Scored]
    asked: scoring.Asked
    answerable: bool
    tune: bool


def main() -> int:
    base = curation.curate(files.read_base(files.SHIPPED))
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "base.sqlite"
        store.build(base, path)
        return asyncio.run(_fit(base, path))


async def _fit(base: model.Base, path: Path) -> int:
    opened = await store.Store.open(path)
    try:
        briefing = Briefing(opened, Weights.shipped(), Limits(shortcuts=SHORTCUTS))
        cases = [*_tune_cases(briefing, base), *_own_cases(briefing, base)]
        ranking = _ranking(cases)
        confidence, answer_from, suggest_from = _confidence(briefing, cases)
    finally:
        await opened.close()
    found = {"ranking": ranking, "confidence": confidence, "answer_from": answer_from, "suggest_from": suggest_from}
    print(json.dumps(found, indent=1))
    if "--dry-run" not in sys.argv:
        WEIGHTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


# -- cases


def _tune_cases(briefing: Briefing, base: model.Base) -> Iterator[Case]:
    facts = {number: fact for number, fact in enumerate(base.facts, start=1)}
    sources = {source.id: source for source in base.sources}
    for question in evaluation.parse((HERE / "tune.jsonl").read_text(encoding="utf-8")):
        if question.command == "brief" or briefing.lexicon.named(question.query):
            continue
        reading = briefing.lexicon.read(question.query, repair=True)
        asked, candidates = briefing.candidates(reading, SHORTCUTS.get(question.command), None)
        if not candidates or any(not briefing.lexicon.topics[topic].held for topic in reading.topics):
            continue
        citing = {n for n, _ in candidates if evaluation.shown(facts[n], sources).cites & question.evidence}
        full = {n for n in citing if all(p.search(evaluation.shown(facts[n], sources).text) for p in question.must)}
        some = {n for n in citing if any(p.search(evaluation.shown(facts[n], sources).text) for p in question.must)}
        yield _case(briefing, asked, candidates, full or some or citing, question.answerable, tune=True)


def _own_cases(briefing: Briefing, base: model.Base) -> Iterator[Case]:
    chooser = random.Random(20160219)  # noqa: S311 a fixed choice, not a secret
    own = [(number, place) for number, fact in enumerate(base.facts, start=1) for place in range(len(fact.asks))]
    for number, place in chooser.sample(own, OWN_ASKS):
        reading = briefing.lexicon.read(base.facts[number - 1].asks[place], repair=True)
        asked, candidates = briefing.candidates(reading, None, None)
        bare = [
            (n, replace(bag, phrases=bag.phrases[:place] + bag.phrases[place + 1 :]) if n == number else bag)
            for n, bag in candidates
        ]
        yield _case(briefing, asked, bare, {number}, True, tune=False)
    whole = list(briefing._open)
    for at, (question, bag) in enumerate(whole):
        for place, wording in enumerate((question.question, *question.asks)):
            if place % 2:
                continue
            reading = briefing.lexicon.read(wording, repair=True)
            asked, candidates = briefing.candidates(reading, None, None)
            if candidates:
                briefing._open = [*whole[:at], (question, replace(bag, phrases=bag.phrases[:place] + bag.phrases[place + 1 :])), *whole[at + 1 :]]
                yield _case(briefing, asked, candidates, set(), False, tune=False)
                briefing._open = whole


def _case(briefing: Briefing, asked: scoring.Asked, candidates: Sequence[tuple[int, object]], right: set[int], answerable: bool, *, tune: bool) -> Case:
    scored = briefing.rank(asked, candidates)  # type: ignore[arg-type]
    rows = np.array([[item.strengths[name] for name in EVIDENCE] for item in scored])
    _, open_alike = briefing._nearest_open(asked)
    asked_with_open = asked, open_alike
    return Case(rows, np.array([item.number in right for item in scored]), scored, asked_with_open, answerable, tune)  # type: ignore[arg-type]


# -- fitting


def _ranking(cases: Sequence[Case]) -> dict[str, float]:
    used = [case for case in cases if case.right.any() and not case.right.all()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = RIDGE * len(used) * (weights @ weights) / 2, RIDGE * len(used) * weights
        for case in used:
            factor = TUNE_COUNTS if case.tune else 1.0
            raw = case.rows @ weights
            odds = np.exp(raw - raw.max())
            everything = odds / odds.sum()
            chosen = np.where(case.right, odds, 0.0)
            chosen = chosen / chosen.sum()
            total -= factor * np.log(everything[case.right].sum())
            slope = slope - factor * (chosen - everything) @ case.rows
        return total, slope

    names = list(EVIDENCE)
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=_bounds(names))
    return {"bias": 0.0, **{name: round(float(w), 3) for name, w in zip(names, found.x, strict=True)}}


def _confidence(briefing: Briefing, cases: Sequence[Case]) -> tuple[dict[str, float], float, float]:
    names = list(CONFIDENCE_EVIDENCE)
    rows, truths, factors, tune, answerable = [], [], [], [], []
    order = list(range(len(cases)))
    random.Random(7).shuffle(order)  # noqa: S311 a fixed choice
    for fold in range(FOLDS):
        kept = [cases[place] for at, place in enumerate(order) if at % FOLDS != fold]
        weights = _ranking(kept)
        for at, place in enumerate(order):
            if at % FOLDS != fold:
                continue
            case = cases[place]
            asked, open_alike = case.asked  # type: ignore[misc]
            ranked = sorted(
                (replace(item, score=scoring.score(item.strengths, weights)) for item in case.scored), key=lambda item: -item.score
            )
            right = {item.number for item, truth in zip(case.scored, case.right, strict=True) if truth}
            strengths = briefing.confidence_evidence(asked, ranked, open_alike)
            rows.append([strengths[name] for name in names])
            truths.append(ranked[0].number in right if right else False)
            factors.append(TUNE_COUNTS if case.tune else 1.0)
            tune.append(case.tune)
            answerable.append(case.answerable)
    x, y, f = np.array(rows), np.array(truths, dtype=float), np.array(factors)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        raw = x @ weights[1:] + weights[0]
        p = 1 / (1 + np.exp(-raw))
        total = -(f * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        slope = x.T @ (f * (p - y))
        ridge = RIDGE * len(y) / 4
        return total + ridge * (weights[1:] @ weights[1:]) / 2, np.concatenate([[(f * (p - y)).sum()], slope + ridge * weights[1:]])

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[(None, None), *_bounds(names)])
    p = 1 / (1 + np.exp(-(x @ found.x[1:] + found.x[0])))
    yes = p[np.array(tune) & np.array(answerable)]
    no = p[np.array(tune) & ~np.array(answerable)]
    cuts = np.linspace(0.05, 0.95, 181)
    costs = [(yes < cut).mean() + WRONG_COSTS * (no >= cut).mean() for cut in cuts]
    cut = float(cuts[int(np.argmin(costs))])
    print(f"{len(cases)} cases; at {cut:.2f}: refused {(yes < cut).mean():.3f}, answered wrongly {(no >= cut).mean():.3f}", file=sys.stderr)
    weights = {"bias": round(float(found.x[0]), 3), **{name: round(float(w), 3) for name, w in zip(names, found.x[1:], strict=True)}}
    return weights, round(cut, 3), round(cut / 3, 3)


def _bounds(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    return [(0.0, None) if name in FOR else (None, 0.0) if name in AGAINST else (None, None) for name in names]


if __name__ == "__main__":
    sys.exit(main())
