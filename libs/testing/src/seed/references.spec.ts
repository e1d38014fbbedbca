import { expect, test } from 'vitest';
import { toText } from './references.ts';

const references = new Map([['payroll', '111122223333']]);

test('a name in angle brackets becomes the id it stands for, wherever it is', () => {
  expect(toText({ AWS: ['arn:aws:iam::<payroll>:root', '<payroll>'] }, references)).toBe(
    '{"AWS":["arn:aws:iam::111122223333:root","111122223333"]}',
  );
});

test('policy variables stay as they are', () => {
  expect(toText('${aws:PrincipalTag/team}', references)).toBe('"${aws:PrincipalTag/team}"');
});

test('a name that nothing has is an error', () => {
  expect(() => toText('<payrol>', references)).toThrow(
    'the sample company refers to `payrol`, which nothing is called',
  );
});
