-- One built fact base. Written once by `store.build`, then only read. Stamped with `user_version` (schema number).

-- One row: what the file was built from and what the base says about itself.
CREATE TABLE base (
  revision TEXT NOT NULL,       -- digest of the YAML
  built_at TEXT NOT NULL,       -- UTC, ISO 8601
  coverage TEXT NOT NULL,       -- JSON
  vocabulary TEXT NOT NULL,     -- JSON
  lists TEXT NOT NULL,          -- JSON: names and vocabulary folded, see wordlists
  acceptance TEXT NOT NULL      -- JSON
) STRICT;

-- One row: a published document.
CREATE TABLE source (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL            -- JSON
) STRICT, WITHOUT ROWID;

-- One row: something one can be briefed on.
CREATE TABLE topic (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL            -- JSON
) STRICT, WITHOUT ROWID;

-- One row: a folded spelling and a topic that it leads to.
CREATE TABLE alias (
  folded TEXT NOT NULL,
  topic TEXT NOT NULL REFERENCES topic (id),
  PRIMARY KEY (folded, topic)
) STRICT, WITHOUT ROWID;

-- One row: a curated sentence; `number` is also its row in `fact_index`.
CREATE TABLE fact (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,     -- short digest of the id, for buttons
  source TEXT NOT NULL REFERENCES source (id),
  series TEXT,
  body TEXT NOT NULL,           -- JSON
  bag TEXT NOT NULL             -- JSON: what evidence is weighed on
) STRICT;
CREATE INDEX fact_by_source ON fact (source);
CREATE INDEX fact_by_series ON fact (series) WHERE series IS NOT NULL;

-- One row: a fact and a topic that it is about; `place` 0 is the main one; `distance` 0 is the topic itself, 1 its
-- parent and so on.
CREATE TABLE fact_topic (
  topic TEXT NOT NULL REFERENCES topic (id),
  fact INTEGER NOT NULL REFERENCES fact (number),
  place INTEGER NOT NULL,
  distance INTEGER NOT NULL,
  PRIMARY KEY (topic, fact)
) STRICT, WITHOUT ROWID;

-- One row: a paragraph that a fact rests on; `place` 0 is its own source.
CREATE TABLE citation (
  source TEXT NOT NULL REFERENCES source (id),
  paragraph INTEGER NOT NULL,
  fact INTEGER NOT NULL REFERENCES fact (number),
  place INTEGER NOT NULL,
  PRIMARY KEY (source, paragraph, fact)
) STRICT, WITHOUT ROWID;

-- One row: a question that the sources leave open; `number` is also its row in `open_index`.
CREATE TABLE open_question (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,           -- JSON
  bag TEXT NOT NULL             -- JSON
) STRICT;

-- One row: a key that facts are found under, and how many facts have it; 0 for one that only open questions have.
CREATE TABLE term (
  term TEXT PRIMARY KEY,
  facts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: a stem, and in how many of all wordings (ways of asking, open questions, statements) it occurs; the empty
-- stem counts them all.
CREATE TABLE spoken (
  stem TEXT PRIMARY KEY,
  wordings INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: a correctly spelt word of the facts, folded.
CREATE TABLE word (
  word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- One row: the keys of one fact, or of one open question, made by `naming`; holds no text of its own.
CREATE VIRTUAL TABLE fact_index USING fts5 (
  keys, content = '', columnsize = 0, detail = none, tokenize = "unicode61 remove_diacritics 0 tokenchars ':.-_'"
);
CREATE VIRTUAL TABLE open_index USING fts5 (
  keys, content = '', columnsize = 0, detail = none, tokenize = "unicode61 remove_diacritics 0 tokenchars ':.-_'"
);
