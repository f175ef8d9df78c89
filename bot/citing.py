"""The numbers in brackets: each distinct set of paragraphs of a source gets one, in the order of the citations.

A citation is as fine as the fact's own: two facts from two paragraphs of one article carry two numbers, which share
the article's line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot import wording
from bot.texts import ENGLISH, Texts
from knowledge.model import Citation, Fact, Source


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One line of the list: what was published, and (number, paragraphs) for each place in it that is cited."""

    source: Source
    places: tuple[tuple[int, tuple[int, ...]], ...]

    def publication(self, texts: Texts = ENGLISH) -> str:
        """Publisher, date and title."""
        return f"{self.source.publisher}, {wording.published(self.source, texts)}, “{self.source.title}”"

    @property
    def numbers(self) -> str:
        """`[1]`, or `[1–3]` where several places in it are cited."""
        first, last = self.places[0][0], self.places[-1][0]
        return f"[{first}]" if first == last else f"[{first}–{last}]"

    @property
    def where(self) -> str:
        """`, ¶1, ¶5`, or `: [1] ¶9 · [2] ¶10` where several places in it are cited."""
        if len(self.places) == 1:
            return f", {paragraphs(self.places[0][1])}"
        return ": " + " · ".join(f"[{number}] {paragraphs(found)}" for number, found in self.places)


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations of one card."""

    numbers: Mapping[Citation, int]
    sources: tuple[CitedSource, ...]

    def marks(self, fact: Fact) -> tuple[int, ...]:
        """The numbers to print behind *fact*, lowest first."""
        return tuple(sorted(self.numbers[citation] for citation in fact.citations))


def cite(facts: Iterable[Fact], sources: Mapping[str, Source]) -> Citations:
    """Number what *facts* rest on, sources in the order in which they first appear, paragraphs in theirs.

    Raises: KeyError: a fact cites a source that *sources* lacks.
    """
    found: dict[str, dict[tuple[int, ...], None]] = {}
    for fact in facts:
        for citation in fact.citations:
            found.setdefault(citation.source, {})[citation.paragraphs] = None
    numbers: dict[Citation, int] = {}
    lines: list[CitedSource] = []
    for source, paragraph_sets in found.items():
        places: list[tuple[int, tuple[int, ...]]] = []
        for paragraphs in sorted(paragraph_sets):
            numbers[Citation(source, paragraphs)] = len(numbers) + 1
            places.append((len(numbers), paragraphs))
        lines.append(CitedSource(sources[source], tuple(places)))
    return Citations(numbers, tuple(lines))


def paragraphs(numbers: Iterable[int]) -> str:
    """Paragraph numbers as printed: `¶1, ¶5`."""
    return ", ".join(f"¶{number}" for number in numbers)
