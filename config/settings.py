"""The table of settings, and how text and environment become a frozen `Settings`.

Every setting is one row: name, kind, default, help. The shipped values stand in `config/bot.yaml`; `load` reads such
a file and the environment over it, and refuses what is wrong with the key, the value, what is expected and the likely
slip, everything at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from config import kinds
from config.kinds import Kind, Shortcut, WrongValueError
from config.reading import read

SHIPPED = Path(__file__).with_name("bot.yaml")
PREFIX = "DATELINE_"
BASE_DIRECTORY = "DATELINE_BASE_DIRECTORY"
TOKEN = "DISCORD_TOKEN"  # noqa: S105  # the variable's name
API_URL = "DISCORD_API_URL"
DEFAULT_API_URL = "https://discord.com/api/v10"


class Setting(NamedTuple):
    """One row of the table. name: `section.name`. kind: how its value is read."""

    name: str
    kind: Kind
    default: Any
    help: str

    @property
    def attribute(self) -> str:
        """Its name in `Settings`."""
        return self.name.replace(".", "_")

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return PREFIX + self.attribute.upper()


TABLE = (
    Setting("base.directory", kinds.optional_directory, None, "directory of the fact base; empty: the shipped one"),
    Setting("storage.directory", kinds.directory, Path("var"), "directory for the built database and runtime files"),
    Setting("discord.servers", kinds.ids, (), "ids of the servers that get the commands; empty: all"),
    Setting("discord.start_patience_s", kinds.whole(1, 3600), 30, "seconds to try to reach Discord at the start"),
    Setting("shortcuts", kinds.shortcuts, {}, "commands fixed to one topic: name, topic, description"),
    Setting("answers.page_size", kinds.whole(1, 10), 6, "facts on one page of a card"),
    Setting("answers.ask_facts", kinds.whole(1, 10), 3, "facts that an answer to /ask shows at most"),
    Setting("answers.charts", kinds.truth, True, "whether figures that changed or differ come with a picture"),
    Setting("curators.roles", kinds.ids, (), "ids of roles that may use /facts"),
    Setting("curators.users", kinds.ids, (), "ids of users who may use /facts"),
    Setting("curators.channel", kinds.optional_id, None, "id of the channel that gets readers' reports; empty: none"),
    Setting("log.level", kinds.one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "least level that is logged"),
    Setting("log.file", kinds.optional_file, None, "file that gets the log as well; empty: the terminal only"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting under its row's name with `_` for the dot, and the two that only the environment gives.

    discord_token: empty when there is none; left out of the repr so that it reaches no log.
    """

    base_directory: Path | None
    storage_directory: Path
    discord_servers: tuple[int, ...]
    discord_start_patience_s: int
    shortcuts: Mapping[str, Shortcut]
    answers_page_size: int
    answers_ask_facts: int
    answers_charts: bool
    curators_roles: tuple[int, ...]
    curators_users: tuple[int, ...]
    curators_channel: int | None
    log_level: str
    log_file: Path | None
    discord_token: str = field(default="", repr=False)
    discord_api_url: str = DEFAULT_API_URL


class SettingsError(Exception):
    """Settings that cannot be used. problems: one sentence each: where, what was seen, what is expected."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def load(text: str, environ: Mapping[str, str], *, path: str = "config/bot.yaml") -> Settings:
    """Read settings from the YAML *text* of *path* and from *environ*, which wins.

    What neither gives has its default. Variables that do not begin with `DATELINE_` or `DISCORD_` are ignored.

    Raises: SettingsError: a value or a name is wrong; it carries every problem.
    """
    found, problems = read(text, path)
    given: dict[str, tuple[str, Any]] = {}
    names = [setting.name for setting in TABLE]
    for name, (line, value) in found.items():
        if name in names:
            given[name] = (f"{path}:{line}: {name}", value)
        else:
            problems.append(f"{path}:{line}: {name} is no setting{kinds.likely(name, names)}.")
    for variable, value in environ.items():
        if not variable.startswith(PREFIX):
            continue
        setting = next((one for one in TABLE if one.variable == variable), None)
        if setting is None:
            problems.append(f"{variable} is no setting{kinds.likely(variable, [one.variable for one in TABLE])}.")
        else:
            given[setting.name] = (variable, kinds.from_environment(setting.kind, value))
    values: dict[str, Any] = {}
    for setting in TABLE:
        values[setting.attribute] = setting.default
        if setting.name in given:
            where, raw = given[setting.name]
            try:
                values[setting.attribute] = setting.kind.read(raw)
            except WrongValueError as error:
                problems.append(f"{where} is {kinds.shown(raw)}, but {error}.")
    values["discord_api_url"] = _address(environ.get(API_URL, ""), problems)
    values["discord_token"] = _token(environ.get(TOKEN, ""), problems)
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def _address(text: str, problems: list[str]) -> str:
    address = text.strip().rstrip("/") or DEFAULT_API_URL
    if not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", address):
        problems.append(
            f"{API_URL} is {kinds.shown(text)}, but an address is expected such as {DEFAULT_API_URL}, "
            "beginning with http:// or https:// and without a query."
        )
    return address


def _token(text: str, problems: list[str]) -> str:
    token = text.strip()
    if re.search(r"\s", token) or not token.isascii():
        # The value itself must not be shown: it is a secret even when it is mistyped.
        problems.append(f"{TOKEN} holds a space or a character outside ASCII. Copy the token again from the Bot page.")
    elif token.lower().startswith("bot "):
        problems.append(f'{TOKEN} begins with "Bot ". Give the token alone.')
    return token
