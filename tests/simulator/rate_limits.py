"""Rate limits by route, with Discord's headers, and 429 for whoever goes on regardless."""

import hashlib
import time
from typing import NamedTuple


class Limit(NamedTuple):
    """So many requests in so many seconds."""

    requests: int
    per_s: float


_DEFAULT = Limit(50, 1.0)
"""Discord's limit over all routes; here it stands in for each route without one below."""

_WEBHOOK = Limit(5, 2.0)
_ROUTES = {
    ("POST", "/channels/{channel_id}/messages"): Limit(5, 5.0),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): Limit(5, 5.0),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): Limit(5, 1.0),
    ("GET", "/gateway/bot"): Limit(2, 5.0),
}
"""Discord publishes none of these; they are what its headers have been seen to say."""


class Taken(NamedTuple):
    """The outcome of asking for a place: the headers for the answer, and seconds to wait when there was none left."""

    headers: dict[str, str]
    retry_after_s: float | None


class RateLimits:
    """Counts requests in windows that start with their first request. *window_s* replaces every window's length."""

    def __init__(self, window_s: float | None = None) -> None:
        self._window_s = window_s
        self._windows: dict[str, tuple[float, int]] = {}

    def take(self, method: str, route: str, major: str) -> Taken:
        """Count a request to *route*, apart for each *major* parameter (a channel, a webhook's token)."""
        limit = _WEBHOOK if route.startswith(("/webhooks", "/interactions")) else _ROUTES.get((method, route), _DEFAULT)
        per_s = limit.per_s if self._window_s is None else self._window_s
        name = hashlib.md5(f"{method} {route}".encode(), usedforsecurity=False).hexdigest()
        now = time.monotonic()
        ends, used = self._windows.get(name + major, (0.0, 0))
        if now >= ends:
            ends, used = now + per_s, 0
        wait = ends - now if used >= limit.requests else None
        self._windows[name + major] = (ends, used + (wait is None))
        remaining = max(limit.requests - used - 1, 0)
        headers = {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": f"{time.time() + ends - now:.3f}",
            "X-RateLimit-Reset-After": f"{ends - now:.3f}",
            "X-RateLimit-Bucket": name,
        }
        if wait is not None:
            headers |= {"X-RateLimit-Scope": "user", "Retry-After": f"{wait:.3f}"}
        return Taken(headers, wait)
