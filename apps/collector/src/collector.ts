import { type ExitCode, UserError, exitCode } from '@ag/model';
import { Cron } from 'croner';

export interface CollectorLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface CollectorOptions {
  /** One refresh; its exit code. */
  readonly refresh: (signal: AbortSignal) => Promise<ExitCode>;
  /** Once unless given. */
  readonly cron?: string | undefined;
  readonly signal: AbortSignal;
  readonly log: CollectorLog;
}

/**
 * Refreshes once, or on a schedule until it is told to stop. A refresh that is still under way when the next is due goes on, and the
 * next is left out. A failed refresh of a schedule is logged, and the next one tries again.
 */
export async function runCollector({ refresh, cron, signal, log }: CollectorOptions): Promise<ExitCode> {
  if (cron === undefined) return once();
  const job = schedule(cron);
  let under: Promise<void> = Promise.resolve();
  job.schedule(() => (under = again()));
  log.info({ cron, next: job.nextRun()?.toISOString() }, 'waiting');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  job.stop();
  await under;
  return exitCode.ok;

  async function once(): Promise<ExitCode> {
    const code = await refresh(signal);
    log.info({ code }, 'refresh ended');
    return code;
  }

  async function again(): Promise<void> {
    try {
      await once();
    } catch (error) {
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'refresh failed');
    }
  }

  function schedule(expression: string): Cron {
    try {
      return new Cron(expression, {
        paused: false,
        protect: () => log.warn({ cron: expression }, 'the last refresh is still under way: this one is left out'),
      });
    } catch (cause) {
      throw new UserError(`\`${expression}\` is not a cron expression`, exitCode.usage, { cause });
    }
  }
}
