"""The fixed texts: complete in every language, none dead, none missing."""

from __future__ import annotations

import re
import string

import pytest

from bot import limits, texts
from tests.simulator.process import ROOT

OTHERS = [language for language in texts.LANGUAGES if language != "en"]


def placeholders(text: str) -> set[str]:
    """The names that a text wants values for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_texts_with_the_same_placeholders(language: str) -> None:
    told = {key: placeholders(text) for key, text in texts.of(language).table.items()}
    assert told == {key: placeholders(text) for key, text in texts.ENGLISH.table.items()}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_has_a_limit_keeps_it(language: str) -> None:
    for key, text in texts.of(language).table.items():
        most = {"button": 36, "command": limits.COMMAND_DESCRIPTION, "option": 100, "choice": 100}
        assert len(text) <= most.get(key.partition(".")[0], 500), key
    form = ("report.title", "report.text", "report.contact")
    assert all(len(texts.of(language)(key)) <= limits.FORM_LABEL for key in form)
    assert len(texts.of(language)("command.look_up")) <= 32


def test_no_text_is_dead() -> None:
    """Each key is written out in the code, or fits a form there such as `f"type.{kind}"`."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot").glob("**/*.py") if path.stem not in texts.LANGUAGES
    )
    literal = set(re.findall(r"[\"']([\w.]+)[\"']", code))
    found = re.findall(r"""f["']([\w.]+\{[^"']*)["']""", code)
    forms = [re.sub(r"\\\{.*?\\\}", r"[\\w.]+", re.escape(form)) for form in found]
    forms = [form for form in forms if not form.startswith("[")]

    def is_used(key: str) -> bool:
        section, _, rest = key.partition(".")
        if rest in ("one", "many"):
            return section in literal
        if section == "failure":
            return rest in literal
        return key in literal or any(re.fullmatch(form, key) for form in forms)

    assert [key for key in texts.ENGLISH.table if not is_used(key)] == []


def test_an_unknown_locale_reads_english() -> None:
    assert texts.of("ja") is texts.of("en-US") is texts.ENGLISH
    assert texts.of("en-GB")("button.more") == "More"


@pytest.mark.parametrize(
    ("edtf", "english", "french"),
    [
        ("2016-02-19", "19 February 2016", "19 février 2016"),
        ("2016-02-01~", "about 1 February 2016", "vers le 1er février 2016"),
        ("2016-02~", "about February 2016", "vers février 2016"),
        ("2016-02-24/2016-02-26", "24–26 February 2016", "24–26 février 2016"),
        ("../2014-12", "until December 2014", "jusqu’en décembre 2014"),
        ("../2016-02-01", "until 1 February 2016", "jusqu’au 1er février 2016"),
        ("2014/..", "since 2014", "depuis 2014"),
        ("2016-01/2016-02-03", "January 2016 to 3 February 2016", "janvier 2016 – 3 février 2016"),
    ],
)
def test_a_date_is_put_as_the_language_does(edtf: str, english: str, french: str) -> None:
    assert (texts.ENGLISH.day(edtf), texts.of("fr").day(edtf)) == (english, french)


def test_numbers_follow_the_language() -> None:
    assert texts.ENGLISH.count("fact", 1234) == "1,234 facts"
    assert texts.of("fr").count("fact", 1234) == "1 234 faits"
