"""Exceptions in a reader's words: what the asker is told, and how loudly the log speaks of it. Pure.

The asker gets what to try next, never a class name; the log gets the cause; both carry the same reference.
"""

import logging
import zlib
from typing import NamedTuple

import discord
from discord import app_commands

from bot import limits
from bot.declined import DeclinedError
from bot.texts import ENGLISH, Texts
from knowledge.errors import KnowledgeError, ReloadRunningError, ReloadStoppedError

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which are read out wrong."""
_PAST = frozenset(
    {limits.UNKNOWN_INTERACTION, limits.UNKNOWN_WEBHOOK, limits.INVALID_WEBHOOK_TOKEN, limits.ALREADY_ACKNOWLEDGED}
)
"""Nobody can be told any more, or they have been told already; trying again would only be refused again."""


NEEDED = discord.Permissions(view_channel=True, send_messages=True, attach_files=True)
"""To answer in the open, and to attach a list or a picture."""


class Failure(NamedTuple):
    """What became of an interaction that failed. sentence: for the asker; None if nobody is left to be told.
    level: of `logging`. expected: the log needs no traceback."""

    sentence: str | None
    level: int
    expected: bool


def reference(interaction_id: int) -> str:
    """Six letters and digits by which the asker's message and the log line are matched.

    >>> reference(1194350521180295299)
    'L8ZJJC'
    """
    # A sum over the whole id: its time alone repeats within a millisecond, its counter alone every few.
    rest = zlib.crc32(str(interaction_id).encode())
    found = ""
    for _ in range(6):
        rest, place = divmod(rest, len(_LETTERS))
        found += _LETTERS[place]
    return found


def explain(error: BaseException, ref: str, lacking: tuple[str, ...] = (), texts: Texts = ENGLISH) -> Failure:
    """What to tell the asker and the log about *error*, whose reference is *ref*.

    lacking: the permissions that the bot does not have in the channel, from `missing_permissions`.
    """
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error

    def told(reason: str, level: int, **values: str) -> Failure:
        return Failure(texts(f"failure.{reason}", **values), level, expected=level < logging.ERROR)

    match cause:
        case DeclinedError():
            return told(cause.reason, logging.INFO, **cause.values)
        case discord.HTTPException() if cause.code in _PAST:
            return Failure(None, logging.WARNING, expected=True)
        case discord.InteractionResponded():
            return Failure(None, logging.WARNING, expected=True)
        case discord.Forbidden() if lacking:
            return told("lacking", logging.WARNING, permissions=", ".join(lacking), reference=ref)
        case discord.Forbidden():
            return told("channel", logging.WARNING, reference=ref)
        case ReloadRunningError():
            return told("reload_running", logging.INFO)
        case ReloadStoppedError():
            return told("reload_stopped", logging.INFO)
        case KnowledgeError():
            return told("base", logging.ERROR, reference=ref)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return told("command_changed", logging.WARNING)
        case app_commands.TransformerError():
            return told("option", logging.INFO)
        case app_commands.CheckFailure():
            return told("check", logging.INFO)
        case _:
            return told("ours", logging.ERROR, reference=ref)


def missing_permissions(held: discord.Permissions) -> tuple[str, ...]:
    """The names, as Discord's settings show them, of what the bot needs in a channel and *held* lacks."""
    lacking = discord.Permissions(NEEDED.value & ~held.value)
    names = [name for name, is_set in lacking if is_set]
    return tuple("View Channel" if name == "read_messages" else name.replace("_", " ").title() for name in names)
