"""How the weights in `knowledge/weights.json` are found: `python -m tests.eval.fit` prints and writes them.

Four kinds of question take part:

- `tune.jsonl`, written from the articles by people who had not seen the base; once more, counting less, as if the base
  listed no open questions, for another desk's may not;
- the curators' own ways of asking, each taken out of its fact (or its open question) while it is asked, so that the
  fact must be found by the rest. An open question must find nothing;
- `elsewhere.txt`, questions and chat that no desk's base covers, which must find nothing; nor must a word of theirs
  that the base does not have beside the name of a topic;
- the curators' phrases with a name exchanged: for one that nobody has, or for another topic of the same type that no
  fact on that side of things is about; or with a year in which nothing of it happened. They must find nothing either.

Ranking is a logistic regression with a ridge penalty: among a question's candidates, the share of probability that
falls to a fact that answers it is made as large as it can be; evidence whose direction follows from its meaning keeps
it. Confidence, whether any fact answers the question as it is put, is judged by extremely randomized trees, on evidence
from ranking weights that were fitted without the question (five folds). A mistaken question whose best fact sets it
right takes no part in confidence: answering it and declining are both right.

The cut-off for answering is the confidence at which, on `tune.jsonl` and in those folds, refusals of answerable
questions and answers to unanswerable ones cost least together, an answer weighing `WRONG_COSTS` refusals. The curve is
flat there: from 0.425 to the least at 0.52 the costs differ by less than the standard error of the difference, and the
place of the least moved by 0.06 between two runs that differed in little. The lowest such cut-off is taken.
`held_out.jsonl` takes no part.

Tried in place of these trees on one set of rows, before questions were compared in all their words, by AUROC on
`tune.jsonl` in the five folds, where 300 of these reach 0.926 and 60 reach 0.925: boosted trees 0.924, the same kept to
the direction of each piece of evidence 0.918, random forests 0.923, four small neural networks 0.921 to 0.923, a
support vector machine 0.921, logistic regression 0.912, the same on products of two 0.918. With directed boosted trees,
weighing a word by how common it is in its language moved nothing (0.926 to 0.925), and twice as many questions to learn
from moved an earlier `held_out.jsonl` from 0.921 to 0.922.

Evidence tried and left out, by AUROC in the same folds unless another measure is named:

- nearness of single words in meaning, from public word vectors (GloVe) as a table of the nearest stems without names:
  0.925 before and after, and 0.935 together with the evidence of all words, which in the same trial moved 0.922 to
  0.938 without it;
- the likeness of sentence embeddings (all-MiniLM-L6-v2) to statements and ways of asking: 0.922 to 0.934 before that
  evidence, at 12 ms a question and a library of several hundred megabytes;
- three times as many wordings for each open question (13, where there are 5 now): 0.954 to 0.953, for a question that
  has an answer then lies nearer to one of them, too; 93 more open questions, on `held_out.jsonl`: 0.013 more refused,
  as many as before rightly not answered;
- once all ways of asking were compared together (0.949 to 0.956 in a trial that had 0.957 with the latent dimensions of
  a singular value decomposition instead): pairs of neighboring words besides single ones, 0.955 to 0.958 for twice the
  size of what is kept of a fact; the information of words that only the best fact or only the nearest open question
  has, 0.955 to 0.958; likeness of likeness, through the other facts, 0.955 to 0.957;
- learning also from questions put to a base without the facts that answer them (0.93 where 0.95 was reached without,
  on an earlier `held_out.jsonl`).
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
from sklearn.ensemble import ExtraTreesClassifier

from knowledge import building, curation, evaluation, files, model, scoring, store, text
from knowledge.bags import Bag
from knowledge.briefing import Briefing, Limits, Scored
from knowledge.dictionary import Dictionary, ensure
from knowledge.scoring import AGAINST, CONFIDENCE_EVIDENCE, EVIDENCE, FOR, Nearest, Weights
from knowledge.trees import LEAF, Forest

HERE = Path(__file__).parent
WEIGHTS = Path(scoring.__file__).with_name("weights.json")
SHORTCUTS = {"oil": "libyan-oil"}
OWN_ASKS = 1_000
"""Curators' phrases that take part; more changes nothing that shows."""
EXCHANGED = 180
STRANGE = 160
NEVER = ("1987", "1999", "2004", "march 2007", "2009", "june 2010", "2018", "2019", "may 2021", "2030")
NOBODY = ("Quorvane", "Belthasar Onnu", "Trevizh", "Mokranta", "Ulbeck", "Santorrel", "Gidwara", "Hesperow")
TUNE_COUNTS = 5.0
"""A question of `tune.jsonl` counts as much as this many of the curators' phrases: it is nearer to what people ask."""
UNLISTED_COUNTS = 0.2
"""So much of that it counts a second time, as it looks to a base that lists no open questions."""
ELSEWHERE_COUNTS = 3.0
"""So much does a question that belongs nowhere: a team's channel is full of them, and this list is short."""
RIDGE = 0.02
WRONG_COSTS = 1.0
"""Of shares, not of counts. The goals' own ratio (3 in 100 refused to 8 in 100 answered, 0.375) answers every fifth
unanswerable question, since the two kinds overlap more than the goals take for granted, and to the readers of a desk a
wrong answer is no better than silence."""
FOLDS = 5
TREES = 60
LEAST = 6
"""Cases in a leaf."""
PLACES = 6
"""Decimal places of the thresholds."""
SMOOTHED = 10
"""Cut-offs on either side that the cost of one is averaged with; single questions make the curve ragged."""


class Case(NamedTuple):
    """A question with its candidates' evidence (rows) and which of them answer it."""

    rows: np.ndarray
    right: np.ndarray
    scored: list[Scored]
    asked: scoring.Asked
    nearest_open: Nearest
    answerable: bool
    corrected: bool
    counts: float
    """What it weighs in judging confidence; 0: nothing."""
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
        tune = list(_tune_cases(briefing, base))
        cases = [
            *tune,
            *_unlisted_cases(tune),
            *_own_cases(briefing, base),
            *_exchanged_cases(briefing, base),
            *_elsewhere_cases(briefing),
            *_strange_cases(briefing, base),
        ]
        ranking = _ranking(cases)
        confidence = _confidence(briefing, cases)
    finally:
        words.close()
        await opened.close()
    lines = [f' "{name}": {json.dumps(value)}' for name, value in {"ranking": ranking, **confidence}.items()]
    if "--dry-run" not in sys.argv:
        WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    sys.stdout.write(
        f"ranking {ranking}\n{len(confidence['trees']['roots'])} trees, answers from {confidence['answer_from']}\n"
    )
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


def _unlisted_cases(tune: Sequence[Case]) -> Iterator[Case]:
    for case in tune:
        yield case._replace(nearest_open=Nearest(), counts=UNLISTED_COUNTS * case.counts, tune=False)


def _own_cases(briefing: Briefing, base: model.Base) -> Iterator[Case]:
    chooser = random.Random(20160219)
    own = [(number, place) for number, fact in enumerate(base.facts, start=1) for place in range(len(fact.asks))]
    for number, place in chooser.sample(own, OWN_ASKS):
        reading = briefing.lexicon.read(base.facts[number - 1].asks[place], repair=True)
        asked, candidates = briefing.candidates(reading, None, None)
        bare = [(n, _without(briefing, bag, place) if n == number else bag) for n, bag in candidates]
        yield _case(briefing, asked, bare, {number}, True, tune=False)
    for number, question in enumerate(base.open_questions, start=1):
        for place, wording in enumerate((question.question, *question.asks)):
            if place % 2:
                continue
            reading = briefing.lexicon.read(wording, repair=True)
            asked, candidates = briefing.candidates(reading, None, None)
            if candidates:
                opened = briefing.open_candidates(asked)
                bare = [(n, _without(briefing, bag, place) if n == number else bag) for n, bag in opened]
                yield _case(briefing, asked, candidates, set(), False, tune=False, opened=bare)


def _without(briefing: Briefing, bag: Bag, place: int) -> Bag:
    """*bag* without one way of asking."""
    bare = replace(bag, phrases=bag.phrases.without(place), wordings=bag.wordings.without(place))
    return bare.weighed(briefing.store.spoken(bare.wordings.bits))


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
            yield _case(briefing, asked, candidates, set(), False, tune=False, counts=ELSEWHERE_COUNTS)


def _strange_cases(briefing: Briefing, base: model.Base) -> Iterator[Case]:
    chooser = random.Random(20160305)
    typed = (HERE / "elsewhere.txt").read_text(encoding="utf-8").splitlines()
    units = {unit.shown: unit for line in typed for unit in briefing.lexicon.read(line).units if not unit.topics}
    known = briefing.store.frequencies({key for unit in units.values() for key in unit.keys})
    strange = [word for word, unit in units.items() if unit.keys.isdisjoint(known) and not unit.number]
    names = [topic.name for topic in base.topics if topic.held]
    for number in range(STRANGE):
        word, name = chooser.choice(strange), chooser.choice(names)
        wording = (f"{word} {name}", f"{name} {word}", f"{word} in {name}", f"is there {word} at {name}")[number % 4]
        asked, candidates = briefing.candidates(briefing.lexicon.read(wording, repair=True), None, None)
        if candidates:
            yield _case(briefing, asked, candidates, set(), False, tune=False, counts=ELSEWHERE_COUNTS)


def _case(
    briefing: Briefing,
    asked: scoring.Asked,
    candidates: Sequence[tuple[int, Bag]],
    right: set[int],
    answerable: bool,
    *,
    tune: bool,
    counts: float = 1.0,
    opened: Sequence[tuple[int, Bag]] | None = None,
) -> Case:
    scored = briefing.rank(asked, candidates)
    rows = np.array([[item.strengths[name] for name in EVIDENCE] for item in scored])
    _, nearest_open = briefing.nearest_open(asked, briefing.open_candidates(asked) if opened is None else opened)
    right_ones = np.array([item.number in right for item in scored])
    corrected = not answerable and bool(right_ones[:1].any())
    counts = 0.0 if corrected else TUNE_COUNTS if tune else counts
    return Case(rows, right_ones, scored, asked, nearest_open, answerable, corrected, counts, tune)


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


def _confidence(briefing: Briefing, cases: Sequence[Case]) -> dict[str, Any]:
    names = list(CONFIDENCE_EVIDENCE)
    wordings = sorted({case.asked.reading.folded for case in cases})
    random.Random(7).shuffle(wordings)
    fold_of = {wording: place % FOLDS for place, wording in enumerate(wordings)}
    folds = np.array([fold_of[case.asked.reading.folded] for case in cases])
    rows = np.zeros((len(cases), len(names)))
    for fold in range(FOLDS):
        weights = _ranking([case for case, its in zip(cases, folds, strict=True) if its != fold])
        for place in np.flatnonzero(folds == fold).tolist():
            case = cases[place]
            rescored = (replace(item, score=scoring.score(item.strengths, weights)) for item in case.scored)
            ranked = sorted(rescored, key=lambda item: -item.score)
            strengths = briefing.confidence_evidence(case.asked, ranked, case.nearest_open)
            rows[place] = [strengths[name] for name in names]
    truths = np.array([case.answerable for case in cases])
    factors = np.array([case.counts for case in cases])
    unseen = np.zeros(len(cases))
    for fold in range(FOLDS):
        kept = folds != fold
        unseen[~kept] = _answers(_grown(rows[kept], truths[kept], factors[kept]), rows[~kept])
    tune = np.array([case.tune and not case.corrected for case in cases])
    cut = _cut(unseen[tune & truths], unseen[tune & ~truths])
    grown = _grown(rows, truths, factors)
    found = _written(grown, names)
    read = [found.probability(dict(zip(names, row, strict=True))) for row in rows]
    assert np.abs(np.array(read) - _answers(grown, rows)).mean() < 0.001
    return {"trees": found.dump(), "answer_from": round(cut, 3), "suggest_from": round(cut / 3, 3)}


def _cut(yes: np.ndarray, no: np.ndarray) -> float:
    """The cut-off at which refusing some of *yes* and answering some of *no* (confidences) costs least; the lowest of
    those that cannot be told from it, their difference being less than its standard error, since it answers most."""
    cuts = np.linspace(0.05, 0.95, 181)
    refused = np.array([(yes < cut).mean() for cut in cuts])
    wrong = np.array([(no >= cut).mean() for cut in cuts])
    width = 2 * SMOOTHED + 1
    costs = np.convolve(np.pad(refused + WRONG_COSTS * wrong, SMOOTHED, mode="edge"), np.ones(width) / width, "valid")
    least = int(np.argmin(costs))
    error = np.sqrt(abs(refused - refused[least]) / len(yes) + WRONG_COSTS**2 * abs(wrong - wrong[least]) / len(no))
    cut = float(cuts[np.flatnonzero(costs - costs[least] <= error)[0]])
    area = np.mean([(yes > one).mean() for one in no])
    sys.stderr.write(
        f"tune.jsonl, unseen: AUROC {area:.3f}, least cost at {cuts[least]:.3f}; "
        f"at {cut:.3f} refused {(yes < cut).mean():.3f}, answered wrongly {(no >= cut).mean():.3f}\n"
    )
    for wrongly in (0.04, 0.08, 0.12, 0.16):
        at = np.quantile(no, 1 - wrongly)
        sys.stderr.write(f"  answering {wrongly:.2f} wrongly ({at:.3f}) refuses {(yes < at).mean():.3f}\n")
    return cut


def _answers(grown: Any, rows: np.ndarray) -> np.ndarray:
    return grown.predict_proba(rows)[:, 1]


def _grown(rows: np.ndarray, truths: np.ndarray, factors: np.ndarray) -> ExtraTreesClassifier:
    settings: Any = {"max_features": 0.4, "min_samples_leaf": LEAST}
    grower = ExtraTreesClassifier(TREES, n_jobs=-1, random_state=20160219, **settings)
    counted = factors > 0
    return grower.fit(rows[counted], truths[counted], sample_weight=factors[counted])


def _written(grown: Any, names: Sequence[str]) -> Forest:
    """The trees as `Forest` reads them."""
    asks: list[int] = []
    at: list[float] = []
    high: list[int] = []
    roots: list[int] = []
    for one in grown.estimators_:
        tree, root = one.tree_, len(asks)
        roots.append(root)
        yes = tree.value[:, 0, 1] / tree.value[:, 0, :].sum(axis=1)
        for node, feature in enumerate(tree.feature):
            inner = tree.children_left[node] != LEAF
            asks.append(int(feature) if inner else LEAF)
            at.append(round(float(tree.threshold[node]), PLACES) if inner else round(float(yes[node]), 3))
            high.append(root + int(tree.children_right[node]) if inner else 0)
    return Forest(names, asks, at, high, roots)


def _bounds(names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    return [(0.0, None) if name in FOR else (None, 0.0) if name in AGAINST else (None, None) for name in names]


if __name__ == "__main__":
    sys.exit(main())
