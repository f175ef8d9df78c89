"""An `Answer` as the plain JSON object that `run.py ask --json` prints, one line each."""

from __future__ import annotations

from typing import Any

from knowledge import model


def as_json(answer: model.Answer) -> dict[str, Any]:
    """The object: query, outcome, read_as, confidence, revision, facts of the first page, suggestions."""
    return {
        "query": answer.request.typed,
        "outcome": answer.outcome.value,
        "reason": answer.reason.value,
        "read_as": answer.read_as,
        "confidence": answer.confidence,
        "revision": answer.revision,
        "facts": [_fact(match, answer.sources) for match in answer.first_page],
        "suggestions": [{"topic": s.topic, "name": s.name, "summary": s.summary} for s in answer.suggestions],
    }


def _fact(match: model.Match, sources: dict[str, model.Source]) -> dict[str, Any]:
    fact = match.fact
    return {
        "id": fact.id,
        "statement": fact.statement,
        "said_by": fact.said_by.display,
        "mode": fact.mode,
        "standing": fact.standing,
        "when": fact.when,
        "when_basis": fact.when_basis,
        "value": _value(fact.value),
        "series": fact.series,
        "score": match.score,
        "citations": [_citation(citation, sources[citation.source]) for citation in fact.citations],
    }


def _value(value: model.Value | None) -> dict[str, str] | None:
    if value is None:
        return None
    found = {"measure": value.measure, "amount": value.amount, "low": value.low, "high": value.high}
    given = {name: text for name, text in found.items() if text is not None}
    return {**given, "bound": value.bound, "unit": value.unit}


def _citation(citation: model.Citation, source: model.Source) -> dict[str, Any]:
    return {
        "source": citation.source,
        "publisher": source.publisher,
        "title": source.title,
        "published": source.published,
        "paragraphs": list(citation.paragraphs),
    }
