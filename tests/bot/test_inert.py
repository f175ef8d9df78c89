"""Text from outside, made harmless."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inert import ECHO_CHARACTERS, clean, cut, echo, escape, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\x00b\x1b[31m", "a b [31m", id="control characters"),
        pytest.param("one\n\ttwo\r\n three", "one two three", id="lines"),
        pytest.param("\u202eabc\u2066def\u200bg", "abcdefg", id="direction overrides and invisible characters"),
        pytest.param("lone \ud800 half", "lone  half", id="lone surrogate"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="the joiner that Persian needs stays"),
    ],
)
def test_cleaning(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**bold** _it_ ~~no~~ `c` ||s||", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \`c\` \|\|s\|\|", id="marks"),
        pytest.param("[text](https://x.org)", r"\[text\](https\://x.org)", id="link"),
        pytest.param("<@123> <#1> <t:0:R>", "\\<@\u2060123\\> \\<#1\\> \\<t\\:0:R\\>", id="mentions and timestamps"),
        pytest.param("@everyone @here", "@\u2060everyone @\u2060here", id="everyone"),
        pytest.param("me@example.org", "me@example.org", id="an address is left alone"),
        pytest.param("# head", r"\# head", id="heading"),
        pytest.param("-# small", r"\-# small", id="subtext"),
        pytest.param("- item", r"\- item", id="list"),
        pytest.param("1. item", r"1\. item", id="numbered list"),
        pytest.param("1.6 million", "1.6 million", id="a decimal is no list"),
        pytest.param("> quote", r"\> quote", id="quote"),
        pytest.param(":smile: at 12:30", r"\:smile: at 12:30", id="emoji name, time of day"),
        pytest.param("back\\slash", r"back\\slash", id="backslash"),
    ],
)
def test_escaping(text: str, expected: str) -> None:
    assert escape(text) == expected


@given(st.text())
def test_nothing_typed_can_ping_or_format(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"@(everyone|here)|<@[!&]?\d", shown)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_~`|<>\[\]]", re.sub(r"\\.", "", shown))
    shown.encode()


@given(st.text(max_size=7000))
def test_an_echo_is_short_and_on_one_line(text: str) -> None:
    shown = echo(text)
    assert len(shown) <= ECHO_CHARACTERS
    assert "\n" not in shown


@pytest.mark.parametrize(
    ("message", "words"),
    [
        pytest.param("<@1> <@!2> <@&3> <#4> </brief:5> <t:6:R> safe?", "safe?", id="mentions, channel, command, time"),
        pytest.param("on <:fire:1> <a:wave:2> fire", "on fire", id="emoji"),
        pytest.param("see https://example.org/x?y=(z) @everyone @here", "see", id="address, everyone"),
        pytest.param("is 5 < 6 and a>b", "is 5 < 6 and a>b", id="plain text"),
    ],
)
def test_what_discord_adds_to_a_message_is_not_looked_up(message: str, words: str) -> None:
    assert words_of(message) == words


def test_an_echo_shows_that_it_was_cut() -> None:
    assert echo("a" * 100) == "a" * 100
    assert echo("a" * 101) == "a" * 99 + "…"


def test_cutting_keeps_words_whole() -> None:
    assert cut("the port of Sirte", 12) == "the port of…"
    assert cut("the port", 8) == "the port"
    assert cut("Donaudampfschiff", 6) == "Donau…"
