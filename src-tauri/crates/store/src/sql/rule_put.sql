INSERT OR REPLACE INTO rule (id, rule, locked_ms, locked_by, locked_reason) VALUES (?1, ?2, ?3, ?4, ?5)
