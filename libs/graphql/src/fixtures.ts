import type { AccessIndex, AccessRow, PrincipalRef } from '@ag/access';
import type { Current, Graph } from '@ag/graph';
import type { Decision } from '@ag/model';
import { graphql } from 'graphql';
import { createContext } from './context.ts';
import { createSchema } from './create-schema.ts';

/** What a test's questions are answered from. */
export interface Behind {
  readonly index?: Partial<AccessIndex>;
  /** The rows of a statement. */
  readonly read?: (query: string, parameters: Readonly<Record<string, unknown>>) => readonly unknown[];
  readonly current?: Current;
}

export const asOf = {
  id: '20261124T080000Z-0001',
  startedAt: '2026-11-24T08:00:00.000Z',
  finishedAt: '2026-11-24T08:05:00.000Z',
};

const schema = createSchema();

/** Asks the schema, and gives the whole answer as plain data. */
export async function ask(source: string, behind: Behind = {}): Promise<unknown> {
  const index: AccessIndex = { ...silentIndex, ...behind.index };
  const contextValue = createContext(fakeGraph(behind), index);
  return plain(await graphql({ schema, source, contextValue }));
}

/** A user of the fixture's one account. */
export function user(name: string): PrincipalRef {
  return { id: `arn:aws:iam::111122223333:user/${name}`, label: 'IamUser', name, account: '111122223333' };
}

export function accessRow(name: string, decision: Decision): AccessRow {
  return { principal: user(name), decision, path: [] };
}

export function fakeGraph({ read = unasked, current }: Behind): Graph {
  return {
    // The rows are as untyped as the driver's.
    read: (query, parameters = {}) => Promise.resolve(JSON.stringify(read(query, parameters))).then(JSON.parse),
    source: unasked,
    migrate: unasked,
    lease: unasked,
    publish: unasked,
    current: () => Promise.resolve(current),
    close: () => Promise.resolve(),
  };
}

const silentIndex: AccessIndex = {
  run: asOf,
  whoCan: unasked,
  whatCan: unasked,
  explain: unasked,
  paths: unasked,
  externalAccess: unasked,
  canAssume: unasked,
  suggest: unasked,
  namesOf: async (ids) => ids.map((id) => id.replace(/^.*[/:]/, '')),
  close: async () => undefined,
};

function unasked(): never {
  throw new Error('the test did not expect this question');
}

// GraphQL's own objects have no prototype.
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
