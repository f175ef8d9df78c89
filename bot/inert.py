r"""Text from outside made harmless: facts, names, and what people typed.

`clean` is for every output; `escape` makes what is left mean nothing to Discord: no markdown, no mention, no link.
"""

import re
from functools import lru_cache

ECHO_CHARACTERS = 100
"""How much of a query is shown back; enough to recognise it, too little to fill a channel with."""

_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNWANTED = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_MARKDOWN = re.compile(r"[\\*_~`|<>\[\]]|:(?=//|\w+:)")
_AT_START = re.compile(r"#{1,3}|-#|[-+]|\d+[.)](?= )")
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")
_DISCORD = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/)[^<>\s]*(?: [^<>]*)?>|@(?:everyone|here)\b|https?://\S+")
_WORD_JOINER = "\u2060"


def clean(text: str) -> str:
    """*text* on one line, without control characters, direction overrides, invisible characters or lone surrogates.

    The two joiners that Persian and Urdu spelling needs (U+200C, U+200D) stay.
    """
    return _UNWANTED.sub("", _SPACES.sub(" ", text)).strip()


def words_of(message: str) -> str:
    """What somebody wrote, without what Discord adds to it: mentions, emoji, timestamps, and without addresses.

    >>> words_of("<@123456789012345678> is the port <:fire:123> safe? https://example.org @here")
    'is the port safe?'
    """
    return clean(_DISCORD.sub(" ", message))


def echo(text: str) -> str:
    """What somebody typed, clean and at most `ECHO_CHARACTERS` long; a cut shows as an ellipsis."""
    shown = clean(text[: ECHO_CHARACTERS * 4])
    whole = len(shown) <= ECHO_CHARACTERS and len(text) <= ECHO_CHARACTERS * 4
    return shown if whole else shown[: ECHO_CHARACTERS - 1].rstrip() + "…"


@lru_cache(maxsize=2048)
def escape(text: str) -> str:
    r"""*text*, cleaned, so that Discord shows exactly its characters.

    >>> escape("**[x](https://example.org)** @everyone").replace("\u2060", "|")
    '\\*\\*\\[x\\](https\\://example.org)\\*\\* @|everyone'
    """
    safe = _MARKDOWN.sub(r"\\\g<0>", clean(text))
    if "@" in safe:
        safe = _MENTION.sub("@" + _WORD_JOINER, safe)
    start = _AT_START.match(safe)
    if start is None:
        return safe
    # Discord takes a backslash before punctuation only, so that of "1." goes before the stop.
    cut = start.end() - 1 if safe[0].isdigit() else 0
    return f"{safe[:cut]}\\{safe[cut:]}"


def cut(text: str, characters: int) -> str:
    """*text* in at most *characters*, ended with an ellipsis after a whole word where one fits."""
    if len(text) <= characters:
        return text
    words, space, _ = text[:characters].rpartition(" ")
    return (words if space else text[: characters - 1]).rstrip(" ,;:") + "…"
