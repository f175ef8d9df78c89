"""Everything that knows Discord, and the cards that the terminal shares with it.

`inert`, `wording`, `citing`, `cards` and `plain` are pure and need no discord.py; importing this package does nothing.
"""
