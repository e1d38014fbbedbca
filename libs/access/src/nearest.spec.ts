import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test('the edit distance counts insertions, deletions and replacements', () => {
  expect([
    editDistance('', 'abc'),
    editDistance('kitten', 'sitting'),
    editDistance('same', 'same'),
    editDistance('abcdef', 'uvwxyz', 2),
  ]).toEqual([3, 3, 0, 3]);
});

test('the nearest names come first, and far ones not at all', () => {
  expect(nearest('deplyo', ['payroll', 'deployer', 'deploy'])).toEqual(['deploy']);
  expect(nearest('role', ['payroll-role', 'rule', 'policy'])).toEqual(['payroll-role', 'rule']);
  expect(nearest('zzz', ['deploy', 'payroll'])).toEqual([]);
});
