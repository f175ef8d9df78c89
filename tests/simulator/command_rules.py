"""What Discord refuses in commands to be registered. Written from its documentation, without the bot's code."""

import unicodedata
from collections import Counter
from typing import Any

from . import limits
from .refusals import Form, Path

Json = dict[str, Any]

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)

_VALUED = frozenset({STRING, INTEGER, NUMBER})
_PERMISSION_BITS = 2**64
_SCRIPTS = ((0x0900, 0x0980), (0xA8E0, 0xA900), (0x0E00, 0x0E80))
"""Devanagari and Thai, whose vowel signs count as name characters although they are neither letters nor numbers."""


def check_commands(form: Form, commands: Any) -> None:
    """Note what is wrong with a whole scope of commands, as sent to be put in place of all there are."""
    found = form.objects(commands, (), most=limits.SLASH_COMMANDS + 2 * limits.MENU_COMMANDS)
    kinds = Counter(command.get("type", SLASH) for command in found)
    for kind, most in (
        (SLASH, limits.SLASH_COMMANDS),
        (USER_MENU, limits.MENU_COMMANDS),
        (MESSAGE_MENU, limits.MENU_COMMANDS),
    ):
        count = kinds[kind]
        why = f"At most {most} commands of type {kind}: there are {count}."
        form.check(count <= most, (), "APPLICATION_COMMANDS_TOO_MANY", why)
    seen: set[tuple[Any, Any]] = set()
    for index, command in enumerate(found):
        key = (command.get("type", SLASH), command.get("name"))
        why = "Application command names must be unique"
        form.check(key not in seen, (index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", why)
        seen.add(key)
        check_command(form, command, (index,))


def check_command(form: Form, command: Json, at: Path = ()) -> None:
    """Note what is wrong with one command."""
    kind = command.get("type") or SLASH
    form.check(
        kind in (SLASH, USER_MENU, MESSAGE_MENU), (*at, "type"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}."
    )
    if kind == SLASH:
        _check_name(form, command, at)
        _check_description(form, command, at)
        _check_options(form, command.get("options") or [], (*at, "options"), depth=0)
        size = _size(command)
        why = f"Command exceeds maximum size ({limits.COMMAND_CHARACTERS}): it is {size}."
        form.check(size <= limits.COMMAND_CHARACTERS, at, "APPLICATION_COMMAND_TOO_LARGE", why)
    else:
        form.text(command.get("name"), (*at, "name"), least=1, most=limits.COMMAND_NAME)
        why = "Context menu commands cannot have a description"
        form.check(
            not command.get("description"), (*at, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", why
        )
        why = "Context menu commands cannot have options"
        form.check(not command.get("options"), (*at, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", why)
        _check_localised(form, command, "name_localizations", at, limits.COMMAND_NAME)
    for key, choices in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        if command.get(key) is not None:
            given = form.items(command[key], (*at, key), least=1, most=len(choices))
            form.check(
                all(one in choices for one in given),
                (*at, key),
                "BASE_TYPE_CHOICES",
                f"Value must be one of {choices}.",
            )
            form.check(len(set(given)) == len(given), (*at, key), "SET_TYPE_ALREADY_CONTAINS_VALUE", "Values repeat.")
    bits = command.get("default_member_permissions")
    if bits is not None:
        good = str(bits).isdecimal() and int(bits) < _PERMISSION_BITS
        form.check(
            good, (*at, "default_member_permissions"), "NUMBER_TYPE_COERCE", f'Value "{bits}" is not permissions.'
        )


def _check_name(form: Form, named: Json, at: Path) -> None:
    _check_one_name(form, named.get("name"), (*at, "name"))
    for locale, name in _check_localised(form, named, "name_localizations", at, limits.COMMAND_NAME):
        _check_one_name(form, name, (*at, "name_localizations", locale))


def _check_one_name(form: Form, name: Any, at: Path) -> None:
    if form.text(name, at, least=1, most=limits.COMMAND_NAME):
        good = name == name.lower() and all(map(_is_name_character, name))
        form.check(good, at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _is_name_character(character: str) -> bool:
    in_script = any(first <= ord(character) < end for first, end in _SCRIPTS)
    return character in "-_'" or in_script or unicodedata.category(character)[0] in "LN"


def _check_description(form: Form, described: Json, at: Path) -> None:
    form.text(described.get("description"), (*at, "description"), least=1, most=limits.COMMAND_DESCRIPTION)
    _check_localised(form, described, "description_localizations", at, limits.COMMAND_DESCRIPTION)


def _check_localised(form: Form, body: Json, key: str, at: Path, most: int) -> list[tuple[str, Any]]:
    found = body.get(key) or {}
    if not isinstance(found, dict):
        form.wrong((*at, key), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return []
    for locale, text in found.items():
        why = f"Value must be one of {sorted(limits.LOCALES)}."
        form.check(locale in limits.LOCALES, (*at, key, locale), "BASE_TYPE_CHOICES", why)
        form.text(text, (*at, key, locale), least=1, most=most)
    return list(found.items())


def _check_options(form: Form, options: Any, at: Path, *, depth: int) -> None:
    found = form.objects(options, at, most=limits.OPTIONS)
    kinds = [option.get("type") for option in found]
    nested = [kind in (SUBCOMMAND, GROUP) for kind in kinds]
    why = "Sub-command and sub-command group option types are mutually exclusive to all other types"
    form.check(all(nested) or not any(nested), at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", why)
    names = [option.get("name") for option in found]
    why = "Option names must be unique"
    form.check(len({*map(str, names)}) == len(names), at, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", why)
    required = [bool(option.get("required")) for option in found]
    why = "Required options must be placed before non-required options"
    form.check(required == sorted(required, reverse=True), at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", why)
    for index, (kind, option) in enumerate(zip(kinds, found, strict=True)):
        here = (*at, index)
        _check_name(form, option, here)
        _check_description(form, option, here)
        allowed = range(SUBCOMMAND, ATTACHMENT + 1) if depth == 0 else range(SUBCOMMAND if depth == 1 else STRING, 12)
        form.check(
            kind in allowed and (kind != GROUP or depth == 0), (*here, "type"), "BASE_TYPE_CHOICES", "Not allowed here."
        )
        if kind in (SUBCOMMAND, GROUP):
            inner = option.get("options") or []
            _check_options(form, inner, (*here, "options"), depth=1 if kind == GROUP else 2)
            why = "A group holds sub-commands."
            subcommands = bool(inner) and all(one.get("type") == SUBCOMMAND for one in inner)
            form.check(
                kind == SUBCOMMAND or subcommands, (*here, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", why
            )
        else:
            _check_value(form, option, here)


def _check_value(form: Form, option: Json, at: Path) -> None:
    kind, choices = option.get("type"), option.get("choices")
    why = "Only text and numbers have choices or autocomplete."
    plain = kind in _VALUED or not (choices or option.get("autocomplete"))
    form.check(plain, at, "APPLICATION_COMMAND_OPTION_CHOICES_INVALID", why)
    why = "Autocomplete cannot be set with choices"
    form.check(
        not (choices and option.get("autocomplete")),
        (*at, "autocomplete"),
        "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE",
        why,
    )
    for index, choice in enumerate(form.objects(choices or [], (*at, "choices"), most=limits.CHOICES)):
        check_choice(form, choice, (*at, "choices", index), kind=kind)
    names = [choice.get("name") for choice in choices or () if isinstance(choice, dict)]
    form.check(
        len({*names}) == len(names), (*at, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", "Name exists."
    )
    for key, least in (("min_length", 0), ("max_length", 1)):
        if option.get(key) is not None:
            form.check(kind == STRING, (*at, key), "APPLICATION_COMMAND_OPTION_NOT_ALLOWED", "Only text has a length.")
            form.whole(option[key], (*at, key), least=least, most=limits.OPTION_TEXT)


def check_choice(form: Form, choice: Json, at: Path, *, kind: Any) -> None:
    """Note what is wrong with a choice for an option of type *kind*, in a registration or in autocomplete."""
    form.text(choice.get("name"), (*at, "name"), least=1, most=limits.CHOICE_NAME)
    _check_localised(form, choice, "name_localizations", at, limits.CHOICE_NAME)
    value = choice.get("value")
    if kind == STRING:
        form.text(value, (*at, "value"), least=1, most=limits.CHOICE_VALUE)
    elif kind == INTEGER:
        form.whole(value, (*at, "value"), least=-limits.WHOLE_NUMBER, most=limits.WHOLE_NUMBER)
    else:
        good = isinstance(value, int | float) and not isinstance(value, bool)
        form.check(good, (*at, "value"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')


def _size(named: Json) -> int:
    """Characters of name, description and values, everything inside included, each in its longest locale."""
    total = len(str(named.get("value", "")))
    for key in ("name", "description"):
        localised = named.get(f"{key}_localizations") or {}
        total += max(len(text) for text in [named.get(key) or "", *localised.values()] if isinstance(text, str))
    inner = [*(named.get("options") or ()), *(named.get("choices") or ())]
    return total + sum(_size(one) for one in inner if isinstance(one, dict))
