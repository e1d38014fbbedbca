import type { Command } from 'commander';
import { type Gap, type ScopeRecord } from '@ag/model';
import { askGraph } from '../ask.ts';
import { type OutputFlags, outputOption } from '../options.ts';
import { print } from '../output.ts';
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
        return { current, scopes: await toList(graph.source().scopes()), gaps: await toList(graph.source().gaps()) };
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
      const { current, scopes, gaps } = found;
      const shown = all ? scopes : scopes.filter(({ state }) => state !== 'complete');
      print(tool.io, output, {
        value: { ...current, scopes, gaps },
        head: [
          `Run ${current.run.id}, started ${current.run.startedAt}${current.loading ? ', still loading' : ''}`,
          ...countLines(scopes),
        ],
        columns: ['connection', 'account', 'region', 'resource', 'state', 'read in'],
        rows: shown.map(({ scope, state, readInRun }) => ({
          connection: scope.connection,
          account: scope.place.account,
          region: scope.place.region,
          resource: scope.resource,
          state,
          'read in': readInRun,
        })),
        empty: 'Every scope is complete.',
        foot: [counted(gaps.length, 'gap'), ...gaps.map((gap: Gap) => `  ${gapLine(gap)}`)],
      });
    });
}

/** How much was read in full: altogether and, where there are several, in each account. */
function countLines(scopes: readonly ScopeRecord[]): string[] {
  const accounts = [...new Set(scopes.map(({ scope }) => scope.place.account))].sort();
  if (accounts.length < 2) return [countLine(scopes)];
  const ofAccount = (account: string) => scopes.filter(({ scope }) => scope.place.account === account);
  return [countLine(scopes), ...accounts.map((account) => `  ${account.padEnd(12)}  ${countLine(ofAccount(account))}`)];
}

function countLine(scopes: readonly ScopeRecord[]): string {
  return `${scopes.filter(({ state }) => state === 'complete').length} of ${scopes.length} scopes complete`;
}

async function toList<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
}
