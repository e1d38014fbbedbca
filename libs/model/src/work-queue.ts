/** Runs units of work with a bound on how many at once. In process today; the interface also fits a queue server. */
export interface WorkQueue<Job, Result> {
  /** Adds one unit; resolves with its result. A unit is idempotent and may be run twice. */
  add(job: Job): Promise<Result>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Drops what has not begun and refuses more. */
  close(): Promise<void>;
}
