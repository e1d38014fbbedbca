// Which roles have made no request since a day, or never?
//
// AWS tells the last 400 days. Roles that services made for themselves are left out, and
// those of which something could not be read.
// $since: an ISO 8601 time, such as '2026-06-01T00:00:00.000Z'

MATCH (role:IamRole)
WHERE (role.lastUsedAt IS NULL OR role.lastUsedAt < $since)
  AND role.createdAt < $since
  AND NOT coalesce(role.serviceLinked, false)
  AND role.unread IS NULL
RETURN role.account AS account,
  role.id AS role,
  role.createdAt AS createdAt,
  role.lastUsedAt AS lastUsedAt
ORDER BY account, lastUsedAt, role
