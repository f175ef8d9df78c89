"""The one server the bot is in: its people, roles and channels, each with its JSON as Discord sends it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .permissions import EVERYONE, Permission, effective
from .snowflakes import Snowflakes, made_at

Json = dict[str, Any]

TEXT_CHANNEL = 0
DIRECT_CHANNEL = 1

_UNSET = (
    "icon description banner splash discovery_splash home_header vanity_url_code afk_channel_id system_channel_id "
    "rules_channel_id public_updates_channel_id safety_alerts_channel_id widget_channel_id application_id "
    "max_presences incidents_data"
)
"""What a server has that nobody has set anything for."""


@dataclass(frozen=True)
class User:
    """An account."""

    id: str
    name: str
    bot: bool = False

    def to_json(self) -> Json:
        """The user object."""
        return {
            "id": self.id,
            "username": self.name.lower(),
            "global_name": None if self.bot else self.name,
            "discriminator": "0000" if self.bot else "0",
            "avatar": None,
            "bot": self.bot,
            "flags": 0,
            "public_flags": 0,
            "primary_guild": None,
        }


@dataclass(frozen=True)
class Role:
    """A role of the server."""

    id: str
    name: str
    permissions: int = 0
    mentionable: bool = False
    position: int = 0

    def to_json(self) -> Json:
        """The role object."""
        return {
            "id": self.id,
            "name": self.name,
            "permissions": str(int(self.permissions)),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }


@dataclass(frozen=True)
class Member:
    """A user in the server; *permissions* are what the member has on top of everyone's and the roles'."""

    user: User
    own_permissions: int = 0
    roles: tuple[Role, ...] = ()

    @property
    def id(self) -> str:
        """The user's id."""
        return self.user.id

    @property
    def permissions(self) -> int:
        """What the member may do, everything included."""
        total = int(EVERYONE) | int(self.own_permissions)
        for role in self.roles:
            total |= int(role.permissions)
        return effective(total)

    def to_json(self, *, with_permissions: bool = False) -> Json:
        """The member object; an interaction's also tells the permissions."""
        body: Json = {
            "user": self.user.to_json(),
            "nick": None,
            "avatar": None,
            "banner": None,
            "roles": [role.id for role in self.roles],
            "joined_at": made_at(self.user.id),
            "premium_since": None,
            "communication_disabled_until": None,
            "pending": False,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        return {**body, "permissions": str(self.permissions)} if with_permissions else body


@dataclass(eq=False)
class Channel:
    """A text channel of the server, or the direct messages between the bot and *recipient*."""

    id: str
    name: str
    guild_id: str | None
    position: int = 0
    bot_permissions: int = int(EVERYONE)
    recipient: User | None = None

    @property
    def direct(self) -> bool:
        """Whether this is a direct-message channel."""
        return self.recipient is not None

    def to_json(self) -> Json:
        """The channel object."""
        if self.recipient is not None:
            recipients = [self.recipient.to_json()]
            body: Json = {"id": self.id, "type": DIRECT_CHANNEL, "flags": 0, "last_message_id": None}
            return {**body, "recipients": recipients}
        return {
            "id": self.id,
            "type": TEXT_CHANNEL,
            "guild_id": self.guild_id,
            "name": self.name,
            "position": self.position,
            "flags": 0,
            "nsfw": False,
            "topic": None,
            "parent_id": None,
            "last_message_id": None,
            "rate_limit_per_user": 0,
            "permission_overwrites": [],
        }


@dataclass
class World:
    """Everything that exists before the bot says anything."""

    ids: Snowflakes = field(default_factory=Snowflakes)
    locale: str = "en-US"
    roles: dict[str, Role] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.guild_id = self.ids.next()
        self.roles[self.guild_id] = Role(self.guild_id, "@everyone", int(EVERYONE))
        self.owner = self.add_member("Owner", permissions=Permission.ADMINISTRATOR)
        self.application_id = self.ids.next()
        self.bot = Member(User(self.application_id, "Dateline", bot=True))
        self.members[self.bot.id] = self.bot
        self.general = self.add_channel("general")

    def add_member(self, name: str, *, permissions: int = 0, roles: Iterable[Role] = ()) -> Member:
        """A new person, who may do what everyone may, and *permissions* and those of *roles*."""
        member = Member(User(self.ids.next(), name), int(permissions), tuple(roles))
        self.members[member.id] = member
        return member

    def add_role(self, name: str, *, permissions: int = 0, mentionable: bool = False) -> Role:
        """A new role."""
        role = Role(self.ids.next(), name, int(permissions), mentionable, len(self.roles))
        self.roles[role.id] = role
        return role

    def add_channel(self, name: str, *, bot_permissions: int = int(EVERYONE)) -> Channel:
        """A new text channel, in which the bot may do *bot_permissions*."""
        position = sum(not channel.direct for channel in self.channels.values())
        channel = Channel(self.ids.next(), name, self.guild_id, position, int(bot_permissions))
        self.channels[channel.id] = channel
        return channel

    def direct_channel(self, user: User) -> Channel:
        """The direct messages between *user* and the bot."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        channel = Channel(self.ids.next(), "", None, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def guild_json(self) -> Json:
        """The guild object that REST answers with."""
        return {
            "id": self.guild_id,
            "name": "Newsroom",
            "owner_id": self.owner.id,
            "roles": [role.to_json() for role in self.roles.values()],
            "preferred_locale": self.locale,
            "features": ["COMMUNITY"],
            "emojis": [],
            "stickers": [],
            "region": "deprecated",
            "widget_enabled": False,
            "max_members": 500_000,
            "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50,
            "premium_subscription_count": 0,
            "premium_progress_bar_enabled": False,
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "nsfw": False,
            "premium_tier": 0,
            "afk_timeout": 300,
            "system_channel_flags": 0,
            **dict.fromkeys(_UNSET.split()),
        }

    def guild_create_json(self) -> Json:
        """What GUILD_CREATE adds: the channels, and of the members only the bot, as without the members intent."""
        return {
            **self.guild_json(),
            "unavailable": False,
            "large": False,
            "joined_at": made_at(self.guild_id),
            "member_count": len(self.members),
            "members": [self.bot.to_json()],
            "channels": [channel.to_json() for channel in self.channels.values() if not channel.direct],
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }
