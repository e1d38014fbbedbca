import type { Connection } from '@ag/connect';
import { registry as everything } from '@ag/collectors';
import { type Place, type Scope, type ScopeContent, type WorkQueue, globalRegion } from '@ag/model';
import type { Needs, Registry } from '@ag/resource';
import { InterruptedError } from './answer-error.ts';
import { type ClientSettings, createAwsClients } from './aws-clients.ts';
import type { RequestHandler } from './bounded-handler.ts';
import type { CallCounts } from './call-counter.ts';
import { each } from './each.ts';
import { createEmptyPlaces } from './empty-places.ts';
import { linkComputeRoles, needsOfLinks } from './link-compute-roles.ts';
import { type AccountResult, emitUnreadAccount, readAccount } from './read-account.ts';
import { type PlaceJob, readPlace } from './read-place.ts';
import type { Clock } from './retry.ts';
import { type Log, type Run, sourcesOf } from './run.ts';
import { createRunMemory } from './run-memory.ts';
import { createScpWatch } from './scp-watch.ts';
import { type OrganizationTree, selectAccounts } from './select-accounts.ts';
import { type Unit, readUnit } from './unit.ts';
import { type WorkerOptions, type Workers, openWorkers } from './unit-queue.ts';
import { createWorkQueue } from './work-queue.ts';

export interface IngestOptions {
  readonly connection: Connection;
  readonly registry?: Registry;
  readonly log: Log;
  /** Stops starting new work; what is unfinished then becomes a scope that was skipped. */
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  /** Takes each scope as it ends, in no particular order. */
  onContent(content: ScopeContent): Promise<void>;
  onProgress?(progress: IngestProgress): void;
  /** Whether earlier runs knew anything of a scope: only what nobody knew may be taken for empty without being listed. */
  readonly knownBefore?: (scope: Scope) => boolean;
  readonly clientSettings?: Partial<ClientSettings>;
  readonly clock?: Clock;
  /** Has units read by other processes; this one reads them itself unless given. */
  readonly workers?: WorkerOptions;
  readonly transport?: RequestHandler;
}

export interface IngestProgress {
  readonly accounts: number;
  /** Accounts whose regions are known, and so how many scopes they have. */
  readonly accountsBegun: number;
  readonly accountsDone: number;
  /** Scopes of the accounts that were begun. */
  readonly scopes: number;
  readonly scopesDone: number;
  /** Requests sent so far, retries too. */
  readonly calls: number;
  readonly gaps: number;
}

export interface IngestSummary {
  /** Requests sent, by account, then by action. */
  readonly calls: CallCounts;
  readonly gaps: number;
  /** The accounts that were chosen and exist, sorted. */
  readonly accounts: readonly string[];
}

const noProgress: IngestProgress = {
  accounts: 0,
  accountsBegun: 0,
  accountsDone: 0,
  scopes: 0,
  scopesDone: 0,
  calls: 0,
  gaps: 0,
};
const accountsAtOnce = 8;
const unitsAtOnce = 8;

/** Reads an organization, or one account: the tree first, then every place of every account, then people, then what is nobody's. */
export async function ingest(options: IngestOptions): Promise<IngestSummary> {
  const { run, progress, close, stop } = startRun(options);
  const { connection } = run;
  let workers: Workers | undefined;
  let queue: WorkQueue<Unit, void> | undefined;
  try {
    // Before AWS is asked for anything: a Redis that does not answer is told at once.
    workers = options.workers && (await openWorkers(options.workers));
    const here: Place = { partition: connection.partition, account: connection.account, region: globalRegion };
    await readOnce(run, 'organization', { place: here, regions: [], accounts: [connection.account] });

    const tree = findTree(run);
    const { read: accounts, detached } = selectAccounts(connection.account, connection.settings, tree);
    progress({ accounts: accounts.length });
    const units = (queue = workers
      ? await workers.begin(run, accounts)
      : createWorkQueue((unit: Unit) => readUnit(run, unit), { concurrency: unitsAtOnce }));
    const results = await each(accounts, accountsAtOnce, async (account) => {
      const result = await readAccount(run, units, account, accounts);
      progress({ accountsDone: 1 });
      return result;
    });
    const regions = [...new Set(results.flatMap((result) => result.regions))].sort();
    for (const { account, unread } of [...results, ...detached.map(toDetached)]) {
      if (unread) await emitUnreadAccount(run, account, unread, regions);
    }

    await readOnce(run, 'identityCenter', { place: here, regions, accounts });
    await readOnce(run, 'final', { place: here, regions, accounts, scopePlace: { ...here, account: 'aws' } });
    const linked = { connection: connection.name, partition: connection.partition, readAt: run.now() };
    for (const content of linkComputeRoles(run.registry, run.memory, linked)) await run.emit(content);
    return close(accounts);
  } catch (error) {
    // Nobody takes what else is read: a full disk, say. Nothing may go on behind the caller's back.
    stop();
    throw error;
  } finally {
    await queue?.close();
    workers?.close();
    run.clients.close();
  }
}

async function readOnce(
  run: Run,
  scope: 'organization' | 'identityCenter' | 'final',
  job: Omit<PlaceJob, 'source'>,
): Promise<void> {
  for (const source of sourcesOf(run.registry, scope)) await readPlace(run, { source, ...job });
}

function toDetached({ account, message }: { readonly account: string; readonly message: string }): AccountResult {
  return { account, regions: [], unread: { state: 'detached', reason: 'notCollected', message } };
}

/** The organization as it was just read; `undefined` where there is none, or where we may not see its accounts. */
function findTree({ memory, connection }: Run): OrganizationTree | undefined {
  const accounts = memory.nodes('AwsAccount');
  if (accounts.length === 0) return undefined;
  const isComplete = memory.isComplete(connection.account, 'AwsAccount');
  return { accounts, contains: memory.edges('CONTAINS'), isComplete };
}

/** What is asked later of what was read: by us, and by the readers. */
function needsOf(registry: Registry): readonly Needs[] {
  const ours: Needs = { nodes: { AwsAccount: (node) => node }, edges: { CONTAINS: (edge) => edge } };
  return [ours, needsOfLinks(registry), ...registry.readers.flatMap(({ needs }) => needs ?? [])];
}

function startRun(options: IngestOptions) {
  const { connection, registry = everything, log, now = () => new Date(), clientSettings, clock, transport } = options;
  const { signal, stop } = stoppable(options.signal);
  const isoNow = () => now().toISOString();
  const memory = createRunMemory(needsOf(registry));
  const clients = createAwsClients({
    connection,
    signal,
    ...(clientSettings && { settings: clientSettings }),
    ...(clock && { clock }),
    ...(transport && { transport }),
  });
  let gaps = 0;
  let state: IngestProgress = noProgress;

  function progress({ accounts = state.accounts, ...more }: Partial<IngestProgress>): void {
    state = {
      accounts,
      accountsBegun: state.accountsBegun + (more.accountsBegun ?? 0),
      accountsDone: state.accountsDone + (more.accountsDone ?? 0),
      scopes: state.scopes + (more.scopes ?? 0),
      scopesDone: state.scopesDone + (more.scopesDone ?? 0),
      calls: clients.counter.total(),
      gaps,
    };
    options.onProgress?.(state);
  }

  const run: Run = {
    connection,
    registry,
    clients,
    memory,
    scpWatch: createScpWatch(),
    emptyPlaces: createEmptyPlaces({ clients, connection, knownBefore: options.knownBefore, now: isoNow }),
    signal,
    log,
    now: isoNow,
    expect: (scopes) => progress({ accountsBegun: 1, scopes }),
    async emit(content) {
      memory.add(content);
      gaps += content.gaps.length;
      await options.onContent(content);
      progress({ scopesDone: 1 });
    },
  };

  function close(accounts: readonly string[]): IngestSummary {
    for (const account of accounts) clients.counter.add(account, 'sts:AssumeRole', connection.assumptions(account));
    return { calls: clients.counter.counts(), gaps, accounts };
  }
  return { run, progress, close, stop };
}

/** A signal that tells an interruption apart from a time-out by its reason. */
function stoppable(signal: AbortSignal | undefined) {
  const controller = new AbortController();
  function stop(): void {
    controller.abort(new InterruptedError());
  }
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return { signal: controller.signal, stop };
}
