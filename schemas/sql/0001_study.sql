-- Version 1 of the study file.
--
-- Three kinds of tables:
--   the truth    ops, content        append-only, guarded by triggers; they alone are merged and hashed
--   derived      all other tables    rebuilt from the truth by `sunder verify`, named by the glossary
--   local        meta, own_stream    belong to this one file: where it lives, which streams may grow here
--
-- Moments are Unix milliseconds, positions milliseconds from the session's start, places in the text are
-- (turn, Unicode scalar) counted from 0. A score column is NULL where nobody scored, 0 for "cannot judge", else 1 to 5.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER meta_study_id_stays BEFORE UPDATE ON meta WHEN OLD.key = 'study_id'
BEGIN SELECT RAISE(ABORT, 'the identity of a study never changes'); END;

CREATE TRIGGER meta_study_id_is_kept BEFORE DELETE ON meta WHEN OLD.key = 'study_id'
BEGIN SELECT RAISE(ABORT, 'the identity of a study never changes'); END;

CREATE TABLE own_stream (
  stream_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The truth ---------------------------------------------------------------------------------------------------------

CREATE TABLE ops (
  number         INTEGER PRIMARY KEY,          -- order of arrival in this file; no part of the operation
  id             TEXT    NOT NULL UNIQUE,
  stream_id      TEXT    NOT NULL,
  seq            INTEGER NOT NULL CHECK (seq >= 1),
  at_ms          INTEGER NOT NULL,
  actor          TEXT    NOT NULL,
  kind           TEXT    NOT NULL,
  payload        BLOB,                         -- 16 random bytes, then JSON; NULL once erased
  payload_sha256 BLOB    NOT NULL CHECK (length(payload_sha256) = 32),
  undo_of        TEXT,
  prev_hash      BLOB    NOT NULL CHECK (length(prev_hash) = 32),
  hash           BLOB    NOT NULL CHECK (length(hash) = 32),
  UNIQUE (stream_id, seq)
) STRICT;

CREATE INDEX ops_header ON ops (stream_id, seq, id, kind, undo_of, at_ms);

CREATE TABLE content (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  kind   TEXT NOT NULL,
  bytes  BLOB                                  -- NULL once erased
) STRICT;

-- Ids of operations, and SHA-256 of content, whose bytes an erasure has removed. Derived from the erasure operations.
CREATE TABLE erased (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Whose data the erasures removed: what other copies add to it is erased when they meet. Derived as well.
CREATE TABLE erased_subject (
  kind TEXT NOT NULL CHECK (kind IN ('case', 'session', 'coding')),
  id   TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER ops_are_kept BEFORE DELETE ON ops
BEGIN SELECT RAISE(ABORT, 'operations are never deleted'); END;

CREATE TRIGGER ops_headers_stay BEFORE UPDATE OF number, id, stream_id, seq, at_ms, actor, kind, payload_sha256, undo_of, prev_hash, hash ON ops
BEGIN SELECT RAISE(ABORT, 'operations are never changed'); END;

CREATE TRIGGER ops_payloads_stay BEFORE UPDATE OF payload ON ops
WHEN NEW.payload IS NOT NULL OR NOT EXISTS (SELECT 1 FROM erased WHERE erased.id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'the payload of an operation goes only by erasure'); END;

CREATE TRIGGER content_is_kept BEFORE DELETE ON content
BEGIN SELECT RAISE(ABORT, 'content is never deleted'); END;

CREATE TRIGGER content_stays BEFORE UPDATE ON content
WHEN NEW.sha256 <> OLD.sha256 OR NEW.kind <> OLD.kind OR NEW.bytes IS NOT NULL
  OR NOT EXISTS (SELECT 1 FROM erased WHERE erased.id = OLD.sha256)
BEGIN SELECT RAISE(ABORT, 'content goes only by erasure'); END;

-- Derived: the log's own shape --------------------------------------------------------------------------------------

CREATE TABLE stream (
  id            TEXT PRIMARY KEY,
  kind          TEXT NOT NULL CHECK (kind IN ('setup', 'coding')),
  coding_id     TEXT,
  installation  TEXT NOT NULL,
  parent_stream TEXT,
  parent_seq    INTEGER,
  parent_hash   BLOB,
  last_seq      INTEGER NOT NULL,
  last_hash     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX stream_of_coding ON stream (coding_id);
CREATE INDEX stream_of_parent ON stream (parent_stream);

CREATE TABLE head (
  stream_id TEXT NOT NULL,
  seq       INTEGER NOT NULL,
  hash      TEXT NOT NULL,
  at_ms     INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (stream_id, seq)
) STRICT, WITHOUT ROWID;

-- Derived: the study's set-up ---------------------------------------------------------------------------------------

CREATE TABLE study (
  one               INTEGER PRIMARY KEY CHECK (one = 1),
  name              TEXT NOT NULL,
  masking           TEXT NOT NULL,             -- JSON: what raters are shown
  material          TEXT NOT NULL,
  window_seconds    INTEGER NOT NULL,
  scoring           TEXT NOT NULL,
  rule_id           TEXT NOT NULL,
  raters_see_brief  INTEGER NOT NULL
) STRICT;

CREATE TABLE "case" (
  id        TEXT PRIMARY KEY,
  name      TEXT NOT NULL,
  therapist TEXT,
  brief     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id               TEXT PRIMARY KEY,
  case_id          TEXT NOT NULL,
  number           INTEGER NOT NULL,
  days_since_first INTEGER,
  neutral_code     TEXT NOT NULL,
  added_ms         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_of_case ON session (case_id, number);

CREATE TABLE transcript (
  session_id    TEXT NOT NULL,
  version       INTEGER NOT NULL,
  sha256        TEXT NOT NULL,
  speakers      INTEGER NOT NULL,
  turns         INTEGER NOT NULL,
  characters    INTEGER NOT NULL,
  duration_ms   INTEGER NOT NULL,
  clock         TEXT NOT NULL,
  imported_ms   INTEGER NOT NULL,
  source_format TEXT NOT NULL,
  PRIMARY KEY (session_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE rater (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rule (
  id            TEXT PRIMARY KEY,
  rule          TEXT NOT NULL,                 -- JSON, the rule file's own form
  locked_ms     INTEGER,
  locked_by     TEXT,
  locked_reason TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE codebook (
  reference TEXT PRIMARY KEY,                  -- key@edition
  sha256    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Derived: codings --------------------------------------------------------------------------------------------------

CREATE TABLE coding (
  id                 TEXT PRIMARY KEY,
  stream_id          TEXT NOT NULL,            -- the newest stream of this branch
  branched_ms        INTEGER,                  -- set where this is the shorter of two branches
  session_id         TEXT NOT NULL,
  rater_id           TEXT NOT NULL,
  purpose            TEXT NOT NULL,
  perspective        TEXT NOT NULL,
  material           TEXT NOT NULL,
  codebook           TEXT NOT NULL,
  transcript_version INTEGER NOT NULL,
  transcript_sha256  TEXT NOT NULL,
  started_ms         INTEGER NOT NULL,
  status             TEXT NOT NULL,
  submitted_ms       INTEGER,
  reason             TEXT                      -- why it was last reopened
) STRICT, WITHOUT ROWID;

CREATE INDEX coding_of_session ON coding (session_id, rater_id);
CREATE INDEX coding_of_rater ON coding (rater_id);

CREATE TABLE conflict (
  coding_id      TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  id             TEXT NOT NULL,
  significance   INTEGER CHECK (significance BETWEEN 0 AND 5),
  intensity      INTEGER CHECK (intensity BETWEEN 0 AND 5),
  centrality     INTEGER CHECK (centrality BETWEEN 0 AND 5),
  endangerment   INTEGER CHECK (endangerment BETWEEN 0 AND 5),
  relationship   TEXT,
  elements       TEXT NOT NULL,                -- JSON array of words
  origin         TEXT,
  failed_care    TEXT,
  painful_affect TEXT,
  addressed      TEXT,
  settled        TEXT,
  built_from     TEXT NOT NULL,                -- JSON array of conflict ids
  note           TEXT NOT NULL,
  PRIMARY KEY (coding_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE marker (
  coding_id   TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  id          TEXT NOT NULL,
  segment     TEXT NOT NULL CHECK (segment IN ('text', 'time', 'whole')),
  start_turn  INTEGER,
  start_char  INTEGER,
  end_turn    INTEGER,
  end_char    INTEGER,
  start_ms    INTEGER,
  end_ms      INTEGER,
  code        TEXT NOT NULL,
  actor       TEXT NOT NULL,
  clarity     TEXT NOT NULL,
  discuss     INTEGER NOT NULL,
  note        TEXT NOT NULL,
  conflict_id TEXT,
  answers     TEXT NOT NULL,                   -- JSON array of conflict ids
  depth       TEXT,
  strategy    TEXT,
  PRIMARY KEY (coding_id, id),
  FOREIGN KEY (coding_id, conflict_id) REFERENCES conflict (coding_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE INDEX marker_of_conflict ON marker (coding_id, conflict_id);

CREATE TABLE rating (
  coding_id TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  key       TEXT NOT NULL,
  score     INTEGER NOT NULL CHECK (score BETWEEN 0 AND 5),
  PRIMARY KEY (coding_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE window_rating (
  coding_id    TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  start_ms     INTEGER NOT NULL,
  end_ms       INTEGER NOT NULL,
  nothing_here INTEGER NOT NULL,
  ratings      TEXT NOT NULL,                  -- JSON object, rating key to score
  PRIMARY KEY (coding_id, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  coding_id TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  id        TEXT NOT NULL,
  at_ms     INTEGER NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (coding_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE coverage (
  coding_id TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  start_ms  INTEGER NOT NULL,
  end_ms    INTEGER NOT NULL,
  PRIMARY KEY (coding_id, start_ms)
) STRICT, WITHOUT ROWID;

-- Build-up proposals that a person dismissed, by their members.
CREATE TABLE dismissed (
  coding_id TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  members   TEXT NOT NULL,                     -- JSON array of conflict ids, sorted
  PRIMARY KEY (coding_id, members)
) STRICT, WITHOUT ROWID;
