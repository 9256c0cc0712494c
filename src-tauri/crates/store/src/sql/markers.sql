SELECT id, segment, start_turn, start_char, end_turn, end_char, start_ms, end_ms, code, actor, clarity, discuss, note,
       conflict_id, answers, depth, strategy
FROM marker WHERE coding_id = ?1 ORDER BY id
