/** One pass of the collector. Run ids sort by time: `20261124T082048Z-3f9a`. */
export interface RunInfo {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}
