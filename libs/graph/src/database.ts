import { setTimeout as sleep } from 'node:timers/promises';
import { UserError, exitCode } from '@ag/model';
import neo4j, { type Driver, Neo4jError, type RecordShape, type Session, type Transaction } from 'neo4j-driver';
import type { GraphSettings, ReadOptions } from './graph.ts';

/** One database of one server, by the few ways in which this library uses it. */
export interface Database {
  readonly uri: string;
  /** Rows as they come, in a session that cannot write. */
  stream<Row extends RecordShape>(query: string, parameters?: Parameters): AsyncGenerator<Row>;
  /** All rows, in a session that cannot write; one attempt. */
  read<Row extends RecordShape>(query: string, parameters?: Parameters, options?: ReadOptions): Promise<Row[]>;
  /** One transaction. It is repeated where its commit was not acknowledged: `work` writes the same when run twice. */
  write<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result>;
  /** One statement on the schema, which Neo4j refuses in a transaction with data. */
  change(query: string): Promise<void>;
  close(): Promise<void>;
}

/** A transaction as those see it who write in it. */
export type Writing = Pick<Transaction, 'run'>;

export type Parameters = Readonly<Record<string, unknown>>;

const defaultTimeoutMs = 30_000;
// A stream or a publication may take long; the server's own default is for questions.
const longTimeoutMs = 15 * 60_000;
// Longer than a server takes to start again.
const retryForMs = 60_000;

/** Connects, or says in one sentence why that fails. */
export async function openDatabase(settings: GraphSettings): Promise<Database> {
  const { driver, database } = await connect(settings);
  const open = (mode: 'READ' | 'WRITE'): Session =>
    driver.session({ database, defaultAccessMode: mode, fetchSize: 10_000 });
  return { uri: settings.uri, stream, read, write, change, close: () => driver.close() };

  async function* stream<Row extends RecordShape>(query: string, parameters: Parameters = {}): AsyncGenerator<Row> {
    const session = open('READ');
    try {
      const result = session.run<Row>(query, parameters, { timeout: longTimeoutMs });
      for await (const record of result) yield record.toObject();
    } catch (error) {
      throw told(error);
    } finally {
      await session.close();
    }
  }

  async function read<Row extends RecordShape>(
    query: string,
    parameters: Parameters = {},
    { timeoutMs = defaultTimeoutMs, signal }: ReadOptions = {},
  ): Promise<Row[]> {
    signal?.throwIfAborted();
    const session = open('READ');
    // Closing the session ends the query on the server too.
    const stop = (): void => void session.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const { records } = await session.run<Row>(query, parameters, { timeout: timeoutMs });
      return records.map((record) => record.toObject());
    } catch (error) {
      signal?.throwIfAborted();
      throw told(error);
    } finally {
      signal?.removeEventListener('abort', stop);
      await session.close();
    }
  }

  async function write<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    const end = Date.now() + retryForMs;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await writeOnce(work);
      } catch (error) {
        if (!isPassing(error) || Date.now() > end) throw told(error);
        await sleep(Math.min(5_000, 200 * 2 ** attempt));
      }
    }
  }

  async function writeOnce<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    const session = open('WRITE');
    try {
      const transaction = session.beginTransaction({ timeout: longTimeoutMs });
      const result = await work(transaction);
      await transaction.commit();
      return result;
    } finally {
      // Rolls back what was not committed.
      await session.close();
    }
  }

  async function change(query: string): Promise<void> {
    const session = open('WRITE');
    try {
      await session.run(query);
    } catch (error) {
      throw told(error);
    } finally {
      await session.close();
    }
  }

  /** A line that broke for people, who can do something about it; everything else as it is. */
  function told(error: unknown): unknown {
    if (!(error instanceof Neo4jError) || !lostLine.has(error.code)) return error;
    return new UserError(`lost the connection to the Neo4j at \`${settings.uri}\``, exitCode.database, {
      cause: error,
    });
  }
}

const lostLine = new Set<string>([neo4j.error.SERVICE_UNAVAILABLE, neo4j.error.SESSION_EXPIRED]);

/** Whether a transaction took more memory than it may: Neo4j calls that passing, but the same again takes as much. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof Neo4jError && error.code === 'Neo.TransientError.General.MemoryPoolOutOfMemoryError';
}

function isPassing(error: unknown): boolean {
  return error instanceof Neo4jError && neo4j.isRetryableError(error) && !isTooLarge(error);
}

async function connect({ uri, user, password, database = 'neo4j' }: GraphSettings): Promise<{
  readonly driver: Driver;
  readonly database: string;
}> {
  const driver = createDriver(uri, user, password);
  try {
    const session = driver.session({ database, defaultAccessMode: 'READ' });
    await session.run('RETURN 1').then(() => session.close());
    return { driver, database };
  } catch (error) {
    // Not waited for: where something else holds the line, closing waits as long as it does.
    void driver.close().catch(() => undefined);
    throw new UserError(describe(error, { uri, user, password, database }), exitCode.database, { cause: error });
  }
}

function createDriver(uri: string, user: string | undefined, password: string | undefined): Driver {
  const token = password === undefined ? undefined : neo4j.auth.basic(user ?? 'neo4j', password);
  try {
    return neo4j.driver(uri, token, {
      disableLosslessIntegers: true,
      connectionTimeout: 10_000,
      connectionAcquisitionTimeout: 15_000,
    });
  } catch (error) {
    const message = `\`${uri}\` is not the address of a Neo4j: expected one such as bolt://localhost:7687`;
    throw new UserError(message, exitCode.database, { cause: error });
  }
}

/** One sentence on why the connection failed. */
function describe(error: unknown, { uri, user, password, database }: GraphSettings): string {
  const code = error instanceof Neo4jError ? error.code : '';
  const message = error instanceof Error ? error.message : '';
  if (code.startsWith('Neo.ClientError.Security.')) {
    if (password === undefined) return `the Neo4j at \`${uri}\` asks for a user and a password`;
    if (code.endsWith('AuthenticationRateLimit')) {
      return `the Neo4j at \`${uri}\` refused too many passwords and pauses: try again in a few seconds`;
    }
    return `the Neo4j at \`${uri}\` refuses user \`${user ?? 'neo4j'}\` with this password`;
  }
  if (code.startsWith('Neo.ClientError.Database.'))
    return `the Neo4j at \`${uri}\` has no database \`${database ?? ''}\``;
  if (/responded HTTP|handshake|negotiate|protocol|unknown message|Invalid.*version/i.test(message)) {
    return `what answers at \`${uri}\` is not a Neo4j's Bolt port`;
  }
  return `no Neo4j answers at \`${uri}\``;
}
