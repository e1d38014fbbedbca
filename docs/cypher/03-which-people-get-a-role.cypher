// Which people get a role through Identity Center, themselves or as members of a group?
//
// $role: the role's ARN, such as 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'

MATCH (person:Person)-[:MEMBER_OF*0..1]->(holder)-[assignment:ASSIGNED]->(role:IamRole {id: $role})
RETURN DISTINCT person.name AS person,
  person.email AS email,
  CASE WHEN holder = person THEN 'directly' ELSE holder.name END AS through,
  assignment.permissionSet AS permissionSet
ORDER BY person, through
