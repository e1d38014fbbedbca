import { type Server, type Socket, connect, createServer } from 'node:net';

/** What the client says, by the tag of the Bolt message: https://neo4j.com/docs/bolt/current/bolt/message/ */
export type Moment = 'run' | 'commit';

export interface BoltProxy {
  readonly uri: string;
  /** How many messages of the kind passed since the last cut was ordered. */
  readonly seen: Readonly<Record<Moment, number>>;
  /** Cuts the connection once: before the server hears of the nth message, or when it has answered and the client has not heard it. */
  cut(moment: Moment, options: { readonly nth: number; readonly when: 'unheard' | 'unanswered' }): void;
  stop(): Promise<void>;
}

/** A proxy on loopback in front of Neo4j, whose line breaks at a chosen moment. For tests. */
export async function startBoltProxy(upstream: string): Promise<BoltProxy> {
  const target = new URL(upstream.replace(/^bolt/, 'http'));
  const seen = { run: 0, commit: 0 };
  let order: { moment: Moment; nth: number; when: 'unheard' | 'unanswered' } | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    let isDeaf = false;
    const end = (): void => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end).setNoDelay(true);
    }
    client.on('data', (bytes) => {
      const moments = momentsIn(bytes);
      for (const moment of moments) seen[moment] += 1;
      const now = order && moments.includes(order.moment) && seen[order.moment] >= order.nth ? order : undefined;
      if (now) order = undefined;
      if (now?.when === 'unheard') return end();
      isDeaf ||= now !== undefined;
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (isDeaf) end();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `bolt://127.0.0.1:${portOf(server)}`,
    seen,
    cut(moment, { nth, when }) {
      Object.assign(seen, { run: 0, commit: 0 });
      order = { moment, nth, when };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

// A message is a size of two bytes, a structure's marker with its number of fields, and a tag; COMMIT has no fields.
const commit = Buffer.from([0x00, 0x02, 0xb0, 0x12, 0x00, 0x00]);
const run = Buffer.from([0xb3, 0x10]);

/** The driver writes each message by itself or several at once, and none of those we look for in two parts. */
function momentsIn(bytes: Buffer): readonly Moment[] {
  if (bytes.includes(commit)) return ['commit'];
  return bytes.indexOf(run) === 2 || bytes.includes(Buffer.from([0x00, 0x00, 0xb3, 0x10])) ? ['run'] : [];
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return address.port;
}
