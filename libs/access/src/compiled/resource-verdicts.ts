import type { Layer, Outcome, Unknown } from '@ag/model';
import {
  type Facts,
  type OutcomeTable,
  type Question,
  type Reading,
  type ResidualId,
  type ResourceIds,
  assumedOf,
  findUnmodelled,
  resourceVerdict,
} from '@ag/policy';
import type { Inventory } from '../inventory.ts';
import { toQuestion } from '../to-question.ts';
import { factLayers, withBlocks, withGrants } from '../unread-facts.ts';
import type { CompiledTarget } from './compiled-target.ts';
import type { PrincipalReading } from './principal-group.ts';
import type { PrincipalTable } from './principal-table.ts';

/** What a resource's side says to some principals. */
export interface ResourceReading {
  readonly id: number;
  readonly known: Reading<ResourceIds>;
  /** Where an ACL, a public access block or grants were not read: as if they took everything away, and as if they gave everything. */
  readonly extremes: readonly Reading<ResourceIds>[];
  readonly assumed: ResidualId;
  /** Keys that every such request has. */
  readonly there: readonly string[];
  /** The caller's own account must allow as well, and nobody collected it (EV12). */
  readonly isHalf: boolean;
}

/** Asks the reference what the resource's side of a request comes to, for one principal. */
export function readResourceSide(
  inventory: Inventory,
  principals: PrincipalTable,
  outcomes: OutcomeTable,
  principal: number,
  { target }: CompiledTarget,
): Omit<ResourceReading, 'id'> {
  const record = principals.record(principal);
  const question = toQuestion(inventory, record, target);
  const { unread = [], ...policies } = question.policies;
  const open = unread.filter(({ layer }) => factLayers.includes(layer));
  const read = unread.filter(({ layer }) => !factLayers.includes(layer));
  const plain: Question =
    open.length === 0 ? question : { ...question, policies: { ...policies, ...(read.length > 0 && { unread: read }) } };
  const reading = (facts?: Facts) => toReading(outcomes, facts ? { ...plain, facts } : plain);
  return {
    known: reading(),
    extremes: open.length === 0 ? [] : [reading(withBlocks(plain.facts, open)), reading(withGrants(plain, open))],
    assumed: outcomes.residuals.idOf(assumedOf([question])),
    there: question.knowledge.present ?? [],
    isHalf: record.external === 'principal',
  };
}

// The caller's own layers are read on its side.
const callerLayers: readonly Layer[] = ['identity', 'boundary', 'session', 'scp'];

function toReading(outcomes: OutcomeTable, question: Question): Reading<ResourceIds> {
  const best = outcomes.numberResource(resourceVerdict(question));
  const layers = new Set((question.policies.unread ?? []).map(({ layer }: Unknown) => layer));
  if (findUnmodelled(question).length > 0) layers.add('service');
  const worst = [...layers]
    .filter((layer) => !callerLayers.includes(layer))
    .map((layer) => ({ layer, ids: outcomes.numberResource(resourceVerdict(question, layer)) }));
  return { best, worst };
}

/** The outcome of the two sides, as the reference decides it. */
export function decideOutcome(outcomes: OutcomeTable, principal: PrincipalReading, resource: ResourceReading): Outcome {
  const plain = outcomes.outcomeOf(principal, resource.known, resource.assumed);
  const isOpen = resource.extremes.some((extreme) => summary(extreme) !== summary(resource.known));
  if (isOpen) return 'unknown';
  return resource.isHalf && (plain === 'allowed' || plain === 'conditional') ? 'unknown' : plain;

  /** Two denials are the same answer; conditions are the same where they read the same. */
  function summary(reading: Reading<ResourceIds>): string {
    const outcome = outcomes.outcomeOf(principal, reading, resource.assumed);
    if (outcome === 'explicitlyDenied' || outcome === 'implicitlyDenied') return 'denied';
    if (outcome !== 'conditional') return outcome;
    const { allowed } = outcomes.join(principal.best, reading.best);
    return outcomes.conditionOf(allowed, resource.assumed, resource.there).text;
  }
}
