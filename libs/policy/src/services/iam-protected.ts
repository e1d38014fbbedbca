// Roles that AWS keeps to itself: IAM refuses to change them whatever policies say (IC5, ST11).
// https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
const changes = new Set(
  [
    'AttachRolePolicy',
    'CreateRole',
    'DeleteRole',
    'DeleteRolePermissionsBoundary',
    'DeleteRolePolicy',
    'DetachRolePolicy',
    'PutRolePermissionsBoundary',
    'PutRolePolicy',
    'TagRole',
    'UntagRole',
    'UpdateAssumeRolePolicy',
    'UpdateRole',
    'UpdateRoleDescription',
  ].map((name) => `iam:${name.toLowerCase()}`),
);

/** Whether IAM refuses the change itself. */
export function isRefusedByIam(action: string, arn: string): boolean {
  return changes.has(action.toLowerCase()) && /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\//.test(arn);
}
