"""The table of settings, the shipped file, and what is refused."""

from pathlib import Path

import pytest

from bot import briefs
from config import kinds, settings
from config.kinds import Shortcut
from config.reading import read
from config.settings import Settings, SettingsError, load

SHIPPED_TEXT = settings.SHIPPED.read_text(encoding="utf-8")


def problems(text: str = "", **environ: str) -> list[str]:
    """What `load` has against a file and an environment."""
    with pytest.raises(SettingsError) as caught:
        load(text, environ, path="bot.yaml")
    return caught.value.problems


def test_the_shipped_file_holds_every_setting_with_its_default() -> None:
    """Two homes for the defaults: the file for operators to read, the table for a file that leaves them out."""
    found, wrong = read(SHIPPED_TEXT, "bot.yaml")
    assert wrong == []
    assert sorted(found) == sorted(setting.name for setting in settings.TABLE)
    shipped = load(SHIPPED_TEXT, {})
    for setting in settings.TABLE:
        if setting.name != "shortcuts":
            assert getattr(shipped, setting.attribute) == setting.default, setting.name


def test_every_setting_in_the_shipped_file_has_its_comment() -> None:
    lines = SHIPPED_TEXT.splitlines()
    for name, (number, _) in read(SHIPPED_TEXT, "bot.yaml")[0].items():
        assert lines[number - 2].lstrip().startswith("#"), name


def test_a_file_and_the_environment_over_it() -> None:
    text = "answers: {page_size: 4}\nshortcuts:\n  health: {topic: clinics, description: Clinics}\nlog: {level: debug}"
    environ = {
        "DATELINE_ANSWERS_ASK_FACTS": "2",
        "DATELINE_LOG_LEVEL": "ERROR",
        "DATELINE_CURATORS_ROLES": "123456789012345678, 223456789012345678",
        "DISCORD_TOKEN": " abc.def ",
        "DISCORD_API_URL": "http://127.0.0.1:99/api/v10/",
        "OTHER": "ignored",
    }
    assert load(text, environ) == Settings(
        base_directory=None,
        storage_directory=Path("var"),
        discord_servers=(),
        discord_start_patience_s=30,
        shortcuts={"health": Shortcut("clinics", "Clinics")},
        answers_page_size=4,
        answers_ask_facts=2,
        answers_charts=True,
        curators_roles=(123456789012345678, 223456789012345678),
        curators_users=(),
        curators_channel=None,
        log_level="ERROR",
        log_file=None,
        discord_token="abc.def",
        discord_api_url="http://127.0.0.1:99/api/v10",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "log: {levl: INFO}", "bot.yaml:1: log.levl is no setting (did you mean log.level?).", id="unknown, close"
        ),
        pytest.param("colour: red", "bot.yaml:1: colour is no setting.", id="unknown"),
        pytest.param(
            "\nlog:\n  level: LOUD",
            'bot.yaml:3: log.level is "LOUD", but one of DEBUG, INFO, WARNING, ERROR is expected.',
            id="not one of the words",
        ),
        pytest.param(
            "answers: {page_size: many}",
            'bot.yaml:1: answers.page_size is "many", but a whole number from 1 to 10 is expected.',
            id="no number",
        ),
        pytest.param(
            "answers: {page_size: 5.0}",
            'bot.yaml:1: answers.page_size is "5.0", but a whole number from 1 to 10 is expected (write 5).',
            id="number with a fraction",
        ),
        pytest.param(
            "answers: {page_size: 99}",
            'bot.yaml:1: answers.page_size is "99", but a whole number from 1 to 10 is expected.',
            id="out of range",
        ),
        pytest.param(
            "answers: {charts: yes}",
            'bot.yaml:1: answers.charts is "yes", but true or false is expected (write true).',
            id="another word for true",
        ),
        pytest.param(
            "curators: {roles: 123456789012345678}",
            'bot.yaml:1: curators.roles is "123456789012345678", but a list of Discord ids is expected, each 17 to 20 '
            "digits (write [123456789012345678]).",
            id="one id, no list",
        ),
        pytest.param(
            "curators: {users: [ann]}",
            'bot.yaml:1: curators.users is "ann", but a list of Discord ids is expected, each 17 to 20 digits; '
            "copy the id, not the name (Settings, Advanced, Developer Mode).",
            id="name in place of an id",
        ),
        pytest.param(
            "storage: {directory: ''}",
            'bot.yaml:1: storage.directory is "", but the path of a directory is expected.',
            id="no directory",
        ),
        pytest.param(
            "log: {level: INFO, level: INFO}",
            "bot.yaml:1: log.level is given twice, first in line 1; keep one.",
            id="key given twice",
        ),
        pytest.param(
            "shortcuts: {brief: {topic: a, description: b}}",
            'bot.yaml:1: shortcuts is a mapping, but "brief" is a command already; another name is expected.',
            id="shortcut named as a command",
        ),
        pytest.param(
            "shortcuts: {oil: {topc: a, description: b}}",
            'bot.yaml:1: shortcuts is a mapping, but "oil" has a field "topc", which is unknown (did you mean topic?).',
            id="misspelt field of a shortcut",
        ),
        pytest.param("log: [", "bot.yaml:1: this is not YAML: expected the node content.", id="no YAML"),
        pytest.param(
            "- log",
            "bot.yaml:1: sections with settings are expected, such as log: and below it level: INFO.",
            id="list",
        ),
    ],
)
def test_a_wrong_file_is_refused(text: str, expected: str) -> None:
    assert [one.replace(", but found '<stream end>'", "") for one in problems(text)] == [expected]


def test_everything_wrong_is_told_at_once() -> None:
    found = problems("log: {levl: x}\nanswers: {page_size: 0}", DATELINE_LOG_LVEL="INFO", DISCORD_API_URL="localhost")
    assert found == [
        "bot.yaml:1: log.levl is no setting (did you mean log.level?).",
        "DATELINE_LOG_LVEL is no setting (did you mean DATELINE_LOG_LEVEL?).",
        'bot.yaml:2: answers.page_size is "0", but a whole number from 1 to 10 is expected.',
        'DISCORD_API_URL is "localhost", but an address is expected such as https://discord.com/api/v10, '
        "beginning with http:// or https:// and without a query.",
    ]


@pytest.mark.parametrize("token", ["Bot abc.def", "abc def", "tökén"])
def test_a_mistyped_token_is_refused_without_being_shown(token: str) -> None:
    (problem,) = problems(DISCORD_TOKEN=token)
    assert problem.startswith("DISCORD_TOKEN ")
    assert token not in problem


def test_the_token_is_in_no_repr() -> None:
    assert "secret" not in repr(load("", {"DISCORD_TOKEN": "secret.token"}))


def test_no_shortcut_can_take_the_name_of_a_command() -> None:
    """`config` may not import `bot`, so the names stand in both."""
    assert {command.name for command in briefs.commands({})} <= set(kinds.RESERVED)
