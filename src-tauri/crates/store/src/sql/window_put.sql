INSERT OR REPLACE INTO window_rating (coding_id, start_ms, end_ms, nothing_here, ratings) VALUES (?1, ?2, ?3, ?4, ?5)
