SELECT id, at_ms, payload FROM ops
WHERE stream_id IN (SELECT id FROM stream WHERE kind = 'setup')
  AND kind IN ('study_create', 'rule_add', 'rule_edit', 'rule_lock', 'undo', 'redo')
ORDER BY at_ms, id
