import { createHash } from 'node:crypto';
import { AnswerError } from './answer-error.ts';

type Values = Readonly<Record<string, unknown>>;

const tokenNames = [
  'NextToken',
  'nextToken',
  'Marker',
  'NextMarker',
  'ContinuationToken',
  'NextContinuationToken',
  // S3 Tables, API Gateway, DynamoDB
  'continuationToken',
  'position',
  'LastEvaluatedTableName',
];
const moreTokenNames = [
  ...tokenNames,
  'ExclusiveStartTableName',
  'KeyMarker',
  'NextKeyMarker',
  'NextPartNumberMarker',
  'PageToken',
];

/** Watches the pages of one scope. */
export interface PageGuard {
  /** Refuses a page that was asked for before, one too many, and one that no answer named. */
  ask(command: string, input: Values): void;
  /** Remembers what an answer names as the next page. */
  answered(command: string, output: Values): void;
}

/**
 * Remembers the pages of one scope that were asked for. A token that comes back is a listing without end; comparing it with the
 * last one only would miss a circle of two. A token of another listing would begin in the middle: the SDK's paginators write
 * theirs into the input they were given, where the next listing finds it.
 */
export function createPageGuard(maxPages: number): PageGuard {
  const seen = new Set<string>();
  const named = new Set<string>();
  const hashOf = (command: string, text: string) => createHash('sha256').update(command).update(text).digest('base64');
  return {
    ask(command, input) {
      if (!moreTokenNames.some((name) => isText(input[name]))) return;
      const page = hashOf(command, JSON.stringify(input));
      if (seen.has(page)) throw new AnswerError(`${command} gives the same page again`, { transient: false });
      if (seen.size >= maxPages) throw new AnswerError(`more than ${maxPages} pages`, { transient: false });
      seen.add(page);
      const token = nextToken(input);
      if (token !== undefined && !named.has(hashOf(command, token))) {
        throw new AnswerError(`${command} was asked for a page that no answer named`, { transient: false });
      }
    },
    answered(command, output) {
      const token = nextToken(output);
      if (token !== undefined) named.add(hashOf(command, token));
    },
  };
}

/** Only of these is it sure that what an answer names is what the next question holds. */
function nextToken(values: Values): string | undefined {
  for (const token of [values['NextToken'], values['nextToken']]) {
    if (typeof token === 'string' && token !== '') return token;
  }
  return undefined;
}

/** Refuses an answer that claims success and proves nothing: cut off without a way to go on, or a listing without its list. */
export function checkAnswer(command: string, schema: unknown, output: Values): void {
  const isCut = output['IsTruncated'] === true || output['Truncated'] === true;
  if (isCut && !moreTokenNames.some((name) => isText(output[name]))) {
    throw new AnswerError(`${command} says that there is more, and not where`);
  }
  // Clients from before schemas do not tell which lists there are.
  if (schema === undefined && command.startsWith('List') && !Object.values(output).some(Array.isArray)) {
    throw new AnswerError(`the answer to ${command} holds no list`);
  }
  const lists = listMembers(command, schema);
  if (lists.length > 0 && lists.every((name) => output[name] === undefined)) {
    throw new AnswerError(`the answer to ${command} holds no ${lists.join(' or ')}`);
  }
  // Here the answer is the document itself, so that no parser has looked at it yet.
  if (command === 'GetBucketPolicy' && !isPolicy(output['Policy'])) {
    throw new AnswerError(`the answer to ${command} is no policy`);
  }
  if (holdsNothing(command, schema, output)) throw new AnswerError(`the answer to ${command} holds nothing`);
}

function isPolicy(text: unknown): boolean {
  try {
    const document: unknown = typeof text === 'string' ? JSON.parse(text) : undefined;
    return typeof document === 'object' && document !== null && 'Statement' in document;
  } catch {
    return false;
  }
}

/**
 * Answers in which nothing may stand: a bucket of us-east-1 has no location, and what was never set up is left out.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
const mayBeEmpty = new Set([
  'GetBucketAccelerateConfiguration',
  'GetBucketLocation',
  'GetBucketLogging',
  'GetBucketNotificationConfiguration',
  'GetBucketVersioning',
  'GetFunctionConcurrency',
  'ListQueueTags',
]);

/** Whether an answer tells nothing at all of what was asked for; absent for real is an error that AWS names. */
function holdsNothing(command: string, schema: unknown, output: Values): boolean {
  if (!/^(Get|Describe)/.test(command) || mayBeEmpty.has(command)) return false;
  const structure = structureOf(schema);
  if (!structure || structure.names.length === 0) return false;
  // An element that holds a structure may be there with nothing in it, as `<PublicAccessBlockConfiguration/>`.
  return structure.names.every((name, index) => {
    const value = output[name];
    return value === undefined || (structureOf(structure.members[index]) !== undefined && isBlank(value));
  });
}

/**
 * The list members of a listing's answer, at least one of which must be there, empty or not. A flattened list has no element of
 * its own and is left out when it is empty, as SQS leaves out QueueUrls: nothing can be said of those.
 */
function listMembers(command: string, schema: unknown): readonly string[] {
  const output = structureOf(schema);
  if (!output) return [];
  const { names, members } = output;
  const isListing =
    command.startsWith('List') ||
    /^Describe[A-Z]\w*s$/.test(command) ||
    names.some((name) => tokenNames.includes(name));
  if (!isListing) return [];
  if (members.some((member) => isList(member) && isFlattened(member))) return [];
  return names.filter((_, index) => isList(members[index]));
}

// An SDK schema is a tuple: [3, namespace, name, traits, member names, member schemas …] for a structure, [1, …] for a list, a
// number with bit 64 for a list of something simple, and [schema, traits] for a member with traits of its own.
const structureKind = 3;
const listKind = 1;
const simpleListBit = 64;

function structureOf(schema: unknown): { names: readonly string[]; members: readonly unknown[] } | undefined {
  const resolved = resolve(hasTraits(schema) ? schema[0] : schema);
  if (!isTuple(resolved) || resolved[0] !== structureKind) return undefined;
  const [, , , , names, members] = resolved;
  if (!Array.isArray(names) || !Array.isArray(members)) return undefined;
  return { names: names.map(String), members };
}

function isList(member: unknown): boolean {
  const schema = resolve(hasTraits(member) ? member[0] : member);
  if (typeof schema === 'number') return schema >= simpleListBit && schema < 2 * simpleListBit;
  return Array.isArray(schema) && schema[0] === listKind;
}

function isFlattened(member: unknown): boolean {
  if (!hasTraits(member)) return false;
  const traits: unknown = member[1];
  return typeof traits === 'object' && traits !== null && 'xmlFlattened' in traits;
}

function hasTraits(member: unknown): member is readonly unknown[] {
  return Array.isArray(member) && member.length === 2;
}

function resolve(schema: unknown): unknown {
  return isLate(schema) ? schema() : schema;
}

function isTuple(schema: unknown): schema is readonly unknown[] {
  return Array.isArray(schema);
}

function isLate(schema: unknown): schema is () => unknown {
  return typeof schema === 'function';
}

function isBlank(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((field) => field === undefined);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
