import type { Residual } from '@ag/model';
import { conditionsToResidual } from '../condition/to-residual.ts';
import { solveVariable } from '../condition/solve-variable.ts';
import { expand, variables } from '../condition/variables.ts';
import { fitsArn, toArnPattern } from '../match/arn-pattern.ts';
import { all, always, any, constant, never, not, test } from '../residual/build.ts';
import type { Prepared, PreparedResource } from './prepare.ts';
import type { Scene } from './scene.ts';

/** What each element of a statement says of a request; all must hold. */
export interface StatementMatch {
  readonly action: boolean;
  readonly resource: Residual;
  readonly condition: Residual;
  /** The conditions without those whose operator AWS does not have; absent where there are none such (CL6). */
  readonly readable?: Residual;
}

/** What a statement looks at. */
export type Asked = Pick<Scene, 'actionName' | 'arn' | 'arnText' | 'wildcardOnly' | 'known'>;

/** The same without the action. */
export type AskedResource = Omit<Asked, 'actionName'>;

const otherAction: StatementMatch = { action: false, resource: never, condition: never };
const otherResource: StatementMatch = { action: true, resource: never, condition: never };
const unconditional: StatementMatch = { action: true, resource: always, condition: always };

/** Compares a statement with the request, element by element. */
export function matchStatement(prepared: Prepared, isAboutAction: boolean, scene: AskedResource): StatementMatch {
  if (!isAboutAction) return otherAction;
  const resource = matchResources(prepared, scene);
  // Most statements are about other things, so conditions come last.
  if (resource.is === 'false') return otherResource;
  const { version } = prepared;
  const { conditions } = prepared.statement;
  if (conditions.length === 0) return resource.is === 'true' ? unconditional : { ...unconditional, resource };
  if (prepared.hasJunk) return { ...unconditional, resource, condition: never };
  const readable = conditions.filter(({ operator }) => operator !== 'Unknown');
  return {
    action: true,
    resource,
    condition: conditionsToResidual(conditions, version, scene.known),
    ...(readable.length < conditions.length && { readable: conditionsToResidual(readable, version, scene.known) }),
  };
}

export function toGuard({ resource, condition }: StatementMatch): Residual {
  return resource.is === 'false' ? never : all([resource, condition]);
}

/** Whether a statement's Resource or NotResource names what is asked about. */
export function matchResources(
  { statement, resources, version, mayOmitResource }: Prepared,
  scene: AskedResource,
): Residual {
  if (statement.resources) return matchAny(resources, version, scene);
  // MA5, VA8: a variable without a value names nothing, so NotResource then covers everything.
  if (statement.notResources) return not(matchAny(resources, version, scene));
  return constant(mayOmitResource);
}

function matchAny(
  resources: readonly PreparedResource[],
  version: Prepared['version'],
  scene: AskedResource,
): Residual {
  let open: Residual[] | undefined;
  for (const resource of resources) {
    const fits = matchResource(resource, version, scene);
    if (fits.is === 'true') return always;
    if (fits.is !== 'false') (open ??= []).push(fits);
  }
  return open ? any(open) : never;
}

function matchResource(resource: PreparedResource, version: Prepared['version'], scene: AskedResource): Residual {
  if (scene.wildcardOnly) return constant(resource.isOnlyStars);
  if (resource.pattern) return constant(fitsArn(resource.pattern, scene.arnText));
  return resource.isNothing ? never : matchWithVariables(resource, version, scene);
}

function matchWithVariables(resource: PreparedResource, version: Prepared['version'], scene: AskedResource): Residual {
  const expanded = expand(resource.text, version, scene.known);
  switch (expanded.is) {
    case 'none':
      return never;
    case 'text':
      return constant(fitsArn(toArnPattern(expanded.pattern), scene.arnText));
    case 'open': {
      // Even the widest value may not make it fit.
      const [key = ''] = expanded.keys;
      const widest = expanded.pattern.replace(variables, '*');
      if (!fitsArn(toArnPattern(widest), scene.arnText)) return never;
      const fits = (pattern: string) => fitsArn(toArnPattern(pattern), scene.arnText);
      const solved = solveVariable(expanded.pattern, scene.arn, fits);
      if (solved) return solved;
      return test({ key, operator: 'ResourceLike', values: [expanded.pattern], given: scene.arn });
    }
  }
}
