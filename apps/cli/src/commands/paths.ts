import type { Path } from '@ag/access';
import { type NameOf, namedByDecision } from '@ag/model';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { askIndex, namesFor } from '../ask.ts';
import {
  type ContextFlag,
  type OutputFlags,
  collectList,
  contextOption,
  outputOption,
  requireAction,
} from '../options.ts';
import { print } from '../output.ts';
import type { Tool } from '../tool.ts';
import { footLines, outcomeDetail, outcomeWord } from '../words.ts';

interface Flags extends OutputFlags {
  readonly k: number;
  readonly depth?: number;
  readonly certainty: 'allowed' | 'conditional' | 'unknown';
  readonly withoutKey?: readonly string[];
  readonly context?: ContextFlag;
}

/** `accessgraph paths <from> <to> [action]` */
export function addPaths(program: Command, tool: Tool): void {
  program
    .command('paths')
    .description('by which chains of groups, assignments, roles and trusts one reaches another, or an action')
    .argument('<from>', 'an ARN, or a name where it is unique; `outside` for everyone not of the organization')
    .argument('<to>', "a role or principal; with an action the resource's ARN")
    .argument('[action]', 'an action on the resource, such as s3:GetObject')
    .addOption(new Option('-k <count>', 'how many paths, 100 at most').argParser(toCount).default(5))
    .addOption(new Option('--depth <steps>', 'the most steps before the action').argParser(toCount))
    .addOption(certaintyOption())
    .option('--without-key <keys>', 'only paths that depend on none of these context keys', collectList)
    .addOption(contextOption())
    .addOption(outputOption())
    .action(async (from: string, to: string, action: string | undefined, flags: Flags) => {
      if (action !== undefined) requireAction(action);
      const { k, depth, certainty, withoutKey: withoutKeys, context, output } = flags;
      const { nameOf, answer } = await askIndex(tool, async (index) => {
        const found = await index.paths({ from, to, action, k, depth, certainty, withoutKeys, context });
        const ids = found.paths.flatMap(({ hops }) =>
          hops.flatMap(({ decision }) => (decision ? namedByDecision(decision) : [])),
        );
        return { nameOf: await namesFor(index, ids), answer: found };
      });
      const what = action === undefined ? '' : `${action} on `;
      print(tool.io, output, {
        value: answer,
        head: [`How does ${answer.from?.name ?? 'anyone outside'} reach ${what}${answer.to}?`],
        columns: ['path', 'access', 'step', 'edge', 'sentence', 'depends on'],
        rows: answer.paths.flatMap((path, at) => rowsOf(path, at + 1, nameOf)),
        empty: 'There is no way.',
        foot: [...moreLines[answer.more], ...footLines(answer.asOf, answer.gaps)],
      });
    });
}

/** `--certainty allowed|conditional|unknown`. */
export function certaintyOption(): Option {
  return new Option('--certainty <least>', 'how certain it must be at least')
    .choices(['allowed', 'conditional', 'unknown'])
    .default('unknown');
}

const moreLines = {
  none: [],
  more: ['There are more paths: `-k` asks for more of them'],
  maybe: ['There may be more paths: the search was given up, since there is too much to search'],
} as const;

function rowsOf({ from, hops, decision }: Path, number: number, nameOf: NameOf) {
  const access = outcomeWord(decision);
  const first = { path: String(number), access, step: '', edge: '', 'depends on': '' };
  if (hops.length === 0) return [{ ...first, sentence: `${from.name} is the one that was asked about` }];
  return hops.map((hop, at) => ({
    ...first,
    step: String(at + 1),
    edge: hop.edge,
    sentence: hop.sentence,
    'depends on': hop.decision === undefined ? '' : outcomeDetail(hop.decision, nameOf),
  }));
}

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('write a number of 1 or more.');
  return Number(text);
}
