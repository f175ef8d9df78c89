"""The words of the trade as frozen values: what a base holds, what was asked, what was answered.

Standard library only, no behaviour beyond what follows from the fields. `forms` says what curators may write,
`curation` turns it into these, `store` keeps them, `briefing` chooses among them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

TopicType = Literal["place", "facility", "person", "group", "organisation", "country", "theme", "event"]
FactKind = Literal["event", "figure", "status", "position", "plan", "assessment", "background"]
Bound = Literal["exact", "at_least", "more_than", "at_most", "fewer_than", "about", "range", "vague"]
Mode = Literal["observed", "stated", "claimed", "estimated", "anonymous"]
Standing = Literal["reported", "confirmed", "unconfirmed", "disputed", "denied", "withdrawn"]
Rank = Literal["preferred", "normal", "deprecated"]
WhenBasis = Literal["stated", "derived", "inferred"]
SeriesKind = Literal["rival", "successive"]
NARRATION = "narration"
"""`Attribution.text` of what the outlet says in its own voice."""


@dataclass(frozen=True, slots=True)
class Source:
    """A published document. `id` is its file name; `published` is EDTF; `uncited` maps a paragraph to the reason
    why no fact rests on it."""

    id: str
    title: str
    publisher: str
    kind: str
    published: str
    published_basis: str
    published_reason: str
    paragraphs: int
    language: str
    dateline: str | None = None
    byline: tuple[str, ...] = ()
    url: str | None = None
    archive_url: str | None = None
    reliability: str | None = None
    descriptor: str | None = None
    uncited: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """Another spelling of a topic's name. A misspelling finds its topic and is never displayed."""

    text: str
    lang: str
    kind: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Anything one can be briefed on. `held` is False for a known-empty topic; `distinct` lists the topics that it
    must never be taken for (`not` in the YAML)."""

    id: str
    type: TopicType
    name: str
    names: tuple[tuple[str, str], ...] = ()
    aliases: tuple[Alias, ...] = ()
    summary: str = ""
    parent: str | None = None
    distinct: tuple[str, ...] = ()
    held: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with its bound: `amount`, or `low` and `high` where the bound is a range. Numbers stay text."""

    measure: str
    unit: str
    bound: Bound
    amount: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so: a topic or plain text, with a role; `text` is `NARRATION` for the outlet's own voice.

    `display` is the line shown to readers, made when the base is built.
    """

    topic: str | None = None
    text: str | None = None
    role: str | None = None
    display: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in a source: paragraph numbers counted from 1."""

    source: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One curated sentence that can be cited alone. `id` is `source/slug`; the first citation is its own source."""

    id: str
    statement: str
    topics: tuple[str, ...]
    kind: FactKind
    said_by: Attribution
    mode: Mode
    citations: tuple[Citation, ...]
    priority: int
    aspects: tuple[str, ...] = ()
    when: str | None = None
    when_basis: WhenBasis | None = None
    value: Value | None = None
    standing: Standing = "reported"
    series: str | None = None
    rank: Rank = "normal"
    rank_reason: str | None = None
    asks: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    note: str | None = None

    @property
    def source(self) -> str:
        """The id of the source whose file holds this fact."""
        return self.citations[0].source


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something the sources raise and leave unanswered, so that it is met with silence and not with a neighbour."""

    id: str
    question: str
    topics: tuple[str, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """A side of a topic that can be asked for, and the words that ask for it."""

    id: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One question with rival values (sources differ) or successive ones (it changed)."""

    id: str
    name: str
    kind: SeriesKind


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """The kind of answer that a question asks for, and the phrases that show it."""

    id: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How people put things: aspects, series headings, kinds of answer, synonyms, and words without information."""

    aspects: tuple[Aspect, ...] = ()
    series: tuple[Series, ...] = ()
    answer_kinds: tuple[AnswerKind, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    function_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the whole base covers: EDTF bounds and one sentence."""

    label: str
    start: str
    end: str
    scope: str
    as_of: str
    language: str


@dataclass(frozen=True, slots=True)
class AcceptanceQuestion:
    """A query as typed and the fact ids that must lead its answer; none means that nothing may be answered."""

    query: str
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """A whole fact base, checked. `revision` is the digest of the YAML that it was read from."""

    revision: str
    coverage: Coverage
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    vocabulary: Vocabulary
    facts: tuple[Fact, ...]
    open_questions: tuple[OpenQuestion, ...] = ()
    acceptance: tuple[AcceptanceQuestion, ...] = ()


class Outcome(StrEnum):
    """What became of a question."""

    ANSWER = "answer"
    """These facts answer it."""
    SUGGEST = "suggest"
    """Nearest topics or readings to press; no fact is presented as the answer."""
    NONE = "none"
    """Nothing is held."""


class Reason(StrEnum):
    """Why an answer is what it is; `bot.cards` turns it into a sentence."""

    HELD = "held"
    CORRECTED = "corrected"
    """The question takes something for granted that the base does not show; the facts set it right."""
    EMPTY_QUERY = "empty_query"
    KNOWN_EMPTY = "known_empty"
    """The topic is known and nothing is held on it."""
    OPEN = "open"
    """The sources raise the question and leave it unanswered."""
    UNCLEAR = "unclear"
    """Two readings or more fit; the suggestions are the readings."""
    NOT_COVERED = "not_covered"
    """About topics of the base, but no fact answers it."""
    OUTSIDE = "outside"
    """Nothing in it belongs to what the base covers."""
    NOT_YET = "not_yet"
    """Held, but reported only after the `as_of` day asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks: the command, its text as typed, the day by which it must have been reported, and for a
    timeline the dates between which it must have happened; all days are EDTF."""

    command: str
    text: str
    as_of: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def typed(self) -> str:
        """As one would type it in Discord."""
        return f"/{self.command} {self.text}".rstrip()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One named reason for or against a fact: its strength and its weight in the score."""

    name: str
    strength: float
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A fact with its score (0 to 1) and the evidence behind it."""

    fact: Fact
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic to press instead."""

    topic: str
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the base holds on a request.

    confidence: 0 to 1, that the first fact answers it. pages: the facts of each page in their order (one page for
    /ask); empty unless the outcome is `ANSWER`. subject: the topic that leads the card, if one does. series: the
    series told in the card, whole. ref: at most 80 characters from which `Library.recall` makes this answer again.
    """

    request: Request
    outcome: Outcome
    reason: Reason
    confidence: float
    revision: str
    read_as: str | None = None
    subject: Topic | None = None
    aspects: tuple[str, ...] = ()
    pages: tuple[tuple[Match, ...], ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    series: dict[str, Series] = field(default_factory=dict[str, Series])
    open_question: OpenQuestion | None = None
    ref: str = ""

    @property
    def first_page(self) -> tuple[Match, ...]:
        """The facts that a reader sees first."""
        return self.pages[0] if self.pages else ()
