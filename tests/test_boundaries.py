"""What may import what, where SQL may stand, and that the engine knows no subject."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.knowledge import shipped
from tests.simulator.process import ROOT

PACKAGES = ("knowledge", "config", "bot")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
)
SQL_HOMES = {"knowledge/store.py", "knowledge/state.py"}
_SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|CREATE\s+(TABLE|INDEX|VIRTUAL)|"
    r"DROP\s+TABLE|PRAGMA\s+\w+)\b",
    re.DOTALL,
)


def imported(*modules: str) -> set[str]:
    """What a fresh interpreter has imported after *modules*; this one has imported everything."""
    code = f"import sys, json, {', '.join(modules)}; print(json.dumps(sorted(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(told.stdout))


def top(modules: set[str]) -> set[str]:
    """The packages that *modules* belong to."""
    return {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        pytest.param("knowledge", {"discord", "aiohttp", "bot", "config"}, id="knowledge knows no Discord"),
        pytest.param("config", {"discord", "aiohttp", "bot", "knowledge"}, id="config knows neither"),
    ],
)
def test_imports_point_one_way(package: str, forbidden: set[str]) -> None:
    modules = [module for module in MODULES if module.split(".")[0] == package]
    assert top(imported(*modules)) & forbidden == set()


@pytest.mark.parametrize("module", ["bot.cards", "bot.plain"])
def test_the_terminal_s_cards_need_no_discord(module: str) -> None:
    assert top(imported(module)) & {"discord", "aiohttp", "pydantic", "yaml"} == set()


def test_the_model_and_the_errors_need_the_standard_library_alone() -> None:
    added = imported("knowledge.model", "knowledge.errors") - imported("json")
    assert top(added) - set(sys.stdlib_module_names) == {"knowledge"}


def test_asking_leaves_out_what_only_building_needs() -> None:
    """Half of the start-up time would go into them. (The settings are YAML too, so yaml itself is there.)"""
    assert top(imported("run", "knowledge.library")) & {"pydantic", "spellchecker", "discord", "rich"} == set()


LAYERS = [
    {"model", "errors"},
    {"text", "dates"},
    {"naming", "strictyaml", "files", "forms"},
    {"bags"},
    {"curation", "scoring", "store"},
    {"dictionary", "briefing", "catalogue"},
    {"building"},
    {"library"},
]
"""Lowest first; a module imports from its own layer or those below it."""


@pytest.mark.parametrize("layer", range(len(LAYERS)))
def test_inside_knowledge_imports_point_down(layer: int) -> None:
    allowed = set().union(*LAYERS[: layer + 1])
    for module in sorted(LAYERS[layer]):
        assert set(_at_import(ROOT / "knowledge" / f"{module}.py")) & set().union(*LAYERS) <= allowed, module


def _at_import(path: Path) -> Iterator[str]:
    """The modules of `knowledge` that the module at *path* imports when it is imported itself."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module == "knowledge":
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("knowledge."):
            yield node.module.partition(".")[2]


def test_importing_does_nothing(tmp_path: Path) -> None:
    """No file, no line printed, no logging set up, no thread, whatever stands in the environment."""
    code = f"""
import logging, os, sys, threading
sys.path.insert(0, {str(ROOT)!r})
sys.dont_write_bytecode = True
import {", ".join(["run", *MODULES])}
assert threading.active_count() == 1, threading.enumerate()
assert not logging.getLogger().handlers
assert not os.listdir("."), os.listdir(".")
"""
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"DATELINE_LOG_LEVEL": "nonsense", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def python_files() -> Iterator[tuple[str, str]]:
    """(path, text) of every module of ours outside the tests."""
    for path in [ROOT / "run.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_sql_stands_in_the_modules_that_are_for_it() -> None:
    found = {path for path, text in python_files() if _SQL.search(text)}
    assert found <= SQL_HOMES
    assert "knowledge/store.py" in found


def test_the_engine_knows_no_subject() -> None:
    """Another desk replaces the YAML and writes no Python."""
    topics = [topic for topic in shipped.base().topics if topic.type not in ("theme", "event", "organisation")]
    names = {topic.name for topic in topics}
    names |= {alias.text for topic in topics if topic.type != "country" for alias in topic.aliases}
    proper = sorted(name for name in names if len(name) > 3 and name[0].isupper())
    subject = re.compile(rf"\b({'|'.join(map(re.escape, proper))})\b")
    told = {path: sorted(set(subject.findall(text))) for path, text in python_files()}
    assert {path: seen for path, seen in told.items() if seen} == {}
