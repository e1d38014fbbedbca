import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { judgeRow } from './judge-row.ts';
import type { GoldRow } from './row.ts';

const folder = path.join(import.meta.dirname, '../../cases/gold');

// The schema of the rows is their own file's business; here they are taken as it says.
function parseRow(line: string): GoldRow {
  const row: GoldRow = JSON.parse(line);
  return row;
}

function rows(file: string): readonly GoldRow[] {
  return readFileSync(path.join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(parseRow);
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
  for (const row of rows(file).filter(({ gate }) => gate)) {
    test(`${row.id}: ${row.source.name}`, () => {
      const { status, expected, got, differences } = judgeRow(row);

      expect({ status, got, differences }).toEqual({ status: 'passed', got: expected, differences: [] });
    });
  }
}
