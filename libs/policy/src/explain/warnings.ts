import { ambiguousKeys } from '../condition/known.ts';
import { rememberFor } from '../match/remember.ts';
import type { Policy, PolicySet, Question } from '../types.ts';

/** What a reader of the answer should know, though it decides nothing. */
export function warningsOf({ policies, facts, knowledge }: Question): readonly string[] {
  return [
    ...policiesOf(policies).flatMap(ofPolicy),
    ...[...ambiguousKeys(facts?.principal?.tags ?? {}), ...ambiguousKeys(knowledge.context)].map(
      (key) => `two tags are called ${key} but for the case, and nobody can tell which one AWS compares`,
    ),
  ];
}

function policiesOf({ identity, resource, accessPoint }: PolicySet): readonly Policy[] {
  return [...identity, ...(resource ? [resource] : []), ...(accessPoint ? [accessPoint] : [])];
}

// What a policy itself makes worth knowing, looked for once.
const ofPolicy = rememberFor((policy: Policy): readonly string[] => [
  ...overPermissive(policy),
  ...(policy.kind === 'resource' ? orphans(policy) : []),
]);

// SE4: a caller may leave the key out, and the statement then allows; unless it asks for the key.
function overPermissive({ id, document }: Policy): readonly string[] {
  return document.statements.flatMap(({ effect, conditions, index }) => {
    if (effect !== 'Allow') return [];
    const asked = new Set(
      conditions
        .filter(({ operator, values }) => operator === 'Null' && values.includes('false'))
        .map(({ key }) => key.toLowerCase()),
    );
    const open = conditions.filter(({ set, key }) => set === 'ForAllValues' && !asked.has(key.toLowerCase()));
    if (open.length === 0) return [];
    return [`statement ${String(index)} of ${id} allows also where the key of its ForAllValues condition is missing`];
  });
}

// PR4: a deleted user or role stays in the policy as its id, and a namesake is another.
function orphans({ id, document }: Policy): readonly string[] {
  return document.statements.flatMap(({ principals, index }) =>
    (principals?.aws ?? [])
      .filter((name) => /^A(IDA|ROA)[A-Z0-9]+$/.test(name))
      .map((name) => `statement ${String(index)} of ${id} names ${name}, which may be deleted`),
  );
}
