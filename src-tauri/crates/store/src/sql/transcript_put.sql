INSERT OR REPLACE INTO transcript
  (session_id, version, sha256, speakers, turns, characters, duration_ms, clock, imported_ms, source_format)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
