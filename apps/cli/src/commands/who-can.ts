import { namedByDecision } from '@ag/model';
import { type Command, Option } from 'commander';
import { askIndex, namesFor } from '../ask.ts';
import { type ContextFlag, type OutputFlags, contextOption, outputOption, requireAction } from '../options.ts';
import { print } from '../output.ts';
import type { Tool } from '../tool.ts';
import { footLines, namedByPath, outcomeDetail, outcomeWord, pathLine } from '../words.ts';

interface Flags extends OutputFlags {
  readonly through: 'direct' | 'any-path';
  readonly context?: ContextFlag;
}

/** `accessgraph who-can <action> <resource>` */
export function addWhoCan(program: Command, tool: Tool): void {
  program
    .command('who-can')
    .description('who can do an action on a resource, people included, and through what')
    .argument('<action>', 'an action, such as s3:GetObject')
    .argument('<resource>', "the resource's ARN, such as arn:aws:s3:::bucket/key")
    .addOption(
      new Option('--through <ways>', '`direct`: who holds the permission; `any-path`: also who can become a holder')
        .choices(['direct', 'any-path'])
        .default('any-path'),
    )
    .addOption(contextOption())
    .addOption(outputOption())
    .action(async (action: string, resource: string, { through, context, output }: Flags) => {
      requireAction(action);
      const { nameOf, answer } = await askIndex(tool, async (index) => {
        const ways = through === 'direct' ? 'direct' : 'anyPath';
        const found = await index.whoCan({ action, resource, context, through: ways });
        const ids = found.rows.flatMap(({ path, decision }) => [...namedByPath(path), ...namedByDecision(decision)]);
        return { nameOf: await namesFor(index, ids), answer: found };
      });
      const count = (outcome: string) => answer.rows.filter(({ decision }) => decision.outcome === outcome).length;
      print(tool.io, output, {
        value: answer,
        head: [`Who can ${action} on ${resource}?`],
        columns: ['principal', 'kind', 'account', 'access', 'through', 'depends on'],
        rows: answer.rows.map(({ principal, decision, path }) => ({
          principal: output === 'table' ? principal.name : principal.id,
          kind: principal.label,
          account: principal.account ?? '',
          access: outcomeWord(decision),
          through: pathLine(path, nameOf),
          'depends on': outcomeDetail(decision, nameOf),
        })),
        empty: 'Nobody.',
        foot: [
          `${count('allowed')} allowed, ${count('conditional')} conditional, ${count('unknown')} unknown`,
          ...footLines(answer.asOf, answer.gaps),
        ],
      });
    });
}
