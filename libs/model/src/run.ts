import { compareText } from './canonical.ts';

/** One pass of the collector, called by the second it began and by its number: `20261124T082048Z-000c`. */
export interface RunInfo {
  readonly id: string;
  /** A counter of the graph's: greater than that of every run before, whatever the clocks said. Absent in runs of old. */
  readonly number?: number;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** The older run first. Clocks jump, so only runs from before runs had numbers go by their ids, which begin with a time. */
export function compareRuns(a: Pick<RunInfo, 'id' | 'number'>, b: Pick<RunInfo, 'id' | 'number'>): number {
  return (a.number ?? 0) - (b.number ?? 0) || compareText(a.id, b.id);
}
