import { type GraphSource, type ScopeContent, type ScopeRecord, scopeKey } from '@ag/model';

/** Watches what a run reads, and knows at its end which accounts have left the organization. */
export interface DetachedScopes {
  see(content: ScopeContent): void;
  /** What is known of those accounts: each scope says from now on that nobody reads it any more, and keeps what it holds. */
  find(previous: GraphSource): AsyncIterable<ScopeContent>;
}

/** The label of accounts, and of the scope that lists those of an organization. */
const accountLabel = 'AwsAccount';

export function createDetachedScopes(readAt: string): DetachedScopes {
  /** Members of each organization that was listed in full, by the listing's scope. */
  const listings = new Map<string, { readonly connection: string; readonly members: ReadonlySet<string> }>();
  const seen = new Set<string>();
  return {
    see({ scope, state, nodes }) {
      seen.add(scopeKey(scope));
      // Without an organization the listing is complete and empty: then nobody has left anything.
      if (scope.resource !== accountLabel || state !== 'complete' || nodes.length === 0) return;
      const members = new Set(nodes.map(({ id }) => id));
      listings.set(scopeKey(scope), { connection: scope.connection, members });
    },
    async *find(previous) {
      const left = new Set<string>();
      for await (const { id, scopes } of previous.nodes(accountLabel)) {
        for (const key of scopes) {
          const listing = listings.get(key);
          if (listing && !listing.members.has(id)) left.add(`${listing.connection} ${id}`);
        }
      }
      if (left.size === 0) return;
      for await (const record of previous.scopes()) {
        const { connection, place } = record.scope;
        if (!left.has(`${connection} ${place.account}`) || seen.has(scopeKey(record.scope))) continue;
        yield toDetached(record, readAt);
      }
    },
  };
}

function toDetached({ scope }: ScopeRecord, readAt: string): ScopeContent {
  const gap = {
    place: scope.place,
    resource: scope.resource,
    action: 'organizations:ListAccounts',
    reason: 'notCollected',
    message: 'the account is no longer in the organization',
  } as const;
  return { scope, state: 'detached', readAt, nodes: [], edges: [], gaps: [gap] };
}
