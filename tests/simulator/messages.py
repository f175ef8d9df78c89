"""Messages and the store that holds them: what a reader would see, and what Discord would send of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .components import Button, Kind, buttons, echoed, texts, walk
from .mentions import NOBODY, Pinged, pinged
from .snowflakes import now
from .uploads import Attachment, Upload, attach
from .world import Channel, User, World

Json = dict[str, Any]

SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15

REPLY, SLASH_RESPONSE, MENU_RESPONSE = 19, 20, 23
"""Types of message, beside 0 for all others."""


@dataclass(eq=False)
class Message:
    """A message as it stands; *edits* are its earlier states, oldest first, as Discord would have sent them."""

    id: str
    author: User
    channel: Channel
    flags: int = 0
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: tuple[Attachment, ...] = ()
    pinged: Pinged = NOBODY
    mentions: list[Json] = field(default_factory=list)
    edits: list[Json] = field(default_factory=list)
    deleted: bool = False
    reference: Json | None = None
    metadata: Json | None = None
    kind: int = 0
    sent_at: str = field(default_factory=now)
    edited_at: str | None = None
    reader: User | None = None
    """Who alone sees it, if it is private."""

    @property
    def private(self) -> bool:
        """Whether only the asker sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def v2(self) -> bool:
        """Whether it is made of components only."""
        return bool(self.flags & COMPONENTS_V2)

    @property
    def text(self) -> str:
        """All text a reader sees, in order, a line for each piece; labels of buttons are not part of it."""
        pieces = [self.content]
        for embed in self.embeds:
            pieces += [embed.get("author", {}).get("name"), embed.get("title"), embed.get("description")]
            for one in embed.get("fields", ()):
                pieces += [one["name"], one["value"]]
            pieces.append(embed.get("footer", {}).get("text"))
        return "\n".join(piece for piece in [*pieces, *texts(self.components)] if piece)

    @property
    def buttons(self) -> list[Button]:
        """Its buttons, in reading order."""
        return buttons(self.components)

    def component(self, custom_id: str) -> Json | None:
        """The component with *custom_id*, if there is one."""
        return next((one for _, one in walk(self.components) if one.get("custom_id") == custom_id), None)

    def selects(self) -> list[Json]:
        """Its select menus, in reading order."""
        kinds = {Kind.STRING_SELECT, Kind.USER_SELECT, Kind.ROLE_SELECT, Kind.MENTIONABLE_SELECT, Kind.CHANNEL_SELECT}
        return [one for _, one in walk(self.components) if one.get("type") in kinds]

    def file(self, filename: str) -> bytes:
        """The content of the attachment *filename*.

        Raises: KeyError: there is no such attachment.
        """
        return {one.filename: one.content for one in self.attachments}[filename]

    def to_json(self) -> Json:
        """The message object."""
        body: Json = {
            "id": self.id,
            "channel_id": self.channel.id,
            "type": REPLY if self.reference else self.kind,
            "author": self.author.to_json(),
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "attachments": [one.to_json() for one in self.attachments],
            "flags": self.flags,
            "mentions": self.mentions,
            "mention_roles": sorted(self.pinged.roles),
            "mention_everyone": self.pinged.everyone,
            "timestamp": self.sent_at,
            "edited_timestamp": self.edited_at,
            "tts": False,
            "pinned": False,
        }
        if self.reference:
            body["message_reference"] = self.reference
        if self.metadata:
            body |= {"application_id": self.author.id, "webhook_id": self.author.id}
            body["interaction_metadata"] = self.metadata
        return body


class Messages:
    """All messages by id. *announce* is told `create`, `update` or `delete` and the message, for the gateway."""

    def __init__(self, world: World, announce: Callable[[str, Message], None]) -> None:
        self.address = ""
        """Where attachments can be fetched, set once the server listens."""
        self._world = world
        self._announce = announce
        self._by_id: dict[str, Message] = {}

    def find(self, channel_id: str, message_id: str) -> Message | None:
        """The message, unless it was deleted; private ones too."""
        message = self._by_id.get(message_id)
        return message if message and message.channel.id == channel_id and not message.deleted else None

    def attachment(self, attachment_id: str) -> bytes | None:
        """The content of a file on any message."""
        found = (one for message in self._by_id.values() for one in message.attachments if one.id == attachment_id)
        return next((one.content for one in found), None)

    def in_channel(self, channel: Channel) -> list[Message]:
        """What everyone in *channel* can read, oldest first."""
        return [m for m in self._by_id.values() if m.channel is channel and not (m.private or m.deleted or m.loading)]

    def create(
        self,
        author: User,
        channel: Channel,
        body: Json,
        uploads: list[Upload],
        *,
        flags: int,
        metadata: Json | None = None,
        kind: int = 0,
        reader: User | None = None,
    ) -> Message:
        """A new message from a body that has passed the rules; *metadata* says which interaction it answers."""
        message = Message(self._world.ids.next(), author, channel, flags, metadata=metadata, kind=kind, reader=reader)
        message.reference = body.get("message_reference")
        self._fill(message, body, uploads)
        self._by_id[message.id] = message
        self._announce("create", message)
        return message

    def edit(self, message: Message, body: Json, uploads: list[Upload]) -> None:
        """Change *message* by a body that has passed the rules; what the body leaves out stays."""
        message.edits.append(message.to_json())
        message.flags = (message.flags & ~LOADING) | (int(body.get("flags") or 0) & (SUPPRESS_EMBEDS | COMPONENTS_V2))
        message.edited_at = now()
        self._fill(message, body, uploads)
        self._announce("update", message)

    def delete(self, message: Message) -> None:
        """Take *message* away."""
        message.deleted = True
        self._announce("delete", message)

    def _fill(self, message: Message, body: Json, uploads: list[Upload]) -> None:
        message.attachments = attach(
            body,
            uploads,
            message.attachments,
            new_id=self._world.ids.next,
            address=self.address,
            private=message.private,
        )
        if "content" in body:
            message.content = (body["content"] or "").strip()
        if "embeds" in body:
            message.embeds = [{"type": "rich", **embed} for embed in body["embeds"] or ()]
        if "components" in body:
            files = {one.filename: one.to_json() for one in message.attachments}
            message.components = echoed(body["components"], files, self._world.ids)
        shown = "\n".join([message.content, *texts(message.components)])
        allowed = body.get("allowed_mentions")
        permissions = message.channel.bot_permissions
        interaction = message.metadata is not None
        message.pinged |= pinged(shown, allowed, self._world, permissions=permissions, interaction=interaction)
        message.mentions = [self._world.members[one].user.to_json() for one in sorted(message.pinged.users)]
