// Which resources have a policy that names everybody?
//
// A condition or, for a bucket, a public access block may still keep the public out: both are shown. Where a block of
// the account stands above the bucket's own, `accountBlocks` says so.

MATCH (resource:AwsResource)-[held:HAS_STATEMENT {kind: 'resource'}]->(statement:PolicyStatement {effect: 'Allow'})
WHERE any(principal IN coalesce(statement.principals, []) WHERE principal IN ['*', 'AWS:*'])
OPTIONAL MATCH (account:AwsAccount)-[:OWNS]->(resource)
OPTIONAL MATCH (account)-[:OWNS]->(block:S3AccountPublicAccessBlock)
RETURN account.id AS account,
  resource.label AS kind,
  resource.id AS resource,
  statement.actions AS actions,
  statement.condition AS condition,
  resource.restrictsPublicBuckets AS blocks,
  block.restrictsPublicBuckets AS accountBlocks
ORDER BY condition IS NOT NULL, account, resource
