// What is encrypted with which key, and which keys belong to another account or are not known?

MATCH (resource:AwsResource)-[:ENCRYPTED_WITH]->(key:Entity)
RETURN key.id AS key,
  coalesce(key.reason, key.keyManager) AS keyKind,
  key.account AS keyAccount,
  count(resource) AS resources,
  collect(resource.id)[..20] AS examples
ORDER BY resources DESC, key
