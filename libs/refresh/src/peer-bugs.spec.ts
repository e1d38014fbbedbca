import { afterEach, beforeEach, expect, test } from 'vitest';
import { LeaseHeld } from '@ag/graph';
import type { Place } from '@ag/model';
import { openSnapshotStore } from '@ag/snapshot';
import {
  type Installation,
  type Listing,
  type ToyKind,
  awsError,
  homeAccount,
  install,
  statesOf,
  toyArn,
  toysOf,
} from './fixtures/toy-cloud.ts';
import { Interrupted } from './publish-run.ts';

// What went wrong in other collectors, each by the number of its issue there. 9, 10 and 11 are in libs/ingest's
// `peer-bugs.spec.ts`; 12 and 13 also in libs/graph's `publish-atomic.integration.spec.ts`, with a real database.

const [one, two] = [homeAccount, '100000000002'] as const;
const [east, west] = ['eu-central-1', 'eu-west-1'] as const;
const denied = awsError('AccessDenied', 403);
let toys: Installation;

beforeEach(async () => {
  toys = await install();
});

afterEach(() => toys.stop());

/** The same names everywhere. */
function everywhere(...names: readonly string[]): ToyKind {
  return { label: 'Toy', list: () => names };
}

function toy(account: string, region: string, name = 'bear', label = 'Toy'): string {
  return toyArn({ account, region }, label, name);
}

const bears = [toy(one, east), toy(two, east), toy(one, west), toy(two, west)].sort();

/** The listing, but for one place where it fails. */
function failing(list: Listing, where: Partial<Place>, error: Error): Listing {
  return (place) => {
    const fits = [where.account ?? place.account, where.region ?? place.region];
    if (fits[0] === place.account && fits[1] === place.region) throw error;
    return list(place);
  };
}

test('1: a second run for another account keeps the first’s nodes (cartography #587)', async () => {
  const organization = { accounts: [one, two], kinds: [everywhere('bear')] };

  await toys.collect({ ...organization, settings: { accounts: [one] } });
  await toys.collect({ ...organization, settings: { accounts: [two] } });

  expect(toysOf(toys.graph)).toEqual(bears);
});

test('2: a listing that failed cleans nothing up (cartography #379)', async () => {
  await toys.collect({ accounts: [one, two], kinds: [everywhere('bear')] });
  const failure = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

  for (const error of [failure, awsError('Throttling', 400), awsError('InternalFailure', 500), new TypeError('x')]) {
    const list = failing(() => [], {}, error);
    await toys.collect({ accounts: [one, two], kinds: [{ label: 'Toy', list }] });

    expect(toysOf(toys.graph)).toEqual(bears);
  }
});

test('3: a run that stops early does not clean up what it never came to (cartography #478)', async () => {
  await toys.collect({ accounts: [one, two], kinds: [everywhere('bear')] });
  const stop = new AbortController();
  const list: Listing = ({ account }) => {
    if (account === one) stop.abort();
    return [];
  };

  const stopped = toys.collect({ accounts: [one, two], kinds: [{ label: 'Toy', list }], signal: stop.signal });

  await expect(stopped).rejects.toBeInstanceOf(Interrupted);
  expect(toysOf(toys.graph)).toEqual(bears);
  // Nor does the run after it take the part that was read for the whole.
  await toys.collect({ accounts: [one, two], kinds: [] });
  expect(toysOf(toys.graph)).toEqual(bears);
});

test('4: a 403 in one region leaves its nodes, which do not flicker when it passes (cartography #2658)', async () => {
  const kind = everywhere('bear');
  const store = openSnapshotStore(toys.folder);
  const hash = async () => (await store.latest())?.hash;

  await toys.collect({ accounts: [one], kinds: [kind] });
  const before = await hash();
  await toys.collect({ accounts: [one], kinds: [{ ...kind, list: failing(kind.list, { region: west }, denied) }] });
  const during = toysOf(toys.graph);
  const states = statesOf(toys.graph, 'Toy');
  await toys.collect({ accounts: [one], kinds: [kind] });

  expect(during).toEqual([toy(one, east), toy(one, west)]);
  expect(states).toEqual([`${one} ${east} complete`, `${one} ${west} denied`]);
  expect(await hash()).toBe(before);
});

test('5: two readers of one label do not clean up each other’s nodes (cartography #3035)', async () => {
  const doll = (...names: readonly string[]): ToyKind => ({ label: 'Doll', nodeLabel: 'Toy', list: () => names });

  await toys.collect({ accounts: [one], kinds: [everywhere('bear'), doll('anna')] });
  for (let again = 0; again < 3; again += 1)
    await toys.collect({ accounts: [one], kinds: [everywhere(), doll('anna')] });

  expect(toysOf(toys.graph)).toEqual([toy(one, east, 'anna', 'Doll'), toy(one, west, 'anna', 'Doll')]);
});

test('6: the children of a parent that is gone are not stranded (cartography #1366)', async () => {
  const boxOf = ({ account, region }: Place) => toy(account, region, 'red', 'Box');
  const box = (...names: readonly string[]): ToyKind => ({ label: 'Box', list: () => names });
  const held: ToyKind = { ...everywhere('bear'), heldBy: boxOf };
  const blind: ToyKind = { ...held, list: failing(() => [], {}, denied) };
  const settings = { regions: [west] };
  const parents = () =>
    (toys.graph.published()?.edges ?? [])
      .filter(({ to }) => to === toy(one, west))
      .map(({ type, from }) => `${from} ${type}`);

  await toys.collect({ accounts: [one], settings, kinds: [box('red'), held] });
  expect(parents()).toEqual([`${one} OWNS`, `${toy(one, west, 'red', 'Box')} CONTAINS`]);
  for (let again = 0; again < 3; again += 1) await toys.collect({ accounts: [one], settings, kinds: [box(), blind] });

  expect(parents()).toEqual([`${one} OWNS`, `${toy(one, west, 'red', 'Box')} CONTAINS`]);
  const parent = toys.graph.published()?.nodes.find(({ id }) => id === toy(one, west, 'red', 'Box'));
  expect(parent).toEqual({
    id: toy(one, west, 'red', 'Box'),
    labels: ['Uncollected'],
    properties: { reason: 'does not exist' },
    scopes: [],
  });
});

test('7: runs of two organizations keep each other’s accounts (cartography #692)', async () => {
  const first = { connection: 'first', accounts: [one], kinds: [everywhere('bear')] };
  const second = { connection: 'second', accounts: [two], kinds: [everywhere('bear')] };

  for (const cloud of [first, second, first, second, first]) await toys.collect(cloud);

  expect(toysOf(toys.graph)).toEqual(bears);
  const accounts = (toys.graph.published()?.nodes ?? []).filter(({ labels }) => labels[0] === 'AwsAccount');
  expect(accounts.map(({ id, properties }) => [id, properties['status']])).toEqual([
    [one, 'ACTIVE'],
    [two, 'ACTIVE'],
  ]);
});

test('8: a region that an SCP denies does not end the account (cartography #1114, #723)', async () => {
  const message =
    'User: x is not authorized to perform: toy:ListToys with an explicit deny in a service control policy';
  const list = failing(() => ['bear'], { account: one, region: east }, awsError('AccessDenied', 403, message));

  const { scopes } = await toys.collect({ accounts: [one, two], kinds: [{ label: 'Toy', list }] });

  expect(scopes['deniedByScp']).toBe(1);
  expect(toysOf(toys.graph)).toEqual(bears.filter((id) => id !== toy(one, east)));
  expect(statesOf(toys.graph, 'Toy')).toEqual([
    `${one} ${east} deniedByScp`,
    `${one} ${west} complete`,
    `${two} ${east} complete`,
    `${two} ${west} complete`,
  ]);
});

test('12: of two runs that overlap one is refused, and neither deletes what the other wrote (cartography’s update tag)', async () => {
  const cloud = { accounts: [one], kinds: [everywhere('bear')] };
  let overlapping: Promise<unknown> = Promise.resolve();
  const list: Listing = () => {
    overlapping = toys.collect({ accounts: [one], kinds: [everywhere('doll')] }).catch((error: unknown) => error);
    return ['bear'];
  };

  await toys.collect({ ...cloud, settings: { regions: [west] }, kinds: [{ label: 'Toy', list }] });

  expect(await overlapping).toBeInstanceOf(LeaseHeld);
  expect(toysOf(toys.graph)).toEqual([toy(one, west)]);
});

test('14: a run whose credentials see less removes nothing of what others saw (cloudquery #13482)', async () => {
  await toys.collect({ accounts: [one, two], kinds: [everywhere('bear')] });

  await toys.collect({ accounts: denied, kinds: [everywhere('bear')] });
  await toys.collect({ accounts: [one, two], locked: [two], kinds: [everywhere('bear')] });
  await toys.collect({ accounts: [one, two], settings: { regions: [west] }, kinds: [everywhere('bear')] });

  expect(toysOf(toys.graph)).toEqual(bears);
});

test('15: a run for one type of resource keeps all others (cloudquery #5456)', async () => {
  const doll: ToyKind = { label: 'Doll', list: () => ['anna'] };
  await toys.collect({ accounts: [one], kinds: [everywhere('bear'), doll] });
  const before = toysOf(toys.graph);

  for (let again = 0; again < 3; again += 1) await toys.collect({ accounts: [one], kinds: [doll] });

  expect(before).toHaveLength(4);
  expect(toysOf(toys.graph)).toEqual(before);
});
