"""Pictures on cards, over the wire: when they come, who gets them, and what becomes of them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from bot import charts, endpoints, layout, pictures, replies
from bot.charts import Chart
from bot.host import Interaction
from bot.pictures import DrawingError, Pictures
from knowledge.model import Series
from tests.bot.conftest import SHARED, Desk
from tests.builders import a_fact, a_value, an_answer
from tests.conftest import serving
from tests.simulator import Message, Permission, Reply, Simulator
from tests.simulator.components import Kind, walk
from tests.simulator.permissions import EVERYONE
from tests.simulator.sample_bot import running

PNG = b"\x89PNG\r\n\x1a\n"
PRODUCTION = {"aspect": "production"}


def a_chart(slug: str = "built") -> Chart:
    """Any chart."""
    facts = [a_fact(f"daily/{n}", series=slug, value=a_value(str(n))) for n in range(3)]
    found = charts.of(an_answer(facts, series=[Series(slug, "Ships", "successive")]))
    assert found is not None
    return found


async def illustrated(reply: Reply) -> Message:
    """The message of *reply*, once it has its picture."""
    await reply.until(lambda: bool(reply.message and reply.message.attachments))
    assert reply.message is not None
    return reply.message


def gallery(message: Message) -> list[dict[str, Any]]:
    """What its pictures are, in order."""
    return [item for _, one in walk(message.components) if one["type"] == Kind.GALLERY for item in one["items"]]


class TestServed:
    """The real bot, on the shipped base."""

    pytestmark = SHARED

    @pytest.mark.parametrize("private", [False, True])
    async def test_oil_production_comes_with_one_described_picture(self, desk: Desk, private: bool) -> None:
        message = await illustrated(await desk.discord.slash("/oil", {**PRODUCTION, "private": private}))
        assert [one.filename for one in message.attachments] == [layout.PICTURE]
        assert message.file(layout.PICTURE).startswith(PNG)
        (item,) = gallery(message)
        assert item["media"]["url"] == message.attachments[0].url
        for told in ("Libya's oil output", "1.6 million: until 2011", "about 300,000", "360,000–370,000", "Sanalla"):
            assert told in item["description"]

    async def test_what_is_drawn_already_comes_with_the_card(self, desk: Desk) -> None:
        await illustrated(await desk.discord.slash("/oil", PRODUCTION))
        reply = await desk.discord.slash("/oil", PRODUCTION)
        assert reply.message is not None
        assert len(reply.message.attachments) == 1
        assert reply.edits == []

    async def test_without_attach_files_the_card_comes_alone(self, desk: Desk) -> None:
        await illustrated(await desk.discord.slash("/oil", PRODUCTION))
        reply = await desk.discord.slash("/oil", PRODUCTION, app_permissions=EVERYONE & ~Permission.ATTACH_FILES)
        assert reply.message is not None
        assert "362,000" in reply.text
        assert (reply.message.attachments, gallery(reply.message)) == ((), [])

    async def test_the_picture_stays_on_its_page(self, desk: Desk) -> None:
        reply = await desk.discord.slash("/brief", {"topic": "libyan-oil"})
        message = await illustrated(reply)
        more = await desk.discord.press(reply, label="More")
        assert more.message is message
        assert (message.attachments, gallery(message)) == ((), [])
        await desk.discord.press(reply, label="Back")
        assert (len(message.attachments), len(gallery(message))) == (1, 1)

    async def test_facts_without_figures_have_none(self, desk: Desk) -> None:
        reply = await desk.discord.slash("/ask", {"question": "Who is Mustafa Sanalla?"})
        assert reply.message is not None
        assert reply.message.attachments == ()


async def test_the_settings_can_do_without(simulator: Simulator, storage: Path) -> None:
    async with serving(simulator, storage, DATELINE_ANSWERS_CHARTS="false"):
        reply = await simulator.slash("/oil", PRODUCTION)
        assert "362,000" in reply.text
        # Its turn would come before that of the next answer.
        await simulator.slash("/about")
        assert reply.message is not None
        assert (reply.message.attachments, reply.edits) == ((), [])


class Gallery(discord.Client):
    """Answers /show with a card that has a picture, whose button turns it to one that has none."""

    def __init__(self, drawer: Pictures) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0)
        self.pictures = drawer
        self.tree = app_commands.CommandTree(self)
        self.add_dynamic_items(Turn)

        @self.tree.command(description="A card")
        async def show(interaction: Interaction) -> None:
            async with replies.answering(interaction) as reply:
                await pictures.deliver(
                    reply, a_chart(), card, lambda view, files: reply.send(view, private=False, files=files)
                )

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """See `bot.host.Host`."""
        yield

    async def setup_hook(self) -> None:
        """Register, and find the gateway."""
        _, url, _ = await self.http.get_bot_gateway()
        endpoints.use_gateway(url)
        await self.tree.sync()


class Turn(ui.DynamicItem[ui.Button[Any]], template="turn"):
    """The button."""

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: Any, /) -> Turn:
        """See `discord.ui.DynamicItem`."""
        return cls(item)

    async def callback(self, interaction: Interaction) -> None:
        """Show the other page."""
        async with replies.answering(interaction, in_place=True) as reply:
            await pictures.deliver(reply, None, lambda alt_text: card(alt_text, "the other page"), reply.turn)


def card(alt_text: str, text: str = "the first page") -> ui.LayoutView:
    """A card with that picture."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    if alt_text:
        view.add_item(ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{layout.PICTURE}", description=alt_text)))
    view.add_item(ui.ActionRow(ui.Button(label="Turn", custom_id="turn")))
    view.stop()
    return view


class Drawer:
    """Draws when it is told to, and counts."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.drawn = 0
        self.error: Exception | None = None

    def __call__(self, chart: Chart, stopped: threading.Event) -> bytes | None:
        while not self.may.wait(0.01):
            if stopped.is_set():
                return None
        self.drawn += 1
        if self.error:
            raise self.error
        return PNG


@contextlib.asynccontextmanager
async def showing(simulator: Simulator, drawer: Drawer) -> AsyncIterator[Pictures]:
    """That client, connected."""
    drawings = Pictures(drawer)
    async with running(simulator, Gallery(drawings)):  # pyright: ignore[reportArgumentType]  # any client will do
        yield drawings
    drawings.close()


async def test_a_card_does_not_wait_for_its_picture(simulator: Simulator) -> None:
    drawer = Drawer()
    async with showing(simulator, drawer):
        reply = await simulator.slash("/show")
        assert reply.message is not None
        assert (reply.text, reply.message.attachments) == ("the first page", ())
        drawer.may.set()
        message = await illustrated(reply)
        assert [item["description"] for item in gallery(message)] == [a_chart().alt_text]
        assert len(reply.edits) == 1


async def test_two_who_ask_at_once_share_one_drawing(simulator: Simulator) -> None:
    drawer = Drawer()
    async with showing(simulator, drawer):
        asked = [await simulator.slash("/show") for _ in range(3)]
        drawer.may.set()
        for reply in asked:
            await illustrated(reply)
    assert drawer.drawn == 1


async def test_a_card_that_was_turned_meanwhile_keeps_its_page(simulator: Simulator) -> None:
    drawer = Drawer()
    async with showing(simulator, drawer) as drawings:
        reply = await simulator.slash("/show")
        await simulator.press(reply, label="Turn")
        drawer.may.set()
        await drawings.drawn(a_chart())
        # Whatever the first handler would still send goes out before this.
        await illustrated(await simulator.slash("/show"))
        assert reply.message is not None
        assert (reply.text, reply.message.attachments) == ("the other page", ())


async def test_what_cannot_be_drawn_is_logged_once_and_not_told(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    drawer = Drawer()
    drawer.may.set()
    drawer.error = DrawingError("no ink")
    async with showing(simulator, drawer) as drawings:
        first = await simulator.slash("/show")
        await drawings.drawn(a_chart())
        second = await simulator.slash("/show")
        assert (first.text, second.text) == ("the first page", "the first page")
    assert [(one.levelno, one.getMessage()) for one in caplog.records if one.name == "bot.pictures"] == [
        (logging.ERROR, "the chart of built cannot be drawn: no ink")
    ]
    assert drawer.drawn == 1


async def test_a_card_that_is_gone_is_no_failure(simulator: Simulator, caplog: pytest.LogCaptureFixture) -> None:
    drawer = Drawer()
    async with showing(simulator, drawer) as drawings:
        reply = await simulator.slash("/show")
        assert reply.message is not None
        simulator.messages.delete(reply.message)
        drawer.may.set()
        await drawings.drawn(a_chart())
        await illustrated(await simulator.slash("/show"))
        assert reply.followups == []
    assert [one.levelno for one in caplog.records if one.name.startswith("bot.")] == [logging.WARNING]


class TestKept:
    """Without Discord."""

    async def test_the_least_recently_used_go_first(self) -> None:
        drawer = Drawer()
        drawer.may.set()
        drawings = Pictures(drawer)
        for number in range(pictures.KEPT):
            await drawings.drawn(a_chart(f"s{number}"))
        await drawings.drawn(a_chart("s0"))
        await drawings.drawn(a_chart("new"))
        assert (drawings.is_known(a_chart("s0")), drawings.is_known(a_chart("s1"))) == (True, False)

    async def test_closing_ends_what_is_under_way(self, caplog: pytest.LogCaptureFixture) -> None:
        drawings = Pictures(Drawer())
        waiting = asyncio.create_task(drawings.drawn(a_chart()))
        await asyncio.sleep(0)
        drawings.close()
        assert await waiting is None
        assert caplog.records == []


class TestInAProcess:
    """The drawing that the bot really uses."""

    def test_it_gives_the_image(self, tmp_path: Path) -> None:
        image = pictures.in_a_process(tmp_path / "fonts")(a_chart(), threading.Event())
        assert image is not None
        assert image.startswith(PNG)

    def test_it_ends_when_told_to(self, tmp_path: Path) -> None:
        stopped = threading.Event()
        stopped.set()
        assert pictures.in_a_process(tmp_path)(a_chart(), stopped) is None

    def test_a_drawing_that_fails_says_why(self, tmp_path: Path) -> None:
        broken: Any = "no chart"
        with pytest.raises(DrawingError, match="AttributeError"):
            pictures.in_a_process(tmp_path)(broken, threading.Event())
