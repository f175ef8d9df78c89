"""The card of /about: what the base covers, how to ask, what the words on a card mean, what is kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot import wording
from bot.parts import Card, Section
from bot.texts import ENGLISH, Texts
from config.settings import Shortcut

if TYPE_CHECKING:
    from knowledge.library import Library

_PRIVACY = ("asker", "admin", "report", "public")


def card(library: Library, shortcuts: Mapping[str, Shortcut], texts: Texts = ENGLISH) -> Card:
    """The card."""
    coverage, counts = library.coverage, library.counts
    held = texts(
        "about.holds",
        facts=texts.count("fact", counts.facts),
        sources=texts.count("source", counts.sources),
        topics=texts.count("topic", counts.topics),
        empty=texts.count("more_topic", counts.empty_topics),
    )
    covers = (
        texts("about.reports", label=coverage.label, period=wording.period(coverage, texts)),
        texts("about.known_on", day=texts.day(coverage.as_of)),
        held,
    )
    ask = (
        ("/brief", texts("about.brief")),
        *((f"/{name}", shortcut.description) for name, shortcut in shortcuts.items()),
        ("/ask", texts("about.question")),
        ("/timeline", texts("about.timeline")),
        ("/fact, /source, /topics", texts("about.look_up")),
        (texts("command.look_up"), texts("about.menu_means")),
    )
    buttons = tuple((texts(f"button.{name}"), texts(f"about.{name}_means")) for name in ("sources", "share", "report"))
    return Card(
        tone="notice",
        title=texts("about.title"),
        notes=(coverage.scope,),
        sections=(
            Section(texts("about.covers"), tuple(("", line) for line in covers)),
            Section(texts("about.ask"), ask),
            Section(texts("about.buttons"), buttons),
            Section(texts("about.words"), wording.key_to_words(texts)),
            Section(texts("about.privacy"), tuple(("", texts(f"about.privacy.{one}")) for one in _PRIVACY)),
        ),
        footer=(texts("card.revision", revision=library.revision[:8]),),
    )
