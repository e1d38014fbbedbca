import { type ExitCode, UserError, exitCode } from '@ag/model';
import { Interrupted } from '@ag/refresh';
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
 * next is left out. A failed refresh of a schedule is logged, and the next one tries again. Whoever is told to stop in the middle of
 * a refresh ends with what that came to: its publication is finished, and what comes before is abandoned.
 */
export async function runCollector({ refresh, cron, signal, log }: CollectorOptions): Promise<ExitCode> {
  if (cron === undefined) return once();
  const job = schedule(cron);
  let under: Promise<ExitCode> = Promise.resolve(exitCode.ok);
  let isUnderWay = false;
  // Croner tells an overrun by the promise of the run before.
  job.schedule(async () => {
    under = again();
    await under;
  });
  log.info({ cron, next: job.nextRun()?.toISOString() }, 'waiting');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  job.stop();
  // What an earlier refresh came to was logged; stopping between two of them is no failure.
  return isUnderWay ? await under : exitCode.ok;

  async function once(): Promise<ExitCode> {
    const code = await refresh(signal);
    log.info({ code }, 'refresh ended');
    return code;
  }

  async function again(): Promise<ExitCode> {
    isUnderWay = true;
    try {
      return await once();
    } catch (error) {
      if (error instanceof Interrupted) {
        log.warn({}, 'refresh abandoned');
        return exitCode.interrupted;
      }
      log.error(describeFailure(error), 'refresh failed');
      return error instanceof UserError ? error.code : exitCode.unexpected;
    } finally {
      isUnderWay = false;
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

/** A sentence where a person can mend it, and where it came from where they cannot. */
function describeFailure(error: unknown): object {
  if (error instanceof UserError) return { error: error.message, code: error.code };
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
