import { AccountAccessError } from '@ag/connect';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Installation,
  type Listing,
  homeAccount,
  install,
  statesOf,
  toyArn,
  toysOf,
} from './fixtures/toy-cloud.ts';

const [one, two] = [homeAccount, '100000000002'] as const;
const [east, west] = ['eu-central-1', 'eu-west-1'] as const;
const bears = { label: 'Toy', list: () => ['bear'] };
let toys: Installation;

beforeEach(async () => {
  toys = await install();
});

afterEach(() => toys.stop());

function toy(account: string, region: string): string {
  return toyArn({ account, region }, 'Toy', 'bear');
}

function gapsOf(account: string): readonly string[] {
  const scopes = toys.graph.published()?.scopes ?? [];
  return scopes
    .filter(({ scope }) => scope.place.account === account)
    .flatMap(({ gaps }) => gaps.map((gap) => gap.message));
}

test('F38: an account that leaves the organization is detached: what is known of it stays, and says so', async () => {
  const first = await toys.collect({ accounts: [one, two], kinds: [bears] });
  const before = toysOf(toys.graph);

  for (let again = 0; again < 3; again += 1) await toys.collect({ accounts: [one], kinds: [bears] });

  expect(before).toEqual([toy(one, east), toy(two, east), toy(one, west), toy(two, west)].sort());
  expect(toysOf(toys.graph)).toEqual(before);
  expect(statesOf(toys.graph, 'Toy')).toEqual([
    `${one} ${east} complete`,
    `${one} ${west} complete`,
    `${two} ${east} detached`,
    `${two} ${west} detached`,
  ]);
  const scopes = (toys.graph.published()?.scopes ?? []).filter(({ scope }) => scope.place.account === two);
  expect(new Set(scopes.map(({ state }) => state))).toEqual(new Set(['detached']));
  expect(new Set(scopes.map(({ readInRun }) => readInRun))).toEqual(new Set([first.run.id]));
  expect(new Set(gapsOf(two))).toEqual(new Set(['the account is no longer in the organization']));
  // It still owns what is known of it.
  const owners = toys.graph.published()?.edges.filter(({ to, type }) => type === 'OWNS' && to === toy(two, east));
  expect(owners?.map(({ from }) => from)).toEqual([two]);
});

test('F38: an account that comes back is read as before', async () => {
  const both = { accounts: [one, two], kinds: [bears] };
  await toys.collect(both);
  const scopes = () => toys.graph.published()?.scopes.map(({ scope, state }) => [scope, state]);
  const before = scopes();

  await toys.collect({ ...both, accounts: [one] });
  await toys.collect(both);

  expect(scopes()).toEqual(before);
});

test('F38: an account that was not asked for, or whose organization could not be listed, has not left', async () => {
  await toys.collect({ accounts: [one, two], kinds: [bears] });

  const chosen = await toys.collect({ accounts: [one, two], settings: { accounts: [one] }, kinds: [bears] });
  const blind = await toys.collect({ accounts: new TypeError('no'), kinds: [bears] });
  const other = await toys.collect({ connection: 'other', accounts: [one], kinds: [bears] });

  for (const { scopes } of [chosen, blind, other]) expect(scopes.detached).toBeUndefined();
});

test('F39: a role that is removed in the middle of a run leaves denied scopes, which keep what they held', async () => {
  const first = await toys.collect({ accounts: [one, two], kinds: [bears] });
  const list: Listing = ({ account, region }) => {
    if (account !== two || region !== west) return ['bear', 'doll'];
    throw new AccountAccessError(two, 'denied', `cannot assume the role of \`${two}\``);
  };

  const { scopes } = await toys.collect({ accounts: [one, two], kinds: [{ label: 'Toy', list }] });

  expect(scopes['denied']).toBe(1);
  // What was read before the role was gone is newer than what could not be read after.
  expect(toysOf(toys.graph).filter((id) => id.includes(two))).toEqual([
    toy(two, east),
    toyArn({ account: two, region: east }, 'Toy', 'doll'),
    toy(two, west),
  ]);
  const kept = toys.graph.published()?.scopes.find(({ scope: { place, resource } }) => {
    return resource === 'Toy' && place.account === two && place.region === west;
  });
  expect(kept).toMatchObject({ state: 'denied', readInRun: first.run.id, gaps: [{ reason: 'denied' }] });
});
