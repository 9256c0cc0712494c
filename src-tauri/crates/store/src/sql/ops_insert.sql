INSERT INTO ops (id, stream_id, seq, at_ms, actor, kind, payload, payload_sha256, undo_of, prev_hash, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
