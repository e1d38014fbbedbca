// What did the last complete reading no longer see? It is kept until a second one confirms that it is gone.

MATCH (thing:Entity)
WHERE thing.missingSince IS NOT NULL
RETURN thing.account AS account,
  thing.label AS kind,
  thing.id AS id,
  thing.missingSince AS missingSince
ORDER BY missingSince, account, id
