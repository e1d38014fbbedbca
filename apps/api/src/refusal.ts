import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: number;
  readonly sentence: string;
}

const largestBody = 100_000;

/**
 * What is refused before GraphQL sees it. A form or a plain text can be sent by any web page, with no question asked by the
 * browser; JSON from another origin cannot. Pages of other hosts that pretend to be ours are told by the Host header.
 */
export function refusal(request: IncomingMessage, path: string, production: boolean): Refusal | undefined {
  const { method, headers } = request;
  if (path === '/metrics') return refusalOfMetrics(request);
  if (path !== '/graphql') return { status: 404, sentence: 'there is nothing here: ask /graphql' };
  if (!isLoopback(headers.host)) return { status: 403, sentence: 'the request names another host' };
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`) {
    return { status: 403, sentence: 'requests from other origins are refused' };
  }
  if (method === 'GET') {
    const wantsPage = headers.accept?.includes('text/html') ?? false;
    if (!production && wantsPage && !(request.url ?? '').includes('query=')) return undefined;
    return { status: 405, sentence: 'ask by POST' };
  }
  if (method !== 'POST') return { status: 405, sentence: 'ask by POST' };
  if (!/^application\/json(;|$)/i.test(headers['content-type'] ?? '')) {
    return { status: 415, sentence: 'send application/json' };
  }
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(length)) return { status: 411, sentence: 'say how long the body is' };
  if (length > largestBody) return { status: 413, sentence: `the body is larger than ${largestBody} bytes` };
  return undefined;
}

function refusalOfMetrics({ method, headers }: IncomingMessage): Refusal | undefined {
  if (!isLoopback(headers.host)) return { status: 403, sentence: 'the request names another host' };
  return method === 'GET' ? undefined : { status: 405, sentence: 'ask by GET' };
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}
