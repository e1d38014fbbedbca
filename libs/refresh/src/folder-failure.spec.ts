import { writeFile } from 'node:fs/promises';
import { StorageFailure } from '@ag/snapshot';
import { expect, test } from 'vitest';
import { findFolderFailure } from './folder-failure.ts';

const failure = (code: string, fields: object = { syscall: 'mkdir', path: 'runs' }) =>
  Object.assign(new Error(code), { code, ...fields });

test.each([
  ['EACCES', 'it may not be written to'],
  ['ENOSPC', 'the disk is full'],
  ['ENOTDIR', 'it is not a folder'],
])('%s of a file: %s', (code, sentence) => {
  expect(findFolderFailure(failure(code))).toBe(sentence);
});

test('F33: a write that finds the disk full says so, though it names no path', async () => {
  const full = await writeFile('/dev/full', 'x').catch((error: unknown) => error);

  expect(findFolderFailure(full)).toBe('the disk is full');
});

test('a bucket that does not answer is a failure of where runs are kept', () => {
  expect(findFolderFailure(new StorageFailure('the bucket `runs` cannot be used: AccessDenied'))).toBe(
    'the bucket `runs` cannot be used: AccessDenied',
  );
});

test.each([
  failure('EPERM', { syscall: 'write', address: '127.0.0.1' }),
  failure('ENOENT'),
  failure('ECONNREFUSED'),
  failure('EACCES', { syscall: 'connect', address: '127.0.0.1' }),
  new Error('EACCES'),
  'EACCES',
])('%s is no failure of the folder', (error) => {
  expect(findFolderFailure(error)).toBeUndefined();
});
