import type { IncomingMessage } from 'node:http';
import { actionOf } from './actions.ts';
import { findRoute } from './routes.ts';

/** One call as the proxy understands it. */
export interface Call {
  /** The IAM action, such as `iam:ListUsers`. */
  readonly action: string;
  /** The name that the request is signed for: `sso`, `elasticfilesystem`. */
  readonly service: string;
  /** The operation by the SDK's name: `ListBuckets`. */
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly protocol: Protocol;
  /** Form fields of the query protocols. */
  readonly form: URLSearchParams;
  /** The JSON body of the JSON protocols. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The path of the request, in which the REST protocols name things. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accessKey: string;
}

export type Protocol = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml';

/** A request, whichever way it came. */
export type AskedRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Reads what a request asks, from its signature's scope, its target, its form, or its method and path. */
export function toCall(request: AskedRequest, body: Buffer, accountOf: (accessKey: string) => string): Call {
  const credential = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const [, accessKey = '', region = '', signedFor = ''] = credential ?? [];
  // What is not signed is asked of S3, by whoever has no key.
  const service = signedFor === '' ? 's3' : signedFor;
  const { method = 'GET' } = request;
  const url = new URL(request.url ?? '/', 'http://proxy');
  const target = request.headers['x-amz-target'];
  const type = request.headers['content-type'] ?? '';
  const base = {
    service,
    accessKey,
    region,
    account: accountOf(accessKey),
    form: new URLSearchParams(),
    json: {},
    path: url.pathname,
    query: url.searchParams,
  };
  if (typeof target === 'string') {
    const operation = target.split('.').at(-1) ?? '';
    return { ...base, operation, action: actionOf(service, operation), protocol: 'json', json: parseJson(body) };
  }
  if (type.includes('x-www-form-urlencoded')) {
    const form = new URLSearchParams(body.toString());
    const operation = form.get('Action') ?? '';
    const protocol = service === 'ec2' ? 'ec2' : 'query';
    return { ...base, operation, action: actionOf(service, operation), protocol, form };
  }
  const found = findRoute(service, method, url);
  const operation = found?.name ?? '';
  const action = actionOf(service, operation, { method, ...(found && { client: found.client }) });
  if (service === 's3' || service === 's3express') return { ...base, operation, action, protocol: 'rest-xml' };
  return { ...base, operation, action, protocol: 'rest-json', json: parseJson(body) };
}

function parseJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
