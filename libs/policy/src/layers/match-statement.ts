import type { Residual } from '@ag/model';
import { conditionsToResidual } from '../condition/to-residual.ts';
import type { Known } from '../condition/known.ts';
import { expand } from '../condition/variables.ts';
import { matchesAction } from '../match/action.ts';
import { matchesArnPattern } from '../match/arn-pattern.ts';
import { all, any, constant, never, not, test } from '../residual/build.ts';
import type { PolicyDocument, Statement } from '../types.ts';

/** The request as statements see it. */
export interface Asked {
  readonly action: string;
  readonly arn: string;
  /** The action has no resource-level permissions, so that only `*` names its resource (RQ3). */
  readonly wildcardOnly: boolean;
}

/** What each element of a statement says of a request; all must hold. */
export interface StatementMatch {
  readonly action: boolean;
  readonly resource: Residual;
  readonly condition: Residual;
}

export function matchStatement(
  statement: Statement,
  version: PolicyDocument['version'],
  asked: Asked,
  known: Known,
): StatementMatch {
  const action = matchesActions(statement, asked.action);
  if (!action) return { action, resource: never, condition: never };
  return {
    action,
    resource: matchResources(statement, version, asked, known),
    condition: conditionOf(statement, version, known),
  };
}

// CL6: with an operator that AWS does not have, an Allow gives nothing; whether a Deny fires, nobody knows.
function conditionOf({ effect, conditions }: Statement, version: PolicyDocument['version'], known: Known): Residual {
  const strange = conditions.find(({ operator }) => operator === 'Unknown');
  if (!strange) return conditionsToResidual(conditions, version, known);
  if (effect === 'Allow') return never;
  const rest = conditionsToResidual(
    conditions.filter(({ operator }) => operator !== 'Unknown'),
    version,
    known,
  );
  return all([rest, test({ key: strange.key, operator: strange.spelling, values: strange.values })]);
}

export function toGuard({ action, resource, condition }: StatementMatch): Residual {
  return all([constant(action), resource, condition]);
}

function matchesActions({ actions, notActions }: Statement, action: string): boolean {
  if (actions) return actions.some((pattern) => matchesAction(pattern, action));
  // MA2
  return notActions !== undefined && !notActions.some((pattern) => matchesAction(pattern, action));
}

function matchResources(
  { resources, notResources }: Statement,
  version: PolicyDocument['version'],
  asked: Asked,
  known: Known,
): Residual {
  const fits = (patterns: readonly string[]) =>
    any(patterns.map((pattern) => matchResource(pattern, version, asked, known)));
  if (resources) return fits(resources);
  // MA5, VA8: a variable without a value names nothing, so NotResource then covers everything.
  if (notResources) return not(fits(notResources));
  // Trust policies and a few resource policies have no Resource element: they are about what they are attached to.
  return constant(true);
}

function matchResource(pattern: string, version: PolicyDocument['version'], asked: Asked, known: Known): Residual {
  if (asked.wildcardOnly || asked.arn === '*') return constant(/^\*+$/.test(pattern));
  const expanded = expand(pattern, version, known);
  switch (expanded.is) {
    case 'none':
      return never;
    case 'text':
      return constant(matchesArnPattern(expanded.pattern, asked.arn));
    case 'open': {
      // Even the widest value may not make it fit.
      const [key = ''] = expanded.keys;
      if (!matchesArnPattern(expanded.pattern.replace(/\$\{[^*?$][^}]*\}/g, '*'), asked.arn)) return never;
      return test({ key, operator: 'ResourceLike', values: [expanded.pattern], given: asked.arn });
    }
  }
}
