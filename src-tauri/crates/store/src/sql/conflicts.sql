SELECT id, significance, intensity, centrality, endangerment, relationship, elements, origin, failed_care,
       painful_affect, addressed, settled, built_from, note
FROM conflict WHERE coding_id = ?1 ORDER BY id
