"""What a card rests on, in full: each source with how its date is known and what it is. Pure."""

from __future__ import annotations

from bot import markdown
from bot.citing import CitedSource, paragraphs
from bot.parts import Card, Offer, Section
from bot.texts import ENGLISH, Texts
from knowledge.model import Source

Lines = tuple[tuple[str, str], ...]


def fitting(card: Card, texts: Texts = ENGLISH) -> markdown.Written:
    """The sources of *card*, all of them, under its notes: as many in full as one message takes, the others in a line
    each, and then all to choose from. Where not even the lines fit, the last ones are left out, with their number."""
    cited = card.citations
    for listed in range(len(cited), 0, -1):
        for full in range(listed, -1, -1) if listed == len(cited) else (0,):
            written = markdown.write(_listing(card, cited[:full], cited[full:listed], texts), texts)
            if markdown.holds(written.texts):
                return written
    return markdown.write(_listing(card, (), (), texts), texts)


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


def _listing(card: Card, full: tuple[CitedSource, ...], brief: tuple[CitedSource, ...], texts: Texts) -> Card:
    shown = (*full, *brief)
    left_out = len(card.citations) - len(shown)
    sections = [Section(one.source.title, _lines(one, texts)) for one in full]
    if brief:
        lines = tuple(("", f"{one.numbers} {one.publication(texts)}{one.where}") for one in brief)
        sections.append(Section(texts("source.in_brief"), lines))
    offers = tuple(Offer("source", one.source.id, one.source.title, one.publication(texts)) for one in shown)
    return Card(
        tone="notice",
        title=texts("source.list", title=card.title),
        notes=card.notes,
        sections=tuple(sections),
        footer=(*((texts.count("more_source", left_out),) if left_out else ()), *card.footer[-1:]),
        offers=offers if len(full) < len(card.citations) else (),
    )


def _lines(cited: CitedSource, texts: Texts) -> Lines:
    places = " · ".join(f"[{number}] {paragraphs(found)}" for number, found in cited.places)
    return particulars(cited.source, texts, texts("source.of", places=places, paragraphs=cited.source.paragraphs))


def _published(source: Source, texts: Texts) -> str:
    day = texts.day(source.published)
    key = f"source.known.{source.published_basis}"
    return texts(key, date=day, reason=source.published_reason) if texts.has(key) else day
