"""Commands told to Discord once per change and not at every start.

What was told last is remembered as a digest in the storage directory, one file per application. Delete it to have
the commands told again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

_log = logging.getLogger(__name__)


async def sync_if_changed(
    tree: app_commands.CommandTree[Any], *, application_id: int, servers: Sequence[int], storage: Path
) -> bool:
    """Tell Discord the commands of *tree*, for *servers* only or for all when there are none, unless it knows them.

    Returns: whether anything was told.
    Raises: discord.DiscordException: Discord refused; nothing is remembered, so the next start tries again.
        OSError: the digest cannot be kept.
    """
    remembered = storage / f"commands-{application_id}.digest"
    digest = await payload_digest(tree, servers)
    if _recalled(remembered) == digest:
        return False
    for server in servers:
        guild = discord.Object(server)
        tree.clear_commands(guild=guild)
        tree.copy_global_to(guild=guild)
        await tree.sync(guild=guild)
    if servers:
        await _take_back(tree)
    else:
        await tree.sync()
    _remember(remembered, digest)
    _log.info("commands told to Discord, %s", f"for {len(servers)} servers" if servers else "for all servers")
    return True


async def payload_digest(tree: app_commands.CommandTree[Any], servers: Sequence[int]) -> str:
    """A digest of everything that Discord would be told, translations included."""
    payload: list[dict[str, Any]] = []
    for command in tree.get_commands():
        translator = tree.translator
        told = command.get_translated_payload(tree, translator) if translator else None
        payload.append(await told if told else command.to_dict(tree))
    text = json.dumps([payload, sorted(servers)], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


async def _take_back(tree: app_commands.CommandTree[Any]) -> None:
    """Remove what was once told for all servers, so that nobody sees each command twice."""
    kept = tree.get_commands()
    tree.clear_commands(guild=None)
    try:
        await tree.sync()
    finally:
        for command in kept:
            tree.add_command(command)


def _recalled(file: Path) -> str:
    return file.read_text(encoding="ascii", errors="replace") if file.is_file() else ""


def _remember(file: Path, digest: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(digest, encoding="ascii")
    beside.replace(file)
