import type { Call } from '../proxy/call.ts';
import { type FaultType, faultTypes, isPagingFault } from '../proxy/fault-kinds.ts';
import { type Fault, requestOf } from '../proxy/faults.ts';
import { hasFlag, isPaged } from '../proxy/listing.ts';
import type { Arena } from './arena.ts';
import { type Checked, checkRun } from './check-run.ts';
import type { Violation } from './check-scopes.ts';
import { type CollectOptions, collect } from './collect.ts';
import { type Fixture, secondRun } from './fixture.ts';
import type { Recording } from './recording.ts';
import { openTransport } from './transport.ts';

/** One run of the loop: the fault that is injected, and the call that it hits. */
export interface Injection {
  readonly index: number;
  readonly type: FaultType;
  readonly call: Call;
}

/** Every fault at every call where it can happen. */
export function everyInjection({ calls, present }: Pick<Fixture, 'calls' | 'present'>): readonly Injection[] {
  const named = namedThings(present);
  return calls.flatMap((call, index) =>
    faultTypes.filter((type) => canHappen(type, call, present, named)).map((type) => ({ index, type, call })),
  );
}

/** The fault as the proxy takes it. */
export function toFault({ call, type }: Pick<Injection, 'call' | 'type'>): Fault {
  const request = requestOf(call);
  const fits = (asked: Call) => requestOf(asked) === request;
  return { with: type.kind, fits, ...(type.lasts === 'once' && { nth: 1 }) };
}

/** A bug that is put in to see that it is found. */
export interface Planted extends Pick<CollectOptions, 'tamper'> {
  /** Carries nothing forward. */
  readonly forgets?: boolean;
}

/** Runs a collection with one fault, on top of what was known before. It ends within half a minute, or that is a violation. */
export async function runWith(
  arena: Arena,
  present: Recording,
  { call, type }: Injection,
  planted: Planted = {},
): Promise<Checked> {
  const transport = openTransport(present, [toFault({ call, type })]);
  const { registry, accounts, before, reference } = arena;
  const { tamper, forgets = false } = planted;
  const run = collect({
    store: arena.store.branch(),
    previous: forgets ? undefined : before,
    run: secondRun,
    transport,
    registry,
    accounts,
    tamper,
  });
  const ended = await Promise.race([run, silence()]);
  if (ended === undefined) return { outcome: 'refused', violations: [{ rule: 'I13', what: 'the run does not end' }] };
  const checked = await checkRun(reference, { type, call }, ended);
  const extra: Violation[] = [];
  if (transport.hits.length === 0) extra.push({ rule: 'harness', what: `${type.kind} hit nothing` });
  const most = arena.calls + mostExtraCalls;
  if (transport.calls.length > most) extra.push({ rule: 'I13', what: `${transport.calls.length} calls` });
  return { ...checked, violations: [...checked.violations, ...extra] };
}

/** Ten attempts at one call, and what is asked for instead of what one listing would have told. */
const mostExtraCalls = 60;

const longest = 30_000;

function silence(): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), longest).unref();
  });
}

/**
 * Answers in which nothing may stand, so that one that lost everything cannot be told from them: SQS leaves out what is empty, and
 * a bucket of us-east-1 has no location.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
const mayBeEmpty = new Set(['sqs:ListQueues', 'sqs:ListQueueTags', 's3:GetBucketLocation']);

function canHappen({ kind }: FaultType, call: Call, present: Recording, named: ReadonlySet<string>): boolean {
  const answer = present.find(call);
  const isGood = answer?.status === 200;
  if (isPagingFault(kind)) return isGood && isPaged(call) && (kind !== 'truncatedWithoutMarker' || hasFlag(call));
  if (kind === 'vanishedItem') return isGood && call.service !== 'sts' && namesSomething(call, named);
  if (kind === 'truncatedBody' || kind === 'extraField') return isGood;
  if (kind === 'emptyObject' || kind === 'missingField') return isGood && !mayBeEmpty.has(call.action);
  return true;
}

/** Words of all answers that may be names of things. */
function namedThings({ answers }: Recording): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { status, body } of answers.values()) {
    if (status === 200)
      for (const [word] of body.matchAll(/[^\s<>"]{5,}/g)) if (!/^[A-Z_]+$/.test(word)) words.add(word);
  }
  return words;
}

/** Whether a call asks about something that another call brought. */
function namesSomething({ form, json, path, service }: Call, named: ReadonlySet<string>): boolean {
  const fields = [...form].filter(([name]) => !/^(Action|Version|Filter)/.test(name)).map(([, value]) => value);
  const segments = service === 's3' && !path.startsWith('/v2018') ? path.split('/') : [];
  return [...fields, ...Object.values(json), ...segments].some(
    (value) => typeof value === 'string' && named.has(value),
  );
}
