import type { Graph } from '@ag/graph';
import { type RunInfo, UserError, exitCode } from '@ag/model';
import { NothingCollected } from '../errors.ts';
import { type Connection, type PageArgs, keyOf, pageSize, toPage } from '../paging/connection.ts';
import { type NodeProperties, type ResourceRow, toResource } from './resource-row.ts';

/** A page of nodes, and what says how whole the list is. */
export interface ResourceList extends Omit<Connection<ResourceRow>, 'totalCount'> {
  readonly asOf: RunInfo;
  /** Counted only where that is asked for: it goes through the whole list. */
  count(): Promise<number>;
  /** Whose gaps the list has. */
  readonly gapsOf: { readonly account: string | null; readonly labels: readonly string[] | null };
}

/** A list to take a page of. */
export interface ListQueries {
  readonly list: string;
  readonly count: string;
  /** The kinds that are in it; all of them where not told. */
  readonly labels?: readonly string[];
}

export interface ListArgs extends PageArgs {
  readonly label?: string | null | undefined;
  readonly account?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** One page of what was read. */
export async function listResources(graph: Graph, queries: ListQueries, args: ListArgs): Promise<ResourceList> {
  const first = pageSize(args.first);
  const label = args.label ?? null;
  const account = toAccount(args.account);
  const filter = { label, account, name: args.name ?? null };
  const [answer] = await graph.read<{ asOf: RunInfo; nodes: readonly NodeProperties[] }>(queries.list, {
    ...filter,
    after: keyOf(args.after),
    limit: first + 1,
  });
  if (!answer) throw new NothingCollected();
  return {
    ...toPage(answer.nodes.map(toResource), { first, after: args.after }, ({ id }) => id),
    asOf: answer.asOf,
    gapsOf: { account, labels: label === null ? (queries.labels ?? null) : [label] },
    async count() {
      const [row] = await graph.read<{ total: number }>(queries.count, filter);
      return row?.total ?? 0;
    },
  };
}

function toAccount(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  if (/^\d{12}$/.test(text)) return text;
  throw new UserError(`\`${text}\` is not an account: its id has twelve digits`, exitCode.usage);
}
