import type { NodeType } from '@ag/resource';
import { openDatabase } from './database.ts';
import type { Graph, GraphSettings } from './graph.ts';
import { takeLeaseOf } from './lease.ts';
import { publishSnapshot } from './publish.ts';
import { type Migration, migrateSchema, migrations } from './schema.ts';
import { findCurrent, graphSource } from './source.ts';

/** What only tests and tools set. */
export interface GraphOptions {
  /** Kinds of node whose searched properties get an index; those of the registry unless given. */
  readonly nodeTypes?: readonly NodeType[];
  readonly migrations?: readonly Migration[];
}

/** Opens the graph; one clear sentence where it cannot be reached or refuses. */
export async function openGraph(settings: GraphSettings, options: GraphOptions = {}): Promise<Graph> {
  const database = await openDatabase(settings);
  const nodeTypes = (): Promise<readonly NodeType[]> =>
    options.nodeTypes ? Promise.resolve(options.nodeTypes) : registeredTypes();
  let migrated: Promise<void> | undefined;
  return {
    read: (query, parameters, readOptions) => database.read(query, parameters, readOptions),
    source: () => graphSource(database),
    migrate,
    lease: async (holder, leaseOptions) => {
      // Without its constraints two writers could each make a bookkeeping node of their own.
      await (migrated ?? migrate());
      return takeLeaseOf(database, holder, leaseOptions);
    },
    publish: (snapshot, lease, publishOptions) => publishSnapshot(database, snapshot, lease, publishOptions),
    current: () => findCurrent(database),
    close: () => database.close(),
  };

  function migrate(): Promise<void> {
    const attempt = migrateSchema(database, options.migrations ?? migrations, nodeTypes);
    migrated = attempt;
    attempt.catch(() => (migrated = undefined));
    return attempt;
  }
}

// Loaded when it is needed: the registry brings every AWS client along, and whoever only asks needs none.
async function registeredTypes(): Promise<readonly NodeType[]> {
  const { nodeTypes } = await import('@ag/collectors');
  return nodeTypes();
}
