import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTags, encodeTags } from './tags.ts';

test('tags are searchable as key=value', () => {
  expect(encodeTags({ team: 'payroll', env: 'prod' })).toEqual(['env=prod', 'team=payroll']);
});

test('any tags come back as they went in', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (tags) => {
      expect(Object.entries(decodeTags(encodeTags(tags))).sort()).toEqual(Object.entries(tags).sort());
    }),
  );
});
