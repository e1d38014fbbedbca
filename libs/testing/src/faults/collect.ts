import { registry as everything } from '@ag/collectors';
import { type ConnectionOptions, openConnection } from '@ag/connect';
import { type Clock, type IngestOptions, ingest } from '@ag/ingest';
import type { ScopeContent } from '@ag/model';
import type { Registry } from '@ag/resource';
import type { MemoryStore } from '@ag/snapshot';
import type { Snapshot } from '@ag/snapshot';
import { readerRole } from '../seed/seed-reader.ts';
import { smallCompany } from './small-company.ts';

export const start = { accessKeyId: 'AKIASTART', secretAccessKey: 'canary-of-the-start' };

/** One collection of the small company, kept in memory. */
export interface Collection {
  /** `undefined` where the run came to no end of its own. */
  readonly snapshot: Snapshot | undefined;
  readonly contents: readonly ScopeContent[];
  /** What the run threw. */
  readonly error: unknown;
  /** Everything that was logged, as text. */
  readonly logged: string;
  /** Milliseconds of the run's own clock that it waited. */
  readonly waited: number;
}

export interface CollectOptions {
  readonly store: MemoryStore;
  readonly previous?: Snapshot | undefined;
  readonly run: { readonly id: string; readonly startedAt: string };
  readonly registry?: Registry | undefined;
  /** The accounts to read; else those of the organization. */
  readonly accounts?: readonly string[] | undefined;
  /** Spoils what was read, for tests that plant a bug. */
  readonly tamper?: ((content: ScopeContent) => ScopeContent | undefined) | undefined;
  readonly endpointUrl?: string;
  readonly transport?: NonNullable<IngestOptions['transport']>;
}

/** Collects by our own code from the connection to the snapshot; only the clock and the network are others. */
export async function collect(options: CollectOptions): Promise<Collection> {
  const {
    store,
    previous,
    run,
    registry = everything,
    transport,
    endpointUrl = 'http://127.0.0.1:9',
    accounts,
    tamper = (content) => content,
  } = options;
  const clock = createClock(Date.parse(run.startedAt));
  const now = () => new Date(clock.now());
  const contents: ScopeContent[] = [];
  const logged: string[] = [];
  const log = { info: note, warn: note };
  function note(data: object, message: string): void {
    logged.push(JSON.stringify([data, message]));
  }
  const writer = await store.begin({ run, previous });
  try {
    const connection = await openConnection({ ...settings(endpointUrl), ...(accounts && { accounts }) }, {
      environment: {},
      now,
      credentials: () => Promise.resolve(start),
      ...(transport && { transport }),
    } satisfies ConnectionOptions);
    await ingest({
      connection,
      registry,
      log,
      now,
      clock,
      ...(transport && { transport }),
      onContent: async (read) => {
        const content = tamper(read);
        if (!content) return;
        contents.push(content);
        await writer.write(content);
      },
    });
    const snapshot = await writer.finish(run.startedAt);
    return { snapshot, contents, error: undefined, logged: logged.join('\n'), waited: clock.waited() };
  } catch (error) {
    await writer.abandon();
    return { snapshot: undefined, contents, error, logged: logged.join('\n'), waited: clock.waited() };
  }
}

function settings(endpointUrl: string) {
  const { name: roleName, externalId } = readerRole;
  return { name: 'default', endpointUrl, roleName, externalId, regions: smallCompany.regions };
}

/** Time that passes only where somebody waits, and chance that is none. */
function createClock(from: number): Clock & { waited(): number } {
  let waited = 0;
  return {
    now: () => from + waited,
    random: () => 0.5,
    waited: () => waited,
    sleep: (milliseconds) => {
      waited += milliseconds;
      return Promise.resolve();
    },
  };
}
