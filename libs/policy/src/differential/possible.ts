import type { Context, PolicySet, Question } from '../types.ts';
import type { Random } from './random.ts';

// Values that are none of their key's type, or none at all, which open keys do not have.
const strange = new Set(['', 'maybe', 'ten', 'soon', 'here', 'app', '!']);

/** A context as open keys can have it; two spellings of one key are not asked here (CL3). */
export function possible(context: Context): Context {
  return Object.fromEntries(
    Object.entries(context)
      .filter(([, value]) => value.length > 0 && ![value].flat().some((one) => strange.has(one)))
      .map(([key, value]) => [key.toLowerCase(), value]),
  );
}

/** Some of what is known. */
export function someOf(context: Context, random: Random): Context {
  return Object.fromEntries(Object.entries(context).filter(() => random.chance(0.3)));
}

/** Whether a request of this caller can have such a context. */
export function isPossible({ request, facts, policies }: Question, context: Context): boolean {
  const keys = Object.keys(context);
  // Users alone have a name, and tags that the inventory knows are all there are.
  if (request.principal.kind !== 'user' && keys.includes('aws:username')) return false;
  if (facts?.principal?.tags && keys.some((key) => key.startsWith('aws:principaltag/'))) return false;
  // Whether a key is multivalued is told by its operators, of which nobody mixes the kinds (CL4).
  return keys.every((key) => typeof context[key] === 'string' || isMultivalued(key, policies));
}

function isMultivalued(
  key: string,
  { identity, boundary = [], session = [], endpoint = [], ...rest }: PolicySet,
): boolean {
  const levels = [...(rest.scp ?? []), ...(rest.rcp ?? [])].flatMap(({ policies }) => policies);
  const single = [rest.resource, rest.accessPoint].flatMap((policy) => (policy ? [policy] : []));
  return [...identity, ...boundary, ...session, ...endpoint, ...levels, ...single].every(({ document }) =>
    document.statements.every(({ conditions }) =>
      conditions.every((one) => one.key.toLowerCase() !== key || one.set !== undefined || one.operator === 'Null'),
    ),
  );
}
