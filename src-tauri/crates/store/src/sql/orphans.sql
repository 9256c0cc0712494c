SELECT 'session ' || id FROM session WHERE case_id NOT IN (SELECT id FROM "case")
UNION ALL
SELECT 'transcript of session ' || session_id || ' version ' || version FROM transcript
WHERE session_id NOT IN (SELECT id FROM session) OR sha256 NOT IN (SELECT sha256 FROM content)
UNION ALL
SELECT 'recording of session ' || session_id FROM recording WHERE session_id NOT IN (SELECT id FROM session)
UNION ALL
SELECT 'outcome of case ' || case_id FROM outcome
WHERE case_id NOT IN (SELECT id FROM "case")
   OR (session_id <> '' AND session_id NOT IN (SELECT id FROM session WHERE session.case_id = outcome.case_id))
UNION ALL
SELECT 'codebook ' || reference FROM codebook WHERE sha256 NOT IN (SELECT sha256 FROM content)
UNION ALL
SELECT 'study' FROM study WHERE rule_id NOT IN (SELECT id FROM rule)
UNION ALL
SELECT 'coding ' || id FROM coding
WHERE session_id NOT IN (SELECT id FROM session)
   -- The lead, who writes the consensus, is no rater of the study.
   OR (rater_id NOT IN (SELECT id FROM rater) AND NOT (purpose = 'consensus' AND rater_id = 'lead'))
   OR codebook NOT IN (SELECT reference FROM codebook)
   -- A coding may come before the transcript of its session.
   OR (session_id IN (SELECT session_id FROM transcript)
       AND transcript_version > 0
       AND (session_id, transcript_version) NOT IN (SELECT session_id, version FROM transcript))
UNION ALL
SELECT 'original of session ' || session_id || ', coding ' || coding_id FROM original
WHERE session_id NOT IN (SELECT id FROM session)
   OR NOT EXISTS (SELECT 1 FROM ops WHERE ops.stream_id = original.stream_id AND ops.seq = original.seq AND lower(hex(ops.hash)) = original.hash)
UNION ALL
SELECT 'ruling ' || id FROM ruling
WHERE codebook NOT IN (SELECT reference FROM codebook) OR (session_id IS NOT NULL AND session_id NOT IN (SELECT id FROM session))
UNION ALL
SELECT 'coding of record of session ' || session_id FROM coding_of_record
WHERE session_id NOT IN (SELECT id FROM session) OR (rater_id IS NOT NULL AND rater_id NOT IN (SELECT id FROM rater))
