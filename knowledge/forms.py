"""The shape of the five kinds of YAML file, as pydantic models: field names, types, limits, and their descriptions.

They check one file by itself and give the JSON Schema that editors use. What holds between files (known topics,
paragraph counts, series) is `curation`'s. Imported only when YAML is read or a schema is asked for.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from knowledge import dates, model, text

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]


def _says_something(value: str) -> str:
    if not text.fold(value):
        raise ValueError("holds no letter and no digit")
    return value.strip()


def _one_line(value: str) -> str:
    if any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise ValueError("holds a line break or a control character; write it on one line")
    return _says_something(value)


def _edtf(value: str) -> str:
    dates.parse(value)
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError(f"'{value}' is not a whole number")
    return value


Text = Annotated[str, AfterValidator(_one_line)]
Words = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
# An editor reads a bare 2016 or 41 as a number before it looks at the schema; the loader reads every scalar as text.
Edtf = Annotated[
    str,
    AfterValidator(_edtf),
    WithJsonSchema(
        {"type": ["string", "integer"], "description": "EDTF: 2016-02-19, 2016-02, 2016-02~, 2016-01-04/2016-01-06"}
    ),
]
Number = Annotated[
    str,
    Field(pattern=r"^[0-9]+(?:\.[0-9]+)?$"),
    WithJsonSchema({"type": ["string", "number"], "description": "digits only, no separators, no unit"}),
]
Paragraph = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=9999)]
Paragraphs = Annotated[list[Paragraph], Field(min_length=1, description="paragraph numbers, counted from 1")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class SourceHeader(_Form):
    """Who published what, when, and how that day is known."""

    title: Text
    publisher: Text
    kind: Literal["wire", "live_blog", "interview", "official_statement", "report"]
    dateline: Text | None = None
    byline: list[Text] = []
    published: Edtf
    published_basis: Literal["printed", "external", "inferred"]
    published_reason: Annotated[Text, Field(max_length=200, description="how the day is known, one line")]
    paragraphs: Annotated[Paragraph, Field(description="how many the source has")]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$")]
    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=512)] | None = None
    archive_url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=512)] | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    descriptor: Annotated[Text, Field(max_length=200)] | None = None
    uncited: Annotated[dict[Paragraph, Text], Field(description="paragraphs that no fact rests on, and why")] = {}


class FigureForm(_Form):
    """A figure with its bound."""

    measure: Annotated[Text, Field(max_length=60, description="what is counted: killed, oil production")]
    unit: Text
    amount: Number | None = None
    low: Number | None = None
    high: Number | None = None
    bound: model.Bound

    @model_validator(mode="after")
    def _complete(self) -> FigureForm:
        if self.bound == "range":
            if self.low is None or self.high is None or self.amount is not None:
                raise ValueError("a range has 'low' and 'high' and no 'amount'")
            if float(self.low) > float(self.high):
                raise ValueError(f"'low' {self.low} is above 'high' {self.high}")
        elif self.low is not None or self.high is not None or (self.amount is None and self.bound != "vague"):
            raise ValueError(f"the bound '{self.bound}' goes with 'amount' alone; 'low' and 'high' go with 'range'")
        return self


class Speaker(_Form):
    """Who says so: a topic of the base, or text where the speaker has no topic."""

    topic: Slug | None = None
    text: Text | None = None
    role: Text | None = None

    @model_validator(mode="after")
    def _one_name(self) -> Speaker:
        if (self.topic is None) == (self.text is None):
            raise ValueError("give 'topic' or 'text', one of them")
        return self


class FactForm(_Form):
    """One assertion, in one sentence of our own, that can be cited alone."""

    id: Slug
    statement: Annotated[Text, Field(max_length=300)]
    topics: Annotated[list[Slug], Field(min_length=1, description="what it is about; the first is the main one")]
    aspects: list[Slug] = []
    kind: model.FactKind
    when: Edtf | None = None
    when_basis: model.WhenBasis | None = None
    value: FigureForm | None = None
    said_by: Annotated[
        Speaker | Literal["narration"], Field(description="the speaker, or narration: the outlet's own voice")
    ]
    mode: model.Mode
    standing: model.Standing = "reported"
    cites: Paragraphs
    also: Annotated[dict[Slug, Paragraphs], Field(description="other sources' paragraphs that say the same")] = {}
    series: Slug | None = None
    rank: model.Rank = "normal"
    rank_reason: Text | None = None
    priority: Annotated[
        int,
        BeforeValidator(_whole),
        Field(ge=1, le=3, description="1: a briefing without it is wrong; 2: a good one has it; 3: colour"),
    ]
    asks: Annotated[list[Words], Field(description="ways people ask for exactly this fact, in any language")] = []
    corrects: Annotated[list[Words], Field(description="questions with a false premise that this fact sets right")] = []
    note: Annotated[str, AfterValidator(_says_something), Field(description="for curators only")] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> FactForm:
        wrong = [message for failed, message in self._conditions() if failed]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _conditions(self) -> list[tuple[bool, str]]:
        return [
            (self.when is None and self.kind != "background", f"a fact of kind '{self.kind}' needs 'when'"),
            ((self.when is None) != (self.when_basis is None), "'when' and 'when_basis' go together"),
            (self.kind == "figure" and self.value is None, "a fact of kind 'figure' needs 'value'"),
            (self.rank != "normal" and self.rank_reason is None, f"the rank '{self.rank}' needs 'rank_reason'"),
            (self.rank == "preferred" and self.series is None, "the rank 'preferred' needs a 'series'"),
            (
                (self.said_by == "narration") != (self.mode == "observed"),
                "'narration' goes with the mode 'observed', and only with it",
            ),
            (len(set(self.topics)) < len(self.topics), "'topics' names one twice"),
            (len(set(self.cites)) < len(self.cites), "'cites' names a paragraph twice"),
            (self.standing == "withdrawn" and self.rank == "preferred", "a withdrawn fact cannot be preferred"),
        ]


class OpenForm(_Form):
    """A question that the sources raise and leave unanswered."""

    question: Words
    topics: Annotated[list[Slug], Field(min_length=1)]
    asks: list[Words] = []


class SourceFile(_Form):
    """sources/<id>.yaml: one source, the facts it supports, and what it leaves open."""

    source: SourceHeader
    facts: Annotated[list[FactForm], Field(min_length=1)]
    open: list[OpenForm] = []


class AliasForm(_Form):
    text: Words
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    kind: Literal["transliteration", "acronym", "former", "nickname", "misspelling", "variant"]


class TopicForm(_Form):
    """Something one can be briefed on."""

    id: Slug
    type: model.TopicType
    name: Annotated[Text, Field(max_length=80)]
    names: Annotated[dict[str, Words], Field(description="the name in other languages, e.g. {ar: …}")] = {}
    aliases: list[AliasForm] = []
    summary: Annotated[Text, Field(max_length=100)]
    parent: Slug | None = None
    not_: Annotated[list[Slug], Field(alias="not", description="topics it must never be taken for")] = []
    held: Annotated[Literal["facts", "none"], Field(description="none: known, and nothing is held")] = "facts"


class TopicsFile(_Form):
    """topics.yaml: everything one can be briefed on, and known-empty topics."""

    topics: Annotated[list[TopicForm], Field(min_length=1)]


class AspectForm(_Form):
    id: Slug
    name: Annotated[Text, Field(max_length=80)]
    words: Annotated[list[Words], Field(min_length=1)]


class SeriesForm(_Form):
    id: Slug
    name: Annotated[Text, Field(max_length=80)]
    kind: model.SeriesKind


class AnswerKindForm(_Form):
    id: Literal["quantity", "person", "time", "place", "reason", "confirmation", "choice", "comparison"]
    phrases: Annotated[list[Words], Field(min_length=1)]


class VocabularyFile(_Form):
    """vocabulary.yaml: the words people use for aspects, kinds of answer and one another, in any language."""

    aspects: list[AspectForm] = []
    series: list[SeriesForm] = []
    answer_kinds: list[AnswerKindForm] = []
    function_words: list[Words] = []
    synonyms: list[Annotated[list[Words], Field(min_length=2)]] = []


class CoverageSpan(_Form):
    start: Annotated[Edtf, Field(alias="from")]
    end: Annotated[Edtf, Field(alias="to")]
    scope: Annotated[Text, Field(max_length=200)]


class BaseFile(_Form):
    """base.yaml: what the whole base is about."""

    label: Annotated[Text, Field(max_length=80)]
    coverage: CoverageSpan
    as_of: Edtf
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class QuestionForm(_Form):
    query: Annotated[Text, Field(max_length=300, description="as typed, with its command: /ask how many …")]
    leads: Annotated[
        Annotated[list[Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]], Field(min_length=1)]
        | Literal["nothing"],
        Field(description="ids of the facts that must lead the answer, in any order; or nothing"),
    ]


class QuestionsFile(_Form):
    """questions.yaml: questions that every reload must answer as written here."""

    questions: Annotated[list[QuestionForm], Field(min_length=1)]


FORMS: dict[str, type[_Form]] = {
    "base": BaseFile,
    "topics": TopicsFile,
    "vocabulary": VocabularyFile,
    "source": SourceFile,
    "questions": QuestionsFile,
}
"""Every kind of file by the name of its schema."""


def json_schema(name: str) -> str:
    """The JSON Schema of one kind of file (a key of `FORMS`) as text, for editors."""
    return json.dumps(FORMS[name].model_json_schema(), ensure_ascii=False, indent=2) + "\n"
