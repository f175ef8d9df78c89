"""What Discord shows of the commands, in the languages of `texts`."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import texts


def told(key: str) -> app_commands.locale_str:
    """The text of *key* in English, which `Translator` finds in other languages."""
    return app_commands.locale_str(texts.ENGLISH(key), key=key)


class Translator(app_commands.Translator):
    """Gives Discord the other languages of every text that `told` made."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """See `discord.app_commands.Translator`; None keeps the English."""
        key: Any = string.extras.get("key")
        table = texts.of(locale.value)
        return table(key) if key and table is not texts.ENGLISH else None
