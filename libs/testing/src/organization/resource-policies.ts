import type { Choices } from './choices.ts';
import { conditionFor } from './conditions.ts';
import type { JsonCondition, JsonPrincipal, JsonStatement, OneOrMany } from './document.ts';
import { type Plan, type PlannedAccount, pathOf } from './plan.ts';
import type { ResourceLabel } from './plan-resources.ts';
import { actionPatterns, vocabularies } from './vocabulary.ts';

/** Kinds whose policy or ACL may stand beside identity policies. */
export const withPolicies: readonly ResourceLabel[] = [
  'S3Bucket', 'KmsKey', 'SqsQueue', 'SnsTopic', 'SecretsManagerSecret', 'LambdaFunction', 'DynamoDbTable', 'SsmParameter',
  'S3AccessPoint', 'EcrRepository', 'EventBridgeEventBus', 'ApiGatewayRestApi', 'S3TablesTableBucket', 'S3TablesTable',
  'EfsFileSystem',
]; // prettier-ignore

interface About {
  readonly plan: Plan;
  readonly account: PlannedAccount;
  readonly label: ResourceLabel;
  readonly arn: string;
}

/** The statements of a resource's policy; none where it has no policy. */
export function resourceStatements(choices: Choices, about: About): readonly JsonStatement[] {
  const { plan, label } = about;
  if (!withPolicies.includes(label)) return [];
  // Every key has a policy; most others do not need one.
  const base = label === 'KmsKey' ? [keyBase(choices, about)] : [];
  if (!choices.chance(plan.knobs.resourcePolicies)) return base;
  const count = 1 + choices.below(3);
  return [...base, ...Array.from({ length: count }, () => statement(choices, about))];
}

/** The account is in charge of its key, or for once named administrators alone are. */
function keyBase(choices: Choices, { account }: About): JsonStatement {
  const { roles } = account.principals;
  const admin = roles.find(({ use }) => use === 'admin');
  if (!admin || choices.chance(0.8)) {
    return {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account.id}:root` },
      Action: 'kms:*',
      Resource: '*',
    };
  }
  return { Sid: 'Administrators', Effect: 'Allow', Principal: { AWS: admin.arn }, Action: ['kms:Create*', 'kms:Put*', 'kms:Describe*'], Resource: '*' };
} // prettier-ignore

function statement(choices: Choices, about: About): JsonStatement {
  const { plan, account, label } = about;
  const { knobs } = plan;
  if (choices.chance(0.1 + knobs.denies)) return denial(choices, about);
  const words = actionsFor(choices, about);
  const Condition = choices.chance(knobs.conditions)
    ? conditionFor(choices, plan, account, vocabularies[label]?.service)
    : undefined;
  const maybe = Condition ? { Condition } : {};
  const where = { Action: words, Resource: resourceOf(choices, about) };
  return choices.weighted<() => JsonStatement>([
    [knobs.organizationWide, () => ({ Effect: 'Allow', Principal: everyone(choices), ...where, Condition: withinOrganization(choices, about) })],
    [knobs.public, () => ({ Effect: 'Allow', Principal: everyone(choices), ...where, ...maybe })],
    [knobs.crossAccount, () => ({ Effect: 'Allow', Principal: { AWS: others(choices, about) }, ...where, ...maybe })],
    [0.15, () => ({ Effect: 'Allow', Principal: { Service: service(choices) }, ...where, ...fromSource(choices, about) })],
    [0.02, () => ({ Effect: 'Allow', Principal: { AWS: '*' }, ...where, Condition: { StringEquals: { 'aws:PrincipalAccount': choices.one(plan.outsiders) } } })],
    [0.3, () => ({ Effect: 'Allow', Principal: { AWS: owns(choices, about) }, ...where, ...maybe })],
  ])();
} // prettier-ignore

function denial(choices: Choices, about: About): JsonStatement {
  const { plan, account, label } = about;
  const where = { Action: actionsFor(choices, about), Resource: resourceOf(choices, about) };
  const service = vocabularies[label]?.service ?? '*';
  const { roles } = account.principals;
  const role = roles.length > 0 ? choices.one(roles).arn : `arn:aws:iam::${account.id}:root`;
  switch (choices.below(7)) {
    case 0:
      return {
        Sid: 'DenyInsecureTransport',
        Effect: 'Deny',
        Principal: '*',
        Action: `${service === 'execute-api' ? 'execute-api' : service}:*`,
        Resource: where.Resource,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      };
    case 1:
      return { Effect: 'Deny', NotPrincipal: { AWS: [`arn:aws:iam::${account.id}:root`, role] }, ...where };
    case 2:
      return { Effect: 'Deny', Principal: '*', ...where, Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-00aabbccddeeff001' } } };
    case 3:
      return { Effect: 'Deny', Principal: { AWS: role }, ...where };
    case 4:
      return { Effect: 'Deny', Principal: { AWS: '*' }, ...where, Condition: { StringNotEqualsIfExists: { 'aws:PrincipalTag/team': account.team } } };
    case 5:
      return { Effect: 'Deny', Principal: '*', NotAction: where.Action, Resource: where.Resource, Condition: { ArnNotLike: { 'aws:PrincipalArn': [role, 'arn:aws:iam::*:role/Admin'] } } };
    default:
      return { Effect: 'Deny', Principal: '*', ...where, Condition: conditionFor(choices, plan, account, service) };
  }
} // prettier-ignore

function actionsFor(choices: Choices, { plan, label }: About): OneOrMany {
  if (label === 'ApiGatewayRestApi') return 'execute-api:Invoke';
  const words = vocabularies[label];
  const all = [...(words?.actions ?? []), ...(words?.inside?.actions ?? [])];
  if (choices.chance(plan.knobs.wildcards)) return choices.one(actionPatterns[words?.service ?? ''] ?? ['*']);
  return choices.some(all.length > 0 ? all : ['*'], 1, 3);
}

/** What a policy says it is about: the resource itself, what is in it, everything. Key policies say `*`. */
function resourceOf(choices: Choices, { label, arn, account }: About): OneOrMany {
  if (label === 'S3Bucket')
    return choices.one<OneOrMany>([[arn, `${arn}/*`], `${arn}/*`, arn, `${arn}/public/*`, [`${arn}*`], `${arn}/\${aws:PrincipalTag/team}/*`]);
  if (label === 'S3AccessPoint') return choices.one<OneOrMany>([[arn, `${arn}/object/*`], `${arn}/object/*`]);
  if (['KmsKey', 'EcrRepository', 'SecretsManagerSecret', 'EfsFileSystem'].includes(label)) return '*';
  if (label === 'ApiGatewayRestApi') {
    const [, , , region = ''] = arn.split(':');
    return `arn:aws:execute-api:${region}:${account.id}:${arn.slice(arn.lastIndexOf('/') + 1)}/*`;
  }
  if (label === 'S3TablesTableBucket') return choices.one<OneOrMany>([arn, `${arn}/table/*`]);
  return choices.one([arn, arn, arn, '*', `${arn.slice(0, -1)}?`]);
} // prettier-ignore

function everyone(choices: Choices): JsonPrincipal {
  return choices.chance(0.6) ? '*' : { AWS: '*' };
}

function withinOrganization(choices: Choices, { plan, account }: About): JsonCondition {
  const path = `${pathOf(plan, choices.chance(0.5) ? account.branch : choices.one([plan.root, ...plan.units]))}*`;
  return choices.one<JsonCondition>([
    { StringEquals: { 'aws:PrincipalOrgID': plan.organization } },
    { StringEquals: { 'aws:PrincipalOrgID': [plan.organization, 'o-stranger00'] }, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app-*' } },
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': path } },
    { StringEquals: { 'aws:PrincipalOrgID': plan.organization, 'aws:PrincipalTag/team': account.team } },
  ]);
} // prettier-ignore

function others(choices: Choices, { plan }: About): OneOrMany {
  const other = choices.one(plan.accounts);
  const { roles, users } = other.principals;
  return choices.some(
    [
      `arn:aws:iam::${other.id}:root`,
      choices.one(plan.accounts).id,
      `arn:aws:iam::${choices.one(plan.outsiders)}:root`,
      `arn:aws:iam::${choices.one(plan.outsiders)}:user/partner`,
      ...(roles.length > 0 ? [choices.one(roles).arn, choices.one(roles).arn] : []),
      ...(users.length > 0 ? [choices.one(users).arn] : []),
    ],
    1,
    3,
  );
}

function owns(choices: Choices, { account }: About): OneOrMany {
  const { roles, users } = account.principals;
  const all = [...roles, ...users].map(({ arn }) => arn);
  return choices.some([`arn:aws:iam::${account.id}:root`, ...all.slice(0, 40)], 1, 3);
}

function service(choices: Choices): string {
  return choices.one(['sns.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com', 'cloudtrail.amazonaws.com', 'logs.eu-west-1.amazonaws.com']);
} // prettier-ignore

function fromSource(choices: Choices, { plan, account }: About): { readonly Condition?: JsonCondition } {
  return choices.one<{ readonly Condition?: JsonCondition }>([
    {},
    { Condition: { StringEquals: { 'aws:SourceAccount': account.id } } },
    { Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:*:*:${account.id}:*` } } },
    { Condition: { StringEquals: { 'aws:SourceOrgID': plan.organization } } },
  ]);
}
