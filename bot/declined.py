"""What the bot will not do, for a reason that the asker can be told."""

from __future__ import annotations

from bot.texts import ENGLISH


class DeclinedError(Exception):
    """The bot will not do what was asked. reason: the last part of the key of a text that begins with `failure.`,
    which tells the asker why; values: what is to be put into it."""

    def __init__(self, reason: str, **values: str) -> None:
        self.reason = reason
        self.values = values
        super().__init__(ENGLISH(f"failure.{reason}", **values))
