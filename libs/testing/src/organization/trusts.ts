import type { Choices } from './choices.ts';
import { onPrincipal, onRequest } from './conditions.ts';
import type { JsonStatement } from './document.ts';
import type { Plan, PlannedAccount } from './plan.ts';
import type { PlannedRole } from './plan-principals.ts';

const assume = 'sts:AssumeRole';

/** Whom a role trusts: what its kind is for, and by chance others as well. */
export function trustStatements(
  choices: Choices,
  plan: Plan,
  account: PlannedAccount,
  role: PlannedRole,
): readonly JsonStatement[] {
  const usual = usualTrust(choices, plan, account, role);
  const open = role.use !== 'serviceLinked' && role.use !== 'person';
  if (!open || !choices.chance(plan.knobs.trusts)) return [usual];
  return [usual, otherTrust(choices, plan, account, role)];
}

function usualTrust(choices: Choices, plan: Plan, account: PlannedAccount, role: PlannedRole): JsonStatement {
  const { principals } = account;
  switch (role.use) {
    case 'organization':
      return { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${plan.managementAccount}:root` }, Action: assume };
    case 'person':
      return {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account.id}:saml-provider/AWSSSO_${account.canonicalId.slice(0, 16)}_DO_NOT_DELETE` },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      }; // prettier-ignore
    case 'serviceLinked': {
      const Service = role.path.split('/')[2] ?? 'ecs.amazonaws.com';
      return { Effect: 'Allow', Principal: { Service }, Action: assume };
    }
    case 'application':
      return {
        Effect: 'Allow',
        Principal: { Service: choices.one(['lambda.amazonaws.com', 'ec2.amazonaws.com', 'ecs-tasks.amazonaws.com']) },
        Action: assume,
      };
    case 'deployment':
      return {
        Effect: 'Allow',
        Principal: { Federated: principals.oidcProvider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*:ref:refs/heads/main' },
        },
      };
    case 'admin':
    case 'reader':
      return { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account.id}:root` }, Action: assume };
  }
}

function otherTrust(choices: Choices, plan: Plan, account: PlannedAccount, role: PlannedRole): JsonStatement {
  const other = choices.one(plan.accounts);
  const root = `arn:aws:iam::${other.id}:root`;
  const someRole = other.principals.roles.length > 0 ? choices.one(other.principals.roles) : undefined;
  const someUser = account.principals.users.length > 0 ? choices.one(account.principals.users) : undefined;
  const outsider = choices.one(plan.outsiders);
  const Condition = choices.one(choices.chance(0.5) ? onPrincipal : onRequest)(choices, plan, account);
  const maybe = choices.chance(0.3) ? { Condition } : {};
  switch (choices.below(10)) {
    case 0:
      return { Effect: 'Allow', Principal: { AWS: someRole?.arn ?? root }, Action: assume, ...maybe };
    case 1:
      return { Effect: 'Allow', Principal: { AWS: [root, account.id] }, Action: [assume, 'sts:TagSession'], ...maybe };
    case 2:
      return {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: assume,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': plan.organization } },
      };
    case 3:
      return {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${outsider}:root` },
        Action: assume,
        Condition: { StringEquals: { 'sts:ExternalId': `acme-${role.name}` } },
      };
    case 4:
      return { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${outsider}:role/vendor` }, Action: assume, ...maybe };
    case 5:
      // As AWS shows a principal that was deleted (PR4), or by chance one that still is.
      return {
        Effect: 'Allow',
        Principal: { AWS: choices.one(['AROAJ2UCCR6DPCEXAMPLE', someUser?.uniqueId ?? 'AIDAJQABLZS4A3QDU576Q']) },
        Action: assume,
      };
    case 6:
      return {
        Effect: 'Allow',
        Principal: { Federated: account.principals.samlProvider },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      };
    case 7:
      return { Effect: 'Deny', Principal: { AWS: someUser?.arn ?? root }, Action: assume, ...maybe };
    case 8:
      return {
        Effect: 'Allow',
        Principal: { AWS: someRole ? `arn:aws:sts::${other.id}:assumed-role/${someRole.name}/ci` : root },
        Action: 'sts:*',
      };
    default:
      return { Effect: 'Allow', Principal: { AWS: someUser?.arn ?? root }, Action: assume, ...maybe };
  }
}
