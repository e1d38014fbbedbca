import type { Choices } from './choices.ts';

export interface PlannedRole {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
  readonly use: 'admin' | 'reader' | 'application' | 'deployment' | 'person' | 'serviceLinked' | 'organization';
  /** The permission set that Identity Center made it for. */
  readonly permissionSet?: string;
}

export interface PlannedUser {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
}

export interface PlannedPrincipals {
  readonly users: readonly PlannedUser[];
  readonly roles: readonly PlannedRole[];
  /** ARNs. */
  readonly groups: readonly string[];
  readonly samlProvider: string;
  readonly oidcProvider: string;
  /** ARNs of the customer's own managed policies; the last one is meant as a boundary. */
  readonly policies: readonly string[];
}

export const permissionSets: readonly string[] = ['AdministratorAccess', 'ReadOnly', 'DataEngineer', 'Operations'];
const people = ['ana', 'ben', 'cleo', 'dev', 'eli', 'fay', 'gus', 'Hana', 'ivo', 'jin'];
const services = ['ecs', 'autoscaling', 'elasticloadbalancing', 'organizations', 'support', 'config'];
const userPaths = ['/', '/', '/', '/teams/data/', '/ci/'];
const rolePaths = ['/', '/', '/', '/service-role/', '/teams/platform/'];

/** Names an account's users, roles and groups; the root user is one of the principals. */
export function planPrincipals(choices: Choices, account: string, count: number): PlannedPrincipals {
  const iam = `arn:aws:iam::${account}`;
  const left = Math.max(0, count - 1);
  const userCount = Math.round(left * 0.15);
  const users = Array.from({ length: userCount }, (_, index): PlannedUser => {
    const path = choices.one(userPaths);
    const name = `${people[index % people.length] ?? 'user'}${index < people.length ? '' : index}`;
    return { arn: `${iam}:user${path}${name}`, name, path, uniqueId: uniqueId(choices, 'AIDA') };
  });
  const groupCount = Math.max(1, Math.min(6, Math.ceil(userCount / 4)));
  return {
    users,
    roles: Array.from({ length: left - userCount }, (_, index) => planRole(choices, account, index)),
    groups: Array.from({ length: groupCount }, (_, index) => `${iam}:group/${index === 0 ? 'admins' : `team${index}`}`),
    samlProvider: `${iam}:saml-provider/Corporate`,
    oidcProvider: `${iam}:oidc-provider/token.actions.githubusercontent.com`,
    policies: ['TeamAccess', 'Deploy', 'Limits', 'Boundary'].map((name) => `${iam}:policy/${name}`),
  };
}

function planRole(choices: Choices, account: string, index: number): PlannedRole {
  const id = uniqueId(choices, 'AROA');
  const made = (use: PlannedRole['use'], name: string, path: string, permissionSet?: string): PlannedRole => ({
    arn: `arn:aws:iam::${account}:role${path}${name}`,
    name,
    path,
    uniqueId: id,
    use,
    ...(permissionSet !== undefined && { permissionSet }),
  });
  if (index === 0) return made('organization', 'OrganizationAccountAccessRole', '/');
  if (index === 1) return made('admin', 'Admin', '/');
  if (index === 2) return made('reader', 'Auditor', '/');
  const set = permissionSets[index - 3];
  if (set !== undefined) {
    const region = choices.one(['', 'eu-west-1/']);
    const path = `/aws-reserved/sso.amazonaws.com/${region}`;
    return made('person', `AWSReservedSSO_${set}_${choices.hex(16)}`, path, set);
  }
  const service = services[index - 7];
  if (service !== undefined && index < 9) {
    const name = `AWSServiceRoleFor${service.charAt(0).toUpperCase()}${service.slice(1)}`;
    return made('serviceLinked', name, `/aws-service-role/${service}.amazonaws.com/`);
  }
  if (index % 5 === 0) return made('deployment', `deploy-${index}`, '/');
  if (index % 11 === 0) return made('reader', `reader-${index}`, choices.one(rolePaths));
  return made('application', `app-${index}`, choices.one(rolePaths));
}

/** `AROA…`, by which AWS knows a role whatever it is called. */
function uniqueId(choices: Choices, prefix: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return prefix + Array.from({ length: 17 }, () => letters.charAt(choices.below(32))).join('');
}
