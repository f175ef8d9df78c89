"""Discord on loopback, for tests: it speaks Discord's wire protocol, and refuses what Discord refuses.

The bot is the real one on the real discord.py, in a process of its own; nothing of it is patched::

    async with Simulator() as discord, Process(discord.environ()) as bot:
        await discord.connected()
        reply = await discord.slash("/brief", {"topic": "sirte"}, by=discord.member("Ada"), locale="fr")
        assert reply.message.v2 and not reply.private and not reply.message.pinged
        assert "Sirte" in reply.text
        more = await discord.press(reply, label="More")
        assert await bot.stopped() == 0

**People** act, and each act waits until the asker sees the outcome: the first response, and if it is deferred its
edit. `settle=False` returns at once; then `reply.settled()`, `followed()`, `edited()` and `until()` wait, by events.

- `slash(command, options, by=, channel=, in_dm=, locale=, app_permissions=, forged=)`
- `autocomplete(command, option, typed, others=)` gives the choices; `typing(…)` the bare reply
- `message_menu(name, content= | message=)`, `user_menu(name, person)`
- `press(reply_or_message, label= | custom_id=, by=)`, `choose(reply_or_message, values, custom_id=, by=)`
- `submit(reply_with_modal, {custom_id: value})`, and `post(content, by=)` for an ordinary message

Who they are: `member(name, permissions=, roles=)`, without Manage Server; `admin()`, with it; `anybody`, where nobody
is named. Where: `general`, or a `channel(name, bot_permissions=)`. `role(name)` makes roles. What no person could do
in Discord (an unknown option, a button that is disabled, a command that is hidden) is an `AskingError`; `forged=True`
sends a command in spite of its default permissions, as if a server's admin had overridden them. Silence is an
`UnansweredError`.

**A reply** has `type`, `deferred`, `private`, `acknowledged`, `acknowledged_after` (seconds), `text`, `buttons`,
`message`, `followups`, `choices`, `modal`, `edits`. A message has `text`, `v2`, `private`, `buttons`, `components`,
`attachments`, `file(name)`, `embeds`, `edits`, `deleted` and `pinged`, which is false when it pings nobody.
`posted()` lists what all can read in a channel.

**The record**: `commands`, `command_writes`, `requests`, `gateway.identifies`, `refusals`, and `violations`: whatever
was refused that only a faulty bot sends. The fixture `simulator` of `fixtures.py` fails a test that leaves any; a
test that means to provoke one calls `forgive(code)`.

**What goes wrong** on purpose: `fail_next(method, path, status=, applied=, drop=)`, `hold_next(method, path)`, and on
the `gateway` `reconnect()`, `invalidate()`, `forget_sessions()`, `cut()`, `close(code)`, `silence()`, `send_text()`.
`Simulator(acknowledge_s=, token_s=)` shortens Discord's three seconds and fifteen minutes.

The limits are in `limits.py`, the rules in the modules named `*_rules.py`; they share nothing with the bot, so that
each checks the other. Where Discord's API description lies beside the project, every body is checked against it as
well.
"""

from .mentions import Pinged
from .messages import Message
from .options import AskingError
from .permissions import Permission
from .process import Process
from .replies import Choice, Reply, UnansweredError
from .simulator import Simulator
from .world import Channel, Member, Role

__all__ = [
    "AskingError",
    "Channel",
    "Choice",
    "Member",
    "Message",
    "Permission",
    "Pinged",
    "Process",
    "Reply",
    "Role",
    "Simulator",
    "UnansweredError",
]
