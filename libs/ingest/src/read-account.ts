import { type Place, type WorkQueue, globalRegion } from '@ag/model';
import { awsAccount } from '@ag/resource';
import { classifyError } from './classify-error.ts';
import { apiRegion, findRegions, regionsAction, regionsLabel } from './find-regions.ts';
import { type Run, type Unread, emitUnread, interrupted, labelsOf, sourcesOf } from './run.ts';
import { reasonOf, stateOf, toScopeContent, toUnreadContent } from './scope-content.ts';
import { type Unit, sourcesIn, unitsOf } from './unit.ts';

/** The label of the scope that says whether an account could be entered at all; it holds the account's own node. */
export const identityLabel = 'CallerIdentity';

/** The regions read in an account, or why it could not be entered. */
export interface AccountResult {
  readonly account: string;
  readonly regions: readonly string[];
  readonly unread?: Unread;
}

/** Reads one account: gets in, finds its regions, then every unit of its global and regional places. */
export async function readAccount(
  run: Run,
  queue: WorkQueue<Unit, void>,
  account: string,
  accounts: readonly string[],
): Promise<AccountResult> {
  const unread = await enter(run, account);
  if (unread) return { account, regions: [], unread };
  const global = placeOf(run, account, globalRegion);
  const clients = run.clients.openScope({ account, region: apiRegion(globalRegion, run.connection.partition) });
  const readAt = run.now();
  const { read, disabled, part } = await findRegions(run.connection, account, clients).finally(() => clients.close());
  const about = { connection: run.connection.name, place: global, readAt };
  await run.emit(toScopeContent(part, about));
  const node = awsAccount.node(account, {});
  await run.emit(
    toScopeContent({ resource: identityLabel, state: 'complete', nodes: [node], edges: [], gaps: [] }, about),
  );

  for (const region of disabled) {
    const message = `the region \`${region}\` is not enabled in the account`;
    const off: Unread = { state: 'regionDisabled', reason: 'regionDisabled', message };
    await emitUnread(run, placeOf(run, account, region), sourcesOf(run.registry, 'regional'), off);
  }
  const places = [global, ...read.map((region) => placeOf(run, account, region))];
  const units = places.flatMap((place) => unitsOf(run.registry, { place, regions: read, accounts }));
  run.expect(units.flatMap((unit) => sourcesIn(run.registry, unit).flatMap(labelsOf)).length);
  await Promise.all(units.map((unit) => queue.add(unit)));
  return { account, regions: read };
}

/**
 * Hands on that nothing was read of an account: every scope that it would have had says why. Nobody can ask it for its regions, so
 * those that were named or read elsewhere stand for them.
 */
export async function emitUnreadAccount(
  run: Run,
  account: string,
  unread: Unread,
  readElsewhere: readonly string[],
): Promise<void> {
  const { settings, defaultRegion } = run.connection;
  const [regions = [defaultRegion]] = [settings.regions ?? [], readElsewhere].filter((list) => list.length > 0);
  const global = placeOf(run, account, globalRegion);
  const { state, reason, message, action = 'sts:AssumeRole' } = unread;
  const gap = { place: global, resource: identityLabel, action, reason, message };
  await run.emit(
    toScopeContent(
      { resource: identityLabel, state, nodes: [awsAccount.node(account, {})], edges: [], gaps: [gap] },
      { connection: run.connection.name, place: global, readAt: run.now() },
    ),
  );
  await run.emit(
    toUnreadContent(
      { connection: run.connection.name, place: global, readAt: run.now() },
      { resource: regionsLabel, state, gap: { action: unread.action ?? regionsAction, reason, message } },
    ),
  );
  await emitUnread(run, global, sourcesOf(run.registry, 'global'), unread);
  for (const region of new Set(regions)) {
    await emitUnread(run, placeOf(run, account, region), sourcesOf(run.registry, 'regional'), unread);
  }
}

/** Gets credentials once, so that an account that cannot be entered is asked for once and not for every scope. */
async function enter(run: Run, account: string): Promise<Unread | undefined> {
  if (run.signal.aborted) return interrupted;
  try {
    await run.connection.credentialsFor(account)();
    return undefined;
  } catch (error) {
    const failure = classifyError(error);
    run.log.warn({ account, reason: failure.kind }, 'cannot enter an account');
    return {
      state: entryState(failure),
      reason: reasonOf(failure),
      message: failure.message,
      action: 'sts:AssumeRole',
    };
  }
}

/** An account that nobody told us how to enter was not attempted. */
function entryState(failure: Parameters<typeof stateOf>[0]) {
  return failure.kind === 'notCollected' ? 'skipped' : stateOf(failure);
}

function placeOf({ connection: { partition } }: Run, account: string, region: string): Place {
  return { partition, account, region };
}
