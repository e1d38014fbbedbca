// Which SCPs and RCPs stand above an account, and where are they attached?
//
// Every level from the root down to the account must allow. The management account is not restricted.
// $account: the 12 digits, such as '111122223333'

MATCH way = (level:Entity)-[:CONTAINS]->{0,6}(account:AwsAccount {id: $account})
WHERE level:OrganizationRoot OR level:OrganizationalUnit OR level:AwsAccount
MATCH (policy:Entity)-[:APPLIES_TO]->(level)
RETURN length(way) AS levelsAbove,
  coalesce(level.name, level.id) AS level,
  policy.label AS kind,
  policy.name AS policy,
  policy.id AS id,
  coalesce(account.management, false) AS exempt
ORDER BY levelsAbove DESC, kind, policy
