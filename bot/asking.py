"""From a request to its reply: ask the base, log one line, send the card."""

from __future__ import annotations

import logging
import time

from bot import charts, layout, markdown, pictures, replies
from bot.host import Interaction, host_of
from knowledge.model import Answer, Outcome, Request
from knowledge.text import fold

LOGGED_CHARACTERS = 200

_log = logging.getLogger("bot.queries")


async def give(interaction: Interaction, request: Request, *, private: bool) -> None:
    """Answer *request*: in the open unless *private*, and always privately when there is no answer."""
    async with replies.answering(interaction) as reply:
        library = host_of(interaction).library
        started = time.perf_counter()
        answer = await library.answer(request)
        _log.info("%s", line(answer, (time.perf_counter() - started) * 1000))
        written = markdown.fitting(answer, library.coverage)
        hidden = private or answer.outcome is not Outcome.ANSWER
        await pictures.deliver(
            reply,
            charts.of(answer),
            lambda alt_text: layout.of(written, private=private, alt_text=alt_text),
            lambda view, files: reply.send(view, private=hidden, files=files),
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
