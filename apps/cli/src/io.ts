/** What a command reads and writes besides the graph; tests give their own. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether people see the error stream: progress is for them only. */
  readonly isTerminal: boolean;
  /** Data. */
  out(text: string): void;
  /** Progress and messages. */
  err(text: string): void;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}
