"""How the weights in `knowledge/weights.json` are found: `python -m tests.eval.fit` prints and writes them.

Two logistic regressions with a ridge penalty, on four kinds of question:

- `tune.jsonl`, written from the articles by people who had not seen the base;
- the curators' own ways of asking, each taken out of its fact (or its open question) while it is asked, so that the
  fact must be found by the rest. An open question must find nothing;
- `elsewhere.txt`, questions and chat that no desk's base covers, which must find nothing;
- the curators' phrases with a name exchanged: for one that nobody has, or for another topic of the same type that no
  fact on that side of things is about; or with a year in which nothing of it happened. They must find nothing either.

Ranking: among a question's candidates, the share of probability that falls to a fact that answers it is made as large
as it can be. Confidence: whether any fact answers the question as it is put, judged on evidence from ranking weights
that were fitted without the question (five folds). The cut-off for answering is the confidence at which, on
`tune.jsonl` and in those folds, refusals of answerable questions and answers to unanswerable ones cost least together,
an answer weighing `WRONG_COSTS` refusals; a false premise met by the fact that corrects it is no wrong answer.
`held_out.jsonl` takes no part.
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
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from knowledge import building, curation, evaluation, files, model, scoring, store, text
from knowledge.bags import Bag
from knowledge.briefing import Briefing, Limits, Scored
from knowledge.dictionary import Dictionary, ensure
from knowledge.scoring import CONFIDENCE_EVIDENCE, EVIDENCE, Weights

HERE = Path(__file__).parent
WEIGHTS = Path(scoring.__file__).with_name("weights.json")
SHORTCUTS = {"oil": "libyan-oil"}
OWN_ASKS = 1_000
"""Curators' phrases that take part; more changes nothing that shows."""
EXCHANGED = 180
NEVER = ("1987", "1999", "2004", "march 2007", "2009", "june 2010", "2018", "2019", "may 2021", "2030")
NOBODY = ("Quorvane", "Belthasar Onnu", "Trevizh", "Mokranta", "Ulbeck", "Santorrel", "Gidwara", "Hesperow")
TUNE_COUNTS = 5.0
"""A question of `tune.jsonl` counts as much as this many of the curators' phrases: it is nearer to what people ask."""
RIDGE = 0.02
WRONG_COSTS = 0.6
"""Of shares, not of counts. The goals' own ratio (3 in 100 refused to 8 in 100 answered, 0.375) was tried: it answers
every second unanswerable question, since the two kinds overlap more than the goals take for granted."""
FOLDS = 5
SHUFFLES = 4
SMOOTHED = 10
"""Cut-offs on either side that the cost of one is averaged with; single questions make the curve ragged."""
# Evidence whose sign follows from its meaning is not allowed the other one: fewer questions than one would like.
FOR = {
    "wanted",
    "score",
    "lead",
    "explained",
    "carried",
    "covered",
    "stated",
    "asked_alike",
    "asked_share",
    "phrase_share",
    "topics_carried",
    "main_topic",
    "aspect",
    "kind",
    "priority",
    "preferred",
}
AGAINST = {
    "open_holds",
    "worst_miss",
    "topic_miss",
    "number_miss",
    "unknown",
    "open_lead",
    "open_ahead",
    "no_value",
    "missed",
}


class Case(NamedTuple):
    """A question with its candidates' evidence (rows) and which of them answer it."""

    rows: np.ndarray
    right: np.ndarray
    scored: list[Scored]
    asked: scoring.Asked
    nearest_open: tuple[float, float]
    answerable: bool
    corrected: bool
    tune: bool


def main() -> int:
    base = curation.curate(files.read_base(files.SHIPPED))
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "base.sqlite"
        store.build(base, path)
        return asyncio.run(_fit(base, path))


async def _fit(base: model.Base, path: Path) -> int:
    opened = await store.Store.open(path)
    words = Dictionary(ensure(path.parent, building.languages_of(opened)))
    try:
        briefing = Briefing(opened, Weights.shipped(), Limits(shortcuts=SHORTCUTS), words.holds)
        cases = [
            *_tune_cases(briefing, base),
            *_own_cases(briefing, base),
            *_exchanged_cases(briefing, base),
            *_elsewhere_cases(briefing),
        ]
        ranking = _ranking(cases)
        confidence, answer_from, suggest_from = _confidence(briefing, cases)
    finally:
        words.close()
        await opened.close()
    found = {"ranking": ranking, "confidence": confidence, "answer_from": answer_from, "suggest_from": suggest_from}
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    if "--dry-run" not in sys.argv:
        WEIGHTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


# -- cases


def _tune_cases(briefing: Briefing, base: model.Base) -> Iterator[Case]:
    facts = dict(enumerate(base.facts, start=1))
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
    chooser = random.Random(20160219)
    own = [(number, place) for number, fact in enumerate(base.facts, start=1) for place in range(len(fact.asks))]
    for number, place in chooser.sample(own, OWN_ASKS):
        reading = briefing.lexicon.read(base.facts[number - 1].asks[place], repair=True)
        asked, candidates = briefing.candidates(reading, None, None)
        bare = [
            (n, replace(bag, phrases=bag.phrases[:place] + bag.phrases[place + 1 :]) if n == number else bag)
            for n, bag in candidates
        ]
        yield _case(briefing, asked, bare, {number}, True, tune=False)
    whole = list(briefing.open_questions)
    for at, (question, bag) in enumerate(whole):
        for place, wording in enumerate((question.question, *question.asks)):
            if place % 2:
                continue
            reading = briefing.lexicon.read(wording, repair=True)
            asked, candidates = briefing.candidates(reading, None, None)
            if candidates:
                briefing.open_questions = [
                    *whole[:at],
                    (question, replace(bag, phrases=bag.phrases[:place] + bag.phrases[place + 1 :])),
                    *whole[at + 1 :],
                ]
                yield _case(briefing, asked, candidates, set(), False, tune=False)
                briefing.open_questions = whole


def _exchanged_cases(briefing: Briefing, base: model.Base) -> Iterator[Case]:
    chooser = random.Random(20160223)
    lexicon = briefing.lexicon
    together = {(topic, aspect) for fact in base.facts for topic in fact.topics for aspect in fact.aspects}
    own = [(fact, wording) for fact in base.facts for wording in fact.asks if wording.isascii()]
    made = 0
    for fact, wording in chooser.sample(own, len(own)):
        folded = text.fold(wording)
        named = [unit for unit in lexicon.read(wording).units if len(unit.topics) == 1 and unit.shown in folded]
        if not named:
            continue
        unit = chooser.choice(named)
        kind = lexicon.topics[unit.topics[0]].type
        free = [
            t for t in base.topics if t.type == kind and t.held and not any((t.id, a) in together for a in fact.aspects)
        ]
        name = chooser.choice(free).name if free and made % 2 else chooser.choice(NOBODY)
        exchanged = folded.replace(unit.shown, name) if made % 3 else f"{folded} in {chooser.choice(NEVER)}"
        reading = lexicon.read(exchanged, repair=True)
        asked, candidates = briefing.candidates(reading, None, None)
        if candidates:
            made += 1
            yield _case(briefing, asked, candidates, set(), False, tune=False)
        if made == EXCHANGED:
            return


def _elsewhere_cases(briefing: Briefing) -> Iterator[Case]:
    for typed in (HERE / "elsewhere.txt").read_text(encoding="utf-8").splitlines():
        asked, candidates = briefing.candidates(briefing.lexicon.read(typed, repair=True), None, None)
        if candidates:
            yield _case(briefing, asked, candidates, set(), False, tune=False)


def _case(
    briefing: Briefing,
    asked: scoring.Asked,
    candidates: Sequence[tuple[int, Bag]],
    right: set[int],
    answerable: bool,
    *,
    tune: bool,
) -> Case:
    scored = briefing.rank(asked, candidates)
    rows = np.array([[item.strengths[name] for name in EVIDENCE] for item in scored])
    _, nearest_open = briefing.nearest_open(asked)
    right_ones = np.array([item.number in right for item in scored])
    corrected = not answerable and bool(right_ones[:1].any())
    return Case(rows, right_ones, scored, asked, nearest_open, answerable, corrected, tune)


# -- fitting


def _ranking(cases: Sequence[Case]) -> dict[str, float]:
    used = [case for case in cases if case.right.any() and not case.right.all()]

    def loss(weights: np.ndarray) -> tuple[Any, Any]:
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
    order = list(range(len(cases)))
    random.Random(7).shuffle(order)
    folds = [order[fold::FOLDS] for fold in range(FOLDS)]
    rows = np.zeros((len(cases), len(names)))
    for fold in folds:
        weights = _ranking([cases[place] for place in order if place not in set(fold)])
        for place in fold:
            case = cases[place]
            rescored = (replace(item, score=scoring.score(item.strengths, weights)) for item in case.scored)
            ranked = sorted(rescored, key=lambda item: -item.score)
            strengths = briefing.confidence_evidence(case.asked, ranked, case.nearest_open)
            rows[place] = [strengths[name] for name in names]
    truths = np.array([case.answerable for case in cases], dtype=float)
    factors = np.array([TUNE_COUNTS if case.tune else 1.0 for case in cases])
    unseen = np.mean([_unseen(rows, truths, factors, names, seed) for seed in range(SHUFFLES)], axis=0)
    tune = np.array([case.tune for case in cases])
    yes, no = unseen[tune & (truths == 1)], unseen[tune & (truths == 0)]
    harmless = np.array([case.corrected for case in cases if case.tune and not case.answerable])
    cuts = np.linspace(0.05, 0.95, 181)
    costs = np.array([(yes < cut).mean() + WRONG_COSTS * (no[~harmless] >= cut).mean() for cut in cuts])
    cut = float(cuts[np.argmin(np.convolve(np.pad(costs, SMOOTHED, mode="edge"), np.ones(2 * SMOOTHED + 1), "valid"))])
    area = np.mean([(yes > one).mean() for one in no])
    sys.stderr.write(
        f"{len(cases)} cases; on the {tune.sum()} of tune.jsonl, unseen: AUROC {area:.3f}; at {cut:.3f} "
        f"refused {(yes < cut).mean():.3f}, answered wrongly {(no[~harmless] >= cut).mean():.3f}\n"
    )
    found = _logistic(rows, truths, factors, names)
    weights = {
        "bias": round(float(found[0]), 3),
        **{n: round(float(w), 3) for n, w in zip(names, found[1:], strict=True)},
    }
    return weights, round(cut, 3), round(cut / 3, 3)


def _unseen(rows: np.ndarray, truths: np.ndarray, factors: np.ndarray, names: Sequence[str], seed: int) -> np.ndarray:
    """The confidence in each case by weights that were fitted without it."""
    order = np.random.default_rng(seed).permutation(len(truths))
    found = np.zeros(len(truths))
    for fold in np.array_split(order, FOLDS):
        kept = np.setdiff1d(order, fold)
        found[fold] = _squash(rows[fold], _logistic(rows[kept], truths[kept], factors[kept], names))
    return found


def _logistic(rows: np.ndarray, truths: np.ndarray, factors: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Bias and weights."""
    ridge = RIDGE * factors.sum() / 4

    def loss(weights: np.ndarray) -> tuple[Any, Any]:
        p = _squash(rows, weights)
        total = -(factors * (truths * np.log(p + 1e-12) + (1 - truths) * np.log(1 - p + 1e-12))).sum()
        slope = factors * (p - truths)
        return (
            total + ridge * (weights[1:] @ weights[1:]) / 2,
            np.concatenate([[slope.sum()], rows.T @ slope + ridge * weights[1:]]),
        )

    start = np.zeros(len(names) + 1)
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(None, None), *_bounds(names)]).x


def _squash(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(rows @ weights[1:] + weights[0])))


def _bounds(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    return [(0.0, None) if name in FOR else (None, 0.0) if name in AGAINST else (None, None) for name in names]


if __name__ == "__main__":
    sys.exit(main())
