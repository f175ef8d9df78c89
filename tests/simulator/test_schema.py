"""The check against Discord's API description, where the file is there."""

from typing import Any

import pytest

from .bare_bot import bare_bot
from .schema import Description, description
from .simulator import Simulator

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
MESSAGES = "/channels/{channel_id}/messages"


@pytest.fixture
def described() -> Description:
    """The description."""
    found = description()
    if found is None:
        pytest.skip("no API description beside the project")
    return found


BAD: dict[str, tuple[str, Any, str]] = {
    "a type nobody knows": (CALLBACK, {"type": 99}, ""),
    "choices that are no list": (CALLBACK, {"type": 8, "data": {"choices": 5}}, "data"),
    "a component's content as a number": (
        MESSAGES,
        {"flags": 1 << 15, "components": [{"type": 17, "components": [{"type": 10, "content": 5}]}]},
        "components.0.components.0.content",
    ),
    "an embed's colour as text": (MESSAGES, {"embeds": [{"color": "red"}]}, "embeds.0.color"),
    "an id that is no number": (MESSAGES, {"attachments": [{"id": "x"}]}, "attachments.0.id"),
}


@pytest.mark.parametrize(("path", "body", "at"), BAD.values(), ids=BAD)
def test_problems_are_found_where_they_are(described: Description, path: str, body: Any, at: str) -> None:
    problems = described.request_problems("POST", path, body)
    assert [".".join(map(str, problem.path)) for problem in problems] == [at]


@pytest.mark.parametrize(
    "body",
    [
        {"content": None, "attachments": [{"id": 0}], "allowed_mentions": {"users": [1], "roles": ["2"]}},
        {"embeds": [], "components": None, "tts": False, "nonce": 5},
    ],
    ids=["ids as numbers", "nothing"],
)
def test_what_discord_takes_is_taken(described: Description, body: Any) -> None:
    assert described.request_problems("POST", MESSAGES, body) == []


def test_a_path_that_is_not_described_is_not_checked(described: Description) -> None:
    assert described.request_problems("POST", "/nowhere", {"x": 1}) == []
    assert described.answer_problems("GET", "/users/@me", 418, {}) == []


async def test_what_only_the_description_refuses_is_refused_too(described: Description, simulator: Simulator) -> None:
    async with bare_bot(simulator) as bot:
        answer = await bot.post({"content": "x", "tts": "yes"})
    assert described
    assert answer.wrong == {"tts": ["API_DESCRIPTION"]}
    simulator.forgive(50035)


@pytest.mark.parametrize(
    "body", [{"type": []}, {"type": 4, "data": "x"}, {"type": 4, "data": {"embeds": [{"footer": 1}]}}]
)
async def test_a_body_of_another_shape_is_refused(described: Description, simulator: Simulator, body: Any) -> None:
    async with bare_bot(simulator) as bot:
        reply = await bot.asked()
        answer = await bot.call("POST", f"/interactions/{reply.id}/{reply.token}/callback", body)
    assert described
    assert (answer.status, answer.code) == (400, 50035)
    simulator.forgive(50035)


async def test_unchecked_it_is_let_through() -> None:
    async with Simulator(checked=False) as simulator, bare_bot(simulator) as bot:
        answer = await bot.post({"content": "x", "tts": "yes"})
    assert answer.status == 200
