import { rootArn } from '@ag/model';
import { faultTypes } from '../proxy/fault-kinds.ts';
import { beforeAll, expect, inject, test } from 'vitest';
import { type Arenas, openArenas } from './arena.ts';
import { type Fixture, makeFixture } from './fixture.ts';
import { runLoop, violationsOf } from './loop.ts';
import { type Injection, everyInjection } from './nth-call.ts';
import { nameOf, sample } from './sample.ts';

const seed = 5;
const focused = 1400;
const whole = 100;

let fixture: Fixture;
let arenas: Arenas;
let all: readonly Injection[];

beforeAll(async () => {
  const emulator = inject('awsEndpoint');
  await fetch(`${emulator}/moto-api/reset`, { method: 'POST' });
  fixture = await makeFixture(emulator);
  arenas = await openArenas(fixture);
  all = everyInjection(fixture);
});

test('the company that faults are tried on is read without a gap, and has changed since', () => {
  const { before, faultless } = arenas.whole.reference;

  expect([...faultless.scopes.values()].flatMap(({ record }) => record.gaps)).toEqual([]);
  expect(new Set([...faultless.scopes.values()].map(({ record }) => record.state))).toEqual(new Set(['complete']));
  expect(faultless.nodes.has(rootArn('123456789012', 'aws'))).toBe(true);
  const isKnown = (id: string) => before.nodes.has(id);
  const labelsOf = (nodes: typeof before.nodes, filter: (id: string) => boolean) =>
    new Set([...nodes.values()].filter(({ id }) => filter(id)).map(({ labels }) => labels[0]));
  const isGone = (id: string) => faultless.nodes.get(id)?.properties['missingSince'] !== undefined;
  expect([...labelsOf(faultless.nodes, (id) => !isKnown(id))]).toEqual(
    expect.arrayContaining(['IamRole', 'S3Bucket', 'SqsQueue', 'KmsKey', 'Ec2Vpc', 'PermissionSet', 'OidcProvider']),
  );
  expect([...labelsOf(faultless.nodes, isGone)]).toEqual(
    expect.arrayContaining(['IamRole', 'S3Bucket', 'SqsQueue', 'Ec2SecurityGroup', 'OidcProvider']),
  );
});

test(
  'a fault at any call neither loses nor invents anything, and is seen or recovered from',
  { timeout: 900_000 },
  async () => {
    const injections = sample(all, focused, seed);

    const results = await runLoop({ arenas, present: fixture.present, injections });

    expect(violationsOf(results)).toEqual([]);
    expect(results).toHaveLength(focused);
    expect(new Set(injections.map(nameOf))).toEqual(new Set(faultTypes.map((type) => nameOf({ type }))));
    expect(new Set(injections.map(({ call }) => call.action))).toEqual(
      new Set(fixture.calls.map(({ action }) => action)),
    );
  },
);

test('what a fault does not touch is read as ever', { timeout: 600_000 }, async () => {
  const injections = sample(all, whole, seed + 1);

  const results = await runLoop({ arenas, present: fixture.present, injections, whole: true });

  expect(violationsOf(results)).toEqual([]);
  expect(results).toHaveLength(whole);
});
