SELECT item, kind, choice, sources, conflict_id, markers, means, reason, present, at_ms
FROM settlement WHERE coding_id = ?1 ORDER BY item
