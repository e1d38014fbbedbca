import { type Current, type Graph, toScopeRecord } from '@ag/graph';
import type { Gap, Properties, RunInfo, ScopeRecord } from '@ag/model';
import { type Connection, type PageArgs, keyOf, pageSize, toPage } from '../paging/connection.ts';
import { countScopes, listScopes, scopesWithGaps } from './collection.queries.ts';

/** A page of scopes; they are counted only where that is asked for. */
export interface ScopeList extends Omit<Connection<ScopeRecord>, 'totalCount'> {
  count(): Promise<number>;
}

export interface ScopeArgs extends PageArgs {
  readonly states?: readonly string[] | null | undefined;
  readonly account?: string | null | undefined;
  readonly label?: string | null | undefined;
}

/** One page of the scopes of a run. */
export async function pageOfScopes(graph: Graph, { run }: Current, args: ScopeArgs): Promise<ScopeList> {
  const first = pageSize(args.first);
  const filter = { states: args.states ?? null, account: args.account ?? null, label: args.label ?? null };
  const parameters = { ...filter, after: keyOf(args.after), limit: first + 1 };
  const rows = await graph.read<{ properties: Properties }>(listScopes, parameters);
  const keyed = rows.map(({ properties }) => ({
    id: String(properties['id']),
    record: toScopeRecord(properties, run),
  }));
  const { edges, pageInfo } = toPage(keyed, { first, after: args.after }, ({ id }) => id);
  return {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: node.record })),
    pageInfo,
    async count() {
      const [row] = await graph.read<{ total: number }>(countScopes, filter);
      return row?.total ?? 0;
    },
  };
}

/** What could not be read, of one account or of some kinds of resources. */
export async function findGaps(
  graph: Graph,
  of: { readonly account: string | null; readonly labels: readonly string[] | null },
): Promise<readonly Gap[]> {
  const rows = await graph.read<{ properties: Properties }>(scopesWithGaps, of);
  // Its gaps are the same whatever the run.
  return rows.flatMap(({ properties }) => toScopeRecord(properties, noRun).gaps);
}

const noRun: RunInfo = { id: '', startedAt: '', finishedAt: '' };
