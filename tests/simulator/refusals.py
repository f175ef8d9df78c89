"""How Discord says no: a status, a numbered error, and for a bad form what is wrong in which field.

The codes are those of https://docs.discord.com/developers/topics/opcodes-and-status-codes.
"""

from typing import Any, NamedTuple

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """A numbered error of Discord's, and whether only a faulty client can cause it."""

    status: int
    code: int
    message: str
    client_error: bool = False


GENERAL = Fault(404, 0, "404: Not Found", client_error=True)
UNAUTHORISED = Fault(401, 0, "401: Unauthorized")
UNKNOWN_CHANNEL = Fault(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = Fault(404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = Fault(404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = Fault(404, 10008, "Unknown Message")
UNKNOWN_USER = Fault(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = Fault(404, 10015, "Unknown Webhook", client_error=True)
UNKNOWN_INTERACTION = Fault(404, 10062, "Unknown interaction")
UNKNOWN_COMMAND = Fault(404, 10063, "Unknown application command")
TOO_LARGE = Fault(413, 40005, "Request entity too large", client_error=True)
ALREADY_ACKNOWLEDGED = Fault(400, 40060, "Interaction has already been acknowledged.", client_error=True)
MISSING_ACCESS = Fault(403, 50001, "Missing Access")
NOT_THE_AUTHOR = Fault(403, 50005, "Cannot edit a message authored by another user", client_error=True)
EMPTY_MESSAGE = Fault(400, 50006, "Cannot send an empty message", client_error=True)
MISSING_PERMISSIONS = Fault(403, 50013, "Missing Permissions")
INVALID_WEBHOOK_TOKEN = Fault(401, 50027, "Invalid Webhook Token")
INVALID_FORM = Fault(400, 50035, "Invalid Form Body", client_error=True)
INVALID_JSON = Fault(400, 50109, "The request body contains invalid JSON.", client_error=True)


class RefusedError(Exception):
    """The request is refused with *fault*; *problems* says what is wrong where, for an invalid form."""

    def __init__(self, fault: Fault, problems: "list[Problem] | None" = None) -> None:
        self.fault = fault
        self.problems = problems or []
        super().__init__(f"{fault.code} {fault.message}", *map(str, self.problems))

    def to_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"message": self.fault.message, "code": self.fault.code}
        if self.problems:
            body["errors"] = {}
        for problem in self.problems:
            place = body["errors"]
            for step in problem.path:
                place = place.setdefault(str(step), {})
            place.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
        return body


class Problem(NamedTuple):
    """One thing that is wrong in a form: where, Discord's word for it, and a sentence."""

    path: Path
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or '(body)'}: {self.message} [{self.code}]"


class Form:
    """Collects everything that is wrong in a body, so that a refusal names it all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: Path, code: str, message: str) -> None:
        """Note a problem at *path*."""
        self.problems.append(Problem(path, code, message))

    def check(self, holds: bool, path: Path, code: str, message: str) -> None:
        """Note a problem unless *holds*."""
        if not holds:
            self.wrong(path, code, message)

    def text(self, value: Any, path: Path, *, most: int, least: int = 0) -> bool:
        """Note a problem unless *value* is text of *least* to *most* characters.

        Returns: whether it is, so that a caller can go on to look inside.
        """
        if not isinstance(value, str):
            self.wrong(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
            return False
        if least <= len(value) <= most:
            return True
        if least and not value:
            self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif least:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return False

    def items(self, value: Any, path: Path, *, most: int, least: int = 0) -> list[Any]:
        """Note a problem unless *value* is a list of *least* to *most* items.

        Returns: the list, or an empty one when there is none to look into.
        """
        if not isinstance(value, list):
            self.wrong(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not least <= len(value) <= most:
            self.wrong(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        return value

    def objects(self, value: Any, path: Path, *, most: int, least: int = 0) -> list[dict[str, Any]]:
        """As :meth:`items`, and note items that are not objects; returns those that are."""
        found = self.items(value, path, most=most, least=least)
        for index, item in enumerate(found):
            self.check(
                isinstance(item, dict), (*path, index), "MODEL_TYPE_CONVERT", "Only dictionaries may be used here."
            )
        return [item for item in found if isinstance(item, dict)]

    def whole(self, value: Any, path: Path, *, least: int, most: int) -> bool:
        """Note a problem unless *value* is a whole number from *least* to *most*; returns whether it is."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return False
        if not least <= value <= most:
            self.wrong(path, "NUMBER_TYPE_MAX", f"int value should be between {least} and {most}.")
            return False
        return True
