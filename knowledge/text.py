"""Text as typed, made comparable: the one folding that indexing and asking share.

`fold` removes what people vary without meaning to (case, accents, Arabic vowel marks and letter forms, punctuation,
the article); `tokens` splits; `stem` takes endings off. Nothing here knows a topic or a synonym.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import Stemmer

MAX_QUERY_CHARACTERS = 6_000
"""Longest text that a slash-command option can carry (Discord, application command option `max_length`)."""

_ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
)
_APOSTROPHES = str.maketrans("", "", "'’‘ʻʼʾʿ`´")
# Not after one or two letters, unless they are capitals: those are names such as Ra's.
_POSSESSIVE = re.compile(r"(?:(?<=\w\w\w)|(?<=[A-Z][A-Z]))['’][sS]\b")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_THOUSANDS = re.compile(r"(?<=\d)[,٬  ](?=\d{3}(?!\d))")
_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|\d+")
_ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{2})")
_ARABIC_ATTACHED = "وفبلكس"
"""Letters written together with the word after them: and, then, by, to, as, and the future."""
MIN_DETACHED_LETTERS = 3
_ARTICLES = frozenset({"al", "el", "es", "as", "ash", "ad", "ar", "az"})
_ARABIC = re.compile(r"[؀-ۿ]")
_stemmers: dict[str, Callable[[str], str]] = {
    name: Stemmer.Stemmer(name, 0).stemWord  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] no stubs
    for name in ("english", "arabic")
}
_english, _arabic = _stemmers["english"], _stemmers["arabic"]


class Token(NamedTuple):
    """One word of a text: folded, and whether it was typed as names are: in capitals (`IS` and `is` differ), or
    behind an article (`the us` and `us`, or an Arabic one that is folded away)."""

    word: str
    as_name: bool


def fold(text: str) -> str:
    """*text* as its words joined by single spaces; empty when it holds no letter and no digit.

    Words are casefolded, without accents, vowel marks, apostrophes or possessives; Arabic letter forms are unified,
    digits are ASCII without thousands separators, initials are joined (`U.S.` is `us`), Arabic articles are dropped
    in both scripts (`es-sider` is `sider`, `النفط` is `نفط`).
    """
    return " ".join(token.word for token in tokens(text))


def tokens(text: str) -> list[Token]:
    """The folded words of *text* in order; see `fold`."""
    if text.isascii():
        plain = _POSSESSIVE.sub("", text).translate(_APOSTROPHES)
    else:
        plain = _POSSESSIVE.sub("", text.translate(_ARABIC_LETTERS)).translate(_APOSTROPHES)
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Cf")).translate(
            _ARABIC_LETTERS
        )
    plain = _INITIALS.sub(lambda match: match[0].replace(".", "").upper(), plain)
    plain = _THOUSANDS.sub("", plain)
    found = [Token(_word(raw), raw.isupper()) for raw in _WORD.findall(plain)]
    if not any(token.word in _ARTICLES or token.word == "the" for token in found):
        return found
    kept: list[Token] = []
    behind_article = False
    for place, token in enumerate(found):
        if token.word in _ARTICLES and place < len(found) - 1:
            behind_article = True
            continue
        kept.append(token._replace(as_name=True) if behind_article else token)
        behind_article = token.word == "the"
    return kept


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A folded word without its endings, by the Snowball stemmer of its script; numbers stay as they are."""
    if _ARABIC.match(word):
        return _arabic(word)
    return word if word[0].isdigit() else _english(word)


def detached(word: str) -> str:
    """A folded Arabic *word* without the particle that may be written together with it; other words as they are."""
    return word[1:] if word[0] in _ARABIC_ATTACHED and len(word) > MIN_DETACHED_LETTERS else word


def _word(raw: str) -> str:
    if raw.isascii():
        return raw.lower()
    if raw[0].isdigit():
        return "".join(str(unicodedata.digit(char, 0)) if char.isdigit() else char for char in raw)
    return _ARABIC_ARTICLE.sub("", raw) if _ARABIC.match(raw) else raw.casefold()
