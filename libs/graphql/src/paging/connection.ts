import { UserError, compareText, exitCode } from '@ag/model';

/** A page of a list that grows, as Relay wants it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | undefined;
  readonly endCursor: string | undefined;
}

/** How much of a list is wanted. A cursor holds the key of the last thing seen, so that a page stays right while the list changes. */
export interface PageArgs {
  readonly first: number;
  readonly after?: string | null | undefined;
}

const mostRows = 500;
// Orders a list of words as the words one by one: nothing comes before it.
const separator = '\u0000';

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
  if (cursor === null || cursor === undefined) return '';
  const key = Buffer.from(cursor, 'base64url').toString();
  if (key !== '' && toCursor(key) === cursor) return key;
  throw new UserError('`after` must be a cursor that an earlier page gave', exitCode.usage);
}

/** One page of rows that were read one beyond the page, so that it is known whether there are more. */
export function toPage<Node>(
  rows: readonly Node[],
  { first, after }: PageArgs,
  key: (row: Node) => string,
): Omit<Connection<Node>, 'totalCount'> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: toCursor(key(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}

/** A page of a whole list in memory, which is sorted by the words of the key. */
export function pageOf<Node>(
  all: readonly Node[],
  args: PageArgs,
  words: (row: Node) => readonly string[],
): Connection<Node> {
  const first = pageSize(args.first);
  const last = keyOf(args.after);
  const keyed = withKeys(all, words);
  const from = last === '' ? 0 : keyed.findIndex(({ key }) => compareText(key, last) > 0);
  const rows = from < 0 ? [] : keyed.slice(from, from + first + 1);
  const page = toPage(rows, { first, after: args.after }, ({ key }) => key);
  return {
    edges: page.edges.map(({ cursor, node: { row } }) => ({ cursor, node: row })),
    pageInfo: page.pageInfo,
    totalCount: all.length,
  };
}

/** Rows that share their words are told apart by their number, so that a page never ends between two of one key. */
function withKeys<Node>(all: readonly Node[], words: (row: Node) => readonly string[]) {
  let before: string | undefined;
  let repeats = 0;
  return all.map((row) => {
    const key = words(row).join(separator);
    repeats = key === before ? repeats + 1 : 0;
    before = key;
    return { row, key: repeats === 0 ? key : `${key}${separator}${String(repeats).padStart(6, '0')}` };
  });
}
