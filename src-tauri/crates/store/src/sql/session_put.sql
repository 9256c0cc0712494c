INSERT OR REPLACE INTO session (id, case_id, number, days_since_first, neutral_code, added_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
