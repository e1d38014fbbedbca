import { expect, test } from 'vitest';
import { accountsWorthListing } from './aws-managed-policies.ts';

function choose(uses: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return accountsWorthListing(new Map(Object.entries(uses).map(([policy, accounts]) => [policy, new Set(accounts)])));
}

test('one account that has all policies is enough', () => {
  expect(choose({ read: ['1', '2'], admin: ['2'], audit: ['2', '3'] })).toEqual(['2']);
});

test('accounts are added while they bring two policies or more', () => {
  expect(choose({ a: ['1'], b: ['1'], c: ['1', '2'], d: ['2'], e: ['2'], f: ['3'] })).toEqual(['1', '2']);
});

test('a single policy is not worth a listing', () => {
  expect(choose({ admin: ['1', '2', '3'] })).toEqual([]);
});

test('a policy that only a permission set has is in no account', () => {
  expect(choose({ admin: [], read: [] })).toEqual([]);
});

test('equal accounts are chosen in the same order, whatever order they came in', () => {
  expect(choose({ a: ['2', '1'], b: ['1', '2'] })).toEqual(['1']);
  expect(choose({ b: ['2', '1'], a: ['2', '1'] })).toEqual(['1']);
});
