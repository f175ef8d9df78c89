"""Fixtures of the simulator's own tests."""

from .fixtures import simulator

__all__ = ["simulator"]
