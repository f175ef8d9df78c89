"""What a card rests on, in full: each source with how its date is known and what it is. Pure."""

from __future__ import annotations

from bot import markdown
from bot.citing import CitedSource, paragraphs
from bot.parts import Card, Section
from bot.texts import ENGLISH, Texts
from knowledge.model import Source

Lines = tuple[tuple[str, str], ...]


def fitting(card: Card, texts: Texts = ENGLISH) -> markdown.Written:
    """The sources of *card*, as many as one message takes."""
    cited = card.citations
    written = markdown.write(_listing(card, cited, texts), texts)
    while len(cited) > 1 and not markdown.holds(written.texts):
        cited = cited[:-1]
        written = markdown.write(_listing(card, cited, texts), texts)
    return written


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


def _listing(card: Card, cited: tuple[CitedSource, ...], texts: Texts) -> Card:
    left_out = len(card.citations) - len(cited)
    more = (texts.count("more_source", left_out),) if left_out else ()
    return Card(
        tone="notice",
        title=texts("source.list", title=card.title),
        sections=tuple(Section(one.source.title, _lines(one, texts)) for one in cited),
        footer=(*more, *card.footer[-1:]),
    )


def _lines(cited: CitedSource, texts: Texts) -> Lines:
    places = " · ".join(f"[{number}] {paragraphs(found)}" for number, found in cited.places)
    return particulars(cited.source, texts, texts("source.of", places=places, paragraphs=cited.source.paragraphs))


def _published(source: Source, texts: Texts) -> str:
    day = texts.day(source.published)
    key = f"source.known.{source.published_basis}"
    return texts(key, date=day, reason=source.published_reason) if texts.has(key) else day
