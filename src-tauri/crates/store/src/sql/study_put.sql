INSERT OR REPLACE INTO study (one, name, masking, material, window_seconds, scoring, rule_id, raters_see_brief)
VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
