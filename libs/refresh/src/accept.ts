import { type ScopeRecord } from '@ag/model';
import { storeOf } from './refresh.ts';
import type { Settings } from './settings.ts';

/** Takes the held readings of these scopes, or of all, for the truth; the next run publishes them. */
export function acceptHeld(
  settings: Pick<Settings, 'snapshotDirectory' | 'endpointUrl'>,
  scopes: readonly string[],
): Promise<readonly ScopeRecord[]> {
  return storeOf(settings).accept(scopes);
}
