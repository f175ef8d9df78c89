"""Checks bodies against Discord's published API description, where the file is there; silent where it is not.

The description is stricter than Discord in two places, which are loosened here. It wants every id to be text, but
Discord takes whole numbers too, and discord.py sends them (`attachments[].id`, `allowed_mentions.users`). It wants
`default_member_permissions` as a number, where the documentation has text.
Where it is looser than the documentation, the rules beside this module decide.
"""

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema.validators

from .refusals import Problem

Json = dict[str, Any]
Errors = Iterator[jsonschema.ValidationError]

DESCRIPTION = Path(__file__).resolve().parents[2].parent / "shared/discord/openapi.json"


class Description:
    """Discord's API description, with a validator for each body that was asked about.

    The general validator needs 30 ms for a card, since it tries every alternative of every union and follows each
    reference by its address. Ours goes by the `type` of a component, as a reader would, and needs one or two.
    """

    def __init__(self, document: Json) -> None:
        document = _with_plain_enumerations(document)
        schemas: Json = document["components"]["schemas"]
        schemas["SnowflakeType"]["type"] = ["string", "integer"]
        for name in ("CreateRequest", "UpdateRequest", "PatchRequestPartial"):
            permissions = schemas[f"ApplicationCommand{name}"]["properties"]["default_member_permissions"]
            permissions["type"] = ["string", "integer", "null"]
        self._paths: Json = document["paths"]
        self._targets = {f"#/components/schemas/{name}": schema for name, schema in schemas.items()}
        keywords = {"$ref": self._ref, "oneOf": self._union, "anyOf": self._union}
        self._kind = jsonschema.validators.extend(jsonschema.Draft202012Validator, keywords)
        self._validators: dict[str, Any] = {}

    def request_problems(self, method: str, path: str, body: Any) -> list[Problem]:
        """What is wrong with the JSON body of a request; *path* has the description's `{names}` in it."""
        operation = self._paths.get(path, {}).get(method.lower(), {})
        return self._problems(f"{method} {path}", operation.get("requestBody", {}), body)

    def answer_problems(self, method: str, path: str, status: int, body: Any) -> list[Problem]:
        """What is wrong with the JSON body of an answer."""
        answers = self._paths.get(path, {}).get(method.lower(), {}).get("responses", {})
        return self._problems(f"{method} {path} {status}", answers.get(str(status), {}), body)

    def _problems(self, key: str, described: Json, body: Any) -> list[Problem]:
        schema = described.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return []
        if key not in self._validators:
            self._validators[key] = self._kind(schema)
        errors = self._validators[key].iter_errors(body)
        return [Problem(tuple(error.absolute_path), "API_DESCRIPTION", error.message[:300]) for error in errors]

    def _ref(self, validator: Any, ref: str, instance: Any, _: Json) -> Errors:
        yield from validator.descend(instance, self._targets[ref])

    def _union(self, validator: Any, branches: list[Json], instance: Any, _: Json) -> Errors:
        fitting = [branch for branch in branches if self._may_fit(branch, instance)]
        if len(fitting) == 1:
            yield from validator.descend(instance, fitting[0])
        elif not any(validator.evolve(schema=branch).is_valid(instance) for branch in fitting):
            yield jsonschema.ValidationError(f"{instance!r} is none of the {len(branches)} alternatives")

    def _may_fit(self, branch: Json, instance: Any) -> bool:
        target = self._targets[branch["$ref"]] if "$ref" in branch else branch
        if instance is None or target.get("type") == "null":
            return (instance is None) == (target.get("type") == "null")
        kinds = target.get("properties", {}).get("type", {}).get("enum")
        return kinds is None or not isinstance(instance, dict) or instance.get("type") in kinds


def _with_plain_enumerations(schema: Any) -> Any:
    """*schema* with each list of constants as one `enum`, and without the wider list that an `enum` narrows."""
    if isinstance(schema, list):
        return [_with_plain_enumerations(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _with_plain_enumerations(value) for key, value in schema.items()}
    constants = plain.get("oneOf")
    if isinstance(constants, list) and constants and all(isinstance(c, dict) and "const" in c for c in constants):
        plain["enum"] = [constant["const"] for constant in plain.pop("oneOf")]
    if "enum" in plain:
        plain.pop("allOf", None)
    return plain


@functools.cache
def description() -> Description | None:
    """The API description beside the project, read once; None where there is none."""
    if not DESCRIPTION.exists():
        return None
    return Description(json.loads(DESCRIPTION.read_text(encoding="utf-8")))
