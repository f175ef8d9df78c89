"""Charts on cards: drawn in a process of their own, kept while they are likely to be asked for again.

A card never waits for its picture. One that is not drawn yet is added to the card, a second or two later.
"""

from __future__ import annotations

import asyncio
import io
import logging
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import discord
from discord import ui

from bot import drawing, layout
from bot.charts import Chart
from bot.host import host_of
from bot.replies import Reply

KEPT = 32
"""Images of about 35 kB, so a megabyte in all; few bases have so many figures that changed."""
DRAW_S = 30.0
"""For one image, on a machine that is busy: a second or two is usual."""
_LOOK_S = 0.1
"""How often a drawing under way is asked whether it is still wanted."""

Draw = Callable[[Chart, threading.Event], bytes | None]
"""Blocks until the image is drawn; None: it was stopped by the event. Raises: DrawingError: it cannot be drawn."""

_log = logging.getLogger(__name__)


class DrawingError(Exception):
    """A chart cannot be drawn; the text says why."""


class Pictures:
    """The images of charts. A chart holds all that its image depends on, so images outlive a reload that does not
    touch their figures. Close it at the end."""

    def __init__(self, draw: Draw) -> None:
        self._draw_one = draw
        self._kept: dict[Chart, bytes | None] = {}
        self._under_way: dict[Chart, asyncio.Task[bytes | None]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._stopped = threading.Event()
        self.waiting: set[int] = set()
        """Ids of messages that get a picture as soon as it is drawn, unless they are turned before."""

    def close(self) -> None:
        """Stop what is being drawn; nothing is drawn any more."""
        self._stopped.set()

    def is_known(self, chart: Chart) -> bool:
        """Whether `drawn` has its answer at once."""
        return chart in self._kept

    async def drawn(self, chart: Chart) -> bytes | None:
        """The image of *chart* as a PNG file; None if there is none to be had, for a reason that the log has."""
        if chart in self._kept:
            self._kept[chart] = image = self._kept.pop(chart)
            return image
        task = self._under_way.get(chart)
        if task is None:
            task = self._under_way[chart] = asyncio.create_task(self._draw(chart))
            task.add_done_callback(lambda _: self._under_way.pop(chart))
        return await asyncio.shield(task)

    async def _draw(self, chart: Chart) -> bytes | None:
        async with self._one_at_a_time:
            try:
                image = await asyncio.to_thread(self._draw_one, chart, self._stopped)
            except DrawingError as error:
                _log.error("the chart of %s cannot be drawn: %s", chart.series, error)
                image = None
        if not self._stopped.is_set():
            self._kept[chart] = image
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return image


async def deliver(
    reply: Reply,
    chart: Chart | None,
    view: Callable[[str], ui.LayoutView],
    send: Callable[[ui.LayoutView, Sequence[discord.File]], Awaitable[int | None]],
) -> None:
    """Send a card, with the picture of *chart* if it is drawn already, and otherwise add that when it is.

    view: makes the card with a picture that has this alternative text; empty: without one. send: sends it with the
    files that it shows, and returns the id of its message.
    """
    interaction, pictures = reply.interaction, host_of(reply.interaction).pictures
    if pictures is not None and interaction.message is not None:
        pictures.waiting.discard(interaction.message.id)
    if pictures is None or chart is None or not interaction.app_permissions.attach_files:
        await send(view(""), ())
    elif pictures.is_known(chart):
        image = await pictures.drawn(chart)
        await send(view(chart.alt_text if image else ""), _files(image))
    else:
        sent = await send(view(""), ())
        if sent is not None:
            pictures.waiting.add(sent)
            image = await pictures.drawn(chart)
            if image and sent in pictures.waiting:
                await _add(reply, view(chart.alt_text), image)
            pictures.waiting.discard(sent)


async def _add(reply: Reply, view: ui.LayoutView, image: bytes) -> None:
    try:
        await reply.amend(view, _files(image))
    except discord.HTTPException as error:
        # The asker has the card, or has deleted it; neither is a failure to tell of.
        _log.warning("%s a picture could not be added: %s", reply.reference, error)


def _files(image: bytes | None) -> list[discord.File]:
    return [discord.File(io.BytesIO(image), layout.PICTURE)] if image else []


def in_a_process(directory: Path) -> Draw:
    """Draws where neither the time that it takes nor matplotlib's 50 MB are this process's.

    directory: where matplotlib keeps its list of fonts; made if missing.
    """

    def draw(chart: Chart, stopped: threading.Event) -> bytes | None:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_draw_into, args=(there, chart, directory), daemon=True)
        try:
            with here:
                with there:
                    process.start()
                image, trouble = _received(here, stopped)
        except (OSError, EOFError) as error:
            raise DrawingError("the process that draws it died") from error
        finally:
            if process.pid is not None:
                process.kill()
                process.join()
            process.close()
        if trouble:
            raise DrawingError(trouble)
        return image

    return draw


def _received(pipe: Any, stopped: threading.Event) -> tuple[bytes | None, str]:
    """The image, or why there is none; neither when nobody wants it any more. (Pipes differ in class by system.)"""
    began = time.monotonic()
    while not pipe.poll(_LOOK_S):
        if stopped.is_set():
            return None, ""
        if time.monotonic() - began > DRAW_S:
            return None, f"it took longer than {DRAW_S:g} s"
    return pipe.recv()


def _draw_into(pipe: Connection, chart: Chart, directory: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the bot, which ends this process.
    if hasattr(os, "nice"):
        os.nice(5)  # Answering comes first, on a machine with one processor too.
    os.environ.setdefault("MPLCONFIGDIR", str(directory))
    with pipe:
        try:
            pipe.send((drawing.draw(chart), ""))
        except Exception:
            # The exception itself may be of a class that only this process has.
            pipe.send((None, traceback.format_exc()))
