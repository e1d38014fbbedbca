// Which principals hold a policy that allows everything on everything?
//
// Through their own policies or a group's. Boundaries, SCPs and conditions may still stand in the way: for one
// principal, `accessgraph explain` tells.

MATCH (principal:Principal)-[:MEMBER_OF*0..1]->(holder)-[:HAS_POLICY]->(policy:IamPolicy)-[:HAS_STATEMENT]->(statement:PolicyStatement)
WHERE statement.effect = 'Allow' AND '*' IN statement.actions AND '*' IN statement.resources
RETURN DISTINCT principal.account AS account,
  principal.id AS principal,
  holder.id AS through,
  policy.name AS policy,
  statement.condition IS NOT NULL AS conditional
ORDER BY account, principal, through, policy
