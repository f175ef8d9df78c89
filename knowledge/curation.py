"""YAML text -> a checked `Base`, or every problem at once with file and line.

One file by itself is checked by `forms`; this module checks what must hold between them. It touches no disk.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from knowledge import forms, model, strictyaml, text
from knowledge.errors import BadBaseError, Problem
from knowledge.files import revision_of

FIXED_FILES = {
    "base.yaml": "base",
    "topics.yaml": "topics",
    "vocabulary.yaml": "vocabulary",
    "questions.yaml": "questions",
}
"""The files every base has, and the name of each one's form."""
SOURCES = "sources/"
_SOURCE_FILE = re.compile(r"sources/[a-z0-9]+(?:-[a-z0-9]+)*\.yaml")

_MOST_PARAGRAPHS = 9999
_LITERAL = "literal["
_KEY = "[key]"
_KIND_OF_VALUE = {
    "missing": "is missing. Add it.",
    "extra_forbidden": "is not a field here.",
    "string_type": "must be text.",
    "list_type": "must be a list.",
    "dict_type": "must be a mapping (key: value).",
    "model_type": "must be a mapping (key: value).",
    "model_attributes_type": "must be a mapping (key: value).",
}


def curate(files: Mapping[str, bytes]) -> model.Base:
    """Read a whole base.

    files: path relative to the base's directory (`topics.yaml`, `sources/<id>.yaml`) -> content.
    Raises: BadBaseError: with every problem of every file.
    """
    return _Curator(files).base()


class _Located(NamedTuple):
    """A form with the place it was read from."""

    path: str
    at: strictyaml.Path
    form: Any


class _Curator:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._texts: dict[str, str] = {}
        self._faults: list[tuple[str, strictyaml.Path, str]] = []
        self._problems: list[Problem] = []
        self._places: dict[tuple[str, str], list[int]] = {}

    def base(self) -> model.Base:
        forms_by_path = self._read_all()
        base = None if self._problems or self._faults else self._assemble(forms_by_path)
        if base is None:
            self._check_what_was_read(forms_by_path)
        self._locate()
        if self._problems or base is None:
            raise BadBaseError(self._problems)
        return base

    # -- one file at a time

    def _read_all(self) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for path in FIXED_FILES:
            if path not in self._files:
                self._problems.append(Problem(path, 0, "The file is missing. Every base has one."))
        for path in sorted(self._files):
            name = FIXED_FILES.get(path) or ("source" if _SOURCE_FILE.fullmatch(path) else None)
            if name is None and path.startswith(SOURCES):
                self._problems.append(
                    Problem(
                        path, 0, "A source's file is named <id>.yaml, the id of a–z, 0–9 and single hyphens. Rename it."
                    )
                )
                continue
            if name is None:
                self._problems.append(
                    Problem(path, 0, f"No such file belongs to a base. {self._nearest(path, FIXED_FILES)}")
                )
                continue
            form = self._read(path, forms.FORMS[name])
            if form is not None:
                read[path] = form
        if not any(path.startswith(SOURCES) for path in self._files):
            self._problems.append(
                Problem(SOURCES, 0, "There is no source. Add sources/<id>.yaml with a header and its facts.")
            )
        return read

    def _read(self, path: str, form: type[Any]) -> Any:
        try:
            content = strictyaml.decode(self._files[path])
            self._texts[path] = content
            tree = strictyaml.read(content)
        except strictyaml.YamlFaultsError as error:
            self._problems += [Problem(path, fault.line, fault.message) for fault in error.faults]
            return None
        try:
            return form.model_validate(tree)
        except ValidationError as error:
            for detail in _of_what_was_written(error.errors(include_url=False)):
                at = tuple(step for step in detail["loc"] if not _is_branch(step))
                self._fault(path, at, self._in_words(path, at, detail, tree, form))
            return self._sound_part(path, form, tree, error) if form is forms.SourceFile else None

    def _sound_part(self, path: str, form: type[Any], tree: Any, error: ValidationError) -> Any:
        """A source's file without the facts and open questions that have a fault in their form; None when more is
        wrong. What remains stands at other places than in the file; `_places` has those of the file."""
        faulty: dict[str, set[int]] = {"facts": set(), "open": set()}
        sound = dict(cast("dict[str, Any]", tree)) if isinstance(tree, dict) else {}
        for detail in error.errors(include_url=False):
            match detail["loc"]:
                case ("facts" | "open" as field, int(number), *_):
                    faulty[field].add(number)
                case ("source", *_):
                    count = _counted_paragraphs(tree)
                    sound["source"] = forms.SourceHeader.model_construct(paragraphs=count, uncited={})
                case (str(field),) if detail["type"] == "extra_forbidden":
                    sound.pop(field, None)
                case _:
                    return None
        for field, numbers in faulty.items():
            entries = sound.get(field, [])
            self._places[path, field] = [n for n in range(len(entries)) if n not in numbers]
            sound[field] = [entries[n] for n in self._places[path, field]]
        return form.model_validate(sound) if sound["facts"] else None

    def _located(self, path: str, field: str, entries: Sequence[Any]) -> list[_Located]:
        places = self._places.get((path, field), range(len(entries)))
        return [_Located(path, (field, n), entry) for n, entry in zip(places, entries, strict=True)]

    def _in_words(self, path: str, at: strictyaml.Path, detail: Any, tree: Any, form: type[Any]) -> str:
        field = _field(at)
        owner = _entry_id(tree, at)
        where = f"{owner}: " if owner else ""
        kind = detail["type"]
        if kind == "extra_forbidden":
            known = _fields_at(form, at)
            return f"{where}{field} is not a field here. {self._nearest(str(at[-1]), known) or 'Remove it.'}"
        if kind in _KIND_OF_VALUE:
            return f"{where}{field} {_KIND_OF_VALUE[kind]}"
        seen, context = detail["input"], detail.get("ctx", {})
        shown = f" (seen: '{_shorten(seen)}')" if isinstance(seen, str) else ""
        if kind == "literal_error":
            return f"{where}{field} must be {detail.get('otherwise', 'one of ')}{context['expected']}{shown}."
        if kind == "string_pattern_mismatch":
            return f"{where}{field} has the wrong form{shown}; it must match {context['pattern']}."
        if kind in ("string_too_long", "too_long"):
            return (
                f"{where}{field} has {len(seen)} characters; at most {context['max_length']} are allowed. Shorten it."
            )
        if kind == "too_short":
            return f"{where}{field} is empty. Give at least {context['min_length']}."
        if kind in ("greater_than_equal", "less_than_equal"):
            bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
            return f"{where}{field} must be {bound}{shown}."
        message = detail["msg"].removeprefix("Value error, ")
        if not at or not isinstance(at[-1], str) or (kind == "value_error" and isinstance(seen, dict)):
            return f"{where}{message}."
        told = isinstance(seen, str) and seen in message
        return f"{where}{field}: {message}{'' if told else shown}."

    # -- between files

    def _check_what_was_read(self, read: Mapping[str, Any]) -> None:
        """Some file could not be read: still tell what is wrong in the others, as far as it does not hang on it."""
        if all(path in read for path in ("topics.yaml", "vocabulary.yaml")):
            self._cross_check(read, whole=False)

    def _assemble(self, read: Mapping[str, Any]) -> model.Base | None:
        self._cross_check(read, whole=True)
        if self._faults or self._problems:
            return None
        sources = {path: form for path, form in read.items() if path.startswith(SOURCES)}
        topics = tuple(_topic(form) for form in read["topics.yaml"].topics)
        names = {topic.id: topic.name for topic in topics}
        headers = {_source_id(path): form.source for path, form in sources.items()}
        base = read["base.yaml"]
        return model.Base(
            revision=revision_of(self._files),
            coverage=model.Coverage(
                base.label, base.coverage.start, base.coverage.end, base.coverage.scope, base.as_of, base.language
            ),
            sources=tuple(_source(source_id, header) for source_id, header in headers.items()),
            topics=topics,
            vocabulary=_vocabulary(read["vocabulary.yaml"]),
            facts=tuple(
                _fact(_source_id(path), headers[_source_id(path)].publisher, form, names)
                for path, file in sources.items()
                for form in file.facts
            ),
            open_questions=tuple(
                model.OpenQuestion(
                    f"{_source_id(path)}/open-{number}", form.question, tuple(form.topics), tuple(form.asks)
                )
                for path, file in sources.items()
                for number, form in enumerate(file.open, start=1)
            ),
            acceptance=tuple(
                model.AcceptanceQuestion(form.query, () if form.leads == "nothing" else tuple(form.leads))
                for form in read["questions.yaml"].questions
            ),
        )

    def _cross_check(self, read: Mapping[str, Any], *, whole: bool) -> None:
        topics = [_Located("topics.yaml", ("topics", n), form) for n, form in enumerate(read["topics.yaml"].topics)]
        vocabulary = read["vocabulary.yaml"]
        sources = {_source_id(path): form for path, form in read.items() if path.startswith(SOURCES)}
        self._check_ids(topics, "topic")
        for field, what in (("aspects", "aspect"), ("series", "series"), ("answer_kinds", "answer kind")):
            self._check_ids(
                [_Located("vocabulary.yaml", (field, n), form) for n, form in enumerate(getattr(vocabulary, field))],
                what,
            )
        self._check_topics(topics)
        known = _Known(
            topics={item.form.id for item in topics},
            empty={item.form.id for item in topics if item.form.held == "none"},
            aspects={form.id for form in vocabulary.aspects},
            series={form.id for form in vocabulary.series},
            paragraphs={source_id: form.source.paragraphs for source_id, form in sources.items()},
            whole=whole,
        )
        preferred: dict[str, list[_Located]] = defaultdict(list)
        statements: dict[str, str] = {}
        for source_id, file in sources.items():
            path = f"{SOURCES}{source_id}.yaml"
            facts = self._located(path, "facts", file.facts)
            self._check_ids(facts, "fact")
            for item in facts:
                self._check_fact(item, source_id, known)
                if item.form.series and item.form.rank == "preferred":
                    preferred[item.form.series].append(item)
                fact_id = f"{source_id}/{item.form.id}"
                twin = statements.setdefault(text.fold(item.form.statement), fact_id)
                if twin != fact_id:
                    self._at(
                        item,
                        "statement",
                        f"says the same as \"{twin}\". Keep one and list the other source under its 'also'.",
                    )
            for item in self._located(path, "open", file.open):
                self._check_topic_list(item, item.form.topics, known, "the open question")
            for paragraph in file.source.uncited:
                if paragraph > file.source.paragraphs:
                    self._fault(
                        path,
                        ("source", "uncited", str(paragraph)),
                        f"paragraph {paragraph} does not exist: the source has {file.source.paragraphs}.",
                    )
        for series, items in preferred.items():
            first = f"{_source_id(items[0].path)}/{items[0].form.id}"
            for item in items[1:]:
                self._at(
                    item,
                    "rank",
                    f"is another preferred fact of the series '{series}', besides \"{first}\". Prefer one.",
                )
        if whole:
            ids = {f"{source_id}/{form.id}" for source_id, file in sources.items() for form in file.facts}
            for number, form in enumerate(read["questions.yaml"].questions):
                for place, fact_id in enumerate(() if form.leads == "nothing" else form.leads):
                    if fact_id not in ids:
                        self._fault(
                            "questions.yaml",
                            ("questions", number, "leads", place),
                            f'there is no fact "{fact_id}". {self._nearest(fact_id, ids)}',
                        )

    def _check_ids(self, items: list[_Located], what: str) -> None:
        seen: dict[str, _Located] = {}
        for item in items:
            if item.form.id in seen:
                self._fault(
                    item.path,
                    (*item.at, "id"),
                    f'{what} "{item.form.id}": the id stands in this file twice. Rename one.',
                )
            seen.setdefault(item.form.id, item)

    def _check_topics(self, items: list[_Located]) -> None:
        by_id = {item.form.id: item for item in items}
        for item in items:
            form = item.form
            if form.parent is not None and form.parent not in by_id:
                self._topic_fault(
                    item, "parent", f"has the unknown parent '{form.parent}'. {self._nearest(form.parent, by_id)}"
                )
            for other in form.not_:
                if other not in by_id:
                    self._topic_fault(
                        item, "not", f"names the unknown topic '{other}' under 'not'. {self._nearest(other, by_id)}"
                    )
                elif other == form.id:
                    self._topic_fault(item, "not", "names itself under 'not'. Remove it.")
            seen = {form.id}
            parent = form.parent
            while parent in by_id:
                if parent in seen:
                    self._topic_fault(item, "parent", f"is its own ancestor through '{form.parent}'. Break the circle.")
                    break
                seen.add(parent)
                parent = by_id[parent].form.parent
        self._check_aliases(items)

    def _check_aliases(self, items: list[_Located]) -> None:
        owners: dict[str, _Located] = {}
        for item in items:
            form = item.form
            spellings: list[tuple[strictyaml.Path, str]] = [(("name",), form.name)]
            spellings += [(("names", lang), name) for lang, name in form.names.items()]
            spellings += [(("aliases", n, "text"), alias.text) for n, alias in enumerate(form.aliases)]
            for at, spelling in spellings:
                owner = owners.setdefault(text.fold(spelling), item)
                if owner is item or form.id in owner.form.not_ or owner.form.id in form.not_:
                    continue
                message = (
                    f"'{spelling}' also leads to \"{owner.form.id}\". "
                    "Remove it from one, or list the other under 'not' where both are meant."
                )
                self._fault(item.path, (*item.at, *at), f'topic "{form.id}": {message}')

    def _check_fact(self, item: _Located, source_id: str, known: _Known) -> None:
        form = item.form
        self._check_topic_list(item, form.topics, known, f'fact "{form.id}"')
        for place, aspect in enumerate(form.aspects):
            if aspect not in known.aspects:
                self._at(
                    item,
                    ("aspects", place),
                    f"has the unknown aspect '{aspect}'. {self._nearest(aspect, known.aspects)}",
                )
        if form.series and form.series not in known.series:
            self._at(
                item, "series", f"has the unknown series '{form.series}'. {self._nearest(form.series, known.series)}"
            )
        if form.said_by != "narration" and form.said_by.topic and form.said_by.topic not in known.topics:
            self._at(
                item,
                ("said_by", "topic"),
                f"is said by the unknown topic '{form.said_by.topic}'. "
                + self._nearest(form.said_by.topic, known.topics),
            )
        self._check_paragraphs(item, ("cites",), source_id, form.cites, known)
        for other, paragraphs in form.also.items():
            if other == source_id:
                self._at(item, ("also", other), "lists its own source under 'also'. Put the paragraphs under 'cites'.")
            elif other in known.paragraphs:
                self._check_paragraphs(item, ("also", other), other, paragraphs, known)
            elif known.whole:
                self._at(
                    item,
                    ("also", other),
                    f"lists the unknown source '{other}'. {self._nearest(other, known.paragraphs)}",
                )

    def _check_topic_list(self, item: _Located, topics: Iterable[str], known: _Known, owner: str) -> None:
        for place, topic in enumerate(topics):
            at = (*item.at, "topics", place)
            if topic not in known.topics:
                self._fault(
                    item.path, at, f"{owner}: has the unknown topic '{topic}'. {self._nearest(topic, known.topics)}"
                )
            elif topic in known.empty:
                self._fault(
                    item.path,
                    at,
                    f"{owner}: has the topic '{topic}', which is marked 'held: none'. Remove that mark, or the topic.",
                )

    def _check_paragraphs(
        self, item: _Located, at: strictyaml.Path, source_id: str, cited: Iterable[int], known: _Known
    ) -> None:
        count = known.paragraphs[source_id]
        for place, paragraph in enumerate(cited):
            if paragraph > count:
                self._at(
                    item, (*at, place), f"cites paragraph {paragraph}, but {source_id} has {count}. Correct the number."
                )

    # -- collecting

    def _fault(self, path: str, at: strictyaml.Path, message: str) -> None:
        self._faults.append((path, at, message))

    def _at(self, item: _Located, at: str | strictyaml.Path, message: str) -> None:
        steps = (at,) if isinstance(at, str) else at
        self._fault(item.path, (*item.at, *steps), f'fact "{item.form.id}": {message}')

    def _topic_fault(self, item: _Located, field: str, message: str) -> None:
        self._fault(item.path, (*item.at, field), f'topic "{item.form.id}": {message}')

    def _locate(self) -> None:
        nodes = {path: strictyaml.Lines(self._texts[path]) for path in {path for path, _, _ in self._faults}}
        self._problems += [Problem(path, nodes[path].of(at), message.strip()) for path, at, message in self._faults]

    @staticmethod
    def _nearest(seen: str, known: Iterable[str]) -> str:
        close = get_close_matches(seen, sorted(known), n=1, cutoff=0.6)
        return f"Did you mean '{close[0]}'?" if close else ""


class _Known(NamedTuple):
    topics: set[str]
    empty: set[str]
    aspects: set[str]
    series: set[str]
    paragraphs: dict[str, int]
    whole: bool


def _source_id(path: str) -> str:
    return path.removeprefix(SOURCES).removesuffix(".yaml")


def _counted_paragraphs(tree: Any) -> int:
    """How many paragraphs a header with a fault says that the source has; so many that none is missed if it does not
    say so."""
    try:
        return int(tree["source"]["paragraphs"])
    except (KeyError, TypeError, ValueError):
        return _MOST_PARAGRAPHS


def _is_branch(step: str | int) -> bool:
    """Whether pydantic put *step* in the path to name a branch of a union, not a key of the file."""
    return isinstance(step, str) and (step.startswith((_LITERAL, "list[", "function-")) or step in ("Speaker", _KEY))


def _of_what_was_written(details: Iterable[Any]) -> Iterator[Any]:
    """*details* without those of a union's other branch: text is held against the words allowed there (`otherwise`
    tells what may stand instead of them), a list or a mapping against its form."""
    otherwise: dict[Any, str] = {}
    for detail in details:
        *field, branch = detail["loc"] or (0,)
        if branch == _KEY or not _is_branch(branch):
            yield detail
            continue
        is_text, is_words = isinstance(detail["input"], str), str(branch).startswith(_LITERAL)
        if is_text and not is_words:
            otherwise[tuple(field)] = _KIND_OF_VALUE.get(detail["type"], "").removeprefix("must be ").rstrip(".")
        elif is_text == is_words:
            other = otherwise.get(tuple(field))
            yield {**detail, "otherwise": f"{other} or "} if other else detail


def _field(at: strictyaml.Path) -> str:
    if at and isinstance(at[-1], str):
        return f"'{at[-1]}'"
    return f"an entry of '{at[-2]}'" if len(at) > 2 else "this entry"


def _entry_id(tree: Any, at: strictyaml.Path) -> str:
    """`fact "death-toll"` for a path into the third fact, as far as the file says its id."""
    kinds = {
        "facts": "fact",
        "topics": "topic",
        "aspects": "aspect",
        "series": "series",
        "questions": "question",
        "open": "open question",
    }
    if len(at) < 2 or at[0] not in kinds or not isinstance(at[1], int):
        return ""
    try:
        entry = tree[at[0]][at[1]]
        name = entry.get("id") or entry.get("query") or entry.get("question")
    except (AttributeError, KeyError, IndexError, TypeError):
        name = None
    return (
        f'{kinds[str(at[0])]} "{_shorten(name)}"'
        if isinstance(name, str)
        else f"{kinds[str(at[0])]} number {at[1] + 1}"
    )


def _fields_at(form: Any, at: strictyaml.Path) -> list[str]:
    """The fields that the form allows at the level of *at*'s last step, found in its JSON Schema."""
    schema: dict[str, Any] = form.model_json_schema()

    def options(node: dict[str, Any]) -> list[dict[str, Any]]:
        branches: list[dict[str, Any]] = [node, *node.get("anyOf", [])]
        return [schema["$defs"][b["$ref"].rsplit("/", 1)[1]] if "$ref" in b else b for b in branches]

    node = schema
    for step in at[:-1]:
        below: list[dict[str, Any]] = [
            option["items"] if isinstance(step, int) else option["properties"][step]
            for option in options(node)
            if (isinstance(step, int) and "items" in option) or step in option.get("properties", {})
        ]
        node = below[0] if below else {}
    return [name for option in options(node) for name in option.get("properties", {})]


def _shorten(value: str) -> str:
    value = "".join(char if char.isprintable() else " " for char in value)
    return value if len(value) <= 60 else value[:59] + "…"


def _source(source_id: str, form: Any) -> model.Source:
    fields = form.model_dump()
    fields["byline"] = tuple(fields["byline"])
    fields["uncited"] = tuple(sorted(fields["uncited"].items()))
    return model.Source(id=source_id, **fields)


def _topic(form: Any) -> model.Topic:
    return model.Topic(
        id=form.id,
        type=form.type,
        name=form.name,
        names=tuple(form.names.items()),
        aliases=tuple(model.Alias(alias.text, alias.lang, alias.kind) for alias in form.aliases),
        summary=form.summary,
        parent=form.parent,
        distinct=tuple(form.not_),
        held=form.held == "facts",
    )


def _vocabulary(form: Any) -> model.Vocabulary:
    return model.Vocabulary(
        aspects=tuple(model.Aspect(item.id, item.name, tuple(item.words)) for item in form.aspects),
        series=tuple(model.Series(item.id, item.name, item.kind) for item in form.series),
        answer_kinds=tuple(model.AnswerKind(item.id, tuple(item.phrases)) for item in form.answer_kinds),
        synonyms=tuple(tuple(group) for group in form.synonyms),
        function_words=tuple(form.function_words),
    )


def _fact(source_id: str, publisher: str, form: Any, topic_names: Mapping[str, str]) -> model.Fact:
    value = model.Value(**form.value.model_dump()) if form.value else None
    cited = [(source_id, form.cites), *form.also.items()]
    return model.Fact(
        id=f"{source_id}/{form.id}",
        statement=form.statement,
        topics=tuple(form.topics),
        kind=form.kind,
        said_by=_attribution(form.said_by, publisher, topic_names),
        mode=form.mode,
        citations=tuple(model.Citation(source, tuple(sorted(paragraphs))) for source, paragraphs in cited),
        priority=form.priority,
        aspects=tuple(form.aspects),
        when=form.when,
        when_basis=form.when_basis,
        value=value,
        standing=form.standing,
        series=form.series,
        rank=form.rank,
        rank_reason=form.rank_reason,
        asks=tuple(form.asks),
        corrects=tuple(form.corrects),
        note=form.note,
    )


def _attribution(speaker: Any, publisher: str, topic_names: Mapping[str, str]) -> model.Attribution:
    if speaker == model.NARRATION:
        return model.Attribution(text=model.NARRATION, display=publisher)
    name = topic_names[speaker.topic] if speaker.topic else speaker.text
    display = f"{name}, {speaker.role}" if speaker.role else name
    return model.Attribution(speaker.topic, speaker.text, speaker.role, display)
