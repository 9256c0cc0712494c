-- Version 2 of the study file: consensus. All of it is derived.
--
-- A program of version 1 knows none of these operations, so it may not open the file.

-- Where the codings of a session stood when the lead froze them.
CREATE TABLE original (
  session_id TEXT    NOT NULL,
  coding_id  TEXT    NOT NULL,
  stream_id  TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  hash       TEXT    NOT NULL,
  frozen_ms  INTEGER NOT NULL,
  PRIMARY KEY (session_id, coding_id)
) STRICT, WITHOUT ROWID;

-- What the lead decided about an entry of the codebook.
CREATE TABLE ruling (
  id                TEXT PRIMARY KEY,
  codebook          TEXT NOT NULL,              -- key@edition it was decided under
  entry             TEXT NOT NULL,              -- key of a code, a family or a rating
  text              TEXT NOT NULL,
  at_ms             INTEGER NOT NULL,
  session_id        TEXT,                       -- the passage; all NULL without one
  transcript_sha256 TEXT,
  segment           TEXT,                       -- JSON
  words             TEXT                        -- JSON array of role and text
) STRICT, WITHOUT ROWID;

CREATE INDEX ruling_of_entry ON ruling (entry);

-- What counts in results for a session that several people coded.
CREATE TABLE coding_of_record (
  session_id TEXT PRIMARY KEY,
  kind       TEXT    NOT NULL CHECK (kind IN ('consensus', 'mean', 'rater', 'random')),
  rater_id   TEXT,                              -- named or drawn
  seed       INTEGER,
  fixed_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How each item was settled, in the consensus coding that it was settled for.
CREATE TABLE settlement (
  coding_id   TEXT NOT NULL REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  item        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  choice      TEXT NOT NULL,                    -- JSON
  sources     TEXT NOT NULL,                    -- JSON array of coding and id
  conflict_id TEXT,
  markers     TEXT NOT NULL,                    -- JSON array of marker ids
  means       TEXT NOT NULL,                    -- JSON array of sum, count and what was kept
  reason      TEXT NOT NULL,
  present     TEXT NOT NULL,
  at_ms       INTEGER NOT NULL,
  PRIMARY KEY (coding_id, item)
) STRICT, WITHOUT ROWID;
