// Which machines run as a role that may do everything of a service, or change IAM?
//
// Whoever gets onto the machine can act as the role.

MATCH (machine:AwsResource)-[:RUNS_AS]->(role:IamRole)-[:HAS_POLICY]->(policy:IamPolicy)-[:HAS_STATEMENT]->(statement:PolicyStatement {effect: 'Allow'})
UNWIND coalesce(statement.actions, []) AS action
WITH machine, role, policy, action
WHERE action = '*' OR action ENDS WITH ':*' OR toLower(action) STARTS WITH 'iam:put'
  OR toLower(action) STARTS WITH 'iam:attach' OR toLower(action) STARTS WITH 'iam:create'
RETURN machine.account AS account,
  machine.id AS machine,
  role.id AS role,
  collect(DISTINCT policy.name) AS policies,
  collect(DISTINCT action) AS actions
ORDER BY account, machine
