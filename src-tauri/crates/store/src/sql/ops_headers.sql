SELECT id, kind, undo_of FROM ops WHERE stream_id = ?1 AND seq <= ?2 ORDER BY seq
