INSERT INTO coding
  (id, stream_id, session_id, rater_id, purpose, perspective, material, codebook, transcript_version,
   transcript_sha256, started_ms, status)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (id) DO UPDATE SET
  session_id = excluded.session_id, rater_id = excluded.rater_id, purpose = excluded.purpose,
  perspective = excluded.perspective, material = excluded.material, codebook = excluded.codebook,
  transcript_version = excluded.transcript_version, transcript_sha256 = excluded.transcript_sha256,
  started_ms = excluded.started_ms
