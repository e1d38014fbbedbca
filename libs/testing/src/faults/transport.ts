import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { HttpRequest, RequestHandler } from '@ag/ingest';
import { type Call, toCall } from '../proxy/call.ts';
import { createCallers } from '../proxy/callers.ts';
import { type Fault, type Outcome, createFaults } from '../proxy/faults.ts';
import { type Reply, errorReply } from '../proxy/reply.ts';
import type { Recording } from './recording.ts';

/** Answers for the network, beneath the SDK: it serializes, signs and parses as ever. */
export interface RecordedTransport extends RequestHandler {
  /** Every call that came, in its order. */
  readonly calls: readonly Call[];
  /** Calls that were hit. */
  readonly hits: readonly Call[];
}

/** Serves recorded answers, and lets faults end chosen calls as the network would. */
export function openTransport(recording: Recording, faults: readonly Fault[] = []): RecordedTransport {
  const callers = createCallers();
  const active = createFaults();
  for (const fault of faults) active.add(fault);
  const calls: Call[] = [];
  const hits: Call[] = [];

  function answer(call: Call): Reply {
    const found = recording.find(call);
    if (!found) return errorReply(call, 'NotRecorded', `nothing was recorded for ${call.action}`, 400);
    if (call.action === 'sts:AssumeRole') callers.learn(found.body, call.form.get('RoleArn') ?? '');
    return found;
  }

  async function handle(request: HttpRequest): Promise<{ response: Response }> {
    const call = readRequest(request, (accessKey) => callers.of(accessKey).account);
    calls.push(call);
    const outcome = active.find(call);
    if (outcome) hits.push(call);
    // An answer never comes before the caller waits for it.
    await setImmediate();
    return { response: end(outcome, () => answer(call)) };
  }

  return { calls, hits, handle };
}

function end(outcome: Outcome | undefined, answer: () => Reply): Response {
  switch (outcome?.is) {
    case undefined:
      return toResponse(answer());
    case 'reply':
      return toResponse(outcome.reply);
    case 'amend':
      return toResponse(outcome.amend(answer()));
    case 'resetInBody':
      return toResponse(answer(), errorOf('ECONNRESET', 'aborted'));
    case 'reset':
      throw errorOf('ECONNRESET', 'socket hang up');
    case 'dns':
      throw errorOf('ENOTFOUND', 'getaddrinfo ENOTFOUND service.eu-west-1.amazonaws.com');
    case 'tls':
      throw errorOf('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate');
    // What the SDK's own handler throws when its time is over: nobody waits for it here.
    case 'hang':
      throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
  }
}

interface Response {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  body: unknown;
}

function toResponse({ status, type, body, headers }: Reply, breaksOff?: Error): Response {
  const bytes = Buffer.from(body);
  const parts = breaksOff ? [bytes.subarray(0, Math.floor(bytes.length / 2))] : [bytes];
  async function* stream(): AsyncGenerator<Buffer> {
    yield* parts;
    if (breaksOff) throw breaksOff;
  }
  return { statusCode: status, headers: { ...headers, 'content-type': type }, body: Readable.from(stream()) };
}

interface SdkRequest extends HttpRequest {
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function readRequest(request: SdkRequest, accountOf: (accessKey: string) => string): Call {
  const { method, path = '/', query = {}, headers = {}, body } = request;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one ?? ''));
  }
  const asked = parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return toCall({ method, url: asked, headers: lower }, toBytes(body), accountOf);
}

function toBytes(body: unknown): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0);
}

function errorOf(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
