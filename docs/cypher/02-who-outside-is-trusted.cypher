// Which roles trust somebody outside the accounts that were read: another account, a federation, anyone?
//
// `conditional` is true where every statement that names the principal has a condition, such as an external id.

MATCH (role:IamRole)-[trust:TRUSTS]->(outside)
WHERE outside:Anyone OR outside:WebIdentityProvider OR outside:OidcProvider OR outside:SamlProvider
  OR (outside:Uncollected AND outside.reason <> 'owned by AWS')
RETURN role.account AS account,
  role.id AS role,
  outside.id AS trusted,
  coalesce(outside.reason, outside.label) AS kind,
  trust.conditional AS conditional
ORDER BY conditional, account, role, trusted
