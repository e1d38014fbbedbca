import type { AccessIndex } from '@ag/access';
import type { Current, Graph } from '@ag/graph';
import { type Gap, type GraphNode, type Held, type RunInfo, type ScopeRecord, UserError, exitCode } from '@ag/model';
import { loadSettings } from '@ag/refresh';
import type { OpenTool } from './program.ts';
import { runProgram } from './program.ts';

export const run: RunInfo = {
  id: '20261124T080000Z-0001',
  startedAt: '2026-11-24T08:00:00.000Z',
  finishedAt: '2026-11-24T08:05:00.000Z',
};

/** What stands behind the command line in a test. */
export interface Behind {
  readonly environment?: Readonly<Record<string, string>>;
  readonly index?: Partial<AccessIndex>;
  readonly current?: Current;
  readonly scopes?: readonly ScopeRecord[];
  readonly gaps?: readonly Gap[];
  readonly nodes?: readonly Held<GraphNode>[];
  /** Thrown in the place of an opened graph. */
  readonly failure?: Error;
  readonly signal?: AbortSignal;
}

/** Runs a command line and gives everything that it wrote. */
export async function cli(args: readonly string[], behind: Behind = {}) {
  const written = { out: '', err: '' };
  const io = {
    environment: behind.environment ?? {},
    isTerminal: false,
    out: (text: string) => void (written.out += text),
    err: (text: string) => void (written.err += text),
    signal: behind.signal ?? new AbortController().signal,
  };
  const code = await runProgram(args, io, fakeTool(behind));
  return { code, ...written };
}

function fakeTool(behind: Behind): OpenTool {
  return (io, file) => ({
    io,
    load: (flags = {}) => loadSettings({ flags, environment: io.environment, file: file() }),
    log: () => ({ info: () => undefined, warn: () => undefined }),
    withGraph: async (_, use) => {
      if (behind.failure) throw behind.failure;
      return use(fakeGraph(behind));
    },
    index: async () => {
      if (!behind.index) throw new UserError('nothing has been collected yet', exitCode.usage);
      return { ...silentIndex, ...behind.index };
    },
  });
}

function fakeGraph({ current, scopes = [], gaps = [], nodes = [] }: Behind): Graph {
  return {
    read: unasked,
    source: () => ({
      run: async () => run,
      nodes: (label) => each(nodes.filter(({ labels }) => label === undefined || labels.includes(label))),
      edges: () => each([]),
      scopes: () => each(scopes),
      gaps: () => each(gaps),
    }),
    migrate: unasked,
    lease: unasked,
    publish: unasked,
    current: async () => current,
    close: async () => undefined,
  };
}

const silentIndex: AccessIndex = {
  run,
  whoCan: unasked,
  whatCan: unasked,
  explain: unasked,
  paths: unasked,
  externalAccess: unasked,
  canAssume: unasked,
  namesOf: async (ids) => ids.map((id) => id.replace(/^.*[/:]/, '')),
  suggest: async () => [],
  close: async () => undefined,
};

function unasked(): never {
  throw new Error('the test did not expect this question');
}

async function* each<Value>(values: readonly Value[]): AsyncGenerator<Value> {
  yield* values;
}
