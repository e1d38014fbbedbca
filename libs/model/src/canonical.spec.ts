import { expect, test } from 'vitest';
import { canonicalEdge, canonicalNode, compareText } from './canonical.ts';

test('text is ordered by code point, not by UTF-16 unit', () => {
  expect(['\u{1f600}', '\uff5e', 'a', 'ab', ''].sort(compareText)).toEqual(['', 'a', 'ab', '\uff5e', '\u{1f600}']);
});

test('equal nodes become equal texts, and the own label stays first', () => {
  const one = canonicalNode({
    id: 'a',
    labels: ['IamUser', 'Principal', 'AwsResource'],
    properties: { b: 1, a: ['y', 'x'] },
    aliases: [],
    scopes: ['t', 's', 's'],
  });

  expect(JSON.stringify(one)).toBe(
    '{"id":"a","labels":["IamUser","AwsResource","Principal"],"properties":{"a":["y","x"],"b":1},"scopes":["s","t"]}',
  );
});

test('an empty key is no key', () => {
  expect(canonicalEdge({ type: 'T', from: 'a', to: 'b', key: '', properties: {}, scopes: [] })).toEqual({
    type: 'T',
    from: 'a',
    to: 'b',
    properties: {},
    scopes: [],
  });
});
