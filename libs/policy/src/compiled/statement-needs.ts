import { takesVariables } from '../condition/variables.ts';
import { keySource } from '../context/key-source.ts';
import { rememberFor } from '../match/remember.ts';
import { variablesIn } from '../residual/build.ts';
import type { Prepared } from '../layers/prepare.ts';
import type { Condition } from '../types.ts';

/** On what of a request it depends whether a statement about its action applies. */
export interface StatementNeeds {
  /** Keys that the principal itself fixes. */
  readonly principal: readonly string[];
  /** The principal's account or kind. */
  readonly stance: boolean;
  /** Keys that the resource fixes. */
  readonly resource: readonly string[];
  /** Every resource fits, whatever its name. */
  readonly isWide: boolean;
  /** Variables stand in its resources. */
  readonly hasVariables: boolean;
}

/** Reads off a statement on what its application depends. */
export const needsOf = rememberFor((prepared: Prepared): StatementNeeds => {
  const { statement, resources, version, mayOmitResource } = prepared;
  const hasVariables = resources.some(({ pattern, isNothing }) => !pattern && !isNothing);
  const keys = [
    ...statement.conditions.flatMap((condition) => keysOfCondition(condition, version)),
    ...(hasVariables ? resources.flatMap(({ text }) => variablesIn(text)) : []),
  ];
  const by = (source: ReturnType<typeof keySource>) => keys.filter((key) => keySource(key) === source);
  const ofResource = by('resource');
  return {
    principal: distinct(by('principal')),
    // Without a resource the caller's account takes its place.
    stance: by('account').length + by('kind').length + ofResource.length > 0,
    resource: distinct(ofResource),
    isWide: statement.resources
      ? resources.some(({ isOnlyStars }) => isOnlyStars)
      : statement.notResources === undefined && mayOmitResource,
    hasVariables,
  };
});

/** The keys that a condition looks at: its own, and those of the variables in its values. */
export function keysOfCondition({ key, operator, values }: Condition, version: Prepared['version']): readonly string[] {
  if (version !== '2012-10-17' || !takesVariables(operator)) return [key];
  return [key, ...values.flatMap(variablesIn)];
}

function distinct(keys: readonly string[]): readonly string[] {
  return [...new Set(keys.map((key) => key.toLowerCase()))].sort();
}
