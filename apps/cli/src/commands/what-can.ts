import type { Command } from 'commander';
import { askIndex, namesFor } from '../ask.ts';
import { type ContextFlag, type OutputFlags, contextOption, outputOption } from '../options.ts';
import { print } from '../output.ts';
import type { Tool } from '../tool.ts';
import { footLines, namedByPath, pathLine } from '../words.ts';

interface Flags extends OutputFlags {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: ContextFlag;
}

/** `accessgraph what-can <principal>` */
export function addWhatCan(program: Command, tool: Tool): void {
  program
    .command('what-can')
    .description('what a person, user or role can do')
    .argument('<principal>', 'an ARN, or a name where it is unique')
    .option('--action <pattern>', 'only actions that fit, such as s3:Get*')
    .option('--resource <pattern>', 'only resources that fit, such as arn:aws:s3:::reports*')
    .addOption(contextOption())
    .addOption(outputOption())
    .action(async (principal: string, { action, resource, context, output }: Flags) => {
      const { nameOf, answer } = await askIndex(tool, async (index) => {
        const found = await index.whatCan({ principal, action, resource, context });
        const ids = found.rows.flatMap(({ path }) => namedByPath(path));
        return { nameOf: await namesFor(index, ids), answer: found };
      });
      print(tool.io, output, {
        value: answer,
        head: [`What can ${answer.principal.name} (${answer.principal.id}) do?`],
        columns: ['as', 'service', 'resource', 'access', 'levels', 'actions'],
        rows: answer.rows.flatMap((row) => {
          const outcomes = [...new Set(row.actions.map(({ outcome }) => outcome))];
          return outcomes.map((outcome) => {
            const actions = row.actions.filter((one) => one.outcome === outcome);
            return {
              as: row.path.length > 0 ? pathLine(row.path, nameOf) : row.as.name,
              service: row.service,
              resource: row.resource,
              access: outcome,
              levels: [...new Set(actions.map(({ level }) => level))].sort().join(', '),
              actions:
                output === 'table'
                  ? summary(actions.map((one) => one.action))
                  : actions.map((one) => one.action).join(' '),
            };
          });
        }),
        empty: 'Nothing.',
        foot: footLines(answer.asOf, answer.gaps),
      });
    });
}

function summary(actions: readonly string[]): string {
  const names = actions.map((action) => action.replace(/^[^:]+:/, ''));
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
