"""What the log shows, and what it never does."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import logs

SECRET = "MTIz.abc.def"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root, library = logging.getLogger(), logging.getLogger("discord")
    handlers, levels = root.handlers[:], (root.level, library.level)
    root.handlers = []
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers = handlers
    root.setLevel(levels[0])
    library.setLevel(levels[1])


def test_no_secret_reaches_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "bot.log"
    logs.set_up(level="INFO", file=file, secret=SECRET)
    error = ValueError(f"the header was Bot {SECRET}")
    asked = "asked /webhooks/123/aW50ZXJhY3Rpb246abcdefghi/messages/@original"
    logging.getLogger("discord.http").error(asked, exc_info=error)
    written = file.read_text(encoding="utf-8")
    assert SECRET not in written
    assert "aW50" not in written
    assert "asked /webhooks/123/[secret]/messages/@original" in written
    assert "ValueError: the header was Bot [secret]" in written
    assert capsys.readouterr().err == written


def test_a_lost_connection_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(level="INFO", file=None, secret="")
    logging.getLogger("discord.client").error("Attempting a reconnect in %.2fs", 1.5, exc_info=OSError("no route"))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(
        "WARNING discord.client: Connection to Discord lost (no route); attempting a reconnect in 1.50s"
    )


def test_setting_up_twice_does_not_log_twice(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(level="INFO", file=None, secret="")
    logs.set_up(level="WARNING", file=None, secret="")
    logging.getLogger("bot").warning("once")
    logging.getLogger("bot").info("never")
    assert len(capsys.readouterr().err.splitlines()) == 1
