"""The simulator against the real discord.py: whatever a bot can do works as it does on Discord."""

import asyncio

import discord
import pytest

from .components import Button
from .messages import COMPONENTS_V2, EPHEMERAL, Message
from .options import AskingError
from .replies import Choice, Reply, UnansweredError
from .sample_bot import SampleBot, running
from .schema import description
from .simulator import Simulator


def the_message(reply: Reply) -> Message:
    """The message a reply is, where there must be one."""
    assert reply.message is not None
    return reply.message


async def test_a_slash_command_is_answered_with_a_card(simulator: Simulator) -> None:
    async with running(simulator):
        reply = await simulator.slash("/brief", {"topic": "sirte", "depth": 2}, locale="fr")
    assert reply.text == "sirte 2 fr\nAbout one\nAbout two"
    assert reply.buttons == [
        Button("Vote one", "vote:one", False, 2, None, None),
        Button("Vote two", "vote:two", False, 2, None, None),
        Button("Report", "report", False, 2, None, None),
    ]
    assert (reply.deferred, reply.private, the_message(reply).flags) == (False, False, COMPONENTS_V2)
    assert 0 < (reply.acknowledged_after or 0) < 3


async def test_a_deferred_reply_is_settled_by_its_edit(simulator: Simulator) -> None:
    async with running(simulator):
        reply = await simulator.slash("/slow")
        await reply.followed()
    assert (reply.deferred, reply.private) == (True, True)
    assert reply.text == "Here at last\nAnd more"
    assert the_message(reply).flags == COMPONENTS_V2 | EPHEMERAL


async def test_autocomplete_gives_choices(simulator: Simulator) -> None:
    async with running(simulator):
        choices = await simulator.autocomplete("/brief", "topic", "sir", others={"depth": 3})
    assert choices == [Choice(f"sir {n}", f"sir{n}") for n in range(25)]


async def test_a_dynamic_button_changes_its_message(simulator: Simulator) -> None:
    async with running(simulator):
        first = await simulator.slash("/brief", {"topic": "sirte"})
        pressed = await simulator.press(first, label="Vote two", by=simulator.member("Eve"))
    assert pressed.message is first.message
    assert first.text == "Voted for two"
    assert [edit["components"][0]["components"][0]["content"] for edit in first.edits] == ["sirte 1 en-US"]


async def test_a_modal_opens_and_is_submitted(simulator: Simulator) -> None:
    async with running(simulator):
        opened = await simulator.press(await simulator.slash("/brief", {"topic": "oil"}), label="Report")
        assert (opened.modal or {})["title"] == "Report"
        reply = await simulator.submit(opened, {"reason": "too low", "kind": ["wrong"]})
    assert (reply.text, reply.private) == ("Reported as wrong: too low", True)


async def test_a_file_component_brings_its_file(simulator: Simulator) -> None:
    async with running(simulator):
        reply = await simulator.slash("/export")
    message = the_message(reply)
    assert message.file("facts.csv") == b"a,b\n"
    assert message.components[0]["file"]["url"] == message.attachments[0].url


async def test_a_message_menu_brings_the_message(simulator: Simulator) -> None:
    async with running(simulator):
        reply = await simulator.message_menu("Look up", content="47 dead?")
    assert reply.text == "You ask: 47 dead?"


async def test_a_command_is_hidden_from_those_without_its_default_permission(simulator: Simulator) -> None:
    async with running(simulator):
        with pytest.raises(AskingError, match="hidden from Anybody"):
            await simulator.slash("/facts reload")
        forged = await simulator.slash("/facts reload", forged=True)
        allowed = await simulator.slash("/facts reload", {"dry_run": True}, by=simulator.admin("Ada"))
    assert (forged.text, allowed.text) == ("anybody reloads, dry: False", "ada reloads, dry: True")


async def test_direct_messages_have_a_user_and_no_server(simulator: Simulator) -> None:
    async with running(simulator):
        reply = await simulator.slash("/brief", {"topic": "sirte"}, in_dm=True)
        with pytest.raises(AskingError, match="not to be seen in context 1"):
            await simulator.slash("/facts reload", in_dm=True)
    assert "guild_id" not in reply.payload
    assert reply.text.startswith("sirte 1")


async def test_silence_is_told_from_an_answer() -> None:
    async with Simulator(acknowledge_s=0.05) as simulator, running(simulator):
        with pytest.raises(UnansweredError, match="/never: the application did not respond"):
            await simulator.slash("/never")


async def test_hundreds_are_answered_at_once(simulator: Simulator) -> None:
    async with running(simulator):
        asked = [simulator.slash("/brief", {"topic": f"t{n}"}) for n in range(200)]
        replies = await asyncio.gather(*asked)
    assert [reply.text.split()[0] for reply in replies] == [f"t{n}" for n in range(200)]


async def test_everything_answered_fits_the_api_description(simulator: Simulator) -> None:
    """The simulator is a verified fake: its own answers are checked too."""
    described = description()
    if described is None:
        pytest.skip("no API description beside the project")
    async with running(simulator) as bot:
        await (await simulator.slash("/slow")).followed()
        await simulator.slash("/export")
        first = await simulator.slash("/brief", {"topic": "sirte"})
        await simulator.press(first, label="Vote one")
        await simulator.press(first, label="Report")
        channel = bot.get_channel(int(simulator.general.id))
        assert isinstance(channel, discord.TextChannel)
        sent = await channel.send(
            "Corrected", embed=discord.Embed(title="T", description="D", colour=1).add_field(name="a", value="b")
        )
        await (await channel.fetch_message(sent.id)).edit(content="Corrected twice")
        await bot.tree.fetch_commands()
        await bot.fetch_guild(int(simulator.world.guild_id))
        await bot.fetch_user(int(simulator.anybody.id))
        await bot.fetch_channel(channel.id)
        await sent.delete()
    wrong = [
        f"{request}: {problem}"
        for request in simulator.requests
        for problem in described.answer_problems(request.method, request.route, request.status or 0, request.answer)
    ]
    assert wrong == []


async def test_commands_are_registered_once_with_lasting_ids(simulator: Simulator) -> None:
    async with running(simulator) as bot:
        await simulator.registered()
        before = {command["name"]: command["id"] for command in simulator.commands}
        await bot.tree.sync()
    assert {command["name"]: command["id"] for command in simulator.commands} == before
    assert simulator.command_writes == 2


async def test_the_identify_payload_is_recorded(simulator: Simulator) -> None:
    async with running(simulator, SampleBot(discord.Intents(guilds=True, guild_messages=True))):
        pass
    assert [identify["intents"] for identify in simulator.gateway.identifies] == [1 << 0 | 1 << 9]
