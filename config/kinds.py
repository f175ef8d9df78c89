"""The kinds of value that a setting can have: each reads what YAML or the environment gave, or says what it expects."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

RESERVED = ("brief", "ask", "about", "facts", "timeline", "fact", "source", "topics")
"""Commands of the bot itself, which a shortcut may not be called."""

_COMMAND = re.compile(r"[-_a-z0-9]{1,32}")
_DESCRIPTION_CHARACTERS = 100


class WrongValueError(Exception):
    """The value does not fit its kind; the text says what is expected: `a whole number from 1 to 10 is expected`."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A command that is fixed to one topic. description: what Discord shows beside it."""

    topic: str
    description: str


class Kind(NamedTuple):
    """How a value is read. name: for the table in the README. read: text, list or mapping -> value, or
    `WrongValueError`. is_list: in the environment it is separated by commas."""

    name: str
    read: Callable[[Any], Any]
    is_list: bool = False


def whole(least: int, most: int) -> Kind:
    """A whole number from *least* to *most*."""

    def read(raw: Any) -> int:
        expected = f"a whole number from {least} to {most} is expected"
        text = _text(raw, expected)
        if not re.fullmatch(r"-?\d{1,9}", text):
            hint = f" (write {int(float(text))})" if re.fullmatch(r"\d{1,9}\.0*", text) else ""
            raise WrongValueError(expected + hint)
        if not least <= int(text) <= most:
            raise WrongValueError(expected)
        return int(text)

    return Kind(f"whole number, {least} to {most}", read)


def one_of(*words: str) -> Kind:
    """One of some words, in any case."""

    def read(raw: Any) -> str:
        expected = f"one of {', '.join(words)} is expected"
        text = _text(raw, expected).upper()
        if text not in words:
            raise WrongValueError(expected + likely(text, words))
        return text

    return Kind(" | ".join(words), read)


def _truth(raw: Any) -> bool:
    expected = "true or false is expected"
    text = _text(raw, expected).lower()
    if text not in ("true", "false"):
        meant = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}.get(text)
        raise WrongValueError(expected + (f" (write {meant})" if meant else ""))
    return text == "true"


def _directory(raw: Any) -> Path | None:
    text = _text(raw, "the path of a directory is expected")
    if text and Path(text).is_file():
        raise WrongValueError("that is a file; the path of a directory is expected")
    return Path(text).expanduser() if text else None


def _needed_directory(raw: Any) -> Path:
    found = _directory(raw)
    if found is None:
        raise WrongValueError("the path of a directory is expected")
    return found


def _file(raw: Any) -> Path | None:
    text = _text(raw, "the path of a file is expected")
    if text and Path(text).is_dir():
        raise WrongValueError("that is a directory; the path of a file is expected")
    return Path(text).expanduser() if text else None


def _ids(raw: Any) -> tuple[int, ...]:
    expected = "a list of Discord ids is expected, each 17 to 20 digits"
    if not isinstance(raw, list):
        hint = f" (write [{raw}])" if isinstance(raw, str) and re.fullmatch(r"\d{17,20}", raw) else ""
        raise WrongValueError(expected + hint)
    found: list[int] = []
    for one in cast("list[Any]", raw):
        if not isinstance(one, str) or not re.fullmatch(r"\d{17,20}", one):
            hint = "; copy the id, not the name (Settings, Advanced, Developer Mode)" if isinstance(one, str) else ""
            raise WrongValueError(f"{expected}{hint}")
        found.append(int(one))
    return tuple(found)


def _optional_id(raw: Any) -> int | None:
    text = _text(raw, "the id of a channel is expected, a number of 17 to 20 digits")
    return _ids([text])[0] if text else None


def _shortcuts(raw: Any) -> dict[str, Shortcut]:
    expected = "a mapping is expected: a command's name, then its topic and description"
    if not isinstance(raw, dict):
        raise WrongValueError(expected)
    return {name: _shortcut(name, fields) for name, fields in cast("dict[str, Any]", raw).items()}


def _shortcut(name: str, fields: Any) -> Shortcut:
    if not _COMMAND.fullmatch(name):
        raise WrongValueError(f'"{name}" is no name for a command: 1 to 32 of a–z, 0–9, - and _ are expected')
    if name in RESERVED:
        raise WrongValueError(f'"{name}" is a command already; another name is expected')
    given = cast("dict[str, Any]", fields if isinstance(fields, dict) else {})
    texts = {key: text for key, text in given.items() if isinstance(text, str)}
    for key in given:
        if key not in ("topic", "description"):
            raise WrongValueError(
                f'"{name}" has a field "{key}", which is unknown{likely(key, ("topic", "description"))}'
            )
    topic, description = texts.get("topic", ""), texts.get("description", "")
    if not topic or not description:
        raise WrongValueError(f'"{name}" needs a topic and a description')
    if len(description) > _DESCRIPTION_CHARACTERS:
        raise WrongValueError(f'"{name}" has a description of {len(description)} characters; at most 100 are expected')
    return Shortcut(topic, description)


directory = Kind("directory", _needed_directory)
optional_directory = Kind("directory or empty", _directory)
optional_file = Kind("file or empty", _file)
truth = Kind("true | false", _truth)
ids = Kind("list of Discord ids", _ids, is_list=True)
optional_id = Kind("Discord id or empty", _optional_id)
shortcuts = Kind("mapping", _shortcuts)


def from_environment(kind: Kind, value: str) -> Any:
    """What an environment variable says, in the form that YAML would give."""
    if not kind.is_list:
        return value
    return [one.strip() for one in value.split(",") if one.strip()]


def likely(seen: str, known: Iterable[str]) -> str:
    """` (did you mean log.level?)` where one of *known* is close, else nothing."""
    near = difflib.get_close_matches(seen, list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""


def shown(raw: Any) -> str:
    """A value as an operator wrote it, short enough for one line."""
    if isinstance(raw, dict):
        return "a mapping"
    text = ", ".join(map(str, cast("list[Any]", raw))) if isinstance(raw, list) else str(raw)
    return f'"{text[:80]}{"…" if len(text) > 80 else ""}"'


def _text(raw: Any, expected: str) -> str:
    if not isinstance(raw, str):
        raise WrongValueError(expected)
    return raw.strip()
