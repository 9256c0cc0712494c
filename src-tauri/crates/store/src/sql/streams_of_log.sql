SELECT last.stream_id, last.seq, last.hash, first.id
FROM (SELECT stream_id, max(seq) AS seq, hash FROM ops GROUP BY stream_id) AS last
JOIN ops AS first ON first.stream_id = last.stream_id AND first.seq = 1
ORDER BY last.stream_id
