"""tantivy, a search engine in Rust, over stemmed words: an OR of the words, fuzzy and prefix terms, or behind typo
repair of our kind. The last two leave function words out, as our engine does."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from knowledge.text import stem
from tests.bench.corpus import FUNCTION_WORDS
from tests.bench.systems.registry import WITHIN, Ask, Reply, words
from tests.bench.systems.repair import LONG, Repairer, deletion_table

tantivy: Any = import_module("tantivy")
"""By name, because the type checker need not find it: it comes with the `bench` extra only."""

_FUNCTION = frozenset(FUNCTION_WORDS)
_REPAIRS = "repairs.marshal"
_HEAP = 512 << 20
"""Bytes; enough for one segment, which is fastest to search."""

Terms = Callable[[str], Iterable[Any]]
"""A query as typed -> its tantivy queries, any of which should match."""


def build(sentences: Sequence[str], folder: Path, variant: str) -> None:
    """Write the index, and for the variant `repair` the table of deletions."""
    (folder / "index").mkdir()
    index = tantivy.Index(_schema(), path=str(folder / "index"))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for number, sentence in enumerate(sentences, start=1):
        stems = " ".join(stem(word) for word in words(sentence))
        writer.add_document(tantivy.Document(number=number, body=stems))
    writer.commit()
    writer.wait_merging_threads()
    if variant == "repair":
        known = sorted({word for sentence in sentences for word in words(sentence)} - _FUNCTION)
        (folder / _REPAIRS).write_bytes(marshal.dumps((known, deletion_table(known))))


@contextmanager
def opened(folder: Path, variant: str) -> Iterator[Ask]:
    """The index behind the query making of *variant*: `or`, `fuzzy` or `repair`."""
    schema = _schema()
    searcher = tantivy.Index.open(str(folder / "index")).searcher()
    if variant == "repair":
        known, table = marshal.loads((folder / _REPAIRS).read_bytes())
        stems = frozenset(map(stem, known))
        terms: Terms = partial(_repaired, schema, stems, Repairer(known, table))
    else:
        terms = partial({"or": _plain, "fuzzy": _fuzzy}[variant], schema)
    should = tantivy.Occur.Should

    def ask(query: str) -> Reply:
        combined = tantivy.Query.boolean_query([(should, term) for term in terms(query)])
        hits = searcher.search(combined, limit=WITHIN, count=False).hits
        return Reply([searcher.doc(place)["number"][0] for _, place in hits], hits[0][0] if hits else 0.0)

    yield ask


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", stored=True)
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _plain(schema: Any, query: str) -> Iterable[Any]:
    for word in words(query):
        yield tantivy.Query.term_query(schema, "body", stem(word), index_option="freq")


def _fuzzy(schema: Any, query: str) -> Iterable[Any]:
    for word in words(query):
        if word not in _FUNCTION:
            stemmed = stem(word)
            yield tantivy.Query.term_query(schema, "body", stemmed, index_option="freq")
            if len(stemmed) >= 4:
                distance = 2 if len(stemmed) >= LONG else 1
                yield tantivy.Query.fuzzy_term_query(schema, "body", stemmed, distance=distance)
                yield tantivy.Query.fuzzy_term_query(schema, "body", stemmed, distance=0, prefix=True)


def _repaired(schema: Any, known: frozenset[str], repairer: Repairer, query: str) -> Iterable[Any]:
    for word in words(query):
        if word in _FUNCTION:
            continue
        stemmed = stem(word)
        readings = [stemmed] if stemmed in known else dict.fromkeys(map(stem, repairer.readings(word)))
        for reading in readings:
            yield tantivy.Query.term_query(schema, "body", reading, index_option="freq")
