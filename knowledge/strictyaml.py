"""YAML read strictly: every scalar stays text, nothing is guessed, nothing is lost.

Built on libyaml's events, which is linear in the size of the file where `yaml.load` is not. Refused, with their line:
a repeated key, anchors and aliases, tags, several documents, a null. Line numbers of values are found afterwards,
only when there is something to complain about (`Lines`), so that a clean file costs no bookkeeping.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias, cast

import yaml

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Path: TypeAlias = "tuple[str | int, ...]"

MAX_FILE_BYTES = 4 * 1024 * 1024
"""A curated file is some hundred kilobytes at most; a larger one is a mistake or an attack."""
MAX_DEPTH = 12
_TOO_DEEP = f"Nested deeper than {MAX_DEPTH} levels."

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Fault(NamedTuple):
    """Something that strict YAML does not allow, and its line counted from 1."""

    line: int
    message: str


class YamlFaultsError(ValueError):
    """The text is no YAML, or YAML that is refused; `faults` in file order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"line {fault.line}: {fault.message}" for fault in faults))


def decode(raw: bytes) -> str:
    """The text of a file.

    Raises: YamlFaultsError: too large, or not UTF-8.
    """
    if len(raw) > MAX_FILE_BYTES:
        raise YamlFaultsError(
            [Fault(1, f"The file has {len(raw):,} bytes; at most {MAX_FILE_BYTES:,} are read. Split it.")]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise YamlFaultsError(
            [Fault(line, f"Byte {raw[error.start]:#04x} is not UTF-8. Save the file as UTF-8.")]
        ) from error


def read(text: str) -> Tree:
    """The one document of *text* as dicts, lists and strings.

    Raises: YamlFaultsError: with every fault found before the text stopped being readable.
    """
    faults: list[Fault] = []
    root: list[Tree] = []
    stack: list[tuple[Any, str | None]] = []  # (container, key that waits for its value)
    container: Any = root
    key: str | None = None
    documents = 0
    try:
        for event in _events(text):
            kind = cast("Any", type(event))
            if kind is yaml.ScalarEvent:
                value: Any = event.value
                if event.anchor or (event.tag and event.tag != "!"):
                    faults.append(_indirection(event))
                if value == "" and event.implicit[0] and not event.style:
                    empty = "A key" if _is_mapping(container) and key is None else f"'{key}'" if key else "An entry"
                    faults.append(
                        Fault(event.start_mark.line + 1, f"{empty} has no value. Give it one, or remove the line.")
                    )
                if _is_mapping(container) and key is None:
                    if value in container:
                        faults.append(
                            Fault(event.start_mark.line + 1, f"The key '{value}' stands here twice. Keep one.")
                        )
                    key = value
                    continue
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.anchor or event.tag:
                    faults.append(_indirection(event))
                if _is_mapping(container) and key is None:
                    faults.append(
                        Fault(event.start_mark.line + 1, "A key must be plain text, not a list or a mapping.")
                    )
                    key = f"line {event.start_mark.line + 1}"
                if len(stack) >= MAX_DEPTH:
                    faults.append(Fault(event.start_mark.line + 1, _TOO_DEEP))
                    break
                stack.append((container, key))
                container, key = _empty(mapping=kind is yaml.MappingStartEvent), None
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                value = container
                container, key = stack.pop()
            elif kind is yaml.AliasEvent:
                faults.append(_indirection(event))
                value = ""
                if _is_mapping(container) and key is None:
                    key = "*" + event.anchor
                    continue
            else:
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        faults.append(Fault(event.start_mark.line + 1, "A second document begins ('---'). Keep one."))
                continue
            if _is_mapping(container):
                container[key] = value
                key = None
            else:
                container.append(value)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"{error.context}: {error.problem}" if error.context else str(error.problem)
        # libyaml reads ahead and, from 0.2.6 on, gives up on nesting before the event of our own limit has come.
        message = (
            _TOO_DEEP
            if "nesting depth" in str(error.problem)
            else f"This is not YAML: {what}. Check quotes, colons and indentation."
        )
        faults.append(Fault(mark.line + 1 if mark else 1, message))
    except (yaml.YAMLError, ValueError) as error:
        faults.append(Fault(1, f"This is not YAML: {' '.join(str(error).split())}."))
    if not faults and not root:
        faults.append(Fault(1, "The file is empty."))
    if faults:
        raise YamlFaultsError(faults)
    return root[0]


class Lines:
    """Where things stand in a text: reads it once more, this time as nodes with marks."""

    def __init__(self, text: str) -> None:
        self._root = cast("Any", yaml.compose(text, Loader=_LOADER))  # pyright: ignore[reportUnknownMemberType] its stub leaves the loader open

    def of(self, path: Path) -> int:
        """The line (from 1) of the value at *path*, or of the nearest thing above it that exists."""
        node, line = self._root, 1
        for step in path:
            if isinstance(node, yaml.MappingNode):
                pairs = [(key, value) for key, value in node.value if key.value == str(step)]
                if not pairs:
                    break
                key, node = pairs[0]
                line = key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line


def _events(text: str) -> Iterator[Any]:
    return cast("Iterator[Any]", yaml.parse(text, Loader=_LOADER))  # pyright: ignore[reportUnknownMemberType] its stub leaves the events open


def _is_mapping(container: Any) -> bool:
    return isinstance(container, dict)


def _empty(*, mapping: bool) -> Any:
    return {} if mapping else []


def _indirection(event: Any) -> Fault:
    shown = f"the tag '{event.tag}'" if getattr(event, "tag", None) else f"the anchor or alias '{event.anchor}'"
    return Fault(
        event.start_mark.line + 1, f"Found {shown}; anchors, aliases and tags are not read. Write the value out."
    )
