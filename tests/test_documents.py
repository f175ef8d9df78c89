"""The documents say what is so: commands, settings and card in the README, docstrings, changelog."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from config import settings
from tests import readme_card
from tests.simulator.process import ROOT

TEXT = readme_card.README.read_text(encoding="utf-8")
START = "python3 -m venv .venv && "
RENEW = "to renew it: python -m tests.readme_card"


def test_the_two_commands_are_one_line_each() -> None:
    """They are copied whole into a shell; a line that goes on would be lost."""
    commands = [line for line in TEXT.splitlines() if line.startswith(START)]
    assert commands == [
        f'{START}.venv/bin/pip install -q -e . && .venv/bin/python run.py ask "{readme_card.QUERY}"',
        f"{START}.venv/bin/pip install -q -e '.[dev]' && .venv/bin/python -m pytest -q",
    ]
    assert TEXT.count("```sh\n" + START) == 2


def test_the_card_is_what_the_first_command_prints(built: Path) -> None:
    shown, printed = readme_card.card_shown(TEXT), readme_card.card_printed(built)
    assert readme_card.comparable(shown) == readme_card.comparable(printed), RENEW


def test_the_table_of_settings_is_the_table_that_is_read() -> None:
    assert readme_card.table_shown(TEXT) == readme_card.table(), RENEW
    assert all(setting.help for setting in settings.TABLE)


def test_no_placeholder_is_left() -> None:
    assert re.findall(r"@@\w+@@", TEXT) == []


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in link]
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_every_public_name_is_documented() -> None:
    assert list(_undocumented()) == []


def _undocumented() -> Iterator[str]:
    for package in ("knowledge", "config", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            name = path.relative_to(ROOT).as_posix()
            if tree.body and not ast.get_docstring(tree):
                yield name
            yield from (f"{name}: {one}" for one in _bare(tree, ""))


def _bare(node: ast.AST, prefix: str) -> Iterator[str]:
    """Public functions, classes and methods below *node* without a docstring; fields of a form describe themselves,
    and a class that only names its bases (`class AliasForm(_Form)`) is one."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith("_"):
            form = isinstance(child, ast.ClassDef) and any(
                isinstance(b, ast.Name) and b.id == "_Form" for b in child.bases
            )
            if not ast.get_docstring(child) and not form:
                yield prefix + child.name
            if isinstance(child, ast.ClassDef):
                yield from _bare(child, f"{prefix}{child.name}.")


def test_the_changelog_tells_its_readers_what_is_new() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert headings
    assert set(headings) <= {"Added", "Changed", "Fixed", "Facts"}
