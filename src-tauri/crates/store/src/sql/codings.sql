SELECT coding.id, coding.session_id, coding.rater_id, purpose, perspective, material, codebook, transcript_version,
       transcript_sha256, started_ms, status, submitted_ms, rater.name, branched_ms,
       (SELECT count(*) FROM marker WHERE marker.coding_id = coding.id),
       (SELECT count(*) FROM conflict WHERE conflict.coding_id = coding.id),
       (SELECT coalesce(sum(end_ms - start_ms), 0) FROM coverage WHERE coverage.coding_id = coding.id)
FROM coding
LEFT JOIN rater ON rater.id = coding.rater_id
