"""Fixtures of the simulator's own tests, and the one import of discord.py that may warn."""

import importlib
import warnings

from .fixtures import simulator

__all__ = ["simulator"]

with warnings.catch_warnings():
    # WORKAROUND: discord.py 2.7 imports audioop, which warns on Python 3.11 and 3.12; warnings are errors here.
    warnings.simplefilter("ignore", DeprecationWarning)
    importlib.import_module("discord")
