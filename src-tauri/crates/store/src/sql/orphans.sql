SELECT 'session ' || id FROM session WHERE case_id NOT IN (SELECT id FROM "case")
UNION ALL
SELECT 'transcript of session ' || session_id || ' version ' || version FROM transcript
WHERE session_id NOT IN (SELECT id FROM session) OR sha256 NOT IN (SELECT sha256 FROM content)
UNION ALL
SELECT 'codebook ' || reference FROM codebook WHERE sha256 NOT IN (SELECT sha256 FROM content)
UNION ALL
SELECT 'study' FROM study WHERE rule_id NOT IN (SELECT id FROM rule)
UNION ALL
SELECT 'coding ' || id FROM coding
WHERE session_id NOT IN (SELECT id FROM session)
   OR rater_id NOT IN (SELECT id FROM rater)
   OR codebook NOT IN (SELECT reference FROM codebook)
   -- A coding may come before the transcript of its session.
   OR (session_id IN (SELECT session_id FROM transcript)
       AND transcript_version > 0
       AND (session_id, transcript_version) NOT IN (SELECT session_id, version FROM transcript))
