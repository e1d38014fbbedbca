import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { judgeRow } from './judge-row.ts';
import type { GoldRow } from './row.ts';

const cases = path.join(import.meta.dirname, '../../cases');

// The schema of the rows is their own file's business; here they are taken as it says.
function parseRow(line: string): GoldRow {
  const row: GoldRow = JSON.parse(line);
  return row;
}

function rows(file: string): readonly GoldRow[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRow);
}

const files = ['gold', 'own'].flatMap((folder) =>
  readdirSync(path.join(cases, folder)).map((name) => path.join(cases, folder, name)),
);

for (const file of files.filter((name) => name.endsWith('.jsonl'))) {
  for (const row of rows(file).filter(({ gate }) => gate)) {
    test(`${row.id}: ${row.source.name}`, () => {
      const { status, expected, got, differences } = judgeRow(row);

      expect({ status, got, differences }).toEqual({ status: 'passed', got: expected, differences: [] });
    });
  }
}
