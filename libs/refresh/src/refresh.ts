import { hostname } from 'node:os';
import { type ConnectionSettings, openConnection } from '@ag/connect';
import type { Graph } from '@ag/graph';
import { type IngestOptions, type IngestSummary, ingest, readFiles } from '@ag/ingest';
import { type ExitCode, UserError, exitCode, scopeKey } from '@ag/model';
import { type StoreOptions, filledScopes, openSnapshotStore } from '@ag/snapshot';
import { findFolderFailure } from './folder-failure.ts';
import { type PublishRun, type RunSummary, publishRun } from './publish-run.ts';
import type { Settings } from './settings.ts';

export interface RefreshOptions {
  readonly settings: Settings;
  readonly graph: Graph;
  readonly log: IngestOptions['log'];
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly onProgress?: NonNullable<IngestOptions['onProgress']>;
  /** For tests: how long a call may take, and how often it is tried. */
  readonly clientSettings?: NonNullable<IngestOptions['clientSettings']>;
}

export interface RefreshSummary extends RunSummary {
  readonly accounts: readonly string[];
  readonly calls: IngestSummary['calls'];
  /** 4 where something could not be read. */
  readonly code: ExitCode;
}

/** One refresh: AWS is read, kept as a snapshot, and published to the graph with the access that follows from it. */
export async function refresh(options: RefreshOptions): Promise<RefreshSummary> {
  const { settings, graph, log, signal, now, onProgress, clientSettings } = options;
  const connection = await openConnection(toConnectionSettings(settings));
  let summary: IngestSummary | undefined;
  const run = await keepRun(options, {
    graph,
    holder: `${hostname()} ${process.pid}`,
    signal,
    ...(now && { now }),
    read: async (write, previous) => {
      const filled = previous ? await filledScopes(previous) : new Set<string>();
      summary = await ingest({
        connection,
        log,
        knownBefore: (scope) => filled.has(scopeKey(scope)),
        onContent: async (content) => {
          log.info(
            { ...content.scope, state: content.state, nodes: content.nodes.length, gaps: content.gaps.length },
            'scope read',
          );
          await write(content);
        },
        ...(signal && { signal }),
        ...(now && { now }),
        ...(onProgress && { onProgress }),
        ...(clientSettings && { clientSettings }),
        ...(settings.redisUrl !== undefined && { workers: { redisUrl: settings.redisUrl, store: storeOf(settings) } }),
      });
    },
  });
  return { ...run, accounts: summary?.accounts ?? [], calls: summary?.calls ?? {}, code: codeOf(run) };
}

export interface ImportOptions extends Omit<RefreshOptions, 'onProgress' | 'clientSettings'> {
  readonly path: string;
}

/** The same with files in the place of AWS. */
export async function importFiles(options: ImportOptions): Promise<RunSummary & { readonly code: ExitCode }> {
  const { graph, signal, now, path, settings } = options;
  const run = await keepRun(options, {
    graph,
    holder: `${hostname()} ${process.pid}`,
    signal,
    ...(now && { now }),
    read: async (write) => {
      const connection = settings.connection === 'default' ? 'import' : settings.connection;
      for await (const content of readFiles(path, { connection, ...(now && { now }) })) {
        if (signal?.aborted) return;
        await write(content);
      }
    },
  });
  return { ...run, code: codeOf(run) };
}

/** One run that is kept where the settings say; a folder or bucket that cannot be used is for people to mend. */
async function keepRun(
  { settings, log }: Pick<RefreshOptions, 'settings' | 'log'>,
  run: Omit<PublishRun, 'store'>,
): Promise<RunSummary> {
  const told = new Set<string>();
  const { snapshotDirectory } = settings;
  const store = storeOf(settings, {
    // The folder is looked through more than once in a run, and is damaged only once.
    warn: (data, message) => {
      if (told.has(data.run)) return;
      told.add(data.run);
      log.warn(data, message);
    },
  });
  try {
    return await publishRun({ ...run, store });
  } catch (error) {
    const why = findFolderFailure(error);
    if (why === undefined) throw error;
    throw new UserError(`cannot keep the run in \`${snapshotDirectory}\`: ${why}`, exitCode.credentials, {
      cause: error,
    });
  }
}

/** Where the settings say that runs are kept. */
export function storeOf(
  { snapshotDirectory, endpointUrl }: Pick<Settings, 'snapshotDirectory' | 'endpointUrl'>,
  options: Pick<StoreOptions, 'warn'> = {},
) {
  return openSnapshotStore(snapshotDirectory, { ...options, s3: { endpointUrl } });
}

function codeOf({ scopes, gaps }: RunSummary): ExitCode {
  const states = Object.keys(scopes).filter((state) => state !== 'complete' && state !== 'detached');
  return states.length > 0 || gaps > 0 ? exitCode.partial : exitCode.ok;
}

export function toConnectionSettings(settings: Settings): ConnectionSettings {
  const {
    profile,
    regions,
    roleArn,
    roleName,
    externalId,
    accounts,
    organizationalUnits,
    excludeAccounts,
    endpointUrl,
  } = settings;
  if (roleName !== undefined && !/^[\w+=,.@/-]+$/.test(roleName)) {
    throw new UserError(`\`${roleName}\` is not the name of a role`, exitCode.usage);
  }
  return {
    name: settings.connection,
    ...(profile !== undefined && { profile }),
    ...(regions && { regions }),
    ...(roleArn !== undefined && { roleArn }),
    ...(roleName !== undefined && { roleName }),
    ...(externalId !== undefined && { externalId }),
    ...(accounts && { accounts }),
    ...(organizationalUnits && { organizationalUnits }),
    ...(excludeAccounts && { excludeAccounts }),
    ...(endpointUrl !== undefined && { endpointUrl }),
  };
}
