import { registry } from '@ag/collectors';
import type { Place } from '@ag/model';
import type { CollectedPart } from '@ag/resource';
import { createAwsClients } from './aws-clients.ts';
import { readDefinition } from './read-definition.ts';
import { readReader } from './read-reader.ts';
import { createRunMemory } from './run-memory.ts';
import { type StubAnswer, type StubCall, startStubAws } from './stub-aws.ts';

export const account = '111122223333';
export const place: Place = { partition: 'aws', account, region: 'eu-west-1' };

/**
 * What AWS answers, by operation where a header names it, else by method and path. A value is the JSON of a success; with `__type`
 * it is an error. What is not there is refused, as AWS refuses what nobody is allowed to ask.
 */
export type Answers = Readonly<Record<string, Values | Answerer>>;
type Values = Readonly<Record<string, unknown>>;
type Answerer = (call: StubCall) => Values;

export interface FromStub {
  readonly parts: readonly CollectedPart[];
  /** What was asked, in the order that it came. */
  readonly asked: readonly string[];
}

/** Reads kinds of resources, through the real client and all that surrounds it, from answers in AWS's protocol. For tests. */
export async function readFromStub(labels: readonly string[], answers: Answers): Promise<FromStub> {
  const stub = await startStubAws((call) => toAnswer(call, answers));
  const clients = createAwsClients({
    connection: {
      endpointUrl: stub.url,
      credentialsFor: () => () => Promise.resolve({ accessKeyId: 'AKIA1', secretAccessKey: 'secret' }),
      invalidate: () => undefined,
    },
  });
  const scope = clients.openScope(place);
  const parts: CollectedPart[] = [];
  for (const definition of registry.definitions.filter(({ label }) => labels.includes(label))) {
    parts.push(await readDefinition(definition, { client: scope.client(definition.client), place }));
  }
  const memory = createRunMemory();
  for (const reader of registry.readers.filter(({ types }) => types.some(({ label }) => labels.includes(label)))) {
    parts.push(...(await readReader(reader, { place, regions: [], accounts: [], clients: scope, memory })));
  }
  scope.close();
  clients.close();
  await stub.stop();
  return { parts, asked: stub.calls.map(nameOf) };
}

/** The outcome in short: each scope's state, and what its gaps name. */
export function gapsOf(parts: readonly CollectedPart[]): readonly string[] {
  return parts.flatMap(({ resource, state, gaps }) => [
    ...(state === 'complete' ? [] : [`${resource} ${state}`]),
    ...gaps.map(({ action, arn, reason }) => [action, reason, ...(arn === undefined ? [] : [arn])].join(' ')),
  ]);
}

/** An error as the JSON protocols tell it. */
export function failure(name: string, message = 'no'): Values {
  return { __type: name, message };
}

function nameOf({ target, method, path }: StubCall): string {
  return target === '' ? `${method} ${decodeURIComponent(path)}` : target;
}

function toAnswer(call: StubCall, answers: Answers): StubAnswer {
  const found = answers[nameOf(call)] ?? failure('AccessDeniedException', 'not allowed');
  const value = isAnswerer(found) ? found(call) : found;
  const { __type: type } = value;
  const name = typeof type === 'string' ? type : undefined;
  const status = name === undefined ? 200 : name.includes('NotFound') ? 404 : name.includes('Denied') ? 403 : 400;
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

function isAnswerer(answer: Values | Answerer): answer is Answerer {
  return typeof answer === 'function';
}
