// What has appeared since a day, by account and kind?
//
// $since: an ISO 8601 time, such as '2026-06-01T00:00:00.000Z'

MATCH (thing:AwsResource)
WHERE thing.firstSeenAt >= $since
RETURN thing.account AS account,
  thing.label AS kind,
  count(thing) AS number,
  min(thing.firstSeenAt) AS firstSeenAt,
  collect(thing.id)[..10] AS examples
ORDER BY account, number DESC, kind
