"""An interaction as its asker experiences it: what was asked, and everything that came of it."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from .components import Button
from .messages import Message
from .world import Channel, Member

Json = dict[str, Any]

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
"""Kinds of interaction."""

MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
"""Types of first response."""


class Choice(NamedTuple):
    """A suggestion of autocomplete."""

    name: str
    value: Any


class UnansweredError(AssertionError):
    """The bot let the asker wait: the time for a first response, or the time-out of the test, went by. Has *reply*."""

    def __init__(self, reply: "Reply", waited_for: str) -> None:
        self.reply = reply
        super().__init__(f"{reply.asked}: {waited_for}")


class Reply:
    """What the bot did with one interaction; it changes as the bot goes on.

    *kind* and *type* are Discord's numbers, named at the top of this module; *type* is None until the first response.
    *message* is the response as it stands now (for an update the message the button is on), *followups* what came
    after it. *choices* and *modal* are those of autocomplete and of a modal.
    """

    def __init__(
        self, payload: Json, asked: str, asker: Member, channel: Channel, source: Message | None, acknowledge_s: float
    ) -> None:
        self.id: str = payload["id"]
        self.token: str = payload["token"]
        self.kind: int = payload["type"]
        self.payload = payload
        self.asked = asked
        self.asker = asker
        self.channel = channel
        self.source = source
        self.modal_of: Reply | None = None
        self.type: int | None = None
        self.message: Message | None = None
        self.followups: list[Message] = []
        self.modal: Json | None = None
        self.choices: list[Choice] | None = None
        self.acknowledged_after: float | None = None
        self.unseen = False
        """Whether a scripted fault kept the answer to the first response from the bot."""
        self.sent_at = time.monotonic()
        self._acknowledge_s = acknowledge_s
        self._changed = asyncio.Event()

    @property
    def acknowledged(self) -> bool:
        """Whether a first response came in time; `acknowledged_after` says after how many seconds."""
        return self.type is not None

    @property
    def deferred(self) -> bool:
        """Whether the first response only asked for more time."""
        return self.type in (DEFERRED_MESSAGE, DEFERRED_UPDATE)

    @property
    def private(self) -> bool:
        """Whether only the asker sees the response."""
        return self.message is not None and self.message.private

    @property
    def text(self) -> str:
        """All the text of the response, and then of the follow-ups."""
        messages = [self.message] if self.message else []
        return "\n".join(message.text for message in [*messages, *self.followups])

    @property
    def buttons(self) -> list[Button]:
        """The buttons of the response; empty when there is none."""
        return self.message.buttons if self.message else []

    @property
    def edits(self) -> list[Json]:
        """The earlier states of the response."""
        return self.message.edits if self.message else []

    async def settled(self, timeout: float = 40.0) -> "Reply":
        """Wait until the asker sees the outcome: the first response, and if it shows a loading state its end.

        Returns: the reply itself.
        Raises: UnansweredError: no first response within Discord's window, or not settled within *timeout* seconds.
        """
        left = self.sent_at + self._acknowledge_s - time.monotonic()
        if not await self._holds(lambda: self.acknowledged, min(max(left, 0.0) + _GRACE_S, timeout)):
            raise UnansweredError(self, "the application did not respond")
        await self.until(lambda: not (self.message and self.message.loading and not self.message.deleted), timeout)
        return self

    async def until(self, holds: Callable[[], bool], timeout: float = 40.0) -> "Reply":
        """Wait until *holds* is true; it is asked again whenever something comes of the interaction.

        Raises: UnansweredError: it did not become true within *timeout* seconds.
        """
        if not await self._holds(holds, timeout):
            raise UnansweredError(self, f"nothing came for {timeout} s; so far: {self!r}")
        return self

    async def followed(self, count: int = 1, timeout: float = 40.0) -> "Reply":
        """Wait until there are *count* follow-ups."""
        return await self.until(lambda: len(self.followups) >= count, timeout)

    async def edited(self, count: int = 1, timeout: float = 40.0) -> "Reply":
        """Wait until the response has been changed *count* times; the end of a loading state is one."""
        return await self.until(lambda: len(self.edits) >= count, timeout)

    def changed(self) -> None:
        """Wake those who wait; called by the server."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def _holds(self, holds: Callable[[], bool], timeout: float) -> bool:
        try:
            async with asyncio.timeout(timeout):
                while not holds():
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    def __repr__(self) -> str:
        return f"<Reply to {self.asked}: type {self.type}, {len(self.followups)} follow-ups, {self.text!r}>"


_GRACE_S = 0.25
"""What a response that was accepted in the last instant may take to be noted."""
