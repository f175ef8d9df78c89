"""Dateline's one entry: `serve`, `ask`, `check`, `eval`, `schema`; without a command, `serve` when DISCORD_TOKEN is
set and a local console when it is not. Loads the settings once and hands plain values down."""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import logging
import os
import signal
import sys
from collections.abc import AsyncGenerator, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from config.kinds import likely
from config.settings import BASE_DIRECTORY, Settings, SettingsError, load
from config.settings import SHIPPED as SHIPPED_SETTINGS
from knowledge import files
from knowledge.errors import BadBaseError, KnowledgeError

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Answer, Request


class ExitCode(IntEnum):
    """What the process says to its caller; named in the README."""

    DONE = 0
    CHECK_FAILED = 1
    WRONG_USAGE = 2
    TOKEN_REFUSED = 3
    OUT_OF_REACH = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Argparse itself ends the process with 2 on wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        settings = load(_settings_text(options.settings), os.environ, path=str(options.settings))
        return options.run(options, settings)
    except SettingsError as error:
        return _fail(ExitCode.WRONG_USAGE, *error.problems)
    except BadBaseError as error:
        return _fail(ExitCode.CHECK_FAILED, *map(str, error.problems), f"{error}. Nothing was changed.")
    except KnowledgeError as error:
        return _fail(ExitCode.CHECK_FAILED, str(error))
    except BrokenPipeError:  # the reader has seen enough: run.py ask … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OSError as error:
        return _fail(ExitCode.WRONG_USAGE, f"{error.filename or 'the system'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return ExitCode.DONE


# -- commands


def _default(options: argparse.Namespace, settings: Settings) -> int:
    if settings.discord_token:
        return _serve(options, settings)
    print(
        "No DISCORD_TOKEN is set, so this is the local console: type /brief sirte, /ask …, or an empty line to leave."
    )
    options.queries, options.json, options.explain, options.prompt = [], False, False, True
    return _ask(options, settings)


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    if not settings.discord_token:
        return _fail(
            ExitCode.WRONG_USAGE,
            "DISCORD_TOKEN is not set. Copy the token from the application's Bot page and set it in the environment.",
        )
    # Until `serve` listens for it, which takes a second of imports.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from bot import serving
    from config import logs

    logs.set_up(level=settings.log_level, file=settings.log_file, secret=settings.discord_token)
    return asyncio.run(serving.serve(settings, lambda: _open_library(options, settings)))


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    return asyncio.run(_answer_all(options, settings))


async def _answer_all(options: argparse.Namespace, settings: Settings) -> int:
    from bot import plain, terminal
    from bot.declined import DeclinedError
    from knowledge.building import request_from

    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # bytes that are no text are asked and printed as "?"
    async with _library(options, settings) as library:
        if library.problems:
            print(*library.problems, "Answering from the last good base.", sep="\n", file=sys.stderr)
        for number, typed in enumerate(_queries(options)):
            request = request_from(typed)
            if number and not options.json:
                print()
            try:
                told = await terminal.show(library, request, settings.shortcuts)
            except DeclinedError as error:
                refused = terminal.refused_for_machines(library, request, error)
                print(_line(refused, request) if options.json else error, flush=True)
                continue
            if options.json:
                print(_line(terminal.for_machines(told), request), flush=True)
                continue
            print(plain.render(told.card))
            if options.explain and told.is_question:
                print("", *_explained(told.answer), sep="\n")
            sys.stdout.flush()
    return ExitCode.DONE


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import checking

    report = checking.check(_base_directory(settings), settings.storage_directory, options.sources, _limits(settings))
    print(*report.summary, sep="\n")
    if report.problems:
        return _fail(ExitCode.CHECK_FAILED, *map(str, report.problems), _count(report.problems))
    print("The base is sound.")
    return ExitCode.DONE


def _eval(options: argparse.Namespace, settings: Settings) -> int:
    return asyncio.run(_evaluate(options, settings))


async def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge import evaluation
    from knowledge.model import Request

    try:
        questions = evaluation.parse(options.file.read_text(encoding="utf-8"))
    except ValueError as error:
        return _fail(ExitCode.WRONG_USAGE, f"{options.file}: {error}")
    async with _library(options, settings) as library:
        answers = [await library.answer(Request(question.command, question.query)) for question in questions]
        verdicts = [evaluation.judge(q, evaluation.reply_of(a)) for q, a in zip(questions, answers, strict=True)]
        print(*evaluation.described(verdicts, misses=not options.brief), sep="\n")
        if options.compare:
            from knowledge import baselines

            bodies = [
                (evaluation.shown(fact, library.sources), evaluation.searched(fact)) for fact in await library.facts()
            ]
            print(*baselines.compared(questions, bodies), sep="\n")
    return ExitCode.DONE


def _schema(options: argparse.Namespace, settings: Settings) -> int:
    print(*files.write_schemas(_base_directory(settings)), sep="\n")
    return ExitCode.DONE


# -- parts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py", description="Answers briefing questions from a curated, cited fact base."
    )
    parser.add_argument(
        "--settings", type=Path, default=SHIPPED_SETTINGS, help="settings file (default: config/bot.yaml)"
    )
    parser.set_defaults(run=_default)
    commands = parser.add_subparsers(title="commands")

    serve = commands.add_parser("serve", help="answer in Discord (needs DISCORD_TOKEN)")
    serve.set_defaults(run=_serve)

    ask = commands.add_parser("ask", help="answer in the terminal what one would type in Discord")
    ask.add_argument(
        "queries", nargs="*", help='"/brief sirte", "/ask how many …"; without any, one a line from standard input'
    )
    ask.add_argument("--json", action="store_true", help="one JSON object a line instead of cards")
    ask.add_argument("--explain", action="store_true", help="also print the evidence behind each fact")
    ask.set_defaults(run=_ask, prompt=False)

    check = commands.add_parser("check", help="check the YAML and the acceptance questions")
    check.add_argument("--sources", type=Path, metavar="DIR", help="also hold every fact against DIR/<source id>.txt")
    check.set_defaults(run=_check)

    evaluate = commands.add_parser("eval", help="score the answers to a file of questions")
    evaluate.add_argument("file", type=Path, help="one JSON object a line")
    evaluate.add_argument("--compare", action="store_true", help="score two plain search systems in the same run")
    evaluate.add_argument("--brief", action="store_true", help="leave out the list of misses")
    evaluate.set_defaults(run=_eval)

    schema = commands.add_parser("schema", help="write the JSON Schemas that editors check the YAML with")
    schema.set_defaults(run=_schema)
    return parser


def _settings_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            [f"{path}: cannot be read ({error}). Give an existing UTF-8 file to --settings."]
        ) from error


def _base_directory(settings: Settings) -> Path:
    return settings.base_directory or files.SHIPPED


def _limits(settings: Settings):
    from knowledge.briefing import Limits

    shortcuts = {name: shortcut.topic for name, shortcut in settings.shortcuts.items()}
    return Limits(page=settings.answers_page_size, ask=settings.answers_ask_facts, shortcuts=shortcuts)


async def _open_library(options: argparse.Namespace, settings: Settings) -> Library:
    """Raises: SettingsError: a shortcut leads to a topic that the base does not have."""
    from knowledge.library import Library

    library = await Library.open(
        base_directory=_base_directory(settings), storage_directory=settings.storage_directory, limits=_limits(settings)
    )
    wrong = _wrong_shortcuts(settings, [entry.topic.id for entry in library.topics()])
    if wrong and options.settings == SHIPPED_SETTINGS and BASE_DIRECTORY in os.environ:
        # Another base under the shipped settings: their shortcuts were not written for it, and lead nowhere in it.
        logging.getLogger(__name__).info(" ".join(wrong))
    elif wrong:
        await library.close()
        raise SettingsError(wrong)
    return library


def _wrong_shortcuts(settings: Settings, topics: Collection[str]) -> list[str]:
    return [
        f'shortcuts.{name}.topic is "{shortcut.topic}", but the id of a topic of the base is expected'
        f"{likely(shortcut.topic, topics)}."
        for name, shortcut in settings.shortcuts.items()
        if shortcut.topic not in topics
    ]


@asynccontextmanager
async def _library(options: argparse.Namespace, settings: Settings) -> AsyncGenerator[Library]:
    library = await _open_library(options, settings)
    try:
        yield library
    finally:
        await library.close()


def _queries(options: argparse.Namespace) -> Iterable[str]:
    """Several arguments are several queries when each has its command, and the words of one otherwise."""
    if not options.queries:
        return _typed(prompt="> " if options.prompt and sys.stdin.isatty() else "", stop_at_empty=options.prompt)
    if all(query.startswith("/") for query in options.queries):
        return options.queries
    return [" ".join(options.queries)]


def _typed(*, prompt: str, stop_at_empty: bool) -> Iterator[str]:
    while True:
        if prompt:
            print(prompt, end="", flush=True)
        line = sys.stdin.readline()
        if not line or (stop_at_empty and not line.strip()):
            return
        if line.strip():
            yield line.rstrip("\r\n")


def _line(found: Mapping[str, object], request: Request) -> str:
    return json.dumps({**found, "query": request.typed}, ensure_ascii=False)


def _explained(answer: Answer) -> Iterator[str]:
    yield f"confidence {answer.confidence:.2f}, {answer.outcome.value} ({answer.reason.value})"
    for match in answer.first_page:
        yield f"  {match.score:.2f} {match.fact.id}"
        yield from (
            f"       {e.weight * e.strength:+.2f} = {e.weight:+.2f} × {e.strength:.2f}  {e.name}"
            for e in match.evidence
            if e.strength
        )


def _count(problems: Sequence[object]) -> str:
    return f"{len(problems)} problem{'s' if len(problems) != 1 else ''}."


def _fail(code: ExitCode, *lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
