"""Tests: each folder mirrors a package; `builders` makes values with quiet defaults."""
