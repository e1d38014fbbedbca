import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';

/** How the stub answers one request: with a status and a body, or by not answering as it should. */
export type StubAnswer =
  | { readonly status?: number; readonly type?: string; readonly body: string }
  | 'silence'
  | 'reset'
  | 'resetInBody'
  | 'silenceInBody';

export interface StubCall {
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly body: string;
  /** The operation that the JSON protocols name in a header. */
  readonly target: string;
  readonly accessKey: string;
}

export interface StubAws {
  readonly url: string;
  readonly calls: readonly StubCall[];
  stop(): Promise<void>;
}

/** A tiny server on loopback that answers as AWS would on a bad day. For tests. */
export async function startStubAws(answer: (call: StubCall) => StubAnswer): Promise<StubAws> {
  const calls: StubCall[] = [];
  const server = createServer((request, response) => {
    void readText(request).then(async (body) => {
      const call = toCall(request, body, calls.length);
      calls.push(call);
      await send(response, answer(call));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toCall(request: IncomingMessage, body: string, index: number): StubCall {
  const credential = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
  return {
    index,
    method: request.method ?? '',
    path: request.url ?? '',
    host: request.headers.host ?? '',
    body,
    target: String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, ''),
    accessKey: credential ?? '',
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

async function send(response: ServerResponse, answer: StubAnswer): Promise<void> {
  if (answer === 'silence') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (answer === 'resetInBody' || answer === 'silenceInBody') {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' });
    response.write('<ListUsersResponse>');
    await setImmediate();
    if (answer === 'resetInBody') response.socket?.resetAndDestroy();
    return;
  }
  const { status = 200, type = 'text/xml', body } = answer;
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
