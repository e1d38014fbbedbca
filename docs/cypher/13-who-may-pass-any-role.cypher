// Who may pass any role to a service? With a service that runs code, that is the power of every role in the account.

MATCH (principal:Principal)-[:MEMBER_OF*0..1]->(holder)-[:HAS_POLICY]->(policy:IamPolicy)-[:HAS_STATEMENT]->(statement:PolicyStatement {effect: 'Allow'})
WHERE any(action IN coalesce(statement.actions, []) WHERE toLower(action) IN ['iam:passrole', 'iam:pass*', 'iam:*', '*'])
  AND any(resource IN coalesce(statement.resources, []) WHERE resource = '*' OR resource ENDS WITH ':role/*')
RETURN DISTINCT principal.account AS account,
  principal.id AS principal,
  policy.name AS policy,
  statement.condition AS condition
ORDER BY condition IS NOT NULL, account, principal, policy
