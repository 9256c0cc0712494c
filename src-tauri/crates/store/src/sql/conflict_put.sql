INSERT INTO conflict
  (coding_id, id, significance, intensity, centrality, endangerment, relationship, elements, origin, failed_care,
   painful_affect, addressed, settled, built_from, note)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (coding_id, id) DO UPDATE SET
  significance = excluded.significance, intensity = excluded.intensity, centrality = excluded.centrality,
  endangerment = excluded.endangerment, relationship = excluded.relationship, elements = excluded.elements,
  origin = excluded.origin, failed_care = excluded.failed_care, painful_affect = excluded.painful_affect,
  addressed = excluded.addressed, settled = excluded.settled, built_from = excluded.built_from, note = excluded.note
