import { StorageFailure } from '@ag/snapshot';

const sentences = new Map([
  ['EACCES', 'it may not be written to'],
  ['EPERM', 'it may not be written to'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk is full'],
  ['ENOTDIR', 'it is not a folder'],
  ['EEXIST', 'it is not a folder'],
]);

/** Why the folder or the bucket of the runs cannot be used, where it is that which failed. */
export function findFolderFailure(error: unknown): string | undefined {
  if (error instanceof StorageFailure) return error.message;
  // A write that finds the disk full names no path: it knows the open file only. A socket that fails names an address.
  const isOfFile = error instanceof Error && 'syscall' in error && ('path' in error || error.syscall === 'write');
  const fields = isOfFile && !('address' in error) ? error : undefined;
  return fields && 'code' in fields && typeof fields.code === 'string' ? sentences.get(fields.code) : undefined;
}
