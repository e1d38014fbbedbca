import type { Connection } from '@ag/connect';
import { registry as everything } from '@ag/collectors';
import { type Place, type ScopeContent, globalRegion } from '@ag/model';
import type { Registry } from '@ag/resource';
import { InterruptedError } from './answer-error.ts';
import { type ClientSettings, createAwsClients } from './aws-clients.ts';
import type { RequestHandler } from './bounded-handler.ts';
import type { CallCounts } from './call-counter.ts';
import { each } from './each.ts';
import { linkComputeRoles } from './link-compute-roles.ts';
import { type AccountResult, emitUnreadAccount, readAccount } from './read-account.ts';
import { type PlaceJob, readPlace } from './read-place.ts';
import type { Clock } from './retry.ts';
import { type Log, type Run, sourcesOf } from './run.ts';
import { createRunMemory } from './run-memory.ts';
import { type OrganizationTree, selectAccounts } from './select-accounts.ts';
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
  readonly clientSettings?: Partial<ClientSettings>;
  readonly clock?: Clock;
  readonly transport?: RequestHandler;
}

export interface IngestProgress {
  readonly accounts: number;
  readonly accountsDone: number;
  readonly scopesDone: number;
}

export interface IngestSummary {
  /** Requests sent, by account, then by action. */
  readonly calls: CallCounts;
  readonly gaps: number;
  /** The accounts that were chosen and exist, sorted. */
  readonly accounts: readonly string[];
}

const accountsAtOnce = 8;
const scopesAtOnce = 16;

/** Reads an organization, or one account: the tree first, then every place of every account, then people, then what is nobody's. */
export async function ingest(options: IngestOptions): Promise<IngestSummary> {
  const { run, progress, close, stop } = startRun(options);
  const { connection } = run;
  const queue = createWorkQueue((job: PlaceJob) => readPlace(run, job), { concurrency: scopesAtOnce });
  try {
    const here: Place = { partition: connection.partition, account: connection.account, region: globalRegion };
    await readOnce(run, 'organization', { place: here, regions: [], accounts: [connection.account] });

    const tree = findTree(run);
    const { read: accounts, detached } = selectAccounts(connection.account, connection.settings, tree);
    progress({ accounts: accounts.length });
    const results = await each(accounts, accountsAtOnce, async (account) => {
      const result = await readAccount(run, queue, account, accounts);
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
    await queue.close();
    throw error;
  } finally {
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

function startRun(options: IngestOptions) {
  const { connection, registry = everything, log, now = () => new Date(), clientSettings, clock, transport } = options;
  const { signal, stop } = stoppable(options.signal);
  const memory = createRunMemory();
  const clients = createAwsClients({
    connection,
    signal,
    ...(clientSettings && { settings: clientSettings }),
    ...(clock && { clock }),
    ...(transport && { transport }),
  });
  let gaps = 0;
  let state: IngestProgress = { accounts: 0, accountsDone: 0, scopesDone: 0 };

  function progress({ accounts = state.accounts, accountsDone = 0, scopesDone = 0 }: Partial<IngestProgress>): void {
    state = {
      accounts,
      accountsDone: state.accountsDone + accountsDone,
      scopesDone: state.scopesDone + scopesDone,
    };
    options.onProgress?.(state);
  }

  const run: Run = {
    connection,
    registry,
    clients,
    memory,
    signal,
    log,
    now: () => now().toISOString(),
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
