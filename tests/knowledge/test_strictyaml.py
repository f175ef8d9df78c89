"""YAML that is read as it was written, or refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import strictyaml
from knowledge.strictyaml import Fault, Lines, YamlFaultsError

CHECK = "Check quotes, colons and indentation."
WRITE_OUT = "anchors, aliases and tags are not read. Write the value out."


def faults(text: str) -> list[Fault]:
    """What `read` has against *text*."""
    with pytest.raises(YamlFaultsError) as caught:
        strictyaml.read(text)
    return caught.value.faults


def test_every_scalar_stays_text() -> None:
    """Plain YAML would give False, 750, 15, a date, None and a float."""
    assert strictyaml.read("a: [no, 12:30, 017, 2016-01-08, ~, 1e3]\nb: {c: 'x', d: \"\"}") == {
        "a": ["no", "12:30", "017", "2016-01-08", "~", "1e3"],
        "b": {"c": "x", "d": ""},
    }


def test_a_merge_key_is_an_ordinary_key() -> None:
    assert strictyaml.read("<<: {a: b}") == {"<<": {"a": "b"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: b\nc: d\na: e", [(3, "The key 'a' stands here twice. Keep one.")], id="repeated key"),
        pytest.param("x:\n- {a: b, a: c}", [(2, "The key 'a' stands here twice. Keep one.")], id="repeated key inside"),
        pytest.param(
            "a: &x [b]\nc: *x",
            [(1, f"Found the anchor or alias 'x'; {WRITE_OUT}"), (2, f"Found the anchor or alias 'x'; {WRITE_OUT}")],
            id="anchor and alias",
        ),
        pytest.param("\n*x", [(2, f"Found the anchor or alias 'x'; {WRITE_OUT}")], id="alias alone"),
        pytest.param("a: !!int 4", [(1, f"Found the tag 'tag:yaml.org,2002:int'; {WRITE_OUT}")], id="tag"),
        pytest.param("a: !python/x {}", [(1, f"Found the tag '!python/x'; {WRITE_OUT}")], id="tag of a mapping"),
        pytest.param("a: b\n---\nc: d", [(2, "A second document begins ('---'). Keep one.")], id="two documents"),
        pytest.param("a:\nb: c", [(1, "'a' has no value. Give it one, or remove the line.")], id="no value"),
        pytest.param("- a\n-", [(2, "An entry has no value. Give it one, or remove the line.")], id="empty entry"),
        pytest.param("[a]: b", [(1, "A key must be plain text, not a list or a mapping.")], id="list as a key"),
        pytest.param("", [(1, "The file is empty.")], id="empty"),
        pytest.param("# a comment\n", [(1, "The file is empty.")], id="only a comment"),
        pytest.param("a: " + "[" * 12 + "]" * 12, [(1, "Nested deeper than 12 levels.")], id="nested too deep"),
        pytest.param("a: " + "[" * 100_000, [(1, "Nested deeper than 12 levels.")], id="nested without end"),
        pytest.param(
            "a: b\nc: 'd\n",
            [(3, f"This is not YAML: while scanning a quoted scalar: found unexpected end of stream. {CHECK}")],
            id="quote that is not closed",
        ),
        pytest.param(
            "a: b: c",
            [(1, f"This is not YAML: mapping values are not allowed in this context. {CHECK}")],
            id="colon too many",
        ),
        pytest.param(
            "a:\n\tb: c",
            [(2, "This is not YAML: while scanning for the next token: found character that cannot start any token. "
              + CHECK)],
            id="tab",
        ),
    ],
)  # fmt: skip
def test_what_strict_yaml_does_not_allow_is_refused_with_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert faults(text) == [Fault(*one) for one in expected]


def test_everything_wrong_before_the_text_breaks_off_is_told() -> None:
    assert [fault.line for fault in faults("a: b\na: c\nd: *x\ne: 'f")] == [2, 3, 4]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b"a: b\nc: \xe9", Fault(2, "Byte 0xe9 is not UTF-8. Save the file as UTF-8."), id="Latin-1"),
        pytest.param("a: b".encode("utf-16"), Fault(1, "Byte 0xff is not UTF-8. Save the file as UTF-8."), id="UTF-16"),
        pytest.param(
            b" " * (strictyaml.MAX_FILE_BYTES + 1),
            Fault(1, "The file has 4,194,305 bytes; at most 4,194,304 are read. Split it."),
            id="too large",
        ),
    ],
)
def test_bytes_that_are_no_text_are_refused(raw: bytes, expected: Fault) -> None:
    with pytest.raises(YamlFaultsError) as caught:
        strictyaml.decode(raw)
    assert caught.value.faults == [expected]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert strictyaml.decode(b"\xef\xbb\xbfa: b") == "a: b"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("facts", 1, "id"), 4, id="a value"),
        pytest.param(("facts", 1, "cites", 1), 7, id="an entry of a list"),
        pytest.param(("facts", 1, "missing"), 4, id="a field that is not there is where its owner begins"),
        pytest.param(("missing",), 1, id="nothing of it is there"),
        pytest.param((), 1, id="the whole"),
    ],
)
def test_lines_are_counted_from_one(path: strictyaml.Path, line: int) -> None:
    lines = Lines("# facts\nfacts:\n- id: a\n- id: b\n  cites:\n  - 1\n  - 2\n")
    assert lines.of(path) == line


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_no_text_makes_it_stumble(text: str) -> None:
    """Every text is read, or refused with lines of its own; nothing else is ever raised."""
    found: list[Fault] = []
    try:
        strictyaml.read(text)
    except YamlFaultsError as error:
        found = error.faults
    assert all(1 <= fault.line <= len(text) + 1 for fault in found)


SCALARS = st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=8)


@settings(deadline=None)
@given(
    st.dictionaries(SCALARS, st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=5), min_size=1)
)
def test_what_is_written_in_quotes_is_read_back(tree: dict[str, object]) -> None:
    assert strictyaml.read(_quoted(tree)) == tree


def _quoted(tree: object) -> str:
    """*tree* in flow style with every scalar between single quotes."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {_quoted(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_quoted, tree)) + "]"
    return "'" + str(tree).replace("'", "''") + "'"
