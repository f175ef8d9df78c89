"""Ids and tokens in Discord's form. Ids are text throughout, as they are on the wire."""

import datetime
import secrets
import time

DISCORD_EPOCH_MS = 1_420_070_400_000
"""The first second of 2015, from which ids count."""


class Snowflakes:
    """Gives ids that always rise and hold the time of their making in their upper bits."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        """A new id, higher than every one before it."""
        by_clock = (int(time.time() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last = max(by_clock, self._last + 1)
        return str(self._last)


def made_at(snowflake: str) -> str:
    """The ISO time, in UTC, at which *snowflake* was made."""
    seconds = ((int(snowflake) >> 22) + DISCORD_EPOCH_MS) / 1000
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat()


def now() -> str:
    """The present as Discord writes it."""
    return datetime.datetime.now(datetime.UTC).isoformat()


def interaction_token() -> str:
    """A token as long as a real one, which a bot may not shorten or store in a custom id."""
    return secrets.token_urlsafe(160)
