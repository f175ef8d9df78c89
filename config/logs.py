"""Logging: one line a record, to the terminal and if wanted to a file, and no secret in either.

The token is cut out of the finished text, tracebacks included, whoever logged it.
"""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path

REDACTED = "[secret]"
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_INTERACTION_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[\w%.\-]{20,}")
_RETRY = "Attempting a reconnect"


class Redacting(logging.Formatter):
    """Formats, then cuts out *secret* and the tokens in addresses of interactions."""

    def __init__(self, secret: str) -> None:
        super().__init__(_FORM)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter`."""
        text = super().format(record)
        if self._secret:
            text = text.replace(self._secret, REDACTED)
        return _INTERACTION_TOKEN.sub(rf"\1{REDACTED}", text)


def quieten(record: logging.LogRecord) -> bool:
    """Let *record* pass; discord.py's traceback at every lost connection becomes one line that says why."""
    if record.name == "discord.client" and isinstance(record.msg, str) and record.msg.startswith(_RETRY):
        error = record.exc_info[1] if record.exc_info else None
        reason = str(error) or type(error).__name__
        record.msg = f"Connection to Discord lost ({reason}); {record.msg[0].lower()}{record.msg[1:]}"
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


def set_up(*, level: str, file: Path | None, secret: str) -> None:
    """Send records of *level* and above to standard error, and to *file* as well if there is one.

    Replaces what was set up before. The directory of *file* is made if it is missing.

    Raises: OSError: the file cannot be opened.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(file, encoding="utf-8", errors="backslashreplace"))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        handler.setFormatter(Redacting(secret))
        handler.addFilter(quieten)
        root.addHandler(handler)
    root.setLevel(level)
    # Below its warnings discord.py tells of every heartbeat, and at DEBUG of every payload.
    logging.getLogger("discord").setLevel(max(root.level, logging.WARNING))
