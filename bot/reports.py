"""What admins read: the difference after a reload, the problems of a refused one, the status, readers' reports. Pure.

Each function gives a message of at most *room* characters, in markdown with everything from outside escaped, and
where that is not all, the whole as a text file: (name, content).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import wording
from bot.inert import clean, cut, escape
from bot.texts import ENGLISH, Texts
from knowledge.errors import Problem

if TYPE_CHECKING:
    from knowledge.library import Difference, Library
    from knowledge.state import Report

Message = tuple[str, tuple[str, str] | None]

_LISTED_CHARACTERS = 300
"""Of a report in the list; the file has the whole."""


def refused(problems: Sequence[Problem], texts: Texts, *, room: int) -> Message:
    """A reload that changed nothing, and why."""
    head = texts("admin.refused", problems=texts.count("problem", len(problems)))
    return _problems(head, problems, texts, room=room)


def reloaded(difference: Difference, texts: Texts, *, room: int) -> Message:
    """A reload that went well, or would have."""
    before, after = difference.before[:8], difference.after[:8]
    if difference.before == difference.after:
        head = texts("admin.same", after=after)
    elif difference.dry_run:
        head = texts("admin.would", before=before, after=after)
    else:
        head = texts("admin.reloaded", seconds=f"{difference.seconds:.1f}", before=before, after=after)
    changes = [
        *(texts("admin.fact_added", fact=fact) for fact in difference.added),
        *(texts("admin.fact_changed", fact=fact) for fact in difference.changed),
        *(texts("admin.fact_withdrawn", fact=fact) for fact in difference.withdrawn),
        *(texts("admin.new_conflict", series=series) for series in difference.conflicts),
    ]
    if difference.before != difference.after:
        head += f" {_counted(difference, texts)}."
    return _listed(head, [escape(change) for change in changes], changes, texts, room=room, file="changes.txt")


def status(library: Library, texts: Texts, *, room: int) -> Message:
    """Which base answers, and whether the files on disk are in order."""
    counts, loaded = library.counts, library.loaded_at
    held = texts(
        "admin.counts",
        facts=texts.count("fact", counts.facts),
        topics=texts.count("topic", counts.topics),
        empty=texts.number(counts.empty_topics),
        sources=texts.count("source", counts.sources),
        questions=texts.count("open_question", counts.open_questions),
    )
    day = texts.day(loaded.date().isoformat())
    head = texts("admin.loaded", revision=library.revision[:8], day=day, time=f"{loaded:%H:%M}")
    head += f"\n{escape(wording.covers(library.coverage, texts))}\n{held}"
    if not library.problems:
        return head, None
    head += "\n" + texts("admin.not_loaded", problems=texts.count("problem", len(library.problems)))
    return _problems(head, library.problems, texts, room=room)


def waiting(reports: Sequence[Report], texts: Texts, *, room: int) -> Message:
    """The reports that nobody has dealt with."""
    if not reports:
        return texts("admin.no_reports"), None
    head = texts("admin.reports", reports=texts.count("report", len(reports)))
    shown = [_report(one, texts, escape(cut(clean(one.text), _LISTED_CHARACTERS))) for one in reports]
    plain = [_report(one, texts, one.text) for one in reports]
    return _listed(head, shown, plain, texts, room=room, file="reports.txt")


def posted(report: Report, texts: Texts = ENGLISH, *, room: int) -> str:
    """A report as it is shown in the curators' channel; in English, since nobody there has asked for it."""
    facts = escape(", ".join(report.facts)) or "—"
    head = texts("report.posted", number=report.number, facts=facts, revision=escape(report.revision[:8]))
    if report.contact:
        head += "\n" + texts("report.from", name=f"<@{report.contact}>")
    lines = [f"> {escape(line)}" for line in report.text.splitlines() if line.strip()]
    return cut(f"{head}\n" + "\n".join(lines), room)


def _report(report: Report, texts: Texts, text: str) -> str:
    line = texts(
        "admin.report",
        number=report.number,
        day=texts.day(report.day),
        facts=escape(", ".join(report.facts)) or "—",
        revision=report.revision[:8],
        text=text,
    )
    return line if report.contact is None else f"{line} ({texts('admin.report_from', name=f'<@{report.contact}>')})"


def _counted(difference: Difference, texts: Texts) -> str:
    parts = [
        texts("admin.added", count=len(difference.added)),
        texts("admin.changed", count=len(difference.changed)),
        texts("admin.withdrawn", count=len(difference.withdrawn)),
    ]
    if difference.conflicts:
        parts.append(texts.count("conflict", len(difference.conflicts)))
    return ", ".join(parts)


def _problems(head: str, problems: Sequence[Problem], texts: Texts, *, room: int) -> Message:
    """The place stands in code, where Discord changes nothing: `:100:` would turn into a picture elsewhere."""
    shown: list[str] = []
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        shown.append(f"`{clean(place).replace('`', '')}` {escape(problem.message)}")
    return _listed(head, shown, [str(problem) for problem in problems], texts, room=room, file="problems.txt")


def _listed(head: str, lines: Sequence[str], plain: Sequence[str], texts: Texts, *, room: int, file: str) -> Message:
    """*head* and as many whole *lines* as there is room for, then how many more there are; the file has *plain*."""
    shown = [head]
    left = room - len(head) - len(texts("admin.more_in_file", count="1,000,000")) - 1
    for number, line in enumerate(lines):
        text = f"• {line}"
        left -= len(text) + 1
        if left < 0:
            shown.append(texts("admin.more_in_file", count=texts.number(len(lines) - number)))
            return "\n".join(shown), (file, "\n".join(clean(one) for one in plain) + "\n")
        shown.append(text)
    return "\n".join(shown), None
