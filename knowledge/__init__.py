"""A small library about facts: curated YAML in, cited answers out. Knows nothing of Discord, nor of any subject.

`library.Library` is the front door; `model` holds the values that it gives.
"""
