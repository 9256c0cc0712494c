INSERT OR REPLACE INTO marker
  (coding_id, id, segment, start_turn, start_char, end_turn, end_char, start_ms, end_ms, code, actor, clarity, discuss,
   note, conflict_id, answers, depth, strategy)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
