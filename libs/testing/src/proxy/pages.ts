import type { Call } from './call.ts';
import { type Listing, openListing } from './listing.ts';
import { type Reply, errorReply } from './reply.ts';

/** How a listing goes wrong between its pages; `pages` is how it goes right. */
export type PagingFault =
  | 'pages'
  | 'sameToken'
  | 'tokenCycle'
  | 'truncatedWithoutMarker'
  | 'emptyPage'
  | 'invalidNextToken'
  | 'duplicateItem'
  | 'itemAdded';

export const pagingFaults: readonly PagingFault[] = [
  'pages',
  'sameToken',
  'tokenCycle',
  'truncatedWithoutMarker',
  'emptyPage',
  'invalidNextToken',
  'duplicateItem',
  'itemAdded',
];

/** Pages that were promised, by their token. */
export interface Pages {
  /** The page that a request asks for by a token of ours. */
  find(call: Call): Reply | undefined;
  /** Cuts a whole answer into pages and answers with the first; `undefined` where there is nothing to cut. */
  cut(call: Call, answer: Reply, fault: PagingFault): Reply | undefined;
}

const tokenStart = 'accessgraph-page-';

/** Splits any listing into pages, also where the emulator never does, so that what goes wrong between pages can. */
export function createPages(): Pages {
  const promised = new Map<string, (call: Call) => Reply>();
  let count = 0;

  function promise(make: (call: Call) => Reply): string {
    count += 1;
    const token = `${tokenStart}${count}`;
    promised.set(token, make);
    return token;
  }

  return {
    find: (call) => {
      const token = tokenOf(call);
      return token === undefined ? undefined : promised.get(token)?.(call);
    },
    cut: (call, answer, fault) => {
      const listing = answer.status === 200 ? openListing(call, answer.body) : undefined;
      if (!listing) return undefined;
      return cutListing({ listing, answer, fault, promise });
    },
  };
}

interface Cut {
  readonly listing: Listing;
  readonly answer: Reply;
  readonly fault: PagingFault;
  promise(make: (call: Call) => Reply): string;
}

function cutListing({ listing, answer, fault, promise }: Cut): Reply {
  const all = listing.lists;
  const head = all.map((list) => list.slice(0, Math.ceil(list.length / 2)));
  const tail = all.map((list) => list.slice(Math.ceil(list.length / 2)));
  const page = (lists: readonly (readonly unknown[])[], token?: string, isCut = token !== undefined): Reply => ({
    ...answer,
    body: listing.print({ lists, token, isCut }),
  });

  switch (fault) {
    case 'pages':
      return page(
        head,
        promise(() => page(tail)),
      );
    case 'sameToken': {
      const token = promise(() => page(tail, token));
      return page(head, token);
    }
    case 'tokenCycle': {
      const other = promise(() => page(head, one));
      const one = promise(() => page(tail, other));
      return page(head, one);
    }
    case 'truncatedWithoutMarker':
      return page(head, undefined, true);
    case 'emptyPage': {
      const rest = promise(() => page(all));
      return page(
        all.map(() => []),
        rest,
      );
    }
    case 'invalidNextToken': {
      const rest = promise((call) => errorReply(call, 'InvalidNextTokenException', 'The token is not valid', 400));
      return page(head, rest);
    }
    case 'duplicateItem': {
      const shifted = tail.map((list, index) => [...(head[index] ?? []).slice(-1), ...list]);
      return page(
        head,
        promise(() => page(shifted)),
      );
    }
    // The first of each list is the one that was added after the first page: it comes late, and shifts what is behind it.
    case 'itemAdded': {
      const before = head.map((list) => list.slice(1));
      const after = tail.map((list, index) => [
        ...(head[index] ?? []).slice(1).slice(-1),
        ...(head[index] ?? []).slice(0, 1),
        ...list,
      ]);
      return page(
        before,
        promise(() => page(after)),
      );
    }
  }
}

function tokenOf({ form, json, query }: Call): string | undefined {
  const values: readonly unknown[] = [...form.values(), ...query.values(), ...Object.values(json)];
  return values.find((value): value is string => typeof value === 'string' && value.startsWith(tokenStart));
}
