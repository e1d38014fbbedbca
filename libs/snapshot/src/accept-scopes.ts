import { type ScopeRecord, UserError, exitCode, scopeKey } from '@ag/model';
import { type Accepted, DamagedAcceptances } from './acceptances.ts';
import { manifestOf } from './snapshot.ts';
import type { StoreFolder } from './snapshot.ts';
import type { Snapshot } from './store.ts';

/** Notes that a person takes the held readings of these scopes, or of all, for the truth. */
export async function acceptScopes(
  { acceptances }: StoreFolder,
  latest: Snapshot | undefined,
  scopes: readonly string[],
): Promise<readonly ScopeRecord[]> {
  const kept = (latest && manifestOf(latest)?.scopes) ?? [];
  const held = new Map(kept.flatMap((one) => (one.held ? [[scopeKey(one.record.scope), one] as const] : [])));
  const known = new Set(kept.map(({ record }) => scopeKey(record.scope)));
  for (const scope of scopes) {
    if (held.has(scope)) continue;
    throw new UserError(
      known.has(scope)
        ? `the scope \`${scope}\` is not held: \`accessgraph status\` shows those that are`
        : `there is no scope \`${scope}\`: write it as \`accessgraph status\` shows it`,
      exitCode.usage,
    );
  }
  if (held.size === 0) throw new UserError('no scope is held, so there is nothing to accept', exitCode.usage);

  const before = await acceptances.read().catch(ofDamaged);
  const accepted = new Map<string, string>();
  const records: ScopeRecord[] = [];
  for (const [scope, { record, held: reading }] of held) {
    const run = reading?.readInRun ?? '';
    const isChosen = scopes.length === 0 || scopes.includes(scope);
    if (isChosen) records.push(record);
    // What was accepted of an earlier reading is over.
    if (isChosen || before.get(scope) === run) accepted.set(scope, run);
  }
  await acceptances.write(accepted);
  return records;
}

// What was accepted and cannot be told any more can be accepted again; a file that cannot be read may be whole.
function ofDamaged(error: unknown): Accepted {
  if (error instanceof DamagedAcceptances) return new Map();
  throw error;
}
