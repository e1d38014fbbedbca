import { compile } from '@ag/access';
import { openGraph } from '@ag/graph';
import { UserError, exitCode } from '@ag/model';
import { loadSettings } from '@ag/refresh';
import { addressOf } from '@ag/tools/neo4j/address-of.ts';
import pino from 'pino';
import type { Io } from './io.ts';
import type { Tool } from './tool.ts';
import { untilAborted } from './until-aborted.ts';

/** The real tool: `NEO4J_URI`, or else the local Neo4j, started where it does not run. */
export function openTool(io: Io, file: () => string | undefined): Tool {
  return {
    io,
    load: (flags = {}) => loadSettings({ flags, environment: io.environment, file: file() }),
    log: ({ logLevel }) => pino({ level: logLevel, base: null }, { write: (line: string) => io.err(line) }),
    async withGraph(settings, use) {
      const address = await addressOf(settings);
      const graph = await untilAborted(io.signal, openGraph(address));
      try {
        return await use(graph);
      } finally {
        await graph.close();
      }
    },
    async index(graph) {
      const current = await graph.current();
      if (!current) {
        throw new UserError(
          'nothing has been collected yet: run `accessgraph collect` or `accessgraph import <file>` first',
          exitCode.usage,
        );
      }
      return compile(graph.source());
    },
  };
}
