import { UserError, exitCode } from '@ag/model';

/** A page of a list that grows, as Relay wants it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | undefined;
    readonly endCursor: string | undefined;
  };
  readonly totalCount: number;
}

/** How much of a list is wanted. A cursor holds the key of the last thing seen, so that a page stays right while the list changes. */
export interface PageArgs {
  readonly first: number;
  readonly after?: string | null | undefined;
}

const mostRows = 500;

/** Checks how many rows are asked for. */
export function pageSize(first: number): number {
  if (Number.isInteger(first) && first >= 0 && first <= mostRows) return first;
  throw new UserError(`\`first\` must be a number from 0 to ${mostRows}`, exitCode.usage);
}

export function toCursor(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** The key in a cursor; the empty text, which is before everything, where there is none. */
export function keyOf(cursor: string | null | undefined): string {
  return cursor === null || cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString();
}

/** One page of rows that were read one beyond the page, so that it is known whether there are more. */
export function toConnection<Node>(
  rows: readonly Node[],
  { first, after }: PageArgs,
  { totalCount, key }: { readonly totalCount: number; readonly key: (row: Node) => string },
): Connection<Node> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: toCursor(key(node)), node }));
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}

/** A page of a whole list in memory, which is sorted by the key. */
export function pageOf<Node>(all: readonly Node[], args: PageArgs, key: (row: Node) => string): Connection<Node> {
  const first = pageSize(args.first);
  const last = keyOf(args.after);
  const from = last === '' ? 0 : all.findIndex((row) => key(row) > last);
  const rows = from < 0 ? [] : all.slice(from, from + first + 1);
  return toConnection(rows, { first, after: args.after }, { totalCount: all.length, key });
}
