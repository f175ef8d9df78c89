"""What the loader refuses, in the words that a curator reads; and what it makes of a sound base."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import strictyaml
from knowledge.curation import curate
from knowledge.errors import BadBaseError
from knowledge.model import Alias, Attribution, Citation, Fact, Value
from tests.knowledge import second_base, small_base
from tests.knowledge.small_base import edited

BASE, TOPICS, VOCABULARY, QUESTIONS = "base.yaml", "topics.yaml", "vocabulary.yaml", "questions.yaml"
DAILY, WEEKLY = "sources/daily.yaml", "sources/weekly.yaml"
SOURCE_NAME = "A source's file is named <id>.yaml, the id of a–z, 0–9 and single hyphens. Rename it."


def problems(files: dict[str, bytes]) -> list[str]:
    """What `curate` has against *files*; nothing when they are sound."""
    try:
        curate(files)
    except BadBaseError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_sound_base_has_no_problem() -> None:
    assert problems(edited()) == []
    assert problems(second_base.as_bytes()) == []


def test_a_fact_is_read_whole() -> None:
    fact = curate(edited()).facts[0]
    assert fact == Fact(
        id="daily/toll",
        statement="Ann Lee said that forty ships were lost.",
        topics=("port", "mayor"),
        kind="figure",
        said_by=Attribution(topic="mayor", display="Ann Lee"),
        mode="stated",
        citations=(Citation("daily", (1, 2)), Citation("weekly", (1,))),
        priority=1,
        aspects=("losses",),
        when="2016-01-07",
        when_basis="stated",
        value=Value(measure="lost", unit="ships", bound="at_least", amount="40"),
        series="toll",
        rank="preferred",
        rank_reason="she was there",
        asks=("how many ships were lost",),
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("no", "no", id="no, which YAML takes for false"),
        pytest.param("12:30", "12:30", id="12:30, which YAML takes for 750"),
        pytest.param("017", "017", id="017, which YAML takes for 15"),
        pytest.param("2016-01-08", "2016-01-08", id="a day, which YAML takes for a date"),
        pytest.param("1_000", "1_000", id="1_000, which YAML takes for 1000"),
        pytest.param("~x", "~x", id="a tilde"),
    ],
)
def test_text_stays_as_it_was_written(written: str, kept: str) -> None:
    base = curate(edited((TOPICS, "name: Quay", f"name: {written}")))
    assert base.topics[1].name == kept


def test_aliases_that_two_topics_share_need_a_not() -> None:
    shared = "aliases: [{text: PORT, lang: en, kind: acronym}]"
    base = curate(edited((TOPICS, "parent: port", f"not: [port], {shared}")))
    assert base.topics[1].aliases == (Alias("PORT", "en", "acronym"),)
    assert problems(edited((TOPICS, "parent: port", shared))) == [
        'topics.yaml:3: topic "quay": \'PORT\' also leads to "port". Remove it from one, or list the other under '
        "'not' where both are meant."
    ]


REFUSED = [
    # fields
    ("field that is unknown, near a known one", DAILY, "    priority: 2", "    priority: 2\n    priorty: 2",
     "sources/daily.yaml:38: fact \"quay-open\": 'priorty' is not a field here. Did you mean 'priority'?"),
    ("field that is unknown, near none", BASE, "language: en", "language: en\nxyz: 1",
     "base.yaml:5: 'xyz' is not a field here. Remove it."),
    ("field that is missing", DAILY, '    statement: "The quay is open."\n', "",
     "sources/daily.yaml:28: fact \"quay-open\": 'statement' is missing. Add it."),
    ("header field that is missing", DAILY, "  publisher: Daily\n", "",
     "sources/daily.yaml:1: 'publisher' is missing. Add it."),
    ("field without a value", DAILY, '"The quay is open."', "",
     "sources/daily.yaml:29: 'statement' has no value. Give it one, or remove the line."),
    ("text in place of a list", DAILY, "topics: [quay]", "topics: quay",
     "sources/daily.yaml:30: fact \"quay-open\": 'topics' must be a list."),
    ("list in place of text", DAILY, "kind: status", "kind: [status]",
     "sources/daily.yaml:31: fact \"quay-open\": 'kind' must be one of 'event', 'figure', 'status', 'position', "
     "'plan', 'assessment' or 'background'."),
    ("word that is not of the list", DAILY, "kind: wire", "kind: blog",
     "sources/daily.yaml:4: 'kind' must be one of 'wire', 'live_blog', 'interview', 'official_statement' or 'report' "
     "(seen: 'blog')."),
    ("list that is empty", DAILY, "topics: [quay]", "topics: []",
     "sources/daily.yaml:30: fact \"quay-open\": 'topics' is empty. Give at least 1."),
    ("file that is a list", BASE, small_base.BASE, "- a\n",
     "base.yaml:1: this entry must be a mapping (key: value)."),
    # ids
    ("key that stands twice", DAILY, "    kind: status", "    kind: status\n    kind: event",
     "sources/daily.yaml:32: The key 'kind' stands here twice. Keep one."),
    ("fact id that stands twice", DAILY, "id: quay-open", "id: toll",
     'sources/daily.yaml:28: fact "toll": the id stands in this file twice. Rename one.'),
    ("topic id that stands twice", TOPICS, "held: none}",
     "held: none}\n  - {id: port, type: place, name: Haven, summary: X}",
     'topics.yaml:6: topic "port": the id stands in this file twice. Rename one.'),
    ("aspect id that stands twice", VOCABULARY, "words: [lost, sunk]}",
     "words: [lost]}\n  - {id: losses, name: L, words: [sunk]}",
     'vocabulary.yaml:3: aspect "losses": the id stands in this file twice. Rename one.'),
    ("id that is no slug", DAILY, "id: quay-open", "id: Quay Open",
     "sources/daily.yaml:28: fact \"Quay Open\": 'id' has the wrong form (seen: 'Quay Open'); it must match "
     "^[a-z0-9]+(?:-[a-z0-9]+)*$."),
    ("same statement in two sources", DAILY, "The quay is open.", "Thirty ships were LOST",
     'sources/weekly.yaml:13: fact "toll": says the same as "daily/quay-open". Keep one and list the other source '
     "under its 'also'."),
    # what must be known
    ("unknown topic", DAILY, "topics: [quay]", "topics: [quai]",
     "sources/daily.yaml:30: fact \"quay-open\": has the unknown topic 'quai'. Did you mean 'quay'?"),
    ("unknown topic, near none", DAILY, "topics: [quay]", "topics: [zzz]",
     "sources/daily.yaml:30: fact \"quay-open\": has the unknown topic 'zzz'."),
    ("known-empty topic with a fact", DAILY, "topics: [quay]", "topics: [sluice]",
     "sources/daily.yaml:30: fact \"quay-open\": has the topic 'sluice', which is marked 'held: none'. Remove that "
     "mark, or the topic."),
    ("unknown aspect", DAILY, "aspects: [losses]", "aspects: [loses]",
     "sources/daily.yaml:14: fact \"toll\": has the unknown aspect 'loses'. Did you mean 'losses'?"),
    ("unknown source", DAILY, "also: {weekly: [1]}", "also: {weakly: [1]}",
     "sources/daily.yaml:22: fact \"toll\": lists the unknown source 'weakly'. Did you mean 'weekly'?"),
    ("its own source under also", DAILY, "also: {weekly: [1]}", "also: {daily: [1]}",
     "sources/daily.yaml:22: fact \"toll\": lists its own source under 'also'. Put the paragraphs under 'cites'."),
    ("unknown series", DAILY, "series: toll", "series: tol",
     "sources/daily.yaml:23: fact \"toll\": has the unknown series 'tol'. Did you mean 'toll'?"),
    ("unknown speaker", DAILY, "said_by: {topic: mayor}", "said_by: {topic: mayer}",
     "sources/daily.yaml:19: fact \"toll\": is said by the unknown topic 'mayer'. Did you mean 'mayor'?"),
    ("unknown parent", TOPICS, "parent: port", "parent: prot",
     "topics.yaml:3: topic \"quay\": has the unknown parent 'prot'. Did you mean 'port'?"),
    ("topic that is its own ancestor", TOPICS, "parent: port", "parent: quay",
     "topics.yaml:3: topic \"quay\": is its own ancestor through 'quay'. Break the circle."),
    ("unknown topic under not", TOPICS, "parent: port", "not: [prot]",
     "topics.yaml:3: topic \"quay\": names the unknown topic 'prot' under 'not'. Did you mean 'port'?"),
    ("itself under not", TOPICS, "parent: port", "not: [quay]",
     "topics.yaml:3: topic \"quay\": names itself under 'not'. Remove it."),
    ("unknown fact in a question", QUESTIONS, "daily/toll", "daily/tol",
     "questions.yaml:2: there is no fact \"daily/tol\". Did you mean 'daily/toll'?"),
    ("question that leads to an empty list", QUESTIONS, "leads: nothing", "leads: []",
     "questions.yaml:3: question \"/brief sluice\": 'leads' is empty. Give at least 1."),
    ("question that leads to another word", QUESTIONS, "leads: nothing", "leads: none",
     "questions.yaml:3: question \"/brief sluice\": 'leads' must be a list or 'nothing' (seen: 'none')."),
    # paragraphs
    ("paragraph beyond the source's count", DAILY, "cites: [3]", "cites: [4]",
     "sources/daily.yaml:36: fact \"quay-open\": cites paragraph 4, but daily has 3. Correct the number."),
    ("paragraph beyond another source's count", DAILY, "also: {weekly: [1]}", "also: {weekly: [3]}",
     "sources/daily.yaml:22: fact \"toll\": cites paragraph 3, but weekly has 2. Correct the number."),
    ("paragraph nought", DAILY, "cites: [3]", "cites: [0]",
     "sources/daily.yaml:36: fact \"quay-open\": an entry of 'cites' must be at least 1 (seen: '0')."),
    ("paragraph that is no number", DAILY, "cites: [3]", "cites: [x]",
     "sources/daily.yaml:36: fact \"quay-open\": 'x' is not a whole number."),
    ("paragraph twice", DAILY, "cites: [3]", "cites: [3, 3]",
     "sources/daily.yaml:28: fact \"quay-open\": 'cites' names a paragraph twice."),
    ("uncited paragraph that does not exist", WEEKLY, "uncited: {2:", "uncited: {9:",
     "sources/weekly.yaml:10: paragraph 9 does not exist: the source has 2."),
    # what must agree
    ("two preferred facts in one series", WEEKLY, "    series: toll",
     "    series: toll\n    rank: preferred\n    rank_reason: later",
     "sources/weekly.yaml:24: fact \"toll\": is another preferred fact of the series 'toll', besides \"daily/toll\". "
     "Prefer one."),
    ("rank without a reason", DAILY, '    rank_reason: "she was there"\n', "",
     "sources/daily.yaml:11: fact \"toll\": the rank 'preferred' needs 'rank_reason'."),
    ("figure without a value", DAILY, "    value: {measure: lost, unit: ships, amount: 40, bound: at_least}\n", "",
     "sources/daily.yaml:11: fact \"toll\": a fact of kind 'figure' needs 'value'."),
    ("range without its end", DAILY, "amount: 40, bound: at_least", "low: 40, bound: range",
     "sources/daily.yaml:18: fact \"toll\": a range has 'low' and 'high' and no 'amount'."),
    ("range the wrong way round", DAILY, "amount: 40, bound: at_least", "low: 40, high: 30, bound: range",
     "sources/daily.yaml:18: fact \"toll\": 'low' 40 is above 'high' 30."),
    ("amount that is no number", DAILY, "amount: 40", "amount: 40k",
     "sources/daily.yaml:18: fact \"toll\": 'amount' has the wrong form (seen: '40k'); it must match "
     "^[0-9]+(?:\\.[0-9]+)?$."),
    ("amount in other digits", DAILY, "amount: 40", "amount: ٤٠",
     "sources/daily.yaml:18: fact \"toll\": 'amount' has the wrong form (seen: '٤٠'); it must match "
     "^[0-9]+(?:\\.[0-9]+)?$."),
    ("speaker given as text", DAILY, "said_by: narration", "said_by: mayor",
     "sources/daily.yaml:34: fact \"quay-open\": 'said_by' must be a mapping (key: value) or 'narration' "
     "(seen: 'mayor')."),
    ("speaker with a misspelt field", DAILY, "said_by: {topic: mayor}", "said_by: {topc: mayor}",
     "sources/daily.yaml:19: fact \"toll\": 'topc' is not a field here. Did you mean 'topic'?"),
    ("two speakers", DAILY, "said_by: {topic: mayor}", "said_by: {topic: mayor, text: Ann}",
     "sources/daily.yaml:19: fact \"toll\": give 'topic' or 'text', one of them."),
    ("claim without its claimant", DAILY, "said_by: {topic: mayor}", "said_by: narration",
     "sources/daily.yaml:11: fact \"toll\": 'narration' goes with the mode 'observed', and only with it."),
    ("priority out of range", DAILY, "priority: 2", "priority: 4",
     "sources/daily.yaml:37: fact \"quay-open\": 'priority' must be at most 3 (seen: '4')."),
    # dates
    ("day that is not in the calendar", DAILY, "published: 2016-01-08", "published: 2016-02-30",
     "sources/daily.yaml:5: 'published': '2016-02-30' is no day of the calendar."),
    ("date in words", DAILY, "when: 2016-01-08", "when: 8 January",
     "sources/daily.yaml:32: fact \"quay-open\": 'when': '8 January' is not a date: write 2016-02-19, 2016-02, 2016, "
     "2016-02~ (about) or an interval a/b."),
    ("event without a date", DAILY, "    when: 2016-01-08\n    when_basis: stated\n", "",
     "sources/daily.yaml:28: fact \"quay-open\": a fact of kind 'status' needs 'when'."),
    # text
    ("text that is empty after folding", DAILY, "The quay is open.", "…!",
     "sources/daily.yaml:29: fact \"quay-open\": 'statement': holds no letter and no digit (seen: '…!')."),
    ("alias that is empty after folding", TOPICS, "parent: port", "aliases: [{text: '–', lang: en, kind: variant}]",
     "topics.yaml:3: topic \"quay\": 'text': holds no letter and no digit (seen: '–')."),
    ("statement that is too long", DAILY, "The quay is open.", "x" * 301,
     "sources/daily.yaml:29: fact \"quay-open\": 'statement' has 301 characters; at most 300 are allowed. Shorten it."),
    ("line break in a statement", DAILY, "The quay is open.", "The quay\\nis open.",
     "sources/daily.yaml:29: fact \"quay-open\": 'statement': holds a line break or a control character; write it on "
     "one line (seen: 'The quay is open.')."),
    # YAML
    ("anchor", DAILY, '"The quay is open."', "&a open",
     "sources/daily.yaml:29: Found the anchor or alias 'a'; anchors, aliases and tags are not read. Write the "
     "value out."),
    ("tag", DAILY, '"The quay is open."', "!!str open",
     "sources/daily.yaml:29: Found the tag 'tag:yaml.org,2002:str'; anchors, aliases and tags are not read. Write the "
     "value out."),
    ("quote that is not closed", QUESTIONS, "leads: nothing}", 'leads: "nothing}',
     "questions.yaml:4: This is not YAML: while scanning a quoted scalar: found unexpected end of stream. Check "
     "quotes, colons and indentation."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "expected"), [pytest.param(*case, id=name) for name, *case in REFUSED])
def test_a_broken_base_is_refused_with_file_line_and_what_to_do(path: str, old: str, new: str, expected: str) -> None:
    assert problems(edited((path, old, new))) == [expected]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, "The file is missing. Every base has one.", id="without topics.yaml"),
        pytest.param({TOPICS: b"\xfftopics: []"}, "Byte 0xff is not UTF-8. Save the file as UTF-8.", id="not UTF-8"),
        pytest.param({TOPICS: b" " * (strictyaml.MAX_FILE_BYTES + 1)},
                     "The file has 4,194,305 bytes; at most 4,194,304 are read. Split it.", id="too large"),
        pytest.param({TOPICS: b""}, "The file is empty.", id="empty"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_still_checked(
    files: dict[str, bytes], expected: str
) -> None:
    broken = edited((DAILY, "priority: 2", "priority: 4"))
    del broken[TOPICS]
    where = "topics.yaml:1" if files else "topics.yaml"
    assert problems(broken | files) == [
        "sources/daily.yaml:37: fact \"quay-open\": 'priority' must be at most 3 (seen: '4').",
        f"{where}: {expected}",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("topic.yaml", "No such file belongs to a base. Did you mean 'topics.yaml'?", id="misspelt"),
        pytest.param("sources/x.yml", SOURCE_NAME, id="another ending"),
        pytest.param("sources/My File.yaml", SOURCE_NAME, id="no slug"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_belong_is_told(path: str, expected: str) -> None:
    """Left aside in silence, its facts would be missing without anybody knowing."""
    other = small_base.WEEKLY.replace("Thirty", "Thirty-one").encode()
    assert problems(edited() | {path: other}) == [f"{path}: {expected}"]


def test_a_base_without_sources_is_refused() -> None:
    files = {path: content for path, content in edited().items() if path in (BASE, TOPICS, VOCABULARY, QUESTIONS)}
    assert problems(files) == ["sources/: There is no source. Add sources/<id>.yaml with a header and its facts."]


def test_an_empty_directory_lacks_every_file() -> None:
    assert problems({}) == [
        *(f"{path}: The file is missing. Every base has one." for path in (BASE, QUESTIONS)),
        "sources/: There is no source. Add sources/<id>.yaml with a header and its facts.",
        *(f"{path}: The file is missing. Every base has one." for path in (TOPICS, VOCABULARY)),
    ]


def test_all_problems_of_all_files_are_told_at_once_in_file_order() -> None:
    found = problems(
        edited(
            (WEEKLY, "topics: [port]", "topics: [prot]"),
            (DAILY, "cites: [3]", "cites: [9]"),
            (DAILY, "aspects: [losses]", "aspects: [loss]"),
            (TOPICS, "parent: port", "parent: harbour"),
            (QUESTIONS, "leads: [daily/toll]", "leads: [weekly/tol]"),
        )
    )
    assert found == [
        "questions.yaml:2: there is no fact \"weekly/tol\". Did you mean 'weekly/toll'?",
        "sources/daily.yaml:14: fact \"toll\": has the unknown aspect 'loss'. Did you mean 'losses'?",
        'sources/daily.yaml:36: fact "quay-open": cites paragraph 9, but daily has 3. Correct the number.',
        "sources/weekly.yaml:14: fact \"toll\": has the unknown topic 'prot'. Did you mean 'port'?",
        "topics.yaml:3: topic \"quay\": has the unknown parent 'harbour'.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param("priority: 1", "priority: 9", "'priority' must be at most 3", id="one fact"),
        pytest.param("publisher: Daily", "publishr: Daily", "'publishr' is not a field here", id="the header"),
        pytest.param("facts:", "extra: x\nfacts:", "'extra' is not a field here", id="beside them"),
    ],
)
def test_a_fault_of_form_hides_no_wrong_reference_in_the_same_file(old: str, new: str, told: str) -> None:
    """With the line of each, though the faulty one stands before."""
    whole = edited((DAILY, "topics: [quay]", "topics: [quai]"))
    (expected,) = problems(whole)
    both = problems(edited((DAILY, "topics: [quay]", "topics: [quai]"), (DAILY, old, new)))
    assert any(told in problem for problem in both)
    moved = new.count("\n")
    path, line, words = expected.split(":", 2)
    assert f"{path}:{int(line) + moved}:{words}" in both
    assert not any("daily" in problem and "unknown" in problem for problem in both if "quai" not in problem)


def test_the_revision_follows_the_content_and_nothing_else() -> None:
    same, other = curate(dict(reversed(edited().items()))), curate(edited((BASE, "Harbours, 2016", "Harbours, 2017")))
    assert same.revision == curate(edited()).revision
    assert other.revision != same.revision


@settings(deadline=None, max_examples=60)
@given(
    path=st.sampled_from(sorted(small_base.FILES)),
    place=st.floats(0, 1),
    length=st.integers(0, 12),
    noise=st.text(max_size=8),
)
def test_no_edit_makes_the_loader_stumble(path: str, place: float, length: int, noise: str) -> None:
    """A base is sound, or refused with problems that each say where; nothing else is ever raised."""
    text = small_base.FILES[path]
    start = int(place * len(text))
    changed = (text[:start] + noise + text[start + length :]).encode("utf-8", "surrogatepass")
    found = problems(edited() | {path: changed})
    assert all(line.partition(": ")[2] and "\n" not in line for line in found)
