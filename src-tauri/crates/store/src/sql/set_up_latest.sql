SELECT count(DISTINCT stream.id), max(ops.at_ms)
FROM stream JOIN ops ON ops.stream_id = stream.id
WHERE stream.kind = 'setup' AND (SELECT count(*) FROM stream AS other WHERE other.kind = 'setup') > 1
