import type { Residual } from '@ag/model';
import { conditionToResidual } from '../condition/to-residual.ts';
import type { Setting } from '../layers/setting.ts';
import { always, never, not } from '../residual/build.ts';

// What IAM refuses to do to things that AWS keeps, whatever policies say (IC5, ST11).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
// https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
const kept: readonly { readonly arn: RegExp; readonly actions: ReadonlySet<string> }[] = [
  {
    arn: /^arn:[^:]+:iam::\d{12}:role\/aws-reserved\//,
    actions: iam(
      'AttachRolePolicy CreateRole DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DetachRolePolicy ' +
        'PutRolePermissionsBoundary PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription',
    ),
  },
  {
    arn: /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//,
    actions: iam(
      'AttachRolePolicy DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DetachRolePolicy ' +
        'PutRolePermissionsBoundary PutRolePolicy UpdateAssumeRolePolicy',
    ),
  },
  {
    arn: /^arn:[^:]+:iam::aws:policy\//,
    actions: iam('CreatePolicyVersion DeletePolicy DeletePolicyVersion SetDefaultPolicyVersion TagPolicy UntagPolicy'),
  },
];

function iam(names: string): ReadonlySet<string> {
  return new Set(names.split(' ').map((name) => `iam:${name.toLowerCase()}`));
}

/** Under which residual the service itself refuses, whatever policies say. */
export function refusedByService({ question, service, sameAccount, scene }: Setting): Residual {
  const { action, resource } = question.request;
  const name = action.toLowerCase();
  if (kept.some(({ arn, actions }) => actions.has(name) && arn.test(resource.arn))) return always;
  // ST8: a role of another account cannot be passed.
  if (name === 'iam:passrole' && !sameAccount && resource.arn !== '*') return always;
  const credentials = question.facts?.principal?.credentials;
  // ST10: GetFederationToken credentials call neither IAM nor STS.
  if (credentials === 'federation-token' && (service === 'iam' || service === 'sts')) return always;
  if (credentials !== 'session-token') return never;
  // ST10: GetSessionToken credentials call IAM only with MFA, and of STS only AssumeRole.
  if (service === 'sts') return name === 'sts:assumerole' ? never : always;
  if (service !== 'iam') return never;
  const mfa = {
    operator: 'Bool',
    negated: false,
    ifExists: false,
    key: 'aws:MultiFactorAuthPresent',
    values: ['true'],
    spelling: 'Bool',
  };
  return not(conditionToResidual(mfa, '2012-10-17', scene.known));
}
