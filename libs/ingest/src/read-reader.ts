import type { Place } from '@ag/model';
import type { Attempt, Collected, Reader, ReaderContext } from '@ag/resource';
import { InterruptedError } from './answer-error.ts';
import type { ScopeClients } from './aws-clients.ts';
import { classifyError } from './classify-error.ts';
import { each } from './each.ts';
import type { RunMemory } from './run-memory.ts';
import { stateOf, toGap } from './scope-content.ts';

const atOnce = 8;

export interface ReaderSituation {
  readonly place: Place;
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  readonly clients: ScopeClients;
  readonly memory: RunMemory;
}

/** Runs a reader in one place. What it throws, which it should not, is a failure of all its types. */
export async function readReader(reader: Reader, situation: ReaderSituation): Promise<Collected> {
  try {
    return await reader.read(contextOf(situation));
  } catch (error) {
    const failure = classifyError(error);
    const [action = '*:*'] = reader.actions;
    return reader.types.map(({ label: resource }) => ({
      resource,
      state: stateOf(failure),
      nodes: [],
      edges: [],
      gaps: [toGap(failure, { place: situation.place, resource, action })],
    }));
  }
}

function contextOf({ place, regions, accounts, clients, memory }: ReaderSituation): ReaderContext {
  return {
    place,
    regions,
    accounts,
    client: (type, region, account) => clients.client(type, region, account),
    each: (items, read) => each(items, atOnce, read),
    read: (label) => memory.nodes(label),
    readEdges: (type) => memory.edges(type),
    isComplete: (account, label) => memory.isComplete(account, label),

    async attempt<Value>(
      { action, resource, arn }: Parameters<ReaderContext['attempt']>[0],
      read: () => Promise<Value>,
    ): Promise<Attempt<Value>> {
      try {
        return { ok: true, value: await read() };
      } catch (error) {
        const failure = classifyError(error);
        // Not an answer, so the reader is not asked what to make of it.
        if (failure.kind === 'interrupted') throw new InterruptedError();
        if (failure.kind === 'notFound') return { ok: 'notFound' };
        return { ok: false, gap: toGap(failure, { place, resource, action, ...(arn !== undefined && { arn }) }) };
      }
    },
  };
}
