INSERT OR REPLACE INTO head (stream_id, seq, hash, at_ms, reason) VALUES (?1, ?2, ?3, ?4, ?5)
