import type { PolicyKind } from '@ag/model';
import type { PrincipalElement, Statement } from '../types.ts';
import { checkConditions } from './check-conditions.ts';
import { type Warn, checkVariables } from './check-variables.ts';

const longestArn = 2048;

/** What is odd about a statement that can be read: AWS would refuse it, or it does not mean what it seems to. */
export function checkStatement(statement: Statement, kind: PolicyKind, version: string, warn: Warn): void {
  for (const [name, actions] of [
    ['Action', statement.actions],
    ['NotAction', statement.notActions],
  ] as const) {
    if (actions?.length === 0) warn(name, 'an empty list matches nothing');
    for (const action of actions ?? [])
      checkAction(action, (message) => {
        warn(name, message);
      });
  }
  for (const [name, resources] of [
    ['Resource', statement.resources],
    ['NotResource', statement.notResources],
  ] as const) {
    if (resources?.length === 0) warn(name, 'an empty list matches nothing');
    for (const resource of resources ?? [])
      checkResource(resource, version, (message) => {
        warn(name, message);
      });
  }
  checkPrincipals(statement, kind, warn);
  if (kind === 'rcp') checkRcp(statement, warn);
  if (kind === 'trust' && (statement.resources ?? statement.notResources))
    warn('Resource', 'a trust policy is about its role alone');
  checkConditions(statement.conditions, version, warn);
}

function checkAction(action: string, warn: (message: string) => void): void {
  if (action === '*') return;
  const parts = action.split(':');
  if (parts.length === 1) warn(`\`${action}\` names no service`);
  if (parts.length > 2) warn(`\`${action}\` has more than one colon, as no action has`);
}

function checkResource(resource: string, version: string, warn: (message: string) => void): void {
  if (/^\*+$/.test(resource)) return;
  if (resource.length > longestArn) warn(`an ARN has ${String(longestArn)} characters at most`);
  const short = resource.length > 80 ? `${resource.slice(0, 80)}…` : resource;
  const start = /^(?:[^:$]*:){0,4}[^:]*\$\{/.test(resource);
  if (!resource.startsWith('arn:') || resource.split(':').length < 6) warn(`\`${short}\` is not an ARN`);
  else if (start) warn(`\`${short}\` has a variable before the fifth colon, where there are none`);
  checkVariables(resource, version, warn);
}

const withoutPrincipals: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['identity', 'boundary', 'session', 'scp']);

function checkPrincipals({ principals, notPrincipals, effect }: Statement, kind: PolicyKind, warn: Warn): void {
  const name = notPrincipals ? 'NotPrincipal' : 'Principal';
  const element = principals ?? notPrincipals;
  // PR7
  if (withoutPrincipals.has(kind)) {
    if (element) warn(name, `means nothing in a policy of kind ${kind}`);
    return;
  }
  if (!element) {
    warn(name, 'missing, so that the statement is about nobody');
    return;
  }
  // PR9
  if (notPrincipals && effect === 'Allow') warn(name, 'is not supported with Allow');
  if (notPrincipals && kind === 'trust') warn(name, 'is not supported in trust policies');
  for (const problem of principalProblems(element)) warn(name, problem);
}

function principalProblems({ aws, service, federated }: PrincipalElement): readonly string[] {
  return [
    ...aws.flatMap((name) => {
      if (/^\d{12}$/.test(name)) return [];
      // PR4
      if (/^A(IDA|ROA)[A-Z0-9]+$/.test(name)) return [`\`${name}\` is the id of a user or role that is deleted`];
      if (!/^arn:[^:]+:(iam|sts)::/.test(name)) return [`\`${name}\` is neither an account nor an ARN of IAM or STS`];
      // PR3
      return /[*?]/.test(name) ? [`\`${name}\` has a wildcard, which is none in a principal`] : [];
    }),
    ...service
      .filter((name) => !/^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|[a-z-]+)$/.test(name))
      .map((name) => `\`${name}\` is no service principal`),
    ...federated.filter((name) => name === '').map(() => 'an empty name is no identity provider'),
  ];
}

// OR10, OR13: what a customer's RCP may not have. AWS's own allows everything to everyone.
function checkRcp({ effect, actions, notActions, principals }: Statement, warn: Warn): void {
  if (effect === 'Allow') return;
  if (notActions) warn('NotAction', 'is not supported in RCPs');
  if (actions?.includes('*')) warn('Action', '`*` is not supported in RCPs');
  if (principals && !principals.anyone) warn('Principal', 'is `*` in RCPs');
}
