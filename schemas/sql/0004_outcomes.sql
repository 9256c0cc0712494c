-- Version 4 of the study file: outcomes. Derived.
--
-- A program of version 3 knows none of these operations, so it may not open the file.

-- A score of a case, or of one of its sessions, as someone saw it: an outcome, a questionnaire's item, an inventory.
CREATE TABLE outcome (
  case_id     TEXT NOT NULL,
  session_id  TEXT NOT NULL,                    -- empty: of the case as a whole
  perspective TEXT NOT NULL,
  name        TEXT NOT NULL,
  score       REAL NOT NULL,
  PRIMARY KEY (case_id, session_id, perspective, name)
) STRICT, WITHOUT ROWID;

-- That outcomes were set against a rule before it was locked.
CREATE TABLE exploration (
  id    TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  rule  TEXT    NOT NULL                        -- JSON, the rule file's own form
) STRICT, WITHOUT ROWID;
