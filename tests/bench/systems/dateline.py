"""Our engine as a user has it: the base built to a file, opened, and each query decided as an `/ask`.

The only change is that the cut-off for answering is taken away, because the peers always answer and the table needs
everybody's first fact; `figures` applies the shipped cut-off to the confidence afterwards.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from knowledge import model, store
from knowledge.briefing import Briefing, Limits
from knowledge.scoring import Weights
from tests.bench.corpus import FUNCTION_WORDS
from tests.bench.systems.registry import WITHIN, Ask, Reply

_SOURCE = model.Source("bench", "Synthetic", "Nobody", "report", "2016-01-08", "printed", "invented", 1, "en")
_SAID_BY = model.Attribution(text=model.NARRATION, display="Nobody")
_CITED = (model.Citation("bench", (1,)),)


def build(sentences: Sequence[str], folder: Path, variant: str) -> None:
    """Write the built base."""
    store.build(_base(sentences), folder / "base.sqlite")


@contextmanager
def opened(folder: Path, variant: str) -> Iterator[Ask]:
    """The engine over the built base."""
    loop = asyncio.new_event_loop()
    base = loop.run_until_complete(store.Store.open(folder / "base.sqlite"))
    try:
        briefing = Briefing(base, replace(Weights.shipped(), answer_from=0.0), Limits(ask=WITHIN))

        def ask(query: str) -> Reply:
            decision = briefing.decide(model.Request("ask", query))
            return Reply(decision.pages[0][:WITHIN] if decision.pages else (), decision.confidence)

        yield ask
    finally:
        loop.run_until_complete(base.close())
        loop.close()


def cut_off() -> float:
    """The confidence from which the engine answers as shipped."""
    return Weights.shipped().answer_from


def _base(sentences: Sequence[str]) -> model.Base:
    facts = (
        model.Fact(f"bench/{number}", sentence, ("bench",), "event", _SAID_BY, "observed", _CITED, 2)
        for number, sentence in enumerate(sentences, start=1)
    )
    return model.Base(
        revision=f"bench-{len(sentences)}",
        coverage=model.Coverage("Synthetic", "2016-01-01", "2016-01-31", "Invented facts", "2016-01-31", "en"),
        sources=(_SOURCE,),
        topics=(model.Topic("bench", "theme", "Everything invented"),),
        vocabulary=model.Vocabulary(function_words=FUNCTION_WORDS),
        facts=tuple(facts),
    )
