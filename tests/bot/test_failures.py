"""What the asker is told when something fails, and how loudly the log speaks of it."""

import logging
from types import SimpleNamespace

import discord
import pytest
from discord import app_commands

from bot import failures
from bot.declined import DeclinedError
from bot.failures import Failure
from knowledge.errors import KnowledgeError, ReloadRunningError


def from_discord(kind: type[discord.HTTPException], status: int, code: int) -> discord.HTTPException:
    """An error as discord.py makes it from a reply."""
    response = SimpleNamespace(status=status, reason="reason")
    return kind(response, {"code": code, "message": "message"})  # pyright: ignore[reportArgumentType]  # what it reads


@pytest.mark.parametrize(
    ("error", "told", "level"),
    [
        pytest.param(
            DeclinedError("no_fact", typed="x"),
            "There is no fact 'x'. Type a few of its words and choose from the list.",
            logging.INFO,
            id="declined",
        ),
        pytest.param(from_discord(discord.NotFound, 404, 10062), None, logging.WARNING, id="three seconds are over"),
        pytest.param(from_discord(discord.NotFound, 404, 10015), None, logging.WARNING, id="token has run out"),
        pytest.param(from_discord(discord.HTTPException, 400, 40060), None, logging.WARNING, id="answered already"),
        pytest.param(
            from_discord(discord.Forbidden, 403, 50013),
            "Discord did not let me answer in this channel. I lack Send Messages here; an admin can allow it. "
            "Reference ABC234.",
            logging.WARNING,
            id="permission missing",
        ),
        pytest.param(
            ReloadRunningError(),
            "Another reload is running. Wait for its result, then try again.",
            logging.INFO,
            id="second reload",
        ),
        pytest.param(
            KnowledgeError(),
            "The fact base cannot be read just now. Try again in a minute, or tell an admin: reference ABC234.",
            logging.ERROR,
            id="base",
        ),
        pytest.param(
            app_commands.CommandNotFound("brief", []),
            "This command has changed. Type it again in a minute, or restart Discord to see the new form.",
            logging.WARNING,
            id="command of another version",
        ),
        pytest.param(
            ZeroDivisionError("secret path"),
            "Something went wrong here, not with your question. Try again, or tell an admin: reference ABC234.",
            logging.ERROR,
            id="a mistake of ours",
        ),
    ],
)
def test_each_failure_has_its_sentence(error: Exception, told: str | None, level: int) -> None:
    failure = failures.explain(error, "ABC234", ("Send Messages",))
    assert failure == Failure(told, level, expected=level < logging.ERROR)


def test_references_differ_between_neighbours_and_are_easily_read_out() -> None:
    references = [failures.reference(1194350521180295299 + n) for n in range(200)]
    assert len(set(references)) == 200
    assert not set("".join(references)) & set("IO01")


def test_missing_permissions_are_named_as_discord_names_them() -> None:
    assert failures.missing_permissions(discord.Permissions(send_messages=True)) == ("View Channel", "Attach Files")
    assert failures.missing_permissions(discord.Permissions.all()) == ()
