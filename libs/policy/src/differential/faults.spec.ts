import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { faults } from '../../cases/faults.ts';

test('each planted fault has its place in the engine, and one only', () => {
  const misplaced = faults.filter(({ file, find }) => {
    const text = readFileSync(path.join(import.meta.dirname, '..', file), 'utf8');
    return text.split(find).length !== 2;
  });

  expect(misplaced).toEqual([]);
});
