INSERT INTO stream (id, kind, coding_id, installation, parent_stream, parent_seq, parent_hash, last_seq, last_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
