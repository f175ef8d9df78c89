"""What admins read about the base: the difference after a reload, the problems of a refused one, the status. Pure.

Each function gives a message of at most *room* characters, in markdown with everything from outside escaped, and
where that is not all, the whole as a text file: (name, content).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import wording
from bot.inert import clean, escape
from knowledge.errors import Problem

if TYPE_CHECKING:
    from knowledge.library import Difference, Library

Report = tuple[str, tuple[str, str] | None]


def refused(problems: Sequence[Problem], *, room: int) -> Report:
    """A reload that changed nothing, and why."""
    found = wording.count(len(problems), "problem")
    head = f"**Nothing changed: {found} found.** The base from before goes on answering."
    return _problems(head, problems, room=room)


def reloaded(difference: Difference, *, room: int) -> Report:
    """A reload that went well, or would have."""
    if difference.before == difference.after:
        head = f"**Nothing to do:** the files are those of base {difference.after[:8]}."
    elif difference.dry_run:
        head = f"**All is well.** A reload would go from base {difference.before[:8]} to {difference.after[:8]}:"
    else:
        head = f"**Reloaded** in {difference.seconds:.1f} s: base {difference.before[:8]} → {difference.after[:8]}."
    changes = [
        *(f"added {fact}" for fact in difference.added),
        *(f"changed {fact}" for fact in difference.changed),
        *(f"withdrawn {fact}" for fact in difference.withdrawn),
        *(f"new conflict {series}" for series in difference.conflicts),
    ]
    if difference.before != difference.after:
        head += f" {_counted(difference)}."
    return _listed(head, [escape(change) for change in changes], changes, room=room, file="changes.txt")


def status(library: Library, *, room: int) -> Report:
    """Which base answers, and whether the files on disk are in order."""
    counts = library.counts
    head = (
        f"**Base {library.revision[:8]}**, loaded {library.loaded_at:%d %B %Y %H:%M} UTC\n"
        f"{escape(wording.covers(library.coverage))}\n"
        f"{wording.count(counts.facts, 'fact')}, {wording.count(counts.topics, 'topic')} "
        f"({counts.empty_topics} of them known and empty), {wording.count(counts.sources, 'source')}, "
        f"{wording.count(counts.open_questions, 'open question')}"
    )
    if not library.problems:
        return head, None
    head += f"\n**The files could not be loaded: {wording.count(len(library.problems), 'problem')}.**"
    return _problems(head, library.problems, room=room)


def _counted(difference: Difference) -> str:
    parts = [
        f"{len(difference.added)} added",
        f"{len(difference.changed)} changed",
        f"{len(difference.withdrawn)} withdrawn",
    ]
    if difference.conflicts:
        parts.append(wording.count(len(difference.conflicts), "new conflict"))
    return ", ".join(parts)


def _problems(head: str, problems: Sequence[Problem], *, room: int) -> Report:
    """The place stands in code, where Discord changes nothing: `:100:` would turn into a picture elsewhere."""
    shown: list[str] = []
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        shown.append(f"`{clean(place).replace('`', '')}` {escape(problem.message)}")
    return _listed(head, shown, [str(problem) for problem in problems], room=room, file="problems.txt")


def _listed(head: str, lines: Sequence[str], plain: Sequence[str], *, room: int, file: str) -> Report:
    """*head* and as many whole *lines* as there is room for, then how many more there are; the file has *plain*."""
    shown = [head]
    left = room - len(head) - len("\n… and 1,000,000 more in the file.")
    for number, line in enumerate(lines):
        text = f"• {line}"
        left -= len(text) + 1
        if left < 0:
            shown.append(f"… and {len(lines) - number:,} more in the file.")
            return "\n".join(shown), (file, "\n".join(clean(one) for one in plain) + "\n")
        shown.append(text)
    return "\n".join(shown), None
