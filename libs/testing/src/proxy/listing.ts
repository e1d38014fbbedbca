import type { Call } from './call.ts';
import { findOperation } from './operations.ts';
import { type Member, isFlattened, isList, membersOf, wireName } from './schema.ts';
import { type Element, element, elementsOf, parseXml, printXml } from './xml.ts';

/** The answer to a listing, taken apart: any number of lists, and where it goes on. */
export interface Listing {
  /** Items of each list of the answer, as they came. */
  readonly lists: readonly (readonly unknown[])[];
  /** Whether it says that it is cut off besides naming a token. */
  readonly hasFlag: boolean;
  /** The answer with other items; goes on where there is a token, says that it is cut off where told to. */
  print(page: Page): string;
}

export interface Page {
  readonly lists: readonly (readonly unknown[])[];
  readonly token?: string | undefined;
  readonly isCut?: boolean;
}

// https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait: the SDK's schemas leave the trait out.
const tokenNames = [
  'NextToken',
  'nextToken',
  'Marker',
  'NextMarker',
  'ContinuationToken',
  'NextContinuationToken',
  'continuationToken',
  'position',
  'NextPageToken',
  'nextPageToken',
  'LastEvaluatedTableName',
  'LastEvaluatedStreamArn',
];
const flagNames = ['IsTruncated', 'Truncated'];

interface Shape {
  readonly lists: readonly Member[];
  readonly token: Member;
  readonly flag: Member | undefined;
}

/** Whether the operation lists, a page at a time. */
export function isPaged(call: Pick<Call, 'service' | 'operation'>): boolean {
  return shapeOf(call) !== undefined;
}

/** Whether its answers say that they are cut off, besides naming a token. */
export function hasFlag(call: Pick<Call, 'service' | 'operation'>): boolean {
  return shapeOf(call)?.flag !== undefined;
}

/** Takes the answer to a listing apart. `undefined` where the operation lists nothing, or the answer is no list. */
export function openListing(call: Pick<Call, 'service' | 'operation' | 'protocol'>, body: string): Listing | undefined {
  const shape = shapeOf(call);
  if (!shape) return undefined;
  return call.protocol.includes('json') ? openJson(shape, body) : openXml(shape, body);
}

function shapeOf({ service, operation }: Pick<Call, 'service' | 'operation'>): Shape | undefined {
  const found = findOperation(service, operation);
  if (!found) return undefined;
  const members = membersOf(found.output());
  const token = members.find(({ name }) => tokenNames.includes(name));
  const lists = members.filter(isList);
  if (!token || lists.length === 0) return undefined;
  return { lists, token, flag: members.find(({ name }) => flagNames.includes(name)) };
}

function openJson({ lists, token, flag }: Shape, body: string): Listing | undefined {
  const answer = parseJson(body);
  if (!answer) return undefined;
  const nameOf = (member: Member) => wireName(member, 'json');
  return {
    lists: lists.map((list) => toArray(answer[nameOf(list)])),
    hasFlag: flag !== undefined,
    print: ({ lists: items, token: next, isCut = next !== undefined }) =>
      JSON.stringify({
        ...answer,
        ...Object.fromEntries(lists.map((list, index) => [nameOf(list), items[index] ?? []])),
        [nameOf(token)]: next,
        ...(flag && { [nameOf(flag)]: isCut }),
      }),
  };
}

function openXml({ lists, token, flag }: Shape, body: string): Listing | undefined {
  const root = parseXml(body);
  if (!root) return undefined;
  const result = elementsOf(root).find(({ name }) => name.endsWith('Result'));
  const holder = result ?? root;
  const names = lists.map((list) => wireName(list, 'xml'));
  const known = elementsOf(holder);
  const others = holder.children.filter(
    (child) =>
      typeof child === 'string' ||
      ![...names, wireName(token, 'xml'), ...(flag ? [wireName(flag, 'xml')] : [])].includes(child.name),
  );
  return {
    lists: lists.map((list, index) => {
      const own = known.filter(({ name }) => name === names[index]);
      return isFlattened(list) ? own : own.flatMap(elementsOf);
    }),
    hasFlag: flag !== undefined,
    print: ({ lists: items, token: next, isCut = next !== undefined }) => {
      const made = lists.flatMap((list, index) => {
        const children = (items[index] ?? []).filter(isElement);
        return isFlattened(list) ? children : [element(names[index] ?? '', children)];
      });
      const more = next === undefined ? [] : [element(wireName(token, 'xml'), [next])];
      const cut = flag ? [element(wireName(flag, 'xml'), [String(isCut)])] : [];
      const filled: Element = { ...holder, children: [...others, ...made, ...more, ...cut] };
      if (!result) return printXml(filled);
      return printXml({ ...root, children: root.children.map((child) => (child === result ? filled : child)) });
    },
  };
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'tag' in value;
}

function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function parseJson(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
