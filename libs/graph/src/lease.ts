import { randomUUID } from 'node:crypto';
import { UserError, exitCode } from '@ag/model';
import neo4j from 'neo4j-driver';
import type { Database, Writing } from './database.ts';
import { lockCurrent, readFence, releaseLease, rememberWrite, renewLease, takeLease } from './fence.queries.ts';
import type { Lease, LeaseOptions } from './graph.ts';

/** Another writer has the lease. */
export class LeaseHeld extends UserError {
  constructor(holder: string) {
    super(`\`${holder}\` is writing to the graph: try again when it is done`, exitCode.database);
    this.name = 'LeaseHeld';
  }
}

/** Another writer has taken over: nothing more may be written with this lease. */
export class LeaseLost extends UserError {
  constructor(holder: string) {
    super(`\`${holder}\` lost the right to write to the graph: another writer took over`, exitCode.database);
    this.name = 'LeaseLost';
  }
}

interface Fence {
  readonly fence: number;
  readonly leaseId: string | null;
  readonly holder: string | null;
  readonly lastWrite: string | null;
  readonly expired: boolean;
}

/** Takes the lease where nobody has it, or whoever had it let it run out. */
export async function takeLeaseOf(
  database: Database,
  holder: string,
  { ttlMs = 60_000, keepAlive = true, after = 0 }: LeaseOptions = {},
): Promise<Lease> {
  const id = randomUUID();
  const token = await database.write(async (transaction) => {
    const fence = await lockFence(transaction);
    // Repeated after a lost acknowledgement: it is ours already.
    if (fence.leaseId === id) return fence.fence;
    if (fence.leaseId !== null && !fence.expired) throw new LeaseHeld(fence.holder ?? 'another writer');
    const next = Math.max(fence.fence, after) + 1;
    await transaction.run(takeLease, { token: neo4j.int(next), leaseId: id, holder, ttlMs });
    return next;
  });

  const lost = new AbortController();
  const timer = keepAlive ? setInterval(() => void keep(), ttlMs / 3) : undefined;
  timer?.unref();
  const lease: Lease = { id, holder, token, lost: lost.signal, renew, release };
  return lease;

  async function renew(): Promise<void> {
    try {
      await inFence(database, lease, (transaction) => transaction.run(renewLease, { ttlMs }));
    } catch (error) {
      if (error instanceof LeaseLost) lost.abort(error);
      throw error;
    }
  }

  // A renewal that fails for another reason is tried again; a write that comes too late finds out by itself.
  async function keep(): Promise<void> {
    await renew().catch(() => undefined);
    if (lost.signal.aborted) clearInterval(timer);
  }

  async function release(): Promise<void> {
    clearInterval(timer);
    await database.write(async (transaction) => {
      const fence = await lockFence(transaction);
      if (isHeldBy(fence, lease)) await transaction.run(releaseLease);
    });
  }
}

/**
 * One write transaction that holds only while the lease does: nobody can take over between the check and the commit.
 * Where the commit was not acknowledged it is repeated; what was written says so, and is not written twice.
 */
export function inFence(
  database: Database,
  lease: Lease,
  work: (transaction: Writing) => Promise<unknown>,
): Promise<void> {
  const writeId = randomUUID();
  return database.write(async (transaction) => {
    const fence = await lockFence(transaction);
    // A lease that ran out but was not taken over still holds: its token is the greatest.
    if (!isHeldBy(fence, lease)) throw new LeaseLost(lease.holder);
    if (fence.lastWrite === writeId) return;
    await work(transaction);
    await transaction.run(rememberWrite, { writeId });
  });
}

function isHeldBy({ fence, leaseId }: Fence, lease: Lease): boolean {
  return fence === lease.token && leaseId === lease.id;
}

async function lockFence(transaction: Writing): Promise<Fence> {
  // Two statements: what is read in the one that waits for the lock may be older than the lock.
  await transaction.run(lockCurrent);
  const { records } = await transaction.run<{ readonly [Name in keyof Fence]: Fence[Name] }>(readFence);
  const [record] = records;
  if (!record) throw new Error('the bookkeeping node is gone');
  return record.toObject();
}
