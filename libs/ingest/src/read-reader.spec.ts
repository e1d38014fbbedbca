import type { Attempt, Reader, ReaderContext } from '@ag/resource';
import { defineNode } from '@ag/resource';
import { expect, test } from 'vitest';
import { InterruptedError } from './answer-error.ts';
import { readReader } from './read-reader.ts';
import { createRunMemory } from './run-memory.ts';

const place = { partition: 'aws', account: '111122223333', region: 'global' };
const call = { action: 'toy:GetToy', resource: 'Toy', arn: 'arn:aws:toy:::toy/1' } as const;
const types = ['Toy', 'Doll'].map((label) => defineNode({ label, description: '', docs: '', properties: {} }));

function run(read: (context: ReaderContext) => Promise<unknown>) {
  const reader: Reader = {
    name: 'toys',
    description: '',
    scope: 'global',
    types,
    actions: ['toy:ListToys'],
    read: async (context) => {
      await read(context);
      return [];
    },
  };
  return readReader(reader, {
    place,
    regions: [],
    accounts: [],
    memory: createRunMemory([]),
    clients: { client: (type) => new type({}), close: () => undefined },
  });
}

test('a call is an answer, an absence or a gap', async () => {
  const outcomes: Attempt<string>[] = [];
  const failure = (name: string, status: number) =>
    Promise.reject(Object.assign(new Error(`${name} of AWS`), { name, $metadata: { httpStatusCode: status } }));

  await run(async ({ attempt }) => {
    outcomes.push(await attempt(call, () => Promise.resolve('here')));
    outcomes.push(await attempt(call, () => failure('NoSuchToy', 404)));
    outcomes.push(await attempt(call, () => failure('AccessDenied', 403)));
  });

  expect(outcomes).toEqual([
    { ok: true, value: 'here' },
    { ok: 'notFound' },
    { ok: false, gap: { place, ...call, reason: 'denied', message: 'AccessDenied of AWS' } },
  ]);
});

test('an interrupted call is no answer: all of the reader’s scopes are skipped', async () => {
  const parts = await run(({ attempt }) => attempt(call, () => Promise.reject(new InterruptedError())));

  expect(parts.map(({ resource, state }) => [resource, state])).toEqual([
    ['Toy', 'skipped'],
    ['Doll', 'skipped'],
  ]);
});

test('what a reader throws is a failure of all its scopes', async () => {
  const parts = await run(() => Promise.reject(new RangeError('out of range')));

  const gap = { place, action: 'toy:ListToys', reason: 'unexpected', message: 'out of range' };
  expect(parts).toEqual(
    ['Toy', 'Doll'].map((resource) => ({
      resource,
      state: 'unexpected',
      nodes: [],
      edges: [],
      gaps: [{ ...gap, resource }],
    })),
  );
});
