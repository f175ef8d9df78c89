"""The base's directory on disk: read whole, never written, except for the editors' schemas."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from knowledge.errors import BadBaseError, Problem

SHIPPED = Path(__file__).parent / "base"
"""The base that comes with the project."""


def read_base(directory: Path) -> dict[str, bytes]:
    """Every YAML file of a base: path relative to *directory*, with forward slashes -> content.

    Raises: BadBaseError: there is no such directory, or a file in it cannot be read.
    """
    if not directory.is_dir():
        raise BadBaseError(
            [Problem(str(directory), 0, "There is no such directory. Set base.directory to where base.yaml stands.")]
        )
    paths = sorted([*directory.glob("*.y*ml"), *(directory / "sources").glob("*.y*ml")])
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        relative = path.relative_to(directory).as_posix()
        try:
            files[relative] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(relative, 0, f"The file cannot be read: {error.strerror}."))
    if problems:
        raise BadBaseError(problems)
    return files


def revision_of(files: Mapping[str, bytes]) -> str:
    """The digest of a base's content: twelve hexadecimal digits, the same for the same files in any order."""
    digest = blake2b(digest_size=6)
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()


def write_schemas(directory: Path) -> list[Path]:
    """Write the JSON Schema of every kind of file into *directory*/schema, where the YAML files' first lines look
    for it; returns the paths written."""
    from knowledge import forms

    target = directory / "schema"
    target.mkdir(exist_ok=True)
    written: list[Path] = []
    for name in forms.FORMS:
        path = target / f"{name}.json"
        path.write_text(forms.json_schema(name), encoding="utf-8")
        written.append(path)
    return written
