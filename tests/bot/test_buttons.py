"""What can be pressed, by whom, and when."""

from __future__ import annotations

from bot.failures import NEEDED
from tests.bot.conftest import SHARED, Desk

pytestmark = SHARED


async def test_more_and_back_turn_the_card_in_place(desk: Desk) -> None:
    first = await desk.discord.slash("/brief", {"topic": "sabratha"})
    front = first.text
    turned = await desk.discord.press(first, label="More")
    assert turned.message is first.message
    assert "· page 2 of " in first.text.splitlines()[0]
    await desk.discord.press(first, label="Back")
    assert first.text == front
    assert [button.label for button in first.buttons] == ["Sources", "More", "Timeline", "Report"]


async def test_only_the_asker_turns_pages(desk: Desk) -> None:
    card = await desk.discord.slash("/brief", {"topic": "sabratha"})
    before = card.text
    refused = await desk.discord.press(card, label="More", by=desk.discord.member("Eve"))
    assert refused.text.startswith("Only the person who asked turns the pages")
    assert refused.private
    assert card.text == before


async def test_anybody_may_read_the_sources(desk: Desk) -> None:
    card = await desk.discord.slash("/brief", {"topic": "zliten"})
    sources = await desk.discord.press(card, label="Sources", by=desk.discord.member("Eve"))
    assert sources.private
    assert "**Islamic State claims Libyan police center bombing**" in sources.text
    assert "**Published**: 8 January 2016, known from the event, not printed: " in sources.text


async def test_every_page_of_a_long_card_can_be_reached(desk: Desk) -> None:
    card = await desk.discord.slash("/brief", {"topic": "islamic-state"})
    pages = 1
    while any(button.label == "More" for button in card.buttons):
        await desk.discord.press(card, label="More")
        pages += 1
        assert pages < 200
    assert pages > 5


async def test_a_suggestion_is_answered_as_a_brief_in_the_open(desk: Desk) -> None:
    offered = await desk.discord.slash("/brief", {"topic": "sebha"})
    assert offered.private
    label = offered.buttons[0].label
    pressed = await desk.discord.press(offered, label=label)
    assert pressed.text.startswith(f"### {label} · ")
    assert not pressed.private


async def test_a_suggestion_keeps_the_day_that_was_asked_for(desk: Desk) -> None:
    offered = await desk.discord.slash("/brief", {"topic": "sebha", "as_of": "2016-01-31"})
    pressed = await desk.discord.press(offered, label=offered.buttons[0].label)
    assert "as reported by 31 January 2016" in pressed.text.splitlines()[0]


async def test_the_other_readings_keep_the_day_that_was_asked_for(desk: Desk) -> None:
    card = await desk.discord.slash("/brief", {"topic": "sirtee", "as_of": "2016-02-29"})
    offered = await desk.discord.press(card, label="Not this")
    chosen = await desk.discord.press(offered, label=offered.buttons[0].label)
    assert "as reported by 29 February 2016" in chosen.text.splitlines()[0]


async def test_a_suggestion_to_a_private_question_is_answered_privately(desk: Desk) -> None:
    offered = await desk.discord.slash("/brief", {"topic": "sebha", "private": True})
    assert (await desk.discord.press(offered, label=offered.buttons[0].label)).private


async def test_whoever_presses_a_suggestion_turns_the_pages_of_its_card(desk: Desk) -> None:
    offered = await desk.discord.slash("/brief", {"topic": "sebha"})
    card = await desk.discord.press(offered, label=offered.buttons[0].label)
    await desk.discord.press(card, label="More")
    assert "· page 2 of " in card.text


async def test_a_button_of_an_unknown_form_is_answered(desk: Desk) -> None:
    button = {"type": 2, "style": 1, "label": "Old", "custom_id": "dl0:x"}
    body = {"components": [{"type": 1, "components": [button]}]}
    old = desk.discord.messages.create(desk.discord.world.bot.user, desk.discord.general, body, [], flags=0)
    pressed = await desk.discord.press(old, label="Old")
    assert pressed.text == "This button is from an earlier version. Ask again for a card that works."
    assert pressed.private


async def test_a_private_card_is_shared_with_the_name_of_who_shares_it(desk: Desk) -> None:
    ada = desk.discord.member("**Ada** @everyone")
    card = await desk.discord.slash("/brief", {"topic": "sabratha", "private": True}, by=ada)
    assert card.buttons[-1].label == "Share"
    shared = await desk.discord.press(card, label="Share")
    assert not shared.private
    assert "\nShared by \\*\\*Ada\\*\\* @\u2060everyone.\n" in shared.text
    assert shared.text.replace("\nShared by \\*\\*Ada\\*\\* @\u2060everyone.", "") == card.text
    assert "Share" not in [button.label for button in shared.buttons]
    await desk.discord.press(shared, label="More")
    assert "· page 2 of " in shared.text


async def test_every_kind_of_card_can_be_shared(desk: Desk) -> None:
    private = {"private": True}
    cards = [
        await desk.discord.slash("/ask", {"question": "who is mustafa sanalla", **private}),
        await desk.discord.slash("/oil", {"aspect": "production", **private}),
        await desk.discord.slash("/timeline", {"topic": "zliten", **private}),
        await desk.discord.slash("/fact", {"id": "zliten-bombing/death-toll", **private}),
        await desk.discord.slash("/source", {"name": "zliten-bombing", **private}),
        await desk.discord.slash("/topics", {"type": "country", **private}),
        await desk.discord.message_menu("Look up in fact base", content="who is mustafa sanalla"),
    ]
    for card in cards:
        shared = await desk.discord.press(card, label="Share")
        assert not shared.private, card.asked
        assert shared.text.splitlines()[0] == card.text.splitlines()[0], card.asked


async def test_only_the_asker_shares(desk: Desk) -> None:
    """Discord shows a private card to its asker alone; a forged press is refused all the same."""
    card = await desk.discord.slash("/brief", {"topic": "sabratha", "private": True})
    assert card.message
    button = {"type": 2, "style": 2, "label": "Share", "custom_id": card.buttons[-1].custom_id}
    metadata = card.message.metadata
    body = {"components": [{"type": 1, "components": [button]}]}
    bot = desk.discord.world.bot.user
    shown = desk.discord.messages.create(bot, desk.discord.general, body, [], flags=0, metadata=metadata)
    refused = await desk.discord.press(shown, label="Share", by=desk.discord.member("Eve"))
    assert refused.text == "Only the person who asked can share this card."
    assert refused.private


async def test_not_this_offers_the_next_readings(desk: Desk) -> None:
    card = await desk.discord.slash("/brief", {"topic": "sirtee"})
    assert "Read 'sirtee' as Sirte." in card.text
    offered = await desk.discord.press(card, label="Not this", by=desk.discord.member("Eve"))
    assert offered.private
    assert "**You may mean**" in offered.text
    labels = [button.label for button in offered.buttons]
    assert "Es Sider" in labels
    assert "Ashton Carter" not in labels, "known-empty, and far from what was typed"
    chosen = await desk.discord.press(offered, label=offered.buttons[-1].label)
    assert chosen.text.startswith(f"### {offered.buttons[-1].label} · ")


async def test_a_missing_permission_is_named(desk: Desk) -> None:
    desk.discord.fail_next(
        "POST", "/interactions/*/callback", status=403, body={"code": 50013, "message": "Missing Permissions"}
    )
    held = int(NEEDED.value) & ~(1 << 15)
    reply = await desk.discord.slash("/brief", {"topic": "zliten"}, app_permissions=held)
    assert "I lack Attach Files here; an admin can allow it. Reference " in reply.text
    assert reply.private
