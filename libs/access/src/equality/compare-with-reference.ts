import type { GraphSource, Outcome } from '@ag/model';
import { candidatesFor } from '../candidates.ts';
import type { Catalogue } from '../catalogue.ts';
import { isAccess } from '../compiled/access-set.ts';
import { type CompiledAccess, compileAccess } from '../compiled/compiled-access.ts';
import { type Inventory, readInventory } from '../inventory.ts';
import { loadCatalogue } from '../load-catalogue.ts';
import type { Target } from '../target.ts';
import { decideFor } from '../to-question.ts';
import { resourceTargets } from '../what-targets.ts';

/** A principal, action and resource of which the index and the reference say different things. */
export interface Disagreement {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly reference: Outcome;
  readonly index: Outcome;
  /** What the set of everyone who can says of the principal; `none` where it is not in it. */
  readonly inSet: string;
}

export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  /** How many triples the reference decided which way. */
  readonly mix: Readonly<Partial<Record<Outcome, number>>>;
}

/**
 * Asks the index and the reference about everyone who might have access to some targets of an organization, drawn by a seed:
 * one by one, and as a set.
 */
export async function compareWithReference(
  source: GraphSource,
  options: {
    readonly seed: number;
    readonly targets: number;
    /** For the proof that a wrong index is found. */
    readonly compile?: (inventory: Inventory) => CompiledAccess;
  },
): Promise<Comparison> {
  const catalogue = await loadCatalogue();
  const inventory = await readInventory(source, catalogue);
  const access = (options.compile ?? compileAccess)(inventory);
  const disagreements: Disagreement[] = [];
  const mix: Partial<Record<Outcome, number>> = {};
  for (const target of drawTargets(inventory, catalogue, options)) {
    const set = access.whoCan(target);
    let members = 0;
    for (const record of candidatesFor(inventory, target)) {
      const reference = decideFor(inventory, record, target).outcome;
      mix[reference] = (mix[reference] ?? 0) + 1;
      const index = access.outcomeOf(record, target);
      const inSet = set.of(access.principals.numberOf(record)) ?? 'none';
      if (inSet !== 'none') members++;
      if (index === reference && inSet === (isAccess(reference) ? reference : 'none')) continue;
      const { action, arn } = target;
      disagreements.push({ principal: record.ref.id, action: action.name, resource: arn, reference, index, inSet });
    }
    const { allowed, conditional, unknown } = set.counts;
    if (allowed + conditional + unknown !== members || [...set].length !== members) {
      throw new Error(`\`${target.action.name}\` on \`${target.arn}\`: the set counts others than it holds`);
    }
  }
  return { disagreements, mix };
}

/** Some of all that can be asked about collected resources, and actions that act on none. */
function drawTargets(
  inventory: Inventory,
  catalogue: Catalogue,
  { seed, targets }: { readonly seed: number; readonly targets: number },
): readonly Target[] {
  const all = [...resourceTargets({ inventory }, new Set(catalogue.actions))].map(({ target }) => target);
  const wide = catalogue.actions.filter(({ service }) => ['ec2', 's3', 'iam', 'sts', 'kms'].includes(service));
  let state = seed;
  // A generator of Park and Miller: numbers in no order, the same for a seed.
  const below = (count: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % count;
  };
  const drawn: Target[] = [];
  for (let index = 0; index < targets; index++) {
    const target = index % 12 === 0 ? undefined : all[below(all.length)];
    const action = wide[below(wide.length)];
    if (target) drawn.push(target);
    else if (action) drawn.push({ action, arn: '*', unread: [], gaps: [] });
  }
  return drawn;
}
