import { AnswerError } from './answer-error.ts';

/** The part of the SDK's request handler that sends. */
export interface RequestHandler {
  handle(request: HttpRequest, options?: object): Promise<{ response: HttpResponse }>;
}

export interface HttpRequest {
  readonly method: string;
}

export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  body?: unknown;
}

export interface Bounds {
  /** Milliseconds until the headers, and between two parts of the body. */
  readonly requestTimeout: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Sends a request and reads the whole answer within bounds of time and size. The SDK's own time-out ends with the headers, and
 * it takes an HTML page with status 200, or nothing at all, for an empty answer.
 */
export async function sendBounded(
  handler: RequestHandler,
  request: HttpRequest,
  options: object,
  bounds: Bounds,
): Promise<{ response: HttpResponse }> {
  const watch = watchTime(bounds);
  try {
    const { response } = await handler.handle(request, { ...options, abortSignal: watch.signal });
    const body = await readBody(response.body, bounds.maxBytes, watch.progress);
    if (body) refuseNonAnswers(request, response.statusCode, body);
    // The SDK's deserializers take bytes as well as a stream. Its own class must stay: they test for it.
    response.body = body ?? response.body;
    return { response };
  } catch (error) {
    if (bounds.signal.aborted) throw bounds.signal.reason;
    throw watch.isLate() ? timeoutError(bounds.requestTimeout) : error;
  } finally {
    watch.end();
  }
}

function watchTime({ requestTimeout, signal }: Bounds) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), requestTimeout);
  return {
    signal: AbortSignal.any([late.signal, signal]),
    progress: () => timer.refresh(),
    isLate: () => late.signal.aborted,
    end: () => clearTimeout(timer),
  };
}

async function readBody(body: unknown, maxBytes: number, progress: () => void): Promise<Uint8Array | undefined> {
  if (!isStream(body)) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    progress();
    size += part.length;
    if (size > maxBytes) throw new AnswerError(`the answer is larger than ${maxBytes} bytes`, { transient: false });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function refuseNonAnswers({ method }: HttpRequest, status: number, body: Uint8Array): void {
  const start = new TextDecoder().decode(body.subarray(0, 256)).trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
    // A path that nobody serves is so tomorrow: an emulator that lacks the service.
    throw new AnswerError(`answered ${status} with an HTML page`, { status, transient: status !== 404 });
  }
  if (status === 200 && body.length === 0 && method !== 'HEAD') throw new AnswerError('the answer is empty');
}

function timeoutError(milliseconds: number): Error {
  return Object.assign(new Error(`no answer within ${milliseconds} ms`), { name: 'TimeoutError' });
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
