"""The people of the server, and what they do in Discord: each act is an interaction that the bot has to answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from .asking import Asking, Circumstances
from .command_endpoints import Commands
from .gateway import GUILDS, Gateway
from .interaction_endpoints import Interactions
from .messages import Message, Messages
from .permissions import EVERYONE, Permission
from .replies import Choice, Reply
from .world import Channel, Member, Role, World

Json = dict[str, Any]


class People:
    """The half of the simulator that acts; the other half, :class:`Simulator`, serves the bot."""

    def __init__(
        self, world: World, gateway: Gateway, messages: Messages, commands: Commands, interactions: Interactions
    ) -> None:
        self.world = world
        self.gateway = gateway
        self.messages = messages
        self._commands = commands
        self._asking = Asking(world, gateway, interactions)
        self._anybody: Member | None = None

    @property
    def commands(self) -> list[Json]:
        """The commands registered, as Discord would list them."""
        return self._commands.all()

    @property
    def general(self) -> Channel:
        """The channel in which everything happens that is given no other."""
        return self.world.general

    @property
    def anybody(self) -> Member:
        """A member without special permissions, the same one each time, who acts where nobody else is named."""
        self._anybody = self._anybody or self.member("Anybody")
        return self._anybody

    def member(self, name: str, *, permissions: int = 0, roles: Iterable[Role] = ()) -> Member:
        """A new member, with *permissions* on top of everyone's, which do not include Manage Server."""
        return self.world.add_member(name, permissions=permissions, roles=roles)

    def admin(self, name: str = "Admin") -> Member:
        """A new member with Manage Server."""
        return self.member(name, permissions=Permission.MANAGE_GUILD)

    def role(self, name: str, *, permissions: int = 0, mentionable: bool = False) -> Role:
        """A new role."""
        role = self.world.add_role(name, permissions=permissions, mentionable=mentionable)
        body = {"guild_id": self.world.guild_id, "role": role.to_json()}
        self.gateway.dispatch("GUILD_ROLE_CREATE", body, intents=GUILDS)
        return role

    def channel(self, name: str, *, bot_permissions: int = EVERYONE) -> Channel:
        """A new text channel, in which the bot may do *bot_permissions*."""
        channel = self.world.add_channel(name, bot_permissions=bot_permissions)
        self.gateway.dispatch("CHANNEL_CREATE", channel.to_json(), intents=GUILDS)
        return channel

    def post(self, content: str, *, by: Member | None = None, channel: Channel | None = None) -> Message:
        """A message that somebody writes."""
        author = (by or self.anybody).user
        return self.messages.create(author, channel or self.general, {"content": content}, [], flags=0)

    def posted(self, channel: Channel | None = None) -> list[Message]:
        """What everyone can read in *channel*, oldest first."""
        return self.messages.in_channel(channel or self.general)

    # What people do. Each waits until the asker sees the outcome, unless `settle` is false.

    async def slash(
        self,
        command: str,
        options: Json | None = None,
        *,
        by: Member | None = None,
        channel: Channel | None = None,
        in_dm: bool = False,
        locale: str = "en-US",
        app_permissions: int | None = None,
        forged: bool = False,
        settle: bool = True,
    ) -> Reply:
        """Use a slash command, such as "/facts reload", with *options* by name.

        *forged* sends it even where Discord would hide the command, since a server's admins can override that.

        Raises: AskingError: Discord would not let anybody send this. UnansweredError: see :meth:`Reply.settled`.
        """
        where = self._where(by, channel, in_dm, locale, app_permissions)
        reply = self._asking.slash(self.commands, command, options or {}, where, forged=forged)
        return await reply.settled() if settle else reply

    async def autocomplete(
        self,
        command: str,
        option: str,
        typed: str = "",
        *,
        others: Json | None = None,
        by: Member | None = None,
        channel: Channel | None = None,
        in_dm: bool = False,
        locale: str = "en-US",
    ) -> list[Choice]:
        """The suggestions for *option* once *typed* has been typed into it, with *others* filled in already.

        Raises: AskingError, UnansweredError: as for :meth:`slash`.
        """
        reply = self.typing(command, option, typed, others=others, by=by, channel=channel, in_dm=in_dm, locale=locale)
        return (await reply.settled()).choices or []

    def typing(
        self,
        command: str,
        option: str,
        typed: str = "",
        *,
        others: Json | None = None,
        by: Member | None = None,
        channel: Channel | None = None,
        in_dm: bool = False,
        locale: str = "en-US",
    ) -> Reply:
        """As :meth:`autocomplete`, without waiting for the suggestions."""
        where = self._where(by, channel, in_dm, locale, None)
        return self._asking.autocomplete(self.commands, command, option, typed, others or {}, where)

    async def message_menu(
        self,
        name: str,
        *,
        content: str | None = None,
        message: Message | None = None,
        by: Member | None = None,
        channel: Channel | None = None,
        locale: str = "en-US",
        forged: bool = False,
        settle: bool = True,
    ) -> Reply:
        """Use the menu of *message*, or of one that somebody else writes now with *content*."""
        target = message or self.post(content or "", by=self.member("Author"), channel=channel)
        where = self._where(by, target.channel, False, locale, None)
        reply = self._asking.menu(self.commands, name, target, where, forged=forged)
        return await reply.settled() if settle else reply

    async def user_menu(
        self, name: str, person: Member, *, by: Member | None = None, forged: bool = False, settle: bool = True
    ) -> Reply:
        """Use the menu of *person*."""
        reply = self._asking.menu(self.commands, name, person, self._where(by), forged=forged)
        return await reply.settled() if settle else reply

    async def press(
        self,
        on: Reply | Message,
        *,
        label: str | None = None,
        custom_id: str | None = None,
        by: Member | None = None,
        locale: str = "en-US",
        settle: bool = True,
    ) -> Reply:
        """Press the one enabled button with *label* or *custom_id* on a message; by the asker, unless *by* is given.

        Raises: AskingError: there is no such button, or the message is private to somebody else.
        """
        message, where = self._on(on, by, locale)
        reply = self._asking.press(message, label, custom_id, where)
        return await reply.settled() if settle else reply

    async def choose(
        self,
        on: Reply | Message,
        values: Sequence[Any],
        *,
        custom_id: str | None = None,
        by: Member | None = None,
        locale: str = "en-US",
        settle: bool = True,
    ) -> Reply:
        """Choose *values* in a select menu: values of its options, or people, roles and channels."""
        message, where = self._on(on, by, locale)
        reply = self._asking.choose(message, values, custom_id, where)
        return await reply.settled() if settle else reply

    async def submit(self, opened: Reply, values: Json, *, locale: str = "en-US", settle: bool = True) -> Reply:
        """Fill in the modal that *opened* brought, with *values* by custom id, and send it off."""
        where = Circumstances(opened.asker, opened.channel, locale=locale)
        reply = self._asking.submit(opened, values, where)
        return await reply.settled() if settle else reply

    def _on(self, on: Reply | Message, by: Member | None, locale: str) -> tuple[Message, Circumstances]:
        message = on.message if isinstance(on, Reply) else on
        assert message is not None, f"{on!r} has no message to act on"
        by = by or (on.asker if isinstance(on, Reply) else self._reader(message))
        return message, Circumstances(by, message.channel, locale=locale)

    def _reader(self, message: Message) -> Member:
        return self.world.members[message.reader.id] if message.reader else self.anybody

    def _where(
        self,
        by: Member | None,
        channel: Channel | None = None,
        in_dm: bool = False,
        locale: str = "en-US",
        app_permissions: int | None = None,
    ) -> Circumstances:
        by = by or self.anybody
        place = self.world.direct_channel(by.user) if in_dm else channel or self.general
        return Circumstances(by, place, locale=locale, app_permissions=app_permissions)
