INSERT OR REPLACE INTO recording (session_id, path, sha256, bytes, media_type, video, duration_ms, offset_ms, linked_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
