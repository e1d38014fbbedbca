// Who reaches a role in the end, over how many others, and on which way?
//
// From people and from users of IAM, over groups, assignments and role chaining, at most four roles long.
// $role: the role's ARN, such as 'arn:aws:iam::111122223333:role/deploy'

MATCH (target:IamRole {id: $role})
MATCH way = SHORTEST 1 (start:Entity)-[:MEMBER_OF|ASSIGNED|CAN_ASSUME]->{1,6}(target)
WHERE start:Person OR start:IamUser
RETURN start.id AS start,
  start.name AS name,
  length(way) AS steps,
  [step IN relationships(way) | type(step) + ' ' + endNode(step).id] AS way,
  any(step IN relationships(way) WHERE step.certainty = 'conditional') AS conditional
ORDER BY steps, start
