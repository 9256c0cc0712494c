INSERT OR REPLACE INTO outcome (case_id, session_id, perspective, name, score)
VALUES (?1, ?2, ?3, ?4, ?5)
