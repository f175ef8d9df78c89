"""The card of /about: what the base covers, how to ask, what the words on a card mean, what is kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot import wording
from bot.cards import Card, Section
from config.settings import Shortcut
from knowledge import dates

if TYPE_CHECKING:
    from knowledge.library import Library

PRIVACY = (
    "Nothing is stored about who asks. The log keeps the words of each question and what came of it, not the asker.",
    "The log does name, by user id, who uses /facts.",
    "Answers are public in their channel unless asked for with private; refusals and suggestions are private.",
)


def card(library: Library, shortcuts: Mapping[str, Shortcut]) -> Card:
    """The card."""
    coverage, counts = library.coverage, library.counts
    held = (
        f"{wording.count(counts.facts, 'fact')} from {wording.count(counts.sources, 'source')} "
        f"on {wording.count(counts.topics, 'topic')}; "
        f"{wording.count(counts.empty_topics, 'more topic')} known, with nothing held"
    )
    ask = [
        ("/brief", "a place, person, group or event"),
        *((f"/{name}", shortcut.description) for name, shortcut in shortcuts.items()),
        ("/ask", "a question in your own words"),
    ]
    return Card(
        tone="notice",
        title="About this fact base",
        notes=(coverage.scope,),
        sections=(
            Section(
                "What it covers",
                (
                    ("", f"{coverage.label}: reports of {wording.period(coverage)}"),
                    ("", f"as it was known on {dates.in_words(coverage.as_of)}"),
                    ("", held),
                ),
            ),
            Section("How to ask", tuple(ask)),
            Section("Words on a card", wording.KEY_TO_WORDS),
            Section("Privacy", tuple(("", line) for line in PRIVACY)),
        ),
        footer=(f"Base {library.revision[:8]}",),
        revision=library.revision,
    )
