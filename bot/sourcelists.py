"""What a card rests on, in full: each source with how its date is known and what it is. Pure."""

from __future__ import annotations

from bot.texts import Texts
from knowledge.model import Source

Lines = tuple[tuple[str, str], ...]


def particulars(source: Source, texts: Texts, cited_here: str = "") -> Lines:
    """What there is to say of a source, as (term, text)."""
    kind = texts(f"source.kind.{source.kind}") if texts.has(f"source.kind.{source.kind}") else source.kind
    reliability = texts("source.admiralty", grade=source.reliability) if source.reliability else ""
    rows = (
        ("", ", ".join(filter(None, (source.publisher, kind, source.dateline)))),
        (texts("source.published"), _published(source, texts)),
        (texts("source.by"), ", ".join(source.byline)),
        (texts("source.cited_here"), cited_here),
        (texts("source.about"), source.descriptor or ""),
        (texts("source.reliability"), reliability),
        (texts("source.address"), source.url or ""),
        (texts("source.archived"), source.archive_url or ""),
    )
    return tuple((term, text) for term, text in rows if text)


def _published(source: Source, texts: Texts) -> str:
    day = texts.day(source.published)
    key = f"source.known.{source.published_basis}"
    return texts(key, date=day, reason=source.published_reason) if texts.has(key) else day
