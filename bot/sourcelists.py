"""What a card rests on, in full: each source with how its date is known and what it is. Pure."""

from __future__ import annotations

from bot import markdown, wording
from bot.cards import Card, Section
from bot.citing import CitedSource, paragraphs
from knowledge import dates
from knowledge.model import Source

_BASES = {"external": "known from the event, not printed", "inferred": "inferred from the texts, not printed"}


def fitting(card: Card) -> markdown.Written:
    """The sources of *card*, as many as one message takes."""
    cited = card.citations
    written = markdown.write(_listing(card, cited))
    while len(cited) > 1 and not markdown.holds(written.texts):
        cited = cited[:-1]
        written = markdown.write(_listing(card, cited))
    return written


def _listing(card: Card, cited: tuple[CitedSource, ...]) -> Card:
    left_out = len(card.citations) - len(cited)
    more = (f"{wording.count(left_out, 'more source')} did not fit in one message.",) if left_out else ()
    return Card(
        tone="notice",
        title=f"Sources: {card.title}",
        sections=tuple(Section(one.source.title, _lines(one)) for one in cited),
        footer=(*more, *card.footer[-1:]),
        revision=card.revision,
    )


def _lines(cited: CitedSource) -> tuple[tuple[str, str], ...]:
    source = cited.source
    places = " · ".join(f"[{number}] {paragraphs(found)}" for number, found in cited.places)
    kind = source.kind.replace("_", " ")
    rows = [
        ("", ", ".join(filter(None, (source.publisher, kind, source.dateline)))),
        ("Published", _published(source)),
        ("By", ", ".join(source.byline)),
        ("Cited here", f"{places} of {source.paragraphs}"),
        ("About it", source.descriptor or ""),
        ("Reliability", f"{source.reliability} on the Admiralty scale, A to F" if source.reliability else ""),
        ("Address", source.url or ""),
        ("Archived", source.archive_url or ""),
    ]
    return tuple((term, text) for term, text in rows if text)


def _published(source: Source) -> str:
    basis = _BASES.get(source.published_basis)
    day = dates.in_words(source.published)
    return f"{day}, {basis}: {source.published_reason}" if basis else day
