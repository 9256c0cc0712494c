INSERT OR REPLACE INTO settlement (coding_id, item, kind, choice, sources, conflict_id, markers, means, reason, present, at_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
