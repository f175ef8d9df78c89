"""`python -m tests.bench lookup`: how fast and how right a question is answered, beside what one could use instead."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from tests.bench import lookup, report
from tests.bench.lookup import LARGE, SIZES, Plan, Row
from tests.bench.systems.registry import SYSTEMS


def main(arguments: Sequence[str]) -> int:
    """Measure what the command line asks for and print it; progress goes to standard error.

    Returns: 1 when a system failed, otherwise 0. A system whose package is missing is absent and did not fail.
    """
    options = _parser().parse_args(arguments)
    plan = Plan(
        sizes=[*options.sizes, *([LARGE] if options.large and LARGE not in options.sizes else [])],
        systems=options.systems,
        rounds=options.rounds,
        budget_s=options.budget,
    )
    rows: list[Row] = []
    failed = False
    for measured in lookup.measure(plan, _tell):
        rows += measured.rows
        failed = failed or bool(measured.failures)
        if options.json:
            failures = [{"system": k, "size": measured.size, "failure": why} for k, why in measured.failures.items()]
            _say("\n".join(json.dumps(one) for one in [*map(asdict, measured.rows), *failures]))
        else:
            _say(report.table(measured) + "\n")
    if not options.json:
        absent = [key for key in plan.systems if not SYSTEMS[key].installed]
        _say("\n".join([*report.growth(rows), *report.notes(rows, absent)]))
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("lookup", help="the look-up on a synthetic corpus")
    command.add_argument("--sizes", type=_sizes, default=list(SIZES), help="numbers of facts, separated by commas")
    command.add_argument("--large", action="store_true", help=f"{LARGE:,} facts too; takes long and gigabytes")
    command.add_argument("--systems", type=_systems, default=list(SYSTEMS), help=f"some of {','.join(SYSTEMS)}")
    command.add_argument("--rounds", type=int, default=3, help="times that every system is opened and asked")
    command.add_argument("--budget", type=float, default=20.0, help="seconds of asking a round for a slow system")
    command.add_argument("--json", action="store_true", help="one object a line for each system and size")
    return parser


def _sizes(typed: str) -> list[int]:
    return [int(size) for size in typed.split(",")]


def _systems(typed: str) -> list[str]:
    keys = typed.split(",")
    unknown = [key for key in keys if key not in SYSTEMS]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown {', '.join(unknown)}; known are {', '.join(SYSTEMS)}")
    return keys


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()
    else:
        sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
