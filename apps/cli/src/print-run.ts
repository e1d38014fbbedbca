import type { RunSummary } from '@ag/refresh';
import type { Io } from './io.ts';
import { counted } from './words.ts';

/** What a run came to, for people: on stderr, since it is no data. */
export function printRun(io: Io, { run, scopes, gaps, published }: RunSummary): void {
  const states = Object.entries(scopes)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
  const { nodes, edges } = published;
  const lines = [
    `Run ${run.id}: scopes ${states}; ${counted(gaps, 'gap')}`,
    published.unchanged
      ? 'Nothing has changed since the last run.'
      : `Nodes: ${nodes.created} new, ${nodes.updated} changed, ${nodes.removed} removed. ` +
        `Edges: ${edges.created} new, ${edges.updated} changed, ${edges.removed} removed.`,
    ...(scopes.held === undefined
      ? []
      : [
          `${counted(scopes.held, 'scope')} lost so much that what was known stays until a second run confirms it, or ` +
            '`accessgraph accept` does.',
        ]),
    ...(gaps > 0 ? ['What could not be read is listed by `accessgraph status`.'] : []),
  ];
  io.err(`${lines.join('\n')}\n`);
}
