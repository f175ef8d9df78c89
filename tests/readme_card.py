"""The two parts of the README that follow from the project: `python -m tests.readme_card` writes both anew.

The card is what `run.py ask "/brief sirte"` prints; the table of settings is
`config.settings.TABLE` with the values of `config/bot.yaml`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from config import settings
from tests.simulator.process import ROOT

README = ROOT / "README.md"
QUERY = "/brief sirte"

_CARD = re.compile(r"(?<=^```\n).*?(?=\n```$)", re.DOTALL | re.MULTILINE)
_TABLE = re.compile(r"^(?:@@SETTINGS@@\n|\| Setting \| Default \| Meaning \|\n(?:\|.*\n?)+)", re.MULTILINE)


def card_printed(storage: Path) -> str:
    """What the README's first command prints, with its runtime files in *storage*."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DISCORD_"))}
    told = subprocess.run(
        [sys.executable, "run.py", "ask", QUERY],
        cwd=ROOT,
        env={**environ, "DATELINE_STORAGE_DIRECTORY": str(storage), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return told.stdout


def card_shown(readme: str) -> str:
    """The first code block of the README."""
    return _first(_CARD, readme)


def table_shown(readme: str) -> str:
    """The README's table of settings."""
    return _first(_TABLE, readme).rstrip("\n")


def table() -> str:
    """The table of settings as it has to be."""
    return "\n".join(_rows())


def comparable(card: str) -> str:
    """*card* without what may differ: the revision, and spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in re.sub(r"Base [0-9a-f]{8}", "Base ", card).strip().splitlines())


def _rows() -> Iterator[str]:
    shipped = settings.load(settings.SHIPPED.read_text(encoding="utf-8"), {})
    yield "| Setting | Default | Meaning |"
    yield "| --- | --- | --- |"
    for setting in settings.TABLE:
        yield f"| `{setting.name}` | {_written(getattr(shipped, setting.attribute))} | {setting.help} |"


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"`/{name}`" for name in value)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "empty" if value in (None, ()) else f"`{value}`"


def _first(pattern: re.Pattern[str], readme: str) -> str:
    found = pattern.search(readme)
    assert found, f"README.md has no place for {pattern.pattern}"
    return found[0]


def main() -> None:
    """Write both parts into the README."""
    readme = README.read_text(encoding="utf-8")
    readme = _CARD.sub(lambda _: card_printed(ROOT / "var").rstrip("\n"), readme, count=1)
    readme = _TABLE.sub(lambda _: table() + "\n", readme, count=1)
    README.write_text(readme, encoding="utf-8")


if __name__ == "__main__":
    main()
