INSERT OR REPLACE INTO original (session_id, coding_id, stream_id, seq, hash, frozen_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
