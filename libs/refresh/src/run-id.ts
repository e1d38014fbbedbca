import { randomBytes } from 'node:crypto';

/** A new run's id. Ids sort by time; the end tells apart two runs of one second. */
export function newRunId(now: Date): string {
  const time = now
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return `${time}-${randomBytes(2).toString('hex')}`;
}
