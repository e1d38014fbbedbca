// Which active access keys are older than a day, and when were they last used?
//
// $before: an ISO 8601 time, such as '2026-06-01T00:00:00.000Z'

MATCH (holder:Principal)-[:HAS_ACCESS_KEY]->(key:IamAccessKey)
WHERE key.status = 'Active' AND key.createdAt < $before
RETURN holder.account AS account,
  holder.id AS holder,
  key.id AS accessKey,
  key.createdAt AS createdAt,
  key.lastUsedAt AS lastUsedAt,
  key.lastUsedService AS lastUsedService
ORDER BY lastUsedAt IS NOT NULL, lastUsedAt, account, holder
