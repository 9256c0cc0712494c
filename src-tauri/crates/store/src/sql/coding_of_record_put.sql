INSERT OR REPLACE INTO coding_of_record (session_id, kind, rater_id, seed, fixed_ms) VALUES (?1, ?2, ?3, ?4, ?5)
