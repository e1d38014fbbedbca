import { type Operation, operationsOf } from './operations.ts';
import { membersOf } from './schema.ts';

/** A way to an operation, cut up for comparing. */
interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly segments: readonly string[];
  /** Query parameters that stand in the path: `?policy`, `?list-type=2`. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

const known = new Map<string, readonly Route[]>();
const s3ControlPrefix = '/v20180820/';

/** The operation that a request of a REST service asks for. */
export function findRoute(service: string, method: string, url: URL): Operation | undefined {
  const inS3 = service === 's3' || service === 's3express';
  const isControl = inS3 && url.pathname.startsWith(s3ControlPrefix);
  const [, bucket = '', ...key] = url.pathname.split('/');
  const rest = key.filter((segment, index) => segment !== '' || index < key.length - 1);
  const segments = inS3 && !isControl ? rest : toSegments(url.pathname);
  const fits = routesOf(service).filter(
    (route) =>
      route.method === method &&
      (!inS3 || (isControl ? route.operation.client === 's3-control' : isOfBucket(route, bucket !== ''))) &&
      fitsSegments(route.segments, segments) &&
      fitsQuery(route.query, url.searchParams),
  );
  return fits.sort(compareRoutes)[0]?.operation;
}

function routesOf(service: string): readonly Route[] {
  const found = known.get(service);
  if (found) return found;
  const routes = operationsOf(service).flatMap(toRoute);
  known.set(service, routes);
  return routes;
}

function toRoute(operation: Operation): readonly Route[] {
  if (!operation.http) return [];
  const [path = '/', query = ''] = operation.http.path.split('?');
  const parameters = [...new URLSearchParams(query)];
  return [{ operation, method: operation.http.method, segments: toSegments(path), query: parameters }];
}

// The bucket is no part of S3's routes: it may stand in the host as well as before the path.
function isOfBucket({ operation }: Route, hasBucket: boolean): boolean {
  if (operation.client !== 's3') return false;
  return membersOf(operation.input()).some(({ name }) => name === 'Bucket') === hasBucket;
}

function toSegments(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function fitsSegments(route: readonly string[], asked: readonly string[]): boolean {
  const greedy = route.findIndex((segment) => segment.endsWith('+}'));
  if (greedy >= 0) {
    const after = route.slice(greedy + 1);
    if (asked.length < route.length) return false;
    const tail = after.length === 0 ? [] : asked.slice(-after.length);
    return fitsSegments(route.slice(0, greedy), asked.slice(0, greedy)) && fitsSegments(after, tail);
  }
  if (route.length !== asked.length) return false;
  return route.every((segment, index) => segment.startsWith('{') || segment === asked[index]);
}

// `x-id` names the operation, but only the SDK sends it.
function fitsQuery(route: Route['query'], asked: URLSearchParams): boolean {
  const id = asked.get('x-id');
  return route.every(([name, value]) => {
    if (name === 'x-id') return id === null || id === value;
    return asked.has(name) && (value === '' || asked.get(name) === value);
  });
}

/** What says more comes first: more fixed parameters, then more fixed segments; then the plainer operation. */
function compareRoutes(a: Route, b: Route): number {
  const [one, other] = [a, b].map((route) => [
    route.query.filter(([name]) => name !== 'x-id').length,
    route.segments.filter((segment) => !segment.startsWith('{')).length,
  ]);
  return (
    (other?.[0] ?? 0) - (one?.[0] ?? 0) ||
    (other?.[1] ?? 0) - (one?.[1] ?? 0) ||
    a.operation.name.length - b.operation.name.length ||
    (a.operation.name < b.operation.name ? -1 : 1)
  );
}
