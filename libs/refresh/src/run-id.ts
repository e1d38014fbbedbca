import { randomBytes } from 'node:crypto';

/** A new run's id: its time to the second, so that ids sort, and four digits so that two never clash. */
export function newRunId(startedAt: Date): string {
  const time = startedAt.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(2).toString('hex')}`;
}
