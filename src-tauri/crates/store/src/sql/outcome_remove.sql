DELETE FROM outcome
WHERE case_id = ?1 AND session_id = ?2 AND perspective = ?3 AND name = ?4
