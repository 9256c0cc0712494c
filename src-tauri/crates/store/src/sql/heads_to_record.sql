-- Streams that hold more than what was recorded of them. A set-up stream that only grew by such a record is passed over.
SELECT stream.id, stream.last_seq, stream.last_hash
FROM stream
WHERE NOT EXISTS (SELECT 1 FROM head WHERE head.stream_id = stream.id AND head.seq = stream.last_seq)
  AND NOT EXISTS (
    SELECT 1 FROM ops JOIN head ON head.stream_id = ops.stream_id AND head.seq = ops.seq - 1
    WHERE ops.stream_id = stream.id AND ops.seq = stream.last_seq AND ops.kind = 'heads_record')
ORDER BY stream.id
