import { expect, test } from 'vitest';
import { faultTypes } from '../proxy/fault-kinds.ts';
import { callOf } from '../proxy/fixtures.ts';
import { nameOf, sample } from './sample.ts';

const actions = ['iam:ListUsers', 'kms:ListKeys', 'sqs:ListQueues'];
const calls = Array.from({ length: 30 }, (_, index) => callOf(actions[index % 3] ?? ''));
const all = calls.flatMap((call, index) => faultTypes.map((type) => ({ index, type, call })));

test('a small sample has every fault and every kind of call', () => {
  const drawn = sample(all, faultTypes.length + actions.length, 5);

  expect(new Set(drawn.map(nameOf)).size).toBe(faultTypes.length);
  expect(new Set(drawn.map(({ call }) => call.action))).toEqual(new Set(actions));
});

test('one seed draws one sample, another draws another', () => {
  expect(sample(all, 50, 5)).toEqual(sample(all, 50, 5));
  expect(sample(all, 50, 5)).not.toEqual(sample(all, 50, 6));
});

test('a sample of all is all, each once', () => {
  expect(new Set(sample(all, all.length, 5)).size).toBe(all.length);
});
