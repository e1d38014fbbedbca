import { createRequire } from 'node:module';
import { resolve } from './schema.ts';

/** One operation of a service as the SDK describes it. */
export interface Operation {
  readonly name: string;
  /** The package that has it: two may share a signing name, as S3 and S3 Control do. */
  readonly client: string;
  /** Method and path of the REST protocols: `GET`, `/2015-03-31/functions/{FunctionName}/policy`. */
  readonly http: { readonly method: string; readonly path: string } | undefined;
  readonly input: () => unknown;
  readonly output: () => unknown;
  /** Makes its command, for tests that send one. */
  readonly command: CommandClass;
}

type CommandClass = new (input: object) => object;

const require = createRequire(import.meta.url);

// By the service name that a request is signed for; elsewhere the client is called like the service.
const clients: Readonly<Record<string, readonly string[]>> = {
  apigateway: ['api-gateway', 'apigatewayv2'],
  elasticfilesystem: ['efs'],
  es: ['opensearch'],
  events: ['eventbridge'],
  s3: ['s3', 's3-control'],
  s3express: ['s3'],
  secretsmanager: ['secrets-manager'],
  sso: ['sso-admin'],
  states: ['sfn'],
};

/** Its clients carry no schemas yet, and it has few operations. */
const withoutSchemas: Readonly<Record<string, readonly (readonly [method: string, path: string, name: string])[]>> = {
  rolesanywhere: [
    ['GET', '/trustanchors', 'ListTrustAnchors'],
    ['GET', '/trustanchor/{trustAnchorId}', 'GetTrustAnchor'],
    ['GET', '/profiles', 'ListProfiles'],
    ['GET', '/profile/{profileId}', 'GetProfile'],
    ['GET', '/crls', 'ListCrls'],
    ['GET', '/crl/{crlId}', 'GetCrl'],
    ['GET', '/subjects', 'ListSubjects'],
    ['GET', '/subject/{subjectId}', 'GetSubject'],
    ['GET', '/ListTagsForResource', 'ListTagsForResource'],
  ],
};

const known = new Map<string, readonly Operation[]>();

/** Every operation of a service, by the name that requests are signed for. Read from the SDK when first asked for. */
export function operationsOf(service: string): readonly Operation[] {
  const found = known.get(service);
  if (found) return found;
  const read = (clients[service] ?? [service]).flatMap((client) => operationsOfClient(client));
  known.set(service, read);
  return read;
}

/** The operation of a name; where two clients have one, the first. */
export function findOperation(service: string, name: string): Operation | undefined {
  return operationsOf(service).find((operation) => operation.name === name);
}

function operationsOfClient(client: string): readonly Operation[] {
  const paths = withoutSchemas[client] ?? [];
  return Object.entries(load(client)).flatMap(([key, command]) => {
    if (!key.endsWith('Command') || !isCommandClass(command)) return [];
    const schema: unknown = Reflect.get(new command({}), 'schema');
    const own = key.replace(/Command$/, '');
    // [9, namespace, name, traits, input, output]
    const [, , name = own, traits, input, output]: readonly unknown[] = toList(schema);
    const [method, path] = httpOf(traits) ?? paths.find(([, , listed]) => listed === own) ?? [];
    const http = method === undefined || path === undefined ? undefined : { method, path };
    return [{ name: String(name), client, http, input: () => resolve(input), output: () => resolve(output), command }];
  });
}

/** A service that no client is installed for has no operations. */
function load(client: string): Readonly<Record<string, unknown>> {
  try {
    const exported: unknown = require(`@aws-sdk/client-${client}`);
    return typeof exported === 'object' && exported !== null ? { ...exported } : {};
  } catch {
    return {};
  }
}

function httpOf(traits: unknown): readonly [string, string] | undefined {
  if (typeof traits !== 'object' || traits === null || !('http' in traits)) return undefined;
  const [method, path] = toList(traits.http);
  return [String(method), String(path)];
}

function isCommandClass(value: unknown): value is CommandClass {
  return typeof value === 'function' && value.name.endsWith('Command');
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
