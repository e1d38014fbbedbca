import path from 'node:path';
import fc from 'fast-check';
import { compareText } from '@ag/model';
import { expect, test } from 'vitest';
import { inFolder } from './fixtures.ts';
import { openFolder } from './folder-storage.ts';
import { openObjects } from './objects.ts';
import { createSorter } from './sorter.ts';

interface Pair {
  readonly key: string;
  readonly value: number;
}

function isPair(value: unknown): value is Pair {
  return typeof value === 'object' && value !== null && 'key' in value && 'value' in value;
}

function parse(line: string): Pair | undefined {
  const value: unknown = JSON.parse(line);
  return isPair(value) ? value : undefined;
}

const pairs = fc.array(fc.record({ key: fc.string({ unit: 'binary', maxLength: 3 }), value: fc.nat(9) }), {
  maxLength: 60,
});

test('however little is held at once, values come in order, those of one key together, each once, as often as asked', () =>
  fc.assert(
    fc.asyncProperty(pairs, fc.integer({ min: 1, max: 400 }), (all, length) =>
      inFolder(async (directory) => {
        const objects = openObjects(openFolder(path.join(directory, 'parts')));
        const sorter = createSorter<Pair>({ objects, keyOf: ({ key }) => key, toLine: JSON.stringify, parse, length });
        for (const pair of all) await sorter.add(pair);

        const [once, again] = [await toSorted(sorter.groups()), await toSorted(sorter.groups())];

        const keys = [...new Set(all.map(({ key }) => key))].sort(compareText);
        const wanted = keys.map((key) => sortValues(all.filter((pair) => pair.key === key)));
        expect(once).toEqual(wanted);
        expect(again).toEqual(wanted);
      }),
    ),
    { numRuns: 40 },
  ));

async function toSorted(groups: AsyncIterable<readonly Pair[]>): Promise<Pair[][]> {
  const list: Pair[][] = [];
  for await (const group of groups) list.push(sortValues(group));
  return list;
}

function sortValues(group: readonly Pair[]): Pair[] {
  return group.toSorted((a, b) => a.value - b.value);
}
