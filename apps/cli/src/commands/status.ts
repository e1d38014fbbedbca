import type { Command } from 'commander';
import { type Gap } from '@ag/model';
import { countUncollected } from '@ag/refresh';
import { askGraph } from '../ask.ts';
import { type OutputFlags, outputOption } from '../options.ts';
import { print } from '../output.ts';
import { oldLines, sortWorstFirst, summaryLines } from '../scope-summary.ts';
import type { Tool } from '../tool.ts';
import { counted, gapLine } from '../words.ts';

interface Flags extends OutputFlags {
  readonly all?: true;
}

/** `accessgraph status` */
export function addStatus(program: Command, tool: Tool): void {
  program
    .command('status')
    .description('as of when this is, and what could not be read')
    .option('--all', 'also the scopes that are complete')
    .addOption(outputOption())
    .action(async ({ output, all }: Flags) => {
      const found = await askGraph(tool, async (graph) => {
        const current = await graph.current();
        if (!current) return undefined;
        const source = graph.source();
        const [scopes, gaps] = [await toList(source.scopes()), await toList(source.gaps())];
        return { current, scopes, gaps, uncollected: await countUncollected(source) };
      });
      if (!found) {
        const sentence = 'Nothing has been collected yet.';
        print(tool.io, output, {
          value: { run: null, scopes: [], gaps: [] },
          columns: ['account'],
          rows: [],
          empty: sentence,
        });
        return;
      }
      const { current, scopes, gaps, uncollected } = found;
      const shown = sortWorstFirst(all ? scopes : scopes.filter(({ state }) => state !== 'complete'));
      print(tool.io, output, {
        value: { ...current, scopes, gaps, uncollected },
        head: [
          `Run ${current.run.id}, started ${current.run.startedAt}${current.loading ? ', still loading' : ''}`,
          ...summaryLines(scopes),
          ...oldLines(scopes, current.run),
          ...uncollectedLine(uncollected),
        ],
        columns: ['connection', 'account', 'region', 'resource', 'state', 'read in', 'read at'],
        rows: shown.map(({ scope, state, readInRun, readAt }) => ({
          connection: scope.connection,
          account: scope.place.account,
          region: scope.place.region,
          resource: scope.resource,
          state,
          'read in': readInRun,
          'read at': readAt,
        })),
        empty: 'Every scope is complete.',
        foot: [counted(gaps.length, 'gap'), ...gaps.map((gap: Gap) => `  ${gapLine(gap)}`)],
      });
    });
}

/** What is referred to and was not read. */
function uncollectedLine(counts: Awaited<ReturnType<typeof countUncollected>>): string[] {
  const parts = Object.entries(counts).map(([reason, number]) => `${number ?? 0} ${reason}`);
  return parts.length === 0 ? [] : [`Referred to and not read: ${parts.join(', ')}`];
}

async function toList<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}
