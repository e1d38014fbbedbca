import {
  type GapReason,
  type GraphSource,
  type RunInfo,
  type ScopeRecord,
  type ScopeState,
  compareText,
  uncollectedLabel,
} from '@ag/model';

export type Counts<Key extends string> = Readonly<Partial<Record<Key, number>>>;

/** What a graph's collection came to, in numbers. */
export interface CollectionFigures {
  readonly run: RunInfo;
  readonly scopes: Counts<ScopeState>;
  readonly gaps: Counts<GapReason>;
  /** Scopes that wait to be confirmed, also those whose last attempt failed since. */
  readonly held: number;
  /** When the oldest content was read that the run did not read itself; `undefined` where it read everything. */
  readonly oldestCarriedAt?: string;
  /** What is referred to and was not read, by reason. */
  readonly uncollected: Counts<string>;
}

export async function collectionFigures(source: GraphSource): Promise<CollectionFigures> {
  const run = await source.run();
  const scopes: ScopeState[] = [];
  const gaps: GapReason[] = [];
  let held = 0;
  let oldest: string | undefined;
  for await (const record of source.scopes()) {
    scopes.push(record.state);
    for (const { reason } of record.gaps) gaps.push(reason);
    if (isHeld(record)) held += 1;
    if (record.readInRun === run.id) continue;
    if (oldest === undefined || compareText(record.readAt, oldest) < 0) oldest = record.readAt;
  }
  return {
    run,
    scopes: count(scopes),
    gaps: count(gaps),
    held,
    ...(oldest !== undefined && { oldestCarriedAt: oldest }),
    uncollected: await countUncollected(source),
  };
}

/** Whether a reading of the scope waits to be confirmed. */
export function isHeld({ gaps }: Pick<ScopeRecord, 'gaps'>): boolean {
  return gaps.some(({ reason }) => reason === 'held');
}

/** How much is referred to and was not read, by reason: in order of the reasons. */
export async function countUncollected(source: Pick<GraphSource, 'nodes'>): Promise<Counts<string>> {
  const reasons: string[] = [];
  for await (const { properties } of source.nodes(uncollectedLabel)) reasons.push(String(properties['reason']));
  return count(reasons);
}

/** How often each value comes, in the values' order. */
export function count<Value extends string>(values: Iterable<Value>): Partial<Record<Value, number>> {
  const counts: Partial<Record<Value, number>> = {};
  for (const value of [...values].sort(compareText)) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
