import { canaryOf, secretKinds } from './secret-kinds.ts';

/** The account and region that answers speak of. */
export const answered = { account: '111122223333', region: 'eu-west-1' } as const;

/**
 * An answer of an operation with every member of its schema filled: secrets where AWS has secrets, else something plausible, one
 * item in every list and no further page. Each structure also holds secrets that its schema does not name.
 */
export function fullAnswer(operation: string, schema: unknown): unknown {
  return fill(schema, { path: operation, name: operation, depth: 0 });
}

interface At {
  readonly path: string;
  /** Of the nearest member. */
  readonly name: string;
  readonly depth: number;
}

// Schemas may contain themselves.
const deepest = 12;

// An SDK schema is a number for something simple, with bit 64 for a list of it and 128 for a map; a tuple that begins with its
// kind; a function that gives it; or [schema, traits].
const kinds = { simple: 0, list: 1, map: 2, structure: 3, union: 4 } as const;
const [listBit, mapBit] = [64, 128];

function fill(schema: unknown, at: At): unknown {
  if (at.depth > deepest) return undefined;
  if (isLate(schema)) return fill(schema(), at);
  if (typeof schema === 'number') return fillSimple(schema, at);
  if (!isTuple(schema)) return undefined;
  if (schema.length === 2) return fill(schema[0], at);
  const [kind, , , , ...rest] = schema;
  switch (kind) {
    case kinds.list:
      return [fill(rest[0], { ...at, depth: at.depth + 1 })].filter((item) => item !== undefined);
    case kinds.map:
      return fillMap(rest[1], at);
    case kinds.structure:
      return fillStructure(rest, at);
    case kinds.union:
      return fillUnion(rest, at);
    case kinds.simple:
      return fill(rest[0], at);
    default:
      return undefined;
  }
}

function fillStructure([names, members]: readonly unknown[], { path, depth }: At): Readonly<Record<string, unknown>> {
  const filled: Record<string, unknown> = {};
  for (const [name, member] of membersOf(names, members)) {
    const value = fill(member, { path: `${path}.${name}`, name, depth: depth + 1 });
    if (value !== undefined) filled[name] = value;
  }
  for (const kind of secretKinds) if (kind.member !== undefined) filled[kind.member] ??= canaryOf(kind);
  filled['Environment'] ??= { Variables: { TOKEN: canaryAt('.Environment.Variables.TOKEN') } };
  return filled;
}

/** The first alternative: a union has one member. */
function fillUnion([names, members]: readonly unknown[], { path, depth }: At): unknown {
  const [first] = membersOf(names, members);
  if (!first) return undefined;
  const [name, member] = first;
  return { [name]: fill(member, { path: `${path}.${name}`, name, depth: depth + 1 }) };
}

function fillMap(value: unknown, at: At): Readonly<Record<string, unknown>> {
  // Names under which services keep attributes in maps: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
  const names = ['Policy', 'QueueArn', 'TopicArn', 'KmsMasterKeyId', 'Owner', 'other'];
  return Object.fromEntries(
    names.map((name) => [name, fill(value, { path: `${at.path}.${name}`, name, depth: at.depth + 1 })]),
  );
}

function fillSimple(schema: number, at: At): unknown {
  if (schema >= mapBit) return fillMap(schema - mapBit, at);
  if (schema >= listBit) return [fillSimple(schema - listBit, at)];
  const secret = canaryAt(at.path);
  switch (schema) {
    case 0:
      return secret ?? plausibleText(/\.Accounts\.Id$/.test(at.path) ? 'AccountId' : at.name);
    case 1:
    case 17:
    case 19:
      return 1;
    case 2:
      // More pages would never end.
      return !/truncated|hasMore/i.test(at.name);
    case 4:
    case 5:
    case 6:
    case 7:
      return new Date('2026-11-24T08:00:00.000Z');
    case 21:
    case 42:
      return new TextEncoder().encode(secret ?? 'bytes');
    case 15:
      return { other: secret ?? 'document' };
    default:
      return undefined;
  }
}

function canaryAt(path: string): string | undefined {
  const kind = secretKinds.find(({ at }) => at.test(path));
  if (!kind) return undefined;
  const canary = canaryOf(kind);
  return kind.name === 'user-data' ? Buffer.from(`#!/bin/sh\n${canary}\n`).toString('base64') : canary;
}

const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: '*' }],
});

function plausibleText(name: string): string | undefined {
  if (/^(next|page|continuation|starting)?-?token$|marker$|NextToken|ContinuationToken$/i.test(name)) return undefined;
  const { account, region } = answered;
  if (/arns?$/i.test(name)) return `arn:aws:service:${region}:${account}:thing/${name.toLowerCase()}`;
  if (/(account|owner)(id)?s?$/i.test(name)) return account;
  if (/policy(document|text)?$|document$|^content$/i.test(name)) return document;
  if (/region(name)?s?$/i.test(name)) return region;
  if (/cidr/i.test(name)) return '10.0.0.0/16';
  if (/ur[li]s?$/i.test(name)) return `https://service.${region}.amazonaws.com/${account}/thing`;
  if (/(status|state)$/i.test(name)) return 'ACTIVE';
  return `${name.toLowerCase()}-1`;
}

function membersOf(names: unknown, members: unknown): (readonly [string, unknown])[] {
  if (!isTuple(names) || !isTuple(members)) return [];
  return names.map((name, index) => [String(name), members[index]] as const);
}

function isLate(value: unknown): value is () => unknown {
  return typeof value === 'function';
}

function isTuple(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
