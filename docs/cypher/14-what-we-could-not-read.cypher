// What could not be read, since when is its content unchanged, and why?
//
// Without `lastRead` the place was never read, or what there is of it was read in this run.

MATCH (scope:Scope)
WHERE scope.state <> 'complete' OR size(scope.gaps) > 0
RETURN scope.account AS account,
  scope.region AS region,
  scope.resource AS resource,
  scope.state AS state,
  scope.readAt AS lastRead,
  size(scope.gaps) AS gaps,
  head(scope.gaps) AS firstGap
ORDER BY state = 'complete', account, region, resource
