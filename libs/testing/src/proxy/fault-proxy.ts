import { type IncomingMessage, type Server, type ServerResponse, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Seeded } from '../seed/seed.ts';
import { amend } from './amend.ts';
import { answerFor } from './answers.ts';
import { refuseAssumeRole } from './assume-role.ts';
import { type Call, toCall } from './call.ts';
import { createCallers } from './callers.ts';
import { type Fault, type FaultHandle, createFaults } from './faults.ts';
import type { Reply } from './reply.ts';

export interface FaultProxyOptions {
  /** The emulator. */
  readonly upstream: string;
  /** The company in it: what the emulator lacks of it is answered here. */
  readonly seeded: Seeded;
  /** Told of every answer before a fault spoils it. */
  readonly onAnswer?: (call: Call, answer: Reply) => void;
  /** Leaves AssumeRole to the emulator, which refuses to be asked for trust policies where it authorizes every call. */
  readonly authorizes?: boolean;
}

/** HTTP in front of the emulator. */
export interface FaultProxy {
  readonly endpoint: string;
  /** Makes the calls that fit fail, until the handle is removed. */
  fail(fault: Fault): FaultHandle;
  /** How often each action was called, by account. */
  calls(): Readonly<Record<string, Readonly<Record<string, number>>>>;
  resetCalls(): void;
  stop(): Promise<void>;
}

/** Marks what the emulator did not answer, or not so. */
const markHeader = 'x-accessgraph-proxy';

/**
 * Starts the proxy on loopback. It counts calls, answers for the emulator where that lacks or misstates an operation,
 * decides AssumeRole from the stored trust policy, and fails chosen calls.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { upstream, seeded, onAnswer, authorizes = false } = options;
  const callers = createCallers();
  const faults = createFaults();
  for (const { account: name, action } of seeded.company.refused) {
    const account = seeded.accounts[name];
    if (account !== undefined) faults.add({ action, account, with: 'accessDenied' });
  }
  const counts = new Map<string, Map<string, number>>();
  const target = new URL(upstream);
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });
  await listen(server);

  return {
    endpoint: `http://127.0.0.1:${portOf(server)}`,
    fail: (fault) => faults.add(fault),
    calls: () => Object.fromEntries([...counts].map(([account, actions]) => [account, Object.fromEntries(actions)])),
    resetCalls: () => counts.clear(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const call = toCall(incoming, body, (accessKey) => callers.of(accessKey).account);
    count(call);
    const fault = faults.find(call);
    switch (fault?.is) {
      case 'hang':
        return;
      // A name that cannot be resolved comes to no server: the nearest that a server can do is to hang up at once.
      case 'reset':
      case 'dns':
        outgoing.destroy();
        return;
      // Nor does a failed handshake: the client reads an alert where it expects HTTP.
      case 'tls':
        outgoing.socket?.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]));
        return;
      case 'reply':
        write(outgoing, fault.reply);
        return;
      case 'resetInBody':
      case 'amend':
      case undefined:
        break;
    }
    // What somebody stored is bytes, and no answer that anything is read from here.
    if (fault === undefined && call.action === 's3:GetObject') {
      const stored = await sendOn(incoming, body);
      outgoing.writeHead(stored.statusCode ?? 502, stored.headers);
      stored.pipe(outgoing);
      return;
    }
    const answer = answerFor(call, seeded) ?? (await decideSts(call)) ?? (await passOn(incoming, body, call));
    onAnswer?.(call, answer);
    if (fault?.is === 'resetInBody') hangUpInBody(outgoing, answer);
    else write(outgoing, fault?.is === 'amend' ? fault.amend(answer) : answer);
  }

  async function decideSts(call: Call): Promise<Reply | undefined> {
    if (call.action !== 'sts:AssumeRole' || authorizes) return undefined;
    return refuseAssumeRole(call, callers.of(call.accessKey), askIam);
  }

  function sendOn({ method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = send({ host: target.hostname, port: target.port, method, path: url, headers }, resolve);
      request.on('error', reject);
      request.end(body);
    });
  }

  async function passOn(incoming: IncomingMessage, body: Buffer, call: Call): Promise<Reply> {
    const answer = await sendOn(incoming, body);
    const text = (await readAll(answer)).toString();
    const status = answer.statusCode ?? 502;
    if (call.action === 'sts:AssumeRole') callers.learn(text, call.form.get('RoleArn') ?? '');
    const amended = status === 200 ? (amend(call, text, seeded) ?? text) : text;
    return {
      status,
      type: answer.headers['content-type'] ?? 'text/xml',
      body: amended,
      headers: { ...toHeaders(answer), [markHeader]: amended === text ? 'passed' : 'amended' },
    };
  }

  async function askIam(account: string, form: Readonly<Record<string, string>>): Promise<string> {
    const scope = 'proxy/20260101/us-east-1/iam/aws4_request';
    const answer = await fetch(upstream, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-www-form-urlencoded',
        'x-moto-account-id': account,
      },
      body: new URLSearchParams({ Version: '2010-05-08', ...form }).toString(),
    });
    return answer.text();
  }

  function count({ account, action }: Call): void {
    const actions = counts.get(account) ?? new Map<string, number>();
    counts.set(account, actions);
    actions.set(action, (actions.get(action) ?? 0) + 1);
  }
}

function write(outgoing: ServerResponse, { status, type, body, headers = ownHeaders }: Reply): void {
  outgoing.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

const ownHeaders = { 'x-amzn-requestid': 'proxy', [markHeader]: 'answered' };

/** Promises the whole answer and sends half. */
function hangUpInBody(outgoing: ServerResponse, { status, type, body }: Reply): void {
  const bytes = Buffer.from(body);
  outgoing.writeHead(status, { 'content-type': type, 'content-length': Math.max(2, bytes.length) });
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
}

/** What of the emulator's headers is not about how the body travels. */
function toHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => !/^(connection|transfer-encoding|content-)/.test(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return address.port;
}
