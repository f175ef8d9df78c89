"""From a request to its reply: ask the base, log one line, send the card."""

from __future__ import annotations

import logging
import time

from bot import layout, pictures, replies, showing
from bot.host import Interaction, host_of, texts_for
from bot.replies import Reply
from bot.showing import Shown
from knowledge.model import Answer, Request
from knowledge.text import fold

LOGGED_CHARACTERS = 200

_log = logging.getLogger("bot.queries")


async def give(interaction: Interaction, request: Request, *, private: bool, full: bool = False) -> None:
    """Answer *request*: in the open unless *private*, and always privately when there is no answer.

    full: as much on one card as a message holds.
    """
    async with replies.answering(interaction) as reply:
        await answer_with(reply, request, private=private, full=full)


async def answer_with(reply: Reply, request: Request, *, private: bool, full: bool = False) -> None:
    """As `give`, within the reply to an interaction."""
    library = host_of(reply.interaction).library
    started = time.perf_counter()
    if request.command == "timeline":
        answer = await library.timeline(request, start=request.start, end=request.end)
    else:
        answer = await library.answer(request)
    _log.info("%s", line(answer, (time.perf_counter() - started) * 1000))
    await show(reply, showing.answered(library, answer, texts_for(reply.interaction), full=full), private=private)


async def show(reply: Reply, shown: Shown, *, private: bool) -> None:
    """Send a card, privately if it holds nothing or *private* says so."""
    texts, written = texts_for(reply.interaction), shown.written
    hidden = private or not shown.card.is_held
    await pictures.deliver(
        reply,
        shown.chart,
        lambda alt_text: layout.of(written, texts, private=private, alt_text=alt_text),
        lambda view, files: reply.send(view, private=hidden, files=files),
    )


async def turn(reply: Reply, shown: Shown, *, private: bool) -> None:
    """Put a card in place of the one whose button was pressed."""
    texts, written = texts_for(reply.interaction), shown.written
    await pictures.deliver(
        reply,
        shown.chart,
        lambda alt_text: layout.of(written, texts, private=private, alt_text=alt_text),
        reply.turn,
    )


def line(answer: Answer, took_ms: float) -> str:
    """What the log says of a query; nothing in it says who asked."""
    first = answer.first_page[0] if answer.first_page else None
    topics = [answer.subject.id] if answer.subject else list(first.fact.topics[:3]) if first else []
    asked = fold(answer.request.text[:LOGGED_CHARACTERS])
    best = first.score if first else answer.confidence
    return (
        f"/{answer.request.command} '{asked}' {answer.outcome} {answer.reason} topics={','.join(topics) or '-'} "
        f"best={best:.2f} ms={took_ms:.1f} base={answer.revision[:8]}"
    )
