"""Settings and logging: what an operator decides. Imports neither `knowledge` nor `bot`."""
