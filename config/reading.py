"""A settings file as text values by name: YAML read node by node, so that every value stays the text it was written as,
has its line, and no key is given twice."""

from __future__ import annotations

from typing import Any, cast

import yaml

WHOLE = frozenset({"shortcuts"})
"""Top-level names that are one setting and not a section."""

Found = dict[str, tuple[int, Any]]


def read(text: str, path: str) -> tuple[Found, list[str]]:
    """The values of *text* by `section.name`, each with its line, and what is wrong with the file's form.

    A value is text, a list of values or a mapping of values.
    """
    problems: list[str] = []
    try:
        # yaml has no types for this; what it gives is a node or None.
        root = cast("yaml.Node | None", yaml.compose(text, Loader=yaml.BaseLoader))  # pyright: ignore[reportUnknownMemberType]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return {}, [f"{path}:{line}: this is not YAML: {error.problem or error.context or 'cannot be read'}."]
    except yaml.YAMLError as error:
        return {}, [f"{path}: this is not YAML: {' '.join(str(error).split())}."]
    if root is None:
        return {}, []
    if not isinstance(root, yaml.MappingNode):
        return {}, [f"{path}:1: sections with settings are expected, such as log: and below it level: INFO."]
    found: Found = {}
    for name, line, node in _pairs(root, path, "", problems):
        if name in WHOLE:
            found[name] = (line, _value(node, path, name, problems))
        elif isinstance(node, yaml.MappingNode):
            for key, at, value in _pairs(node, path, f"{name}.", problems):
                found[f"{name}.{key}"] = (at, _value(value, path, f"{name}.{key}", problems))
        elif not (isinstance(node, yaml.ScalarNode) and not node.value):
            found[name] = (line, _value(node, path, name, problems))
    return found, problems


def _pairs(node: yaml.MappingNode, path: str, prefix: str, problems: list[str]) -> list[tuple[str, int, yaml.Node]]:
    pairs: dict[str, tuple[str, int, yaml.Node]] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            problems.append(f"{path}:{line}: a name is expected before the colon.")
        elif key.value in pairs:
            first = pairs[key.value][1]
            problems.append(f"{path}:{line}: {prefix}{key.value} is given twice, first in line {first}; keep one.")
        else:
            pairs[key.value] = (key.value, line, value)
    return list(pairs.values())


def _value(node: yaml.Node, path: str, name: str, problems: list[str]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, path, name, problems) for one in node.value]
    assert isinstance(node, yaml.MappingNode), "YAML has three kinds of nodes"  # noqa: S101
    return {key: _value(value, path, name, problems) for key, _, value in _pairs(node, path, f"{name}.", problems)}
