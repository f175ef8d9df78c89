"""A whole base on a botanical garden, as small as one can be that holds every kind of thing: rival and successive
values, a known-empty topic, an open question, names that must not be confused, one that is also an everyday word."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

BASE = """\
label: "Marn Garden, winter 2031"
coverage: {from: 2031-01-01, to: 2031-02-12, scope: "Plants, visitors and buildings of Marn Garden"}
as_of: 2031-02-12
language: en
"""

TOPICS = """\
topics:
  - {id: marn-garden, type: organisation, name: Marn Garden, summary: "Botanical garden at Marn", aliases: [
      {text: MBG, lang: en, kind: acronym}]}
  - {id: palm-house, type: facility, name: Palm House, names: {ar: بيت النخيل}, summary: "Glasshouse of 1870",
     parent: marn-garden, aliases: [{text: Great Stove, lang: en, kind: former}]}
  - {id: titan-arum, type: theme, name: Titan arum, names: {ar: الأروم العملاق},
     summary: "A plant that flowers once in years", aliases: [
       {text: corpse flower, lang: en, kind: nickname}, {text: Amorphophallus titanum, lang: en, kind: variant},
       {text: titan arrum, lang: en, kind: misspelling}]}
  - {id: fire-blight, type: theme, name: Fire blight, names: {ar: اللفحة النارية},
     summary: "A disease of pear trees", not: [leaf-blight]}
  - {id: leaf-blight, type: theme, name: Leaf blight, summary: "A disease of maize"}
  - {id: orchard, type: place, name: Marn Orchard, parent: marn-garden, summary: "Old pear trees on the north slope",
     aliases: [{text: the orchard, lang: en, kind: variant}]}
  - {id: ada-fenwick, type: person, name: Ada Fenwick, names: {ar: آدا فنويك}, summary: "Director of Marn Garden",
     aliases: [{text: Fenwick, lang: en, kind: variant}, {text: Fennick, lang: en, kind: transliteration}]}
  - {id: tomas-ruiz, type: person, name: Tomás Ruiz, summary: "Head gardener",
     aliases: [{text: Ruiz, lang: en, kind: variant}]}
  - {id: institute-of-trees, type: organisation, name: Institute of Trees, summary: "Research body in the capital",
     aliases: [{text: IT, lang: en, kind: acronym}]}
  - {id: seed-vault, type: facility, name: Seed Vault, parent: marn-garden, held: none,
     summary: "Store of seeds under the hill"}
"""

VOCABULARY = """\
aspects:
  - {id: size, name: Size, words: [size, tall, height, high, metres, grown, طول]}
  - {id: visitors, name: Visitors, words: [visitors, visitor, people, crowd, queue, زوار]}
  - {id: losses, name: Losses, words: [losses, lost, killed, died, felled]}
  - {id: cause, name: Cause, words: [cause, blamed, carried, origin, why]}
  - {id: smell, name: Smell, words: [smell, stink, odour, reek]}
  - {id: money, name: Money, words: [money, cost, price, paid, crowns]}
  - {id: repairs, name: Repairs, words: [repair, repairs, reglazed, works]}
  - {id: opening, name: Opening, words: [opening, opened, closed, closure, hours]}
series:
  - {id: first-day-visitors, name: "visitors on the first day", kind: rival}
  - {id: height, name: "height of the titan arum", kind: successive}
answer_kinds:
  - {id: quantity, phrases: ["how many", "how much", "how tall", "number of", كم]}
  - {id: person, phrases: [who, whom, "which person", من]}
  - {id: time, phrases: [when, "what day", "which day", "what date", متى]}
  - {id: place, phrases: [where, "which place", أين]}
  - {id: reason, phrases: [why, "for what reason", لماذا]}
  - {id: confirmation, phrases: [did, does, is, are, was, were, has, have, will, هل]}
  - {id: choice, phrases: [which, what, أي]}
function_words: [a, an, the, of, in, "on", at, by, to, for, from, and, or, with, about, it, its, is, are, was, were, be,
  did, does, do, has, have, had, will, who, whom, what, when, where, which, why, how, many, much, that, this, there,
  their, some, any, "no", not, me, tell, from, as, than, between, during, over, up, down, out, into, i, you, we,
  they, he, she, his, her, من, في, على, عن, هل, ما, متى, أين, كم, لماذا]
synonyms:
  - [flower, bloom, blossom, زهرة]
  - [open, unfold, تفتح]
  - [smell, stink, odour, reek, whiff]
  - [die, perish, kill]
  - [glass, pane, glaze]
  - [visitor, guest, people, crowd, زوار]
  - [tree, trunk]
"""

GAZETTE = """\
source:
  title: "Giant flower opens at Marn"
  publisher: Marn Gazette
  kind: report
  published: 2031-02-05
  published_basis: printed
  published_reason: "date line"
  paragraphs: 8
  language: en
facts:
  - id: flowering
    statement: "The titan arum in the Palm House of Marn Garden opened on the night of 3 February 2031."
    topics: [titan-arum, palm-house, marn-garden]
    aspects: [opening]
    kind: event
    when: 2031-02-03
    when_basis: stated
    said_by: narration
    mode: observed
    cites: [1]
    priority: 1
    asks: ["when did the titan arum open", "which night did the giant bloom unfold", "titan arum flowering date",
           "where did the titan arum flower", "متى تفتح الأروم العملاق"]
  - id: visitors
    statement: "About 1,200 people saw the titan arum on its first day, 4 February 2031, Ada Fenwick said."
    topics: [titan-arum, ada-fenwick, marn-garden]
    aspects: [visitors]
    kind: figure
    when: 2031-02-04
    when_basis: stated
    value: {measure: first-day visitors, unit: people, amount: 1200, bound: about}
    said_by: {topic: ada-fenwick, role: director}
    mode: stated
    standing: disputed
    series: first-day-visitors
    cites: [2]
    priority: 1
    asks: ["how many people saw the titan arum", "first day visitors to the corpse flower",
           "how large was the crowd at the bloom",
           "كم عدد زوار الأروم العملاق"]
  - id: height-february
    statement: "The titan arum stood 2.3 metres tall when it opened on 3 February 2031."
    topics: [titan-arum]
    aspects: [size]
    kind: figure
    when: 2031-02-03
    when_basis: stated
    value: {measure: height, unit: metres, amount: 2.3, bound: exact}
    said_by: narration
    mode: observed
    series: height
    rank: preferred
    rank_reason: "the latest measurement"
    cites: [3]
    priority: 1
    asks: ["how tall is the titan arum", "height of the corpse flower", "how many metres had the plant grown"]
  - id: smell
    statement: "Ada Fenwick compared the smell of the titan arum with fish left in the sun."
    topics: [titan-arum, ada-fenwick]
    aspects: [smell]
    kind: assessment
    when: 2031-02-04
    when_basis: stated
    said_by: {topic: ada-fenwick, role: director}
    mode: stated
    cites: [4]
    priority: 2
    asks: ["what does the titan arum smell of", "who compared the stink with fish",
           "what odour does the giant plant give off"]
  - id: pear-trees
    statement: "Fire blight killed at least 14 pear trees in Marn Orchard by 1 February 2031."
    topics: [fire-blight, orchard, marn-garden]
    aspects: [losses]
    kind: figure
    when: 2031-02-01
    when_basis: stated
    value: {measure: pear trees killed, unit: trees, amount: 14, bound: at_least}
    said_by: narration
    mode: observed
    cites: [5]
    priority: 1
    asks: ["how many pear trees died of fire blight", "fire blight losses", "how many trunks were lost in the orchard",
           "كم شجرة قتلت اللفحة النارية"]
  - id: bees
    statement: "Tomás Ruiz blamed bees from a farm next door for carrying fire blight into Marn Orchard."
    topics: [fire-blight, tomas-ruiz, orchard]
    aspects: [cause]
    kind: assessment
    when: 2031-02-01
    when_basis: stated
    said_by: {topic: tomas-ruiz, role: head gardener}
    mode: claimed
    standing: unconfirmed
    cites: [6]
    priority: 1
    asks: ["who blamed the bees", "why is there fire blight in the orchard", "origin of the fire blight"]
  - id: glass
    statement: "The roof of the Palm House is to be reglazed in May 2031."
    topics: [palm-house]
    aspects: [repairs]
    kind: plan
    when: 2031-05
    when_basis: stated
    said_by: narration
    mode: observed
    cites: [7]
    priority: 2
    asks: ["when will the palm house be repaired", "when does the glasshouse get its panes", "roof works date"]
  - id: ticket
    statement: "A ticket for the Palm House costs 4 crowns."
    topics: [palm-house]
    aspects: [money]
    kind: status
    when: 2031-02
    when_basis: inferred
    value: {measure: ticket price, unit: crowns, amount: 4, bound: exact}
    said_by: narration
    mode: observed
    cites: [8]
    priority: 2
    asks: ["how much is a palm house ticket", "price of entry to the great stove", "what do guests pay"]
open:
  - question: "How much will the new roof of the Palm House weigh?"
    topics: [palm-house]
    asks: ["weight of the palm house roof", "how heavy is the roof"]
"""

HERALD = """\
source:
  title: "A bloom and a boiler"
  publisher: Valley Herald
  kind: wire
  published: 2031-02-12
  published_basis: printed
  published_reason: "date line"
  paragraphs: 7
  language: en
facts:
  - id: visitors
    statement: "Tomás Ruiz counted fewer than 900 people at the titan arum on its first day, 4 February 2031."
    topics: [titan-arum, tomas-ruiz]
    aspects: [visitors]
    kind: figure
    when: 2031-02-04
    when_basis: stated
    value: {measure: first-day visitors, unit: people, amount: 900, bound: fewer_than}
    said_by: {topic: tomas-ruiz, role: head gardener}
    mode: estimated
    standing: disputed
    series: first-day-visitors
    cites: [1]
    priority: 1
    asks: ["how many guests did Ruiz count", "how many people came to see the titan arum on the first day"]
  - id: height-january
    statement: "The titan arum stood 1.1 metres tall on 10 January 2031."
    topics: [titan-arum]
    aspects: [size]
    kind: figure
    when: 2031-01-10
    when_basis: stated
    value: {measure: height, unit: metres, amount: 1.1, bound: exact}
    said_by: narration
    mode: observed
    series: height
    cites: [2]
    priority: 2
    asks: ["how tall was the titan arum in January", "how high was the corpse flower in January"]
  - id: boiler
    statement: "The Palm House closed for two days after a boiler failed on 7 February 2031."
    topics: [palm-house, marn-garden]
    aspects: [opening, cause]
    kind: event
    when: 2031-02-07
    when_basis: stated
    said_by: narration
    mode: observed
    cites: [3]
    priority: 1
    asks: ["why did the palm house close", "what failed in the great stove", "when did the boiler break down",
           "لماذا أغلق بيت النخيل"]
    corrects: ["when did the palm house burn down"]
  - id: fenwick-elected
    statement: "Ada Fenwick has directed Marn Garden since 2019."
    topics: [ada-fenwick, marn-garden]
    kind: background
    said_by: narration
    mode: observed
    cites: [4]
    priority: 2
    asks: ["who directs Marn Garden", "since when has Fenwick been director", "من يدير حديقة مارن"]
  - id: maize
    statement: "The Institute of Trees found no leaf blight at Marn Garden in January 2031."
    topics: [leaf-blight, institute-of-trees, marn-garden]
    kind: status
    when: 2031-01
    when_basis: stated
    said_by: {topic: institute-of-trees}
    mode: stated
    cites: [5]
    priority: 2
    asks: ["is there leaf blight at Marn Garden", "what did IT say about leaf blight"]
  - id: council
    statement: "The town council granted Marn Garden 30,000 crowns for a new boiler on 11 February 2031."
    topics: [marn-garden, palm-house]
    aspects: [money]
    kind: event
    when: 2031-02-11
    when_basis: stated
    value: {measure: grant, unit: crowns, amount: 30000, bound: exact}
    said_by: narration
    mode: observed
    cites: [6]
    priority: 1
    asks: ["how much did the council grant", "who pays for the boiler", "grant for Marn Garden"]
"""

QUESTIONS = """\
questions:
  - {query: /brief titan arum, leads: [gazette/flowering]}
  - {query: /ask how tall is the titan arum, leads: [gazette/height-february]}
  - {query: /brief seed vault, leads: nothing}
"""

FILES: Mapping[str, str] = {
    "base.yaml": BASE,
    "topics.yaml": TOPICS,
    "vocabulary.yaml": VOCABULARY,
    "questions.yaml": QUESTIONS,
    "sources/gazette.yaml": GAZETTE,
    "sources/herald.yaml": HERALD,
}
"""Path relative to the base's directory -> text."""

SHORTCUTS = {"flower": "titan-arum"}
"""Its counterpart of `/oil`."""


def as_bytes(files: Mapping[str, str] = FILES) -> dict[str, bytes]:
    """*files* as they are read from disk."""
    return {path: text.encode() for path, text in files.items()}


def write(directory: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write *files* below *directory*, which is made; returns it."""
    for path, text in files.items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return directory


def edit(directory: Path, path: str, old: str, new: str) -> None:
    """Replace the only *old* in one file by *new*, as an editor would."""
    target = directory / path
    text = target.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    target.write_text(text.replace(old, new), encoding="utf-8")
