/** A role that Identity Center made for a permission set. */
export interface PermissionSetRole {
  readonly permissionSetName: string;
  /** The name by which assignments lead to it. */
  readonly alias: string;
}

// Exact, never by prefix: anyone may make a role called AWSReservedSSO_… elsewhere, nobody may under this path.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
const rolePath = /^\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z]{2}(?:-[a-z]+)+-\d\/)?$/;
const roleName = /^AWSReservedSSO_([\w+=,.@-]{1,32})_[0-9a-f]{16}$/;

/** The permission set that a role was made for, or `undefined` where it is any other role. */
export function findPermissionSetRole(role: {
  readonly name: string;
  readonly path: string;
  readonly account: string;
}): PermissionSetRole | undefined {
  if (!rolePath.test(role.path)) return undefined;
  const permissionSetName = roleName.exec(role.name)?.[1];
  if (permissionSetName === undefined) return undefined;
  return { permissionSetName, alias: `permission-set-role:${role.account}/${permissionSetName}` };
}
