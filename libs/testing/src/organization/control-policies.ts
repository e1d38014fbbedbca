import type { Choices } from './choices.ts';
import { onPrincipal, onRequest, onResource } from './conditions.ts';
import type { JsonStatement } from './document.ts';
import type { Plan } from './plan.ts';

export interface ControlPolicy {
  readonly kind: 'service' | 'resource';
  readonly name: string;
  readonly id: string;
  readonly statements: readonly JsonStatement[];
  /** ARNs of roots and units, ids of accounts. */
  readonly targets: readonly string[];
}

const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;

/**
 * SCPs and RCPs at every level: AWS's own that allow everything, lists of what is allowed, and limits.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html
 */
export function controlPolicies(choices: Choices, plan: Plan): readonly ControlPolicy[] {
  const accounts = plan.accounts.map(({ id }) => id);
  const branches = [plan.root, ...plan.units].map(({ arn }) => arn);
  // Where a list of what is allowed stands instead of AWS's own policy.
  const listed = choices.some([...branches.slice(2), ...accounts.slice(2)], 1, Math.max(1, branches.length >> 2));
  const full: ControlPolicy = {
    kind: 'service',
    name: 'FullAWSAccess',
    id: 'p-FullAWSAccess',
    statements: [everything],
    targets: [...branches, ...accounts].filter((target) => !listed.includes(target)),
  };
  const places = (least: number, most: number): readonly string[] =>
    choices.some([...branches, ...accounts], least, most);
  const own = (kind: 'service' | 'resource', name: string, statements: readonly JsonStatement[], targets: readonly string[]) => ({
    kind, name, id: `p-${choices.hex(8)}`, statements, targets,
  }); // prettier-ignore
  const account = plan.accounts[0];
  if (!account) throw new Error('an organization has one account at least');
  return [
    full,
    own('service', 'AllowList', [{ ...everything, Action: ['s3:*', 'sqs:*', 'sns:*', 'kms:*', 'sts:*', 'iam:*', 'ec2:*', 'lambda:*', 'dynamodb:*'] }], listed),
    own('service', 'Regions', [
      {
        Sid: 'DenyOtherRegions',
        Effect: 'Deny',
        NotAction: ['iam:*', 'organizations:*', 'sts:*', 's3:ListAllMyBuckets', 'support:*', 'route53:*'],
        Resource: '*',
        Condition: {
          StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] },
          ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/Admin', 'arn:aws:iam::*:role/OrganizationAccountAccessRole'] },
        },
      },
    ], places(1, 2)),
    own('service', 'Guardrails', [
      { Effect: 'Deny', Action: ['organizations:LeaveOrganization', 'kms:ScheduleKeyDeletion', 's3:DeleteBucket'], Resource: '*' },
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } } },
    ], places(1, 3)),
    own('service', 'ProtectLogs', [
      {
        Effect: 'Deny',
        Action: ['s3:Delete*', 's3:Put*'],
        NotResource: ['arn:aws:s3:::acme-*-orders-*', 'arn:aws:s3:::acme-*-assets-*/*'],
        Condition: choices.one(onPrincipal)(choices, plan, account),
      },
    ], places(1, 2)),
    // Since 2025 an SCP may allow under a condition and on single resources.
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
    own('service', 'ConditionalAllow', [
      { Effect: 'Allow', Action: ['secretsmanager:*', 'ssm:Get*'], Resource: '*', Condition: choices.one(onRequest)(choices, plan, account) },
      { Effect: 'Allow', Action: 's3:Get*', Resource: ['arn:aws:s3:::acme-*', 'arn:aws:s3:::acme-*/*'] },
    ], [...new Set([...listed, ...places(1, 1)])]),
    own('service', 'Tagged', [
      { Effect: 'Deny', Action: 'sqs:*', Resource: '*', Condition: choices.one(onResource)(choices, plan, account) },
      { Effect: 'Deny', NotAction: ['s3:*', 'iam:Get*'], Resource: 'arn:aws:sns:*:*:*', Condition: { Null: { 'aws:PrincipalTag/team': 'true' } } },
    ], places(1, 2)),
    {
      kind: 'resource',
      name: 'RCPFullAWSAccess',
      id: 'p-RCPFullAWSAccess',
      statements: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
      // It stands at every level whether a listing says so or not.
      targets: choices.chance(0.5) ? [...branches, ...accounts] : branches,
    },
    own('resource', 'Perimeter', [
      {
        Sid: 'EnforceOrganization',
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole'],
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': plan.organization },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ], places(1, 2)),
    own('resource', 'Transport', [
      { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } },
      { Effect: 'Deny', Principal: '*', Action: ['dynamodb:DeleteTable', 'sqs:PurgeQueue'], NotResource: 'arn:aws:sqs:*:*:orders-*' },
    ], places(1, 2)),
  ]; // prettier-ignore
}

/** Where an SCP or RCP is kept: AWS's own belong to no organization. */
export function controlPolicyArn(plan: Plan, { kind, id }: Pick<ControlPolicy, 'kind' | 'id'>): string {
  const type = `${kind}_control_policy`;
  if (id.endsWith('FullAWSAccess')) return `arn:aws:organizations::aws:policy/${type}/${id}`;
  return `arn:aws:organizations::${plan.managementAccount}:policy/${plan.organization}/${type}/${id}`;
}
