// Which users and root users sign in with a password and without a second factor?

MATCH (user:Principal)
WHERE (user:IamUser OR user:AwsRootUser) AND user.hasPassword AND user.hasMfa = false
RETURN user.account AS account,
  user.id AS user,
  user.passwordLastUsedAt AS passwordLastUsedAt,
  user.passwordChangedAt AS passwordChangedAt
ORDER BY account, user
