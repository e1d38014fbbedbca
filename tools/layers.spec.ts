import { expect, test } from 'vitest';
import { layerOf, layers } from './layers.mjs';

test('a folder says its layer', () => {
  const folders = ['libs/graph', 'libs/collectors', 'libs/collectors/sqs', 'apps/api', 'apps/web', 'tools'];

  expect(folders.map(layerOf)).toEqual(['graph', 'registry', 'collector', 'app', 'web', 'tools']);
});

test.each(['libs/utils', 'libs/app', 'libs/collector', 'somewhere/else'])('%s has no layer', (folder) => {
  expect(() => layerOf(folder)).toThrow(`the folder \`${folder}\` has no row in tools/layers.mjs`);
});

test('every layer that is named is a row', () => {
  const named = Object.values(layers).flatMap(({ may }) => may);

  expect(named.filter((name) => !Object.hasOwn(layers, name))).toEqual([]);
});

test('no library reaches itself through what it may import', () => {
  function reach(name: string, seen: readonly string[]): readonly string[] {
    return (layers[name]?.may ?? []).flatMap((next) => [
      next,
      ...(seen.includes(next) ? [] : reach(next, [...seen, next])),
    ]);
  }

  expect(Object.keys(layers).filter((name) => reach(name, [name]).includes(name))).toEqual([]);
});
