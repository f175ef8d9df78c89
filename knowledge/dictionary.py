"""The ordinary words of a language, so that a word which merely occurs in no fact is not taken for a typo.

The words come from pyspellchecker's frequency lists. They are put into a small SQLite file once, because loading the
lists takes a third of a second a language and looking one word up in the file takes a few microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge import store, text

WORDS_A_LANGUAGE = 35_000
"""The most frequent ones; the tail of the lists holds misspellings and names."""


class Dictionary:
    """Looks words up in a file made by `ensure`; `close` it."""

    def __init__(self, path: Path) -> None:
        self._connection = store.open_words(path)

    def holds(self, word: str) -> bool:
        """Whether the folded *word* is an ordinary one."""
        return store.has_word(self._connection, word)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def ensure(directory: Path, languages: Iterable[str]) -> Path:
    """The file with the ordinary words of *languages* in *directory*, made if it is not there yet. A language that
    the lists do not have is left out."""
    path = directory / f"words-{'-'.join(sorted(set(languages)))}-{WORDS_A_LANGUAGE}.sqlite"
    if not path.is_file():
        store.build_words(path, (word for language in sorted(set(languages)) for word in _frequent(language)))
    return path


def _frequent(language: str) -> Iterator[str]:
    from spellchecker import SpellChecker

    try:
        counts = SpellChecker(language=language).word_frequency.dictionary
    except ValueError:
        return
    for word in sorted(counts, key=lambda word: -counts[word])[:WORDS_A_LANGUAGE]:
        folded = word if word.isascii() and word.isalpha() else text.fold(word)
        if folded and " " not in folded:
            yield folded
