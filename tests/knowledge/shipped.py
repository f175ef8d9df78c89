"""The shipped base, read once for all tests that look at what it holds."""

from __future__ import annotations

from functools import cache

from knowledge import curation, files
from knowledge.model import Base


@cache
def base() -> Base:
    """The shipped base; raises what the loader has against it."""
    return curation.curate(files.read_base(files.SHIPPED))
