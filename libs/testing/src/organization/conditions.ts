import type { Choices } from './choices.ts';
import type { JsonCondition } from './document.ts';
import { type Plan, type PlannedAccount, pathOf, teams } from './plan.ts';
import { regions } from './plan-resources.ts';

type Make = (choices: Choices, plan: Plan, account: PlannedAccount) => JsonCondition;

const addresses = ['10.0.0.0/8', '192.0.2.0/24', '203.0.113.0/24', '2001:db8::/32'];
const anyRole = (choices: Choices, plan: Plan): string => {
  const { principals, id } = choices.one(plan.accounts);
  return principals.roles.length > 0 ? choices.one(principals.roles).arn : `arn:aws:iam::${id}:root`;
};
const anyBranchPath = (choices: Choices, plan: Plan): string => pathOf(plan, choices.one([plan.root, ...plan.units]));

/** Conditions on what the principal is: its tags, ARN, name, account, organization. */
export const onPrincipal: readonly Make[] = [
  (choices) => ({ StringEquals: { 'aws:PrincipalTag/team': choices.one(teams) } }),
  (choices) => ({ StringEqualsIgnoreCase: { 'aws:PrincipalTag/Team': choices.one(teams).toUpperCase() } }),
  (choices) => ({ StringLike: { 'aws:PrincipalTag/TEAM': [`${choices.one(teams).slice(0, 3)}*`, 'pl?tform'] } }),
  (choices) => ({ StringNotEquals: { 'aws:PrincipalTag/level': choices.one(['1', '2', '3']) } }),
  (choices) => ({ NumericGreaterThanEquals: { 'aws:PrincipalTag/level': choices.one(['1', '2', '3']) } }),
  (choices, plan) => ({ ArnLike: { 'aws:PrincipalArn': [anyRole(choices, plan), 'arn:aws:iam::*:role/deploy-*'] } }),
  () => ({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } }),
  (choices, plan) => ({ ArnEquals: { 'aws:PrincipalArn': anyRole(choices, plan) } }),
  () => ({ StringNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/*admin*', 'arn:aws:iam::*:user/a?a'] } }),
  (choices, plan) => ({ StringEquals: { 'aws:PrincipalAccount': [choices.one(plan.accounts).id, choices.one(plan.outsiders)] } }),
  (_, plan) => ({ StringEquals: { 'aws:PrincipalOrgID': plan.organization } }),
  (_, plan) => ({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': plan.organization } }),
  (choices, plan) => ({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${anyBranchPath(choices, plan)}*` } }),
  (choices, plan) => ({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': [anyBranchPath(choices, plan)] } }),
  () => ({ StringLike: { 'aws:username': ['a*', 'ben', '?ev'] } }),
  () => ({ StringEquals: { 'aws:PrincipalType': ['User', 'Account'] } }),
  () => ({ Null: { 'aws:PrincipalTag/team': 'true' } }),
  () => ({ Null: { 'aws:PrincipalTag/level': 'false' } }),
  () => ({ Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
  (_, __, account) => ({ StringLike: { 'aws:userid': `${account.principals.roles[0]?.uniqueId ?? 'AROA'}:*` } }),
]; // prettier-ignore

/** Conditions on what the resource is: its tags, its account, its organization, where it is. */
export const onResource: readonly Make[] = [
  (choices) => ({ StringEquals: { 'aws:ResourceTag/team': choices.one(teams) } }),
  (choices) => ({ StringEqualsIfExists: { 'aws:ResourceTag/Team': [choices.one(teams), choices.one(teams)] } }),
  () => ({ StringNotLike: { 'aws:ResourceTag/stage': 'prod*' } }),
  () => ({ Null: { 'aws:ResourceTag/stage': 'false' } }),
  (_, __, account) => ({ StringEquals: { 'aws:ResourceAccount': account.id } }),
  (_, plan) => ({ StringNotEquals: { 'aws:ResourceOrgID': plan.organization } }),
  (choices, plan) => ({ 'ForAnyValue:StringNotLike': { 'aws:ResourceOrgPaths': `${anyBranchPath(choices, plan)}*` } }),
  (choices) => ({ StringEquals: { 'aws:RequestedRegion': choices.some(regions, 1, 2) } }),
  (choices) => ({ StringNotEquals: { 'aws:RequestedRegion': choices.some(regions, 1, 2) } }),
];

/** Conditions on how the request is made, which nobody knows beforehand. */
export const onRequest: readonly Make[] = [
  (choices) => ({ IpAddress: { 'aws:SourceIp': choices.some(addresses, 1, 2) } }),
  (choices) => ({ NotIpAddress: { 'aws:SourceIp': choices.one(addresses) } }),
  () => ({ Bool: { 'aws:SecureTransport': 'false' } }),
  () => ({ Bool: { 'aws:SecureTransport': 'true' } }),
  () => ({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  () => ({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
  () => ({ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }),
  () => ({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' }, DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }),
  () => ({ DateLessThanIfExists: { 'aws:TokenIssueTime': '2026-06-01T00:00:00Z' } }),
  (choices) => ({ StringEquals: { 'aws:SourceVpce': `vpce-0${choices.below(3)}aabbccddeeff001` } }),
  () => ({ StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' } }),
  () => ({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] } }),
  () => ({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['owner'] } }),
  () => ({ Null: { 'aws:RequestTag/team': 'false' } }),
  () => ({ StringLike: { 'aws:UserAgent': '*Terraform*' } }),
  () => ({ Bool: { 'aws:ViaAWSService': 'true' } }),
]; // prettier-ignore

const ofService: Readonly<Record<string, readonly Make[]>> = {
  s3: [
    () => ({ StringLike: { 's3:prefix': ['home/${aws:username}/*', 'public/*'] } }),
    () => ({ StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }),
    () => ({ Null: { 's3:x-amz-server-side-encryption': 'true' } }),
    () => ({ NumericLessThanEquals: { 's3:max-keys': '100' } }),
    () => ({ NumericLessThan: { 's3:TlsVersion': '1.2' } }),
  ],
  kms: [
    (choices) => ({ StringEquals: { 'kms:ViaService': [`s3.${choices.one(regions)}.amazonaws.com`] } }),
    (_, __, account) => ({ StringEquals: { 'kms:CallerAccount': account.id } }),
    () => ({ StringEquals: { 'kms:EncryptionContext:stage': 'prod' } }),
    () => ({ Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ],
  iam: [
    () => ({ StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } }),
    (_, __, account) => ({ ArnLike: { 'iam:PermissionsBoundary': `arn:aws:iam::${account.id}:policy/Boundary` } }),
  ],
  sts: [
    () => ({ StringEquals: { 'sts:ExternalId': 'acme-42' } }),
    () => ({ StringLike: { 'sts:RoleSessionName': ['${aws:username}', 'ci-*'] } }),
  ],
  lambda: [() => ({ StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } })],
  dynamodb: [() => ({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:username}'] } })],
  ec2: [(choices) => ({ StringEquals: { 'ec2:ResourceTag/team': choices.one(teams) } })],
  secretsmanager: [() => ({ StringEquals: { 'secretsmanager:ResourceTag/team': '${aws:PrincipalTag/team}' } })],
};

/** A tag of the principal against one of the resource, as attribute-based access control does. */
export const attributeBased: readonly JsonCondition[] = [
  { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { StringEqualsIgnoreCase: { 'aws:ResourceTag/Team': '${aws:PrincipalTag/team}' } },
  { StringLike: { 'aws:ResourceTag/team': "${aws:PrincipalTag/team, 'platform'}*" } },
  { StringNotEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
  { StringEqualsIfExists: { 'aws:ResourceTag/stage': '${aws:PrincipalTag/stage}' } },
];

/** One condition for a statement about a service's actions. */
export function conditionFor(choices: Choices, plan: Plan, account: PlannedAccount, service?: string): JsonCondition {
  const own = ofService[service ?? ''] ?? [];
  const makers = choices.weighted([
    [4, onPrincipal],
    [3, onResource],
    [4, onRequest],
    ...(own.length > 0 ? [[3, own] as const] : []),
  ]);
  return choices.one(makers)(choices, plan, account);
}
