import type { IncomingMessage } from 'node:http';

/** One call as the proxy understands it. */
export interface Call {
  /** The IAM action, such as `iam:ListUsers`. */
  readonly action: string;
  readonly account: string;
  readonly region: string;
  readonly protocol: Protocol;
  /** Form fields of the query protocols. */
  readonly form: URLSearchParams;
  /** The JSON body of the JSON protocols. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly accessKey: string;
}

export type Protocol = 'query' | 'ec2' | 'json' | 'rest-json' | 'rest-xml';

// What S3 calls a sub-resource, and which action reads it.
const s3Actions: readonly (readonly [parameter: string, action: string])[] = [
  ['policyStatus', 'GetBucketPolicyStatus'],
  ['policy', 'GetBucketPolicy'],
  ['publicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['ownershipControls', 'GetBucketOwnershipControls'],
  ['acl', 'GetBucketAcl'],
  ['tagging', 'GetBucketTagging'],
  ['encryption', 'GetEncryptionConfiguration'],
  ['location', 'GetBucketLocation'],
];

/** Reads what a request asks, from its signature's scope, its target and its body. */
export function toCall(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  accountOf: (accessKey: string) => string,
): Call {
  const credential = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
  const [, accessKey = '', region = '', service = ''] = credential ?? [];
  const url = new URL(request.url ?? '/', 'http://proxy');
  const target = request.headers['x-amz-target'];
  const type = request.headers['content-type'] ?? '';
  const base = { accessKey, region, account: accountOf(accessKey), form: new URLSearchParams(), json: {} };
  if (typeof target === 'string') {
    return { ...base, action: `${service}:${target.split('.').at(-1) ?? ''}`, protocol: 'json', json: parseJson(body) };
  }
  if (type.includes('x-www-form-urlencoded')) {
    const form = new URLSearchParams(body.toString());
    const protocol = service === 'ec2' ? 'ec2' : 'query';
    return { ...base, action: `${service}:${form.get('Action') ?? ''}`, protocol, form };
  }
  if (service !== 's3' && service !== '') {
    // Of these services the operation is in the path: `/list-regions`.
    const [, operation = ''] = url.pathname.split('/');
    return { ...base, action: `${service}:${toPascal(operation)}`, protocol: 'rest-json', json: parseJson(body) };
  }
  return { ...base, action: `s3:${s3Action(request.method ?? 'GET', url)}`, protocol: 'rest-xml' };
}

const verbs: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete', HEAD: 'Get' };

function s3Action(method: string, url: URL): string {
  const verb = verbs[method] ?? 'Put';
  if (url.pathname.includes('/configuration/publicAccessBlock')) return `${verb}AccountPublicAccessBlock`;
  const [, bucket = '', ...key] = url.pathname.split('/');
  if (bucket === '') return 'ListAllMyBuckets';
  const found = s3Actions.find(([parameter]) => url.searchParams.has(parameter));
  if (found) return found[1].replace(/^Get/, verb);
  if (key.join('/') !== '') return `${verb}Object`;
  return verb === 'Get' ? 'ListBucket' : verb === 'Put' ? 'CreateBucket' : 'DeleteBucket';
}

function toPascal(operation: string): string {
  return operation.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function parseJson(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
