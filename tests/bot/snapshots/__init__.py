"""The main cards as a reader sees them, kept as text so that a change of wording shows in a review.

After a change that is meant, of a card or of the shipped base, renew them and read the difference::

    python -m tests.bot.snapshots && git diff tests/bot/snapshots
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot import about, layout, markdown, plain, showing
from bot.showing import Shown
from bot.texts import ENGLISH, Texts, of
from config.settings import SHIPPED, load
from knowledge import files
from knowledge.briefing import Limits
from knowledge.library import Library
from knowledge.model import Request

DIRECTORY = Path(__file__).parent
SETTINGS = load(SHIPPED.read_text(encoding="utf-8"), {})

Maker = Callable[[Library, Texts], Awaitable[Shown | None]]


async def open_library(storage: Path) -> Library:
    """The shipped base, with the shipped settings."""
    limits = Limits(
        page=SETTINGS.answers_page_size,
        ask=SETTINGS.answers_ask_facts,
        shortcuts={name: shortcut.topic for name, shortcut in SETTINGS.shortcuts.items()},
    )
    return await Library.open(base_directory=files.SHIPPED, storage_directory=storage, limits=limits)


def _asked(command: str, text: str, *, as_of: str | None = None, full: bool = False) -> Maker:
    async def make(library: Library, texts: Texts) -> Shown:
        return showing.answered(library, await library.answer(Request(command, text, as_of)), texts, full=full)

    return make


async def _timeline(library: Library, texts: Texts) -> Shown:
    request = Request("timeline", "ras lanuf")
    answer = await library.timeline(request, start="2016-01", end="2016-02")
    return showing.answered(library, answer, texts)


async def _fact(library: Library, texts: Texts) -> Shown | None:
    return await showing.fact(library, "zliten-bombing/death-toll", texts)


async def _source(library: Library, texts: Texts) -> Shown | None:
    return await showing.source(library, "ras-lanuf-tanks", texts)


async def _topics(library: Library, texts: Texts) -> Shown:
    return showing.topics(library, "facility", texts)


async def _about(library: Library, texts: Texts) -> Shown:
    return Shown(markdown.write(about.card(library, SETTINGS.shortcuts, texts), texts))


CARDS: dict[str, tuple[Maker, Texts]] = {
    "brief": (_asked("brief", "sirte"), ENGLISH),
    "brief-full": (_asked("brief", "zliten", full=True), ENGLISH),
    "brief-misspelt": (_asked("brief", "sabrahta"), ENGLISH),
    "brief-as-of": (_asked("brief", "unity government", as_of="2016-01-22"), ENGLISH),
    "brief-in-french": (_asked("brief", "sirte"), of("fr")),
    "oil": (_asked("oil", "production"), ENGLISH),
    "ask-disputed": (_asked("ask", "how many died in the sabratha strike"), ENGLISH),
    "nothing-held": (_asked("brief", "sebha"), ENGLISH),
    "outside": (_asked("ask", "weather in oslo"), ENGLISH),
    "timeline": (_timeline, ENGLISH),
    "fact": (_fact, ENGLISH),
    "source": (_source, ENGLISH),
    "topics": (_topics, ENGLISH),
    "about": (_about, ENGLISH),
}
"""By the name of the file; the ten main cards, and what people meet beside them."""


async def render(library: Library, name: str) -> str:
    """The card of that name as plain text, and below it what can be pressed on it.

    The revision is blotted out, or each edit of any fact would change every card.
    """
    make, texts = CARDS[name]
    shown = await make(library, texts)
    assert shown is not None, f"nothing is held for {name}"
    pressed = list(_labels(layout.of(shown.written, texts, private=False).to_components()))
    buttons = "".join(f"[{label}] " for label in pressed)
    card = plain.render(shown.card, texts=texts).replace(library.revision[:8], "0" * 8)
    return f"{card}\n\n{buttons}".rstrip() + "\n"


def _labels(components: list[dict[str, Any]]) -> Any:
    for component in components:
        yield from _labels(component.get("components", []))
        if component.get("type") == 2:
            yield component["label"]
        elif component.get("type") == 3:
            yield f"{component['placeholder']}: {len(component['options'])} options"
