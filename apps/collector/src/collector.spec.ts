import { UserError, exitCode } from '@ag/model';
import { Interrupted } from '@ag/refresh';
import { expect, test, vi } from 'vitest';
import { runCollector } from './collector.ts';

function unasked(): never {
  throw new Error('no refresh was due');
}

function fakeLog() {
  const lines: string[] = [];
  const add = (_data: object, message: string) => void lines.push(message);
  return { lines, info: add, warn: add, error: add };
}

test('once ends with the code of its refresh', async () => {
  const { signal } = new AbortController();

  const code = await runCollector({ refresh: () => Promise.resolve(exitCode.partial), signal, log: fakeLog() });

  expect(code).toBe(exitCode.partial);
});

test('a scheduled refresh that is told to stop before it could publish ends as interrupted', async () => {
  const stop = new AbortController();
  const log = fakeLog();
  const refresh = async (signal: AbortSignal) => {
    stop.abort();
    await Promise.resolve();
    if (signal.aborted) throw new Interrupted();
    return exitCode.ok;
  };

  const code = await runCollector({ refresh, cron: '* * * * * *', signal: stop.signal, log });

  expect(code).toBe(exitCode.interrupted);
  expect(log.lines).toEqual(['waiting', 'refresh abandoned']);
});

test('a schedule that is told to stop between two refreshes ends well', async () => {
  const stop = new AbortController();
  const log = fakeLog();

  const ended = runCollector({ refresh: unasked, cron: '0 0 1 1 *', signal: stop.signal, log });
  stop.abort();

  expect(await ended).toBe(exitCode.ok);
  expect(log.lines).toEqual(['waiting']);
});

test('a refresh that is still under way is not started again', { timeout: 30_000 }, async () => {
  const stop = new AbortController();
  const log = fakeLog();
  let running = 0;
  let most = 0;
  let release = () => undefined;
  const released = new Promise<undefined>((resolve) => (release = () => void resolve(undefined)));
  const refresh = async () => {
    most = Math.max(most, ++running);
    await released;
    running -= 1;
    return exitCode.ok;
  };

  const ended = runCollector({ refresh, cron: '* * * * * *', signal: stop.signal, log });
  await vi.waitFor(
    () => expect(log.lines).toContain('the last refresh is still under way: this one is left out'),
    20_000,
  );
  stop.abort();
  release();

  expect(await ended).toBe(exitCode.ok);
  expect(most).toBe(1);
});

test('a failed refresh is logged, and the schedule goes on', async () => {
  const stop = new AbortController();
  const log = fakeLog();
  let tries = 0;
  const refresh = () => {
    tries += 1;
    if (tries === 2) stop.abort();
    return Promise.reject(new UserError('no network', exitCode.credentials));
  };

  expect(await runCollector({ refresh, cron: '* * * * * *', signal: stop.signal, log })).toBe(exitCode.credentials);
  expect(log.lines.filter((line) => line === 'refresh failed')).toHaveLength(2);
});

test('what is no schedule is named', async () => {
  const { signal } = new AbortController();
  const refresh = () => Promise.resolve(exitCode.ok);

  await expect(runCollector({ refresh, cron: 'now and then', signal, log: fakeLog() })).rejects.toThrow(
    '`now and then` is not a cron expression',
  );
});
