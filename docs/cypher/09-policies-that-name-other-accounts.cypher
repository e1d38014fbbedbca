// Which resource policies and trust policies let accounts in that are not among those we know?

MATCH (known:AwsAccount)
WITH collect(known.id) AS knownAccounts
MATCH (resource:AwsResource)-[held:HAS_STATEMENT]->(statement:PolicyStatement {effect: 'Allow'})
WHERE held.kind IN ['resource', 'trust']
UNWIND coalesce(statement.principals, []) AS principal
WITH resource, held, statement, principal, knownAccounts,
  CASE
    WHEN principal STARTS WITH 'AWS:arn:' THEN split(principal, ':')[5]
    WHEN principal =~ 'AWS:[0-9]{12}' THEN substring(principal, 4)
  END AS account
WHERE account =~ '[0-9]{12}' AND NOT account IN knownAccounts
RETURN account AS otherAccount,
  resource.id AS resource,
  held.kind AS policy,
  statement.sid AS sid,
  principal,
  statement.actions AS actions,
  statement.condition IS NOT NULL AS conditional
ORDER BY otherAccount, resource, principal
