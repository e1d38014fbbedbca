import { type ScopeRecord } from '@ag/model';
import { openSnapshotStore } from '@ag/snapshot';
import type { Settings } from './settings.ts';

/** Takes the held readings of these scopes, or of all, for the truth; the next run publishes them. */
export function acceptHeld(
  { snapshotDirectory }: Pick<Settings, 'snapshotDirectory'>,
  scopes: readonly string[],
): Promise<readonly ScopeRecord[]> {
  return openSnapshotStore(snapshotDirectory).accept(scopes);
}
