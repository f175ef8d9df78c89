"""The REST side's machinery: reads a request, has it handled, answers as Discord does, and keeps a log of all of it."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiohttp import BodyPartReader, web

from .faults import Faults, Scripted
from .rate_limits import RateLimits
from .refusals import GENERAL, INVALID_FORM, INVALID_JSON, UNAUTHORISED, Form, Problem, RefusedError
from .schema import Description
from .uploads import Upload

Json = dict[str, Any]

BASE = "/api/v10"


@dataclass(eq=False)
class Request:
    """A request the bot made, and once it is answered the status and body it got (0: the connection was broken)."""

    method: str
    path: str
    route: str
    params: dict[str, str]
    query: dict[str, str]
    headers: dict[str, str]
    body: Any = None
    uploads: list[Upload] = field(default_factory=list)
    at: float = field(default_factory=time.monotonic)
    status: int | None = None
    answer: Any = None
    unseen: bool = False
    """Whether the bot gets a scripted answer although the request is carried out."""

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"

    def wants(self, flag: str) -> bool:
        """Whether the query asks for *flag*, in any of the ways Discord understands."""
        return self.query.get(flag, "").lower() in {"1", "true"}

    def fields(self) -> Json:
        """The body as an object; an empty one when there is none.

        Raises: RefusedError: it is something else.
        """
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise RefusedError(INVALID_FORM, [Problem((), "MODEL_TYPE_CONVERT", "Only dictionaries may be used here.")])
        return self.body


class Answer(NamedTuple):
    """A status, and a body unless it is 204."""

    status: int
    body: Any = None


class Endpoint(NamedTuple):
    """What answers *method* on *route*; an open one needs no bot token, because the path holds a secret."""

    method: str
    route: str
    handle: Callable[[Request], Answer]
    open: bool = False


class Violation(NamedTuple):
    """Something a well-behaved bot never sends, and how it was answered."""

    request: Request
    refusal: RefusedError

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.path}: {self.refusal}"


class Rest:
    """Serves *endpoints*. Everything refused is in *refusals*; what only a faulty bot sends is in *violations* too."""

    def __init__(
        self, token: str, *, description: Description | None, faults: Faults, rate_limits: RateLimits | None
    ) -> None:
        self.requests: list[Request] = []
        self.violations: list[Violation] = []
        self.refusals: list[Violation] = []
        self.description = description
        self._token = token
        self._faults = faults
        self._rate_limits = rate_limits

    def routes(self, endpoints: list[Endpoint]) -> list[web.RouteDef]:
        """The routes for aiohttp, the last of which answers whatever no endpoint does."""
        routes = [web.route(one.method, BASE + one.route, self._handler(one)) for one in endpoints]
        nowhere = Endpoint("*", "/{anything}", _not_found)
        return [*routes, web.route("*", BASE + "/{anything:.*}", self._handler(nowhere))]

    def accept(self, request: Request, form: Form) -> None:
        """Go on only if *form* is clean and the body fits the API description.

        Raises: RefusedError: the form has problems, ours first, since they are worded as Discord words them.
        """
        problems = form.problems or self._described_problems(request)
        if problems:
            raise RefusedError(INVALID_FORM, problems)

    def _handler(self, endpoint: Endpoint) -> Callable[[web.Request], Any]:
        async def handle(received: web.Request) -> web.StreamResponse:
            path = received.raw_path.partition("?")[0].removeprefix(BASE)
            request = Request(
                received.method,
                path,
                endpoint.route,
                dict(received.match_info),
                dict(received.query),
                dict(received.headers),
            )
            self.requests.append(request)
            try:
                request.body, request.uploads = await _read(received)
            except (ValueError, UnicodeDecodeError):
                return self._respond(request, self._refused(request, RefusedError(INVALID_JSON)), {})
            hold = self._faults.hold_for(request.method, path)
            if hold is not None:
                await hold.stop()
            scripted = self._faults.next_for(request.method, path)
            if scripted is not None:
                return self._fail(received, request, endpoint, scripted)
            answer, headers = self._answer(request, endpoint)
            return self._respond(request, answer, headers)

        return handle

    def _answer(self, request: Request, endpoint: Endpoint) -> tuple[Answer, dict[str, str]]:
        if not endpoint.open and request.headers.get("Authorization") != f"Bot {self._token}":
            return self._refused(request, RefusedError(UNAUTHORISED)), {}
        headers: dict[str, str] = {}
        if self._rate_limits is not None:
            major = request.params.get("channel_id", "") or request.params.get("webhook_token", "")
            major = major or request.params.get("interaction_token", "")
            headers, wait = self._rate_limits.take(request.method, endpoint.route, major)
            if wait is not None:
                body = {"message": "You are being rate limited.", "retry_after": round(wait, 3), "global": False}
                return Answer(429, body), headers
        try:
            return endpoint.handle(request), headers
        except RefusedError as refusal:
            return self._refused(request, refusal), headers
        except (AttributeError, KeyError, TypeError, ValueError):
            # The rules look into bodies of the described shape; of any other the description says what is wrong.
            problems = self._described_problems(request)
            if not problems:
                raise
            return self._refused(request, RefusedError(INVALID_FORM, problems)), headers

    def _described_problems(self, request: Request) -> list[Problem]:
        if self.description is None or request.body is None:
            return []
        return self.description.request_problems(request.method, request.route, request.body)

    def _refused(self, request: Request, refusal: RefusedError) -> Answer:
        violation = Violation(request, refusal)
        self.refusals.append(violation)
        if refusal.fault.client_error:
            self.violations.append(violation)
        return Answer(refusal.fault.status, refusal.to_json())

    def _fail(
        self, received: web.Request, request: Request, endpoint: Endpoint, scripted: Scripted
    ) -> web.StreamResponse:
        request.unseen = scripted.applied
        if scripted.applied:
            self._answer(request, endpoint)
        if scripted.drop:
            request.status = 0
            if received.transport is not None:
                received.transport.abort()
            return web.Response()
        body = scripted.body if scripted.body is not None else {"message": "Scripted fault", "code": 0}
        return self._respond(request, Answer(scripted.status, body), scripted.headers)

    def _respond(self, request: Request, answer: Answer, headers: dict[str, str]) -> web.Response:
        request.status, request.answer = answer
        # discord.py takes a 429 without Via for a ban by Cloudflare.
        headers = {"Via": "1.1 google", **headers}
        if answer.body is None:
            return web.Response(status=answer.status, headers=headers)
        # aiohttp would add a charset, and discord.py reads JSON only from exactly this type.
        headers["Content-Type"] = "application/json"
        return web.Response(status=answer.status, headers=headers, body=json.dumps(answer.body).encode())


def _not_found(_: Request) -> Answer:
    raise RefusedError(GENERAL)


async def _read(received: web.Request) -> tuple[Any, list[Upload]]:
    if received.content_type == "multipart/form-data":
        return await _read_parts(received)
    raw = await received.read()
    if not raw:
        return None, []
    if received.content_type != "application/json":
        raise ValueError(received.content_type)
    return json.loads(raw), []


async def _read_parts(received: web.Request) -> tuple[Any, list[Upload]]:
    body: Any = None
    uploads: list[Upload] = []
    async for part in await received.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise TypeError("a part without a name")
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        elif part.name.startswith("files[") and part.name.endswith("]"):
            uploads.append(Upload(part.name[6:-1], part.filename or "unknown", content))
        else:
            raise ValueError(part.name)
    return body, uploads
