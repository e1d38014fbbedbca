// What do we know by name only, why, and who refers to it?

MATCH (from:Entity)-[edge]->(unknown:Uncollected)
RETURN unknown.reason AS reason,
  unknown.id AS id,
  type(edge) AS relation,
  count(from) AS references,
  collect(from.id)[..5] AS examples
ORDER BY reason, references DESC, id
