import { expect, test } from 'vitest';
import { toDocument } from './policy-document.ts';

const text = '{"Statement":[{"Condition":{"StringLike":{"aws:PrincipalTag/a+b":"50%25 c"}}}]}';

test('a percent-encoded document keeps its plus signs and its percent signs', () => {
  expect(toDocument(encodeURIComponent(text))).toEqual({ ok: true, text });
});

test('plain JSON is not decoded once more', () => {
  expect(toDocument(text)).toEqual({ ok: true, text });
});

test('a document that was decoded to an object is written as JSON', () => {
  expect(toDocument({ Version: '2012-10-17' })).toEqual({ ok: true, text: '{"Version":"2012-10-17"}' });
});

test('what is not a JSON object is not a document', () => {
  const values = [undefined, null, '', '%', '%7B', 'null', '[]', '"text"', 7, []];

  expect(values.map((value) => toDocument(value).ok)).toEqual(values.map(() => false));
});
