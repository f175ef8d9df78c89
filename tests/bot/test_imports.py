"""The terminal shares the cards and must not pay for discord.py; `config` knows neither package."""

import subprocess
import sys

import pytest

from tests.simulator.process import ROOT

PURE = [
    "bot",
    "bot.about",
    "bot.cards",
    "bot.charts",
    "bot.citing",
    "bot.custom_ids",
    "bot.days",
    "bot.declined",
    "bot.entries",
    "bot.drawing",
    "bot.inert",
    "bot.limits",
    "bot.markdown",
    "bot.parts",
    "bot.plain",
    "bot.records",
    "bot.reports",
    "bot.sheet",
    "bot.sourcelists",
    "bot.terminal",
    "bot.texts",
    "bot.wording",
]


@pytest.mark.parametrize(
    ("modules", "forbidden"),
    [
        pytest.param(PURE, {"discord", "aiohttp", "asyncio"}, id="pure parts of bot"),
        pytest.param(["run", "bot.serving"], {"matplotlib", "PIL", "numpy"}, id="serving, until a chart is drawn"),
        pytest.param(["config.settings", "config.logs"], {"discord", "bot", "knowledge"}, id="config"),
    ],
)
def test_imports_point_one_way(modules: list[str], forbidden: set[str]) -> None:
    """In a fresh interpreter, since this one has imported everything."""
    code = f"import sys, {', '.join(modules)}; print(*sorted({forbidden} & {{m.split('.')[0] for m in sys.modules}}))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == ""
