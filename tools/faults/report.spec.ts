import { type LoopResult, faultTypes } from '@ag/testing';
import { expect, test } from 'vitest';
import { withResult } from './report.ts';

const [denied] = faultTypes;
if (!denied) throw new Error('there are no faults');
const call = {
  action: 'iam:ListUsers',
  service: 'iam',
  operation: 'ListUsers',
  account: '111122223333',
  region: 'us-east-1',
  protocol: 'query',
  form: new URLSearchParams(),
  json: {},
  path: '/',
  query: new URLSearchParams(),
  accessKey: 'AKIA1',
} as const;
const injection = { index: 3, type: denied, call };
const kept: LoopResult = { injection, outcome: 'kept', violations: [] };
const broken: LoopResult = { injection, outcome: 'marked', violations: [{ rule: 'I1', what: 'lost a user' }] };
const page = 'Before.\n<!-- faults: written by npm run faults -->old<!-- faults: end -->\nAfter.\n';

test('the result takes the place of the one before, and counts each fault', () => {
  const report = { date: '2026-11-24', calls: [call], possible: 9, results: [kept, broken], whole: [kept] };
  const text = withResult(page, report);

  expect(text).toContain('**2 runs** of 9 that there are');
  expect(text).toContain('**1 violations.**');
  expect(text).toContain('| F1 `accessDenied` | always | 3 | 0 | 2 | 1 | 0 | 1 |');
  expect(text).not.toContain('old');
  expect(text.startsWith('Before.\n')).toBe(true);
  expect(text.endsWith('\nAfter.\n')).toBe(true);
});

test('a page without a place for the result is refused', () => {
  const report = { date: '2026-11-24', calls: [], possible: 0, results: [], whole: [] };

  expect(() => withResult('Nothing.', report)).toThrow('docs/reliability.md has no place for the result');
});
