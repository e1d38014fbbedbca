import { expect, test } from 'vitest';
import { decodeText, parseJson } from './parse-json.ts';

test('JSON is its value', () => {
  expect(parseJson('{"a": [1, "x"]}')).toEqual({ ok: true, value: { a: [1, 'x'] } });
});

const faults: readonly (readonly [string, string])[] = [
  ['{"a": 1,\n "b": }', 'not valid JSON at line 2, column 7: `}` is not expected'],
  ['{"a": x}', 'not valid JSON at line 1, column 7: `x` is not expected'],
  ['{"a" 1}', 'not valid JSON at line 1, column 6: `1` is not expected'],
  ['{"a": 1,}', 'not valid JSON at line 1, column 9: `}` is not expected'],
  ['{"a": [1, 2', 'not valid JSON at line 1, column 12: it ends too early'],
  ['{"a": "no end', 'not valid JSON at line 1, column 14: it ends too early'],
  ['', 'not valid JSON at line 1, column 1: it ends too early'],
  ['UserDetailList:\n- Arn: x', 'not valid JSON at line 1, column 1: `U` is not expected'],
  ['{}\n{}', 'not valid JSON at line 2, column 1: `{` is not expected'],
];

test.each(faults)('%j says where it stops being JSON', (text, reason) => {
  expect(parseJson(text)).toEqual({ ok: false, reason });
});

test('a byte order mark and UTF-16 are understood', () => {
  expect(decodeText(Buffer.from('\uFEFF{}', 'utf8'))).toBe('{}');
  expect(decodeText(Buffer.from('\uFEFF{"a":"é"}', 'utf16le'))).toBe('{"a":"é"}');
});
