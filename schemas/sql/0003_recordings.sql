-- Version 3 of the study file: recordings. Derived.
--
-- A program of version 2 knows none of these operations, so it may not open the file.

-- The recording of a session: where its file lies and what it was when it was linked. The file itself stays outside.
CREATE TABLE recording (
  session_id  TEXT PRIMARY KEY,
  path        TEXT    NOT NULL,                 -- from the study's folder where there is a way, parts joined by /
  sha256      TEXT    NOT NULL,                 -- of the file's bytes, lower-case hexadecimal
  bytes       INTEGER NOT NULL,
  media_type  TEXT    NOT NULL,
  video       INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  offset_ms   INTEGER NOT NULL,                 -- where it begins on the session's clock; negative: before it
  linked_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
