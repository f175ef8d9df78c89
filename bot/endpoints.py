"""Where Discord is: points discord.py at another REST base and at the gateway that this base names."""

from __future__ import annotations

import yarl
from discord import VoiceClient
from discord.gateway import DiscordWebSocket
from discord.http import Route


def use_rest(api_url: str) -> None:
    """Send every request to *api_url*, which has no trailing slash. Holds for the whole process; do it before login."""
    # PRIVATE-API: the class attribute is the only way to another REST base; callbacks and webhooks read it too.
    Route.BASE = api_url


def use_gateway(url: str) -> None:
    """Connect to *url* from now on, also after a session that could not be resumed."""
    # PRIVATE-API: Client.connect starts from this class attribute and never asks /gateway/bot itself.
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


def without_voice() -> None:
    """Keep discord.py from warning at every start that voice, which this bot never uses, is not installed."""
    # PRIVATE-API: two flags that it clears itself after the first warning.
    VoiceClient.warn_nacl = False
    VoiceClient.warn_dave = False
