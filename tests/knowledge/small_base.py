"""The smallest base worth breaking: two sources, three facts, one series. Tests quote its lines."""

from __future__ import annotations

from collections.abc import Mapping

from tests.knowledge.second_base import as_bytes

BASE = """\
label: "Harbours, 2016"
coverage: {from: 2016-01-01, to: 2016-02-29, scope: "Harbours and what moves through them"}
as_of: 2016-02-29
language: en
"""

TOPICS = """\
topics:
  - {id: port, type: place, name: Port, summary: "Where ships lie"}
  - {id: quay, type: place, name: Quay, summary: "Its stone edge", parent: port}
  - {id: mayor, type: person, name: Ann Lee, names: {ar: آن لي}, summary: "Mayor"}
  - {id: sluice, type: facility, name: Sluice, summary: "A gate in the wall", held: none}
"""

VOCABULARY = """\
aspects:
  - {id: losses, name: Losses, words: [lost, sunk]}
series:
  - {id: toll, name: "ships lost", kind: rival}
"""

DAILY = """\
source:
  title: "Storm over the port"
  publisher: Daily
  kind: wire
  published: 2016-01-08
  published_basis: printed
  published_reason: "date line"
  paragraphs: 3
  language: en
facts:
  - id: toll
    statement: "Ann Lee said that forty ships were lost."
    topics: [port, mayor]
    aspects: [losses]
    kind: figure
    when: 2016-01-07
    when_basis: stated
    value: {measure: lost, unit: ships, amount: 40, bound: at_least}
    said_by: {topic: mayor}
    mode: stated
    cites: [1, 2]
    also: {weekly: [1]}
    series: toll
    rank: preferred
    rank_reason: "she was there"
    priority: 1
    asks: ["how many ships were lost"]
  - id: quay-open
    statement: "The quay is open."
    topics: [quay]
    kind: status
    when: 2016-01-08
    when_basis: stated
    said_by: narration
    mode: observed
    cites: [3]
    priority: 2
"""

WEEKLY = """\
source:
  title: "After the storm"
  publisher: Weekly
  kind: report
  published: 2016-01-10
  published_basis: printed
  published_reason: "date line"
  paragraphs: 2
  language: en
  uncited: {2: "a weather report"}
facts:
  - id: toll
    statement: "Thirty ships were lost."
    topics: [port]
    aspects: [losses]
    kind: figure
    when: 2016-01-07
    when_basis: stated
    value: {measure: lost, unit: ships, amount: 30, bound: exact}
    said_by: narration
    mode: observed
    cites: [1]
    series: toll
    priority: 1
"""

QUESTIONS = """\
questions:
  - {query: /ask how many ships were lost, leads: [daily/toll]}
  - {query: /brief sluice, leads: nothing}
"""

FILES: Mapping[str, str] = {
    "base.yaml": BASE,
    "topics.yaml": TOPICS,
    "vocabulary.yaml": VOCABULARY,
    "questions.yaml": QUESTIONS,
    "sources/daily.yaml": DAILY,
    "sources/weekly.yaml": WEEKLY,
}
"""Path relative to the base's directory -> text."""


def edited(*edits: tuple[str, str, str]) -> dict[str, bytes]:
    """The base with edits (path, the only place of a text, what stands there instead)."""
    files = dict(FILES)
    for path, old, new in edits:
        assert files[path].count(old) == 1, f"{old!r} stands {files[path].count(old)} times in {path}"
        files[path] = files[path].replace(old, new)
    return as_bytes(files)
