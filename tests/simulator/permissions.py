"""Permission bits, as far as the simulator or a test needs them by name."""

import enum


class Permission(enum.IntFlag):
    """https://docs.discord.com/developers/topics/permissions"""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31


EVERYONE = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
)
"""What a member of a new server may do: Manage Server is not part of it."""

ALL = (1 << 53) - 1
"""What an administrator is told to have."""


def effective(permissions: int) -> int:
    """*permissions* with everything an administrator has besides."""
    return ALL if permissions & Permission.ADMINISTRATOR else permissions
