import type { AuthorizationDetails } from '@ag/collectors/iam/authorization-details-shape';
import { managedArn, awsManaged, powerful } from './aws-managed.ts';
import { type Choices, choicesOf } from './choices.ts';
import type { Texts } from './document.ts';
import { identityStatements } from './identity-statements.ts';
import { type Plan, type PlannedAccount, teams } from './plan.ts';
import type { PlannedRole } from './plan-principals.ts';
import { trustStatements } from './trusts.ts';

type List<Name extends keyof AuthorizationDetails> = NonNullable<AuthorizationDetails[Name]>;
type User = List<'UserDetailList'>[number];
type Role = List<'RoleDetailList'>[number];

const made = '2025-03-01T08:00:00.000Z';
const ordinary = Object.keys(awsManaged).filter((name) => !powerful.includes(name));

/** What IAM answers of an account's users, groups, roles and policies. */
export function identitiesOf(plan: Plan, account: PlannedAccount, texts: Texts): AuthorizationDetails {
  const maker = { plan, account, texts };
  const { users, roles, groups, policies } = account.principals;
  const at = (place: string): Choices => choicesOf(plan.seed, `${account.id} ${place}`);
  return {
    UserDetailList: users.map(({ arn, name, path, uniqueId }): User => {
      const choices = at(arn);
      return {
        Arn: arn,
        UserName: name,
        Path: path,
        UserId: uniqueId,
        CreateDate: made,
        Tags: tagsFor(choices, plan),
        UserPolicyList: inlinePolicies(choices, maker, choices.below(2)),
        AttachedManagedPolicies: attached(choices, maker, 0.3),
        GroupList: choices.some(groups.map(lastName), 0, 2),
        ...boundary(choices, maker),
      };
    }),
    GroupDetailList: groups.map((arn, index) => {
      const choices = at(arn);
      const admins = [{ PolicyArn: managedArn('AdministratorAccess') }];
      return {
        Arn: arn,
        GroupName: lastName(arn),
        GroupId: `AGPA${choices.hex(16).toUpperCase()}`,
        Path: '/',
        CreateDate: made,
        GroupPolicyList: inlinePolicies(choices, maker, choices.below(2)),
        AttachedManagedPolicies: index === 0 ? admins : attached(choices, maker, 0.7),
      };
    }),
    RoleDetailList: roles.map((role) => roleDetails(at(role.arn), maker, role)),
    Policies: policies.map((arn, index) => {
      const choices = at(arn);
      const isBoundary = index === policies.length - 1;
      return {
        Arn: arn,
        PolicyName: lastName(arn),
        Path: '/',
        DefaultVersionId: 'v2',
        CreateDate: made,
        PolicyVersionList: [{ VersionId: 'v2', IsDefaultVersion: true, Document: isBoundary ? boundaryText(choices, maker) : documentText(choices, maker, 1 + choices.below(3)) }],
      };
    }), // prettier-ignore
  };
}

interface Maker {
  readonly plan: Plan;
  readonly account: PlannedAccount;
  readonly texts: Texts;
}

function roleDetails(choices: Choices, maker: Maker, role: PlannedRole): Role {
  const { plan, account, texts } = maker;
  const { use } = role;
  const statements = trustStatements(choices, plan, account, role);
  const fixed = fixedPolicies(choices, role);
  const own = use === 'serviceLinked' || use === 'organization' || use === 'admin';
  return {
    Arn: role.arn,
    RoleName: role.name,
    Path: role.path,
    RoleId: role.uniqueId,
    CreateDate: made,
    AssumeRolePolicyDocument: spoilt(choices, plan, texts.of(statements)),
    Tags: tagsFor(choices, plan),
    RolePolicyList: own ? [] : inlinePolicies(choices, maker, 1 + choices.below(2)),
    AttachedManagedPolicies: fixed ?? attached(choices, maker, plan.knobs.awsManaged),
    ...(own ? {} : boundary(choices, maker)),
  };
}

function fixedPolicies(choices: Choices, { use, permissionSet }: PlannedRole): Role['AttachedManagedPolicies'] {
  const managed = (name: string) => [{ PolicyArn: managedArn(name) }];
  switch (use) {
    case 'organization':
    case 'admin':
      return managed('AdministratorAccess');
    case 'reader':
      return managed(choices.one(['ReadOnlyAccess', 'SecurityAudit', 'ViewOnlyAccess']));
    case 'person':
      return managed(permissionSet === 'AdministratorAccess' ? 'AdministratorAccess' : permissionSet === 'ReadOnly' ? 'ReadOnlyAccess' : 'PowerUserAccess');
    case 'serviceLinked':
      return managed('AmazonEC2ReadOnlyAccess');
    case 'application':
    case 'deployment':
      return undefined;
  }
} // prettier-ignore

function inlinePolicies(choices: Choices, maker: Maker, count: number): User['UserPolicyList'] {
  return Array.from({ length: count }, (_, index) => ({
    PolicyName: index === 0 ? 'access' : `access-${index}`,
    PolicyDocument: documentText(choices, maker, 1 + choices.below(3)),
  }));
}

function documentText(choices: Choices, { plan, account, texts }: Maker, count: number): string {
  // Under the older version `${` begins no variable, and `aws:username` in such a document is plain text (VA1).
  const version = choices.chance(plan.knobs.oldVersions) ? '2008-10-17' : '2012-10-17';
  return spoilt(choices, plan, texts.of(identityStatements(choices, plan, account, count), version));
}

function boundaryText(choices: Choices, { plan, account, texts }: Maker): string {
  const wide = { Effect: 'Allow', Action: ['s3:*', 'sqs:*', 'kms:*', 'lambda:*', 'sts:AssumeRole', 'ec2:*'], Resource: '*' } as const;
  return texts.of([wide, ...identityStatements(choices, plan, account, 2)]);
} // prettier-ignore

function attached(choices: Choices, { plan, account }: Maker, managed: number): User['AttachedManagedPolicies'] {
  const { policies } = account.principals;
  const missing = `arn:aws:iam::${account.id}:policy/Deleted`;
  const names = [
    ...(choices.chance(managed) ? [managedArn(choices.chance(0.08) ? choices.one(powerful) : choices.one(ordinary))] : []),
    ...(choices.chance(0.3) ? [choices.one(policies.slice(0, -1))] : []),
    // Its document is in no answer.
    ...(choices.chance(plan.knobs.unread * 0.3) ? [missing] : []),
  ];
  return [...new Set(names)].map((PolicyArn) => ({ PolicyArn }));
} // prettier-ignore

function boundary(choices: Choices, { plan, account }: Maker): Pick<User, 'PermissionsBoundary'> {
  if (!choices.chance(plan.knobs.boundaries)) return {};
  const own = account.principals.policies.at(-1) ?? managedArn('PowerUserAccess');
  return { PermissionsBoundary: { PermissionsBoundaryArn: choices.chance(0.7) ? own : managedArn('PowerUserAccess') } };
}

/** For once text that is no policy: not JSON, or JSON of another form. */
export function spoilt(choices: Choices, { knobs }: Plan, text: string): string {
  if (!choices.chance(knobs.malformed)) return text;
  return choices.one([text.slice(0, -2), text.replace(/"Effect":"(Allow|Deny)"/, '"Effect":"Permit"')]);
}

/** Tags whose keys differ by case, as people write them. */
export function tagsFor(choices: Choices, { knobs }: Plan): readonly { readonly Key: string; readonly Value: string }[] {
  if (!choices.chance(knobs.tags)) return [];
  const keys = choices.some(['team', 'Team', 'stage', 'level', 'TEAM'], 1, 3);
  // AWS takes no two tags of a principal whose keys differ by case alone (GK2).
  const distinct = keys.filter((key, index) => keys.findIndex((other) => other.toLowerCase() === key.toLowerCase()) === index);
  return distinct.map((Key) => ({ Key, Value: valueOf(choices, Key) }));
} // prettier-ignore

function valueOf(choices: Choices, key: string): string {
  if (key === 'stage') return choices.one(['prod', 'dev', 'prod-eu']);
  return key === 'level' ? choices.one(['1', '2', '3', 'none']) : choices.one(teams);
}

function lastName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
