import { expect, test } from 'vitest';
import { type Progress, durationText, millisecondsLeft, progressText, shareDone } from './progress-text.ts';

const begun: Progress = {
  accounts: 4,
  accountsBegun: 2,
  accountsDone: 1,
  scopes: 200,
  scopesDone: 100,
  calls: 600,
  gaps: 1,
};

test('a line tells accounts, scopes, calls and their rate, gaps and the time left', () => {
  expect(progressText(begun, 60_000)).toBe('1 of 4 accounts, 100 scopes, 600 calls (10/s), 1 gap, 3 min left');
});

test('accounts that were not begun are taken to be as large as those that were', () => {
  expect(shareDone(begun)).toBe(0.25);
  expect(millisecondsLeft(begun, 60_000)).toBe(180_000);
});

test('nothing is said of the time left before there is something to say it from', () => {
  const nothing: Progress = { ...begun, accounts: 0, accountsBegun: 0, accountsDone: 0, scopes: 0, scopesDone: 3 };

  expect(millisecondsLeft(nothing, 60_000)).toBeUndefined();
  expect(millisecondsLeft({ ...begun, scopesDone: 1 }, 60_000)).toBeUndefined();
  expect(millisecondsLeft(begun, 500)).toBeUndefined();
  expect(progressText({ ...nothing, calls: 0, gaps: 0 }, 0)).toBe('0 of 0 accounts, 3 scopes, 0 calls (0/s), 0 gaps');
});

test('more scopes than were expected are no more than all', () => {
  const over = { ...begun, accountsBegun: 4, accountsDone: 4, scopesDone: 250 };

  expect(shareDone(over)).toBe(1);
  expect(millisecondsLeft(over, 60_000)).toBe(0);
});

test.each([
  [0, '0 s'],
  [1, '1 s'],
  [59_000, '59 s'],
  [60_000, '1 min'],
  [150_000, '3 min'],
  [3_600_000, '1 h'],
  [4_800_000, '1 h 20 min'],
])('%i ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
