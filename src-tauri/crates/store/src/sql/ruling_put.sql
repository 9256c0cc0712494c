INSERT OR REPLACE INTO ruling (id, codebook, entry, text, at_ms, session_id, transcript_sha256, segment, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
