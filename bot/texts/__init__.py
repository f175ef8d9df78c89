"""The fixed texts of every reply, one table a language; facts, names and figures are never translated.

A table is a module named by its language with `TEXTS` and `DATES`. English is the one that must be complete; a test
holds the others against it, key by key and placeholder by placeholder.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import lru_cache

from knowledge import dates

LANGUAGES = ("en", "fr")
"""Of the tables there are; the first one stands in for every other language."""


class Texts:
    """The texts of one language: `texts("card.more", count=3)`."""

    def __init__(self, language: str, table: Mapping[str, str], words: dates.Words) -> None:
        self.language = language
        self.table = table
        self._words = words
        self.day = lru_cache(maxsize=512)(self._day)
        """An EDTF date in words. Dates recur on every card; reading them again was a tenth of making one."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of *key* with *values* put in.

        Raises: KeyError: no such text, or a value that it needs is missing.
        """
        text = self.table[key]
        return text.format(**values) if values else text

    def count(self, noun: str, amount: int) -> str:
        """*amount* with its noun: `1 fact`, `3 facts`."""
        return self(f"{noun}.{'one' if amount == 1 else 'many'}", count=self.number(amount))

    def number(self, amount: int) -> str:
        """A whole number with the language's separator of thousands."""
        return f"{amount:,}".replace(",", self.table["number.thousands"])

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.table

    def _day(self, edtf: str) -> str:
        return dates.in_words(edtf, self._words)


def of(locale: str) -> Texts:
    """The texts for a locale such as `fr` or `en-GB`; English where there are none."""
    language = locale.partition("-")[0].lower()
    return _of_language(language if language in LANGUAGES else LANGUAGES[0])


@lru_cache
def _of_language(language: str) -> Texts:
    table = importlib.import_module(f"bot.texts.{language}")
    return Texts(language, table.TEXTS, table.DATES)


ENGLISH = of("en")
