"""Tests of `bot`: pure parts by value, the rest by a served bot against the simulator."""
