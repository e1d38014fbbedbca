const policiesAndTrust = [
  'AttachRolePolicy',
  'CreateRole',
  'DeleteRole',
  'DeleteRolePermissionsBoundary',
  'DeleteRolePolicy',
  'DetachRolePolicy',
  'PutRolePermissionsBoundary',
  'PutRolePolicy',
  'UpdateAssumeRolePolicy',
];

// What AWS keeps to itself, with the changes that IAM refuses whatever policies say (IC5, ST11).
// https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
const kept = [
  {
    what: 'roles of IAM Identity Center',
    arn: /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\//,
    changes: toActions([...policiesAndTrust, 'TagRole', 'UntagRole', 'UpdateRole', 'UpdateRoleDescription']),
  },
  {
    // Their description and tags can be changed, and DeleteServiceLinkedRole removes them.
    what: 'service-linked roles',
    arn: /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//,
    changes: toActions(policiesAndTrust),
  },
  {
    what: 'AWS managed policies',
    arn: /^arn:[^:]+:iam::aws:policy\//,
    changes: toActions([
      'CreatePolicy',
      'CreatePolicyVersion',
      'DeletePolicy',
      'DeletePolicyVersion',
      'SetDefaultPolicyVersion',
      'TagPolicy',
      'UntagPolicy',
    ]),
  },
];

function toActions(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => `iam:${name.toLowerCase()}`));
}

/** Why IAM refuses the change itself, or `undefined` where it does not. */
export function iamRefusal(action: string, arn: string): string | undefined {
  const keeper = kept.find((one) => one.changes.has(action.toLowerCase()) && one.arn.test(arn));
  return keeper && `IAM refuses changes of ${keeper.what}`;
}
