"""Values with quiet defaults: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge.model import (
    NARRATION,
    Answer,
    Attribution,
    Citation,
    Coverage,
    Fact,
    Match,
    Outcome,
    Reason,
    Request,
    Series,
    Source,
    Topic,
    Value,
)

COVERAGE = Coverage(
    "Harbours, 2016", "2016-01-01", "2016-02-29", "Harbours and what moves through them", "2016-02-29", "en"
)
REVISION = "0123456789abcdef"


def a_source(source_id: str = "daily", **fields: Any) -> Source:
    """A printed report of 8 January 2016 in ten paragraphs."""
    quiet: dict[str, Any] = {
        "id": source_id,
        "title": f"Report of the {source_id}",
        "publisher": source_id.title(),
        "kind": "report",
        "published": "2016-01-08",
        "published_basis": "printed",
        "published_reason": "",
        "paragraphs": 10,
        "language": "en",
    }
    return Source(**{**quiet, **fields})


def a_topic(topic_id: str = "port", **fields: Any) -> Topic:
    """A place of that name."""
    quiet: dict[str, Any] = {"id": topic_id, "type": "place", "name": topic_id.title()}
    return Topic(**{**quiet, **fields})


def a_speaker(name: str) -> Attribution:
    """Somebody named in text."""
    return Attribution(text=name, display=name)


def a_fact(fact_id: str = "daily/open", **fields: Any) -> Fact:
    """Something that the source of the id's first part reports in its first paragraph, in its own voice."""
    source, _, slug = fact_id.partition("/")
    quiet: dict[str, Any] = {
        "id": fact_id,
        "statement": f"What is known of {slug}.",
        "topics": ("port",),
        "kind": "event",
        "said_by": Attribution(text=NARRATION, display=source.title()),
        "mode": "observed",
        "citations": (Citation(source, (1,)),),
        "priority": 1,
        "when": "2016-01-07",
        "when_basis": "stated",
    }
    return Fact(**{**quiet, **fields})


def a_value(amount: str, **fields: Any) -> Value:
    """So many ships, exactly."""
    quiet: dict[str, Any] = {"measure": "lost", "unit": "ships", "bound": "exact", "amount": amount}
    return Value(**{**quiet, **fields})


def an_answer(*pages: Iterable[Fact], series: Iterable[Series] = (), **fields: Any) -> Answer:
    """The answer to /ask "what is known", made of *pages*; without any, that nothing is held."""
    made = tuple(tuple(Match(fact, 0.9) for fact in page) for page in pages)
    facts = [match.fact for page in made for match in page]
    quiet: dict[str, Any] = {
        "request": Request("ask", "what is known"),
        "outcome": Outcome.ANSWER if made else Outcome.NONE,
        "reason": Reason.HELD if made else Reason.NOT_COVERED,
        "confidence": 0.9,
        "revision": REVISION,
        "pages": made,
        "sources": {citation.source: a_source(citation.source) for fact in facts for citation in fact.citations},
        "series": {one.id: one for one in series},
        "ref": "f=abc",
    }
    return Answer(**{**quiet, **fields})
