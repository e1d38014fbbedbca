import type { PolicyKind, Residual } from '@ag/model';
import { conditionsToResidual } from '../condition/to-residual.ts';
import { expand } from '../condition/variables.ts';
import { matchesAction } from '../match/action.ts';
import { matchesArnPattern } from '../match/arn-pattern.ts';
import { all, any, constant, never, not, test } from '../residual/build.ts';
import type { Policy, PolicyDocument, Statement } from '../types.ts';
import type { Scene } from './scene.ts';

/** What each element of a statement says of a request; all must hold. */
export interface StatementMatch {
  readonly action: boolean;
  readonly resource: Residual;
  readonly condition: Residual;
  /** The conditions without those whose operator AWS does not have; absent where there are none such (CL6). */
  readonly readable?: Residual;
}

/** Compares a statement with the request, element by element. */
export function matchStatement(policy: Policy, statement: Statement, scene: Scene): StatementMatch {
  const action = matchesActions(statement, scene.action);
  if (!action) return { action, resource: never, condition: never };
  const resource = matchResources(policy, statement, scene);
  // Most statements are about other things, so conditions come last.
  if (resource.is === 'false') return { action, resource, condition: never };
  const { version } = policy.document;
  const { conditions } = statement;
  const readable = conditions.filter(({ operator }) => operator !== 'Unknown');
  return {
    action,
    resource,
    condition: conditionsToResidual(conditions, version, scene.known),
    ...(readable.length < conditions.length && { readable: conditionsToResidual(readable, version, scene.known) }),
  };
}

export function toGuard({ action, resource, condition }: StatementMatch): Residual {
  return all([constant(action), resource, condition]);
}

function matchesActions({ actions, notActions }: Statement, action: string): boolean {
  if (actions) return actions.some((pattern) => matchesAction(pattern, action));
  // MA2
  return notActions !== undefined && !notActions.some((pattern) => matchesAction(pattern, action));
}

// A statement of these kinds may leave its Resource out, and is then about what it is attached to.
const attached: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['trust', 'resource', 'accessPoint']);

function matchResources(policy: Policy, { resources, notResources }: Statement, scene: Scene): Residual {
  const { version } = policy.document;
  const fits = (patterns: readonly string[]) => any(patterns.map((pattern) => matchResource(pattern, version, scene)));
  if (resources) return fits(resources);
  // MA5, VA8: a variable without a value names nothing, so NotResource then covers everything.
  if (notResources) return not(fits(notResources));
  return constant(attached.has(policy.kind));
}

function matchResource(pattern: string, version: PolicyDocument['version'], scene: Scene): Residual {
  const { arn, known } = scene;
  // RQ3
  if (scene.wildcardOnly) return constant(/^\*+$/.test(pattern));
  // VA2: before the fifth colon there are no variables, and no ARN has the text of one.
  if (version === '2012-10-17' && pattern.includes('${') && /^(?:[^:$]*:){0,4}[^:]*\$\{/.test(pattern)) return never;
  const expanded = expand(pattern, version, known);
  switch (expanded.is) {
    case 'none':
      return never;
    case 'text':
      return constant(matchesArnPattern(expanded.pattern, arn));
    case 'open': {
      // Even the widest value may not make it fit.
      const [key = ''] = expanded.keys;
      if (!matchesArnPattern(expanded.pattern.replace(/\$\{[^*?$][^}]*\}/g, '*'), arn)) return never;
      return test({ key, operator: 'ResourceLike', values: [expanded.pattern], given: arn });
    }
  }
}
