import { UserError, exitCode } from '@ag/model';
import { Interrupted, type Settings } from '@ag/refresh';
import { expect, test } from 'vitest';
import { type Refresher, runProgram } from './program.ts';

interface Told {
  readonly environment?: Readonly<Record<string, string>>;
  readonly refresh?: Refresher['refresh'];
  readonly failure?: Error;
  readonly signal?: AbortSignal;
}

/** Runs the collector on a fake refresh, and gives all that it said. */
async function collector(args: readonly string[], told: Told = {}) {
  const { environment = {}, refresh = async () => exitCode.ok, failure, signal = new AbortController().signal } = told;
  const lines: string[] = [];
  const add = (_data: object, message: string) => void lines.push(message);
  const opened: Settings[] = [];
  let closed = 0;
  let err = '';
  const code = await runProgram(args, {
    environment,
    signal,
    err: (text) => void (err += text),
    log: () => ({ info: add, warn: add, error: add }),
    async open(settings) {
      if (failure) throw failure;
      opened.push(settings);
      return { refresh, close: async () => void (closed += 1) };
    },
  });
  return { code, err, lines, closed, logLevel: opened[0]?.logLevel };
}

test('once refreshes once, and closes the graph', async () => {
  expect(await collector(['--once'])).toEqual({
    code: exitCode.ok,
    err: '',
    lines: ['refresh ended'],
    closed: 1,
    logLevel: 'info',
  });
});

test('what could not be read shows in the exit code', async () => {
  const { code } = await collector(['--once'], { refresh: async () => exitCode.partial });

  expect(code).toBe(exitCode.partial);
});

test('once is once, also where the settings have a schedule', async () => {
  const { code, lines } = await collector(['--once'], { environment: { ACCESSGRAPH_CRON: '* * * * *' } });

  expect({ code, lines }).toEqual({ code: exitCode.ok, lines: ['refresh ended'] });
});

test('the log level is the one that is set', async () => {
  const { logLevel } = await collector(['--once'], { environment: { ACCESSGRAPH_LOG_LEVEL: 'error' } });

  expect(logLevel).toBe('error');
});

test('a refresh that is abandoned ends as interrupted', async () => {
  const refresh = () => Promise.reject(new Interrupted());

  expect(await collector(['--once'], { refresh })).toMatchObject({
    code: exitCode.interrupted,
    err: 'accessgraph: interrupted: nothing of this run was published\n',
    closed: 1,
  });
});

test.each([
  [[], 'say --once, or give a schedule with --cron', exitCode.usage],
  [
    ['--once', '--metrics-port', 'nine'],
    'the setting `metricsPort` (from --metrics-port) is not valid: a port is a number from 0 to 65535',
    exitCode.usage,
  ],
  [['--once', '--cron', '* * * * *'], 'say --once or --cron, not both', exitCode.usage],
  [
    ['--twice'],
    'the collector knows --once, --cron, --config, --log-level, --metrics-host and --metrics-port',
    exitCode.usage,
  ],
  [['--cron', 'soon'], '`soon` is not a cron expression', exitCode.usage],
])('%j is refused in one sentence', async (args, sentence, code) => {
  expect(await collector(args)).toMatchObject({ code, err: `accessgraph: ${sentence}\n` });
});

test('a database that does not answer ends it with its own code', async () => {
  const failure = new UserError('no Neo4j answers at `bolt://127.0.0.1:1`', exitCode.database);

  expect(await collector(['--once'], { failure })).toMatchObject({
    code: exitCode.database,
    err: 'accessgraph: no Neo4j answers at `bolt://127.0.0.1:1`\n',
  });
});

test('what nobody expected is thrown on', async () => {
  const refresh = () => Promise.reject(new Error('a fault'));

  await expect(collector(['--once'], { refresh })).rejects.toThrow('a fault');
});
