// How much of what is there in each account?

MATCH (account:AwsAccount)-[:OWNS]->(thing:AwsResource)
RETURN account.id AS account,
  account.name AS name,
  thing.label AS kind,
  count(thing) AS number
ORDER BY account, kind
