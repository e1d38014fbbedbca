import type { PolicyKind } from '@ag/model';
import type { Statement } from '../types.ts';
import { checkConditions } from './check-conditions.ts';
import { checkPrincipals } from './check-principals.ts';
import { type Warn, checkVariables } from './check-variables.ts';

const longestArn = 2048;

/** What is odd about a statement that can be read: AWS would refuse it, or it does not mean what it seems to. */
export function checkStatement(statement: Statement, kind: PolicyKind, version: string, warn: Warn): void {
  for (const [name, actions] of [
    ['Action', statement.actions],
    ['NotAction', statement.notActions],
  ] as const) {
    if (actions?.length === 0) warn(name, 'an empty list matches nothing');
    for (const action of actions ?? []) {
      const problem = actionProblem(action);
      if (problem !== undefined) warn(name, `\`${action}\` ${problem}`);
    }
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
    if (resources && kind === 'trust') warn(name, 'a trust policy is about its role alone');
  }
  checkPrincipals(statement, kind, warn);
  if (kind === 'rcp') checkRcp(statement, warn);
  checkConditions(statement.conditions, version, warn);
}

// Which services there are, and which actions they have, no text can tell.
function actionProblem(action: string): string | undefined {
  if (action === '*') return undefined;
  const [service = '', name, ...rest] = action.split(':');
  if (service === '' || name === undefined) return 'names no service';
  if (rest.length > 0) return 'has more than one colon, as no action has';
  if (name === '') return 'names no action';
  if (/[*?]/.test(service)) return 'has a wildcard in its service, where `*` alone stands for all of them';
  return /[^A-Za-z0-9*?_.:-]/.test(action) ? 'has a character that no action has' : undefined;
}

function checkResource(resource: string, version: string, warn: (message: string) => void): void {
  if (/^\*+$/.test(resource)) return;
  if (resource.length > longestArn) warn(`an ARN has ${String(longestArn)} characters at most`);
  const short = resource.length > 80 ? `${resource.slice(0, 80)}…` : resource;
  const problem = arnProblem(resource);
  if (problem !== undefined) warn(`\`${short}\` ${problem}`);
  checkVariables(resource, version, warn);
}

// MA8: a region and an account may be left out, and nothing else.
function arnProblem(resource: string): string | undefined {
  const [start, partition, service, , , ...rest] = resource.split(':');
  if (start !== 'arn' || rest.length === 0) return 'is not an ARN';
  if (/^(?:[^:$]*:){0,4}[^:]*\$\{/.test(resource)) return 'has a variable before the fifth colon, where there are none';
  if (partition === '') return 'names no partition';
  if (service === '') return 'names no service';
  return rest.join('') === '' ? 'names no resource' : undefined;
}

// OR10, OR13: what a customer's RCP may not have. AWS's own allows everything to everyone.
function checkRcp(statement: Statement, warn: Warn): void {
  if (statement.effect === 'Allow') {
    if (!allowsEverything(statement)) warn('Effect', 'is `Deny` in every RCP but the one of AWS');
    return;
  }
  const { actions, notActions, principals, notPrincipals } = statement;
  if (notActions) warn('NotAction', 'is not supported in RCPs');
  if (actions?.includes('*')) warn('Action', '`*` is not supported in RCPs');
  if (principals && !principals.anyone) warn('Principal', 'is `*` in RCPs');
  if (notPrincipals) warn('NotPrincipal', 'is not supported in RCPs');
}

function allowsEverything({ actions, resources, principals, conditions }: Statement): boolean {
  const every = [actions, resources].every((names) => names?.length === 1 && names[0] === '*');
  return every && principals?.anyone === true && conditions.length === 0;
}
