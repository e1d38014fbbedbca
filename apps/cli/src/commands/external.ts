import type { ExternalRow } from '@ag/access';
import { type Decision, type NameOf, exitCode, grantText, namedByDecision } from '@ag/model';
import { type Command, Option } from 'commander';
import { askIndex, namesFor } from '../ask.ts';
import { type OutputFlags, collectList, outputOption } from '../options.ts';
import { print } from '../output.ts';
import type { SetExitCode, Tool } from '../tool.ts';
import { counted, footLines, outcomeDetail, outcomeWord } from '../words.ts';
import { certaintyOption } from './paths.ts';

interface Flags extends OutputFlags {
  readonly service?: string;
  readonly account?: string;
  readonly level?: string;
  readonly certainty: 'allowed' | 'conditional' | 'unknown';
  readonly trusted?: readonly string[];
  readonly failOn?: FailOn;
}

const columns = ['resource', 'account', 'from', 'kind', 'access', 'levels', 'actions', 'granted by', 'depends on'];

const failOns = ['any', 'conditional', 'allowed', 'public'] as const;
type FailOn = (typeof failOns)[number];

/** `accessgraph external` */
export function addExternal(program: Command, tool: Tool, setExitCode: SetExitCode): void {
  program
    .command('external')
    .description('what is reached from outside the organization, or by anyone, and what grants it')
    .option('--service <service>', 'only resources of a service, such as s3')
    .option('--account <account>', 'only resources of an account')
    .option('--level <level>', 'only actions of an access level, such as Write')
    .addOption(certaintyOption())
    .option('--trusted <accounts>', 'accounts that count as inside', collectList)
    .addOption(
      new Option(
        '--fail-on <finding>',
        'end with exit code 3 where there is: `any` row; one that is not unknown (`conditional`); one without a condition (`allowed`); one that lets in everybody, be it on a condition (`public`)',
      ).choices([...failOns]),
    )
    .addOption(outputOption())
    .action(async ({ output, failOn, ...question }: Flags) => {
      const { nameOf, answer } = await askIndex(tool, async (index) => {
        const found = await index.externalAccess(question);
        const ids = found.rows.flatMap(({ decision }) => [...namedByDecision(decision), ...namedByGrants(decision)]);
        return { nameOf: await namesFor(index, ids), answer: found };
      });
      const { rows } = answer;
      print(tool.io, output, {
        value: answer,
        head: ['What is reached from outside the organization?'],
        columns: output === 'table' ? columns : [...columns, 'warnings'],
        rows: rows.map((row) => rowOf(row, output === 'table', nameOf)),
        empty: 'Nothing.',
        foot: [
          `${counted(new Set(rows.map(({ resource }) => resource)).size, 'resource')}, ${counted(rows.filter(({ isPublic }) => isPublic).length, 'row')} of everybody`,
          ...warningLines(rows),
          ...footLines(answer.asOf, answer.gaps),
        ],
      });
      if (failOn !== undefined && rows.some((row) => isFinding(row, failOn))) setExitCode(exitCode.findings);
    });
}

function isFinding({ decision, isPublic }: ExternalRow, failOn: FailOn): boolean {
  switch (failOn) {
    case 'any':
      return true;
    case 'conditional':
      return decision.outcome !== 'unknown';
    case 'allowed':
      return decision.outcome === 'allowed';
    case 'public':
      return isPublic && decision.outcome !== 'unknown';
  }
}

function namedByGrants(decision: Decision): readonly string[] {
  if (!('grants' in decision)) return [];
  return decision.grants.flatMap((grant) => {
    if (grant.by === 'statement') return [grant.statement.policy];
    return grant.by === 'kmsGrant' ? [grant.grantee] : [];
  });
}

function rowOf(row: ExternalRow, short: boolean, nameOf: NameOf): Readonly<Record<string, string>> {
  const { resource, account = '', from, kind, actions, decision, sharing } = row;
  const grants = 'grants' in decision ? decision.grants.map((grant) => grantText(grant, nameOf)) : [];
  const names = actions.map(({ action }) => action);
  return {
    resource,
    account,
    from: short ? from.name : from.id,
    kind,
    access: outcomeWord(decision),
    levels: [...new Set(actions.map(({ level }) => level))].sort().join(', '),
    actions: short ? summary(names) : names.join(' '),
    'granted by': [...grants, ...(sharing === undefined ? [] : [sharing])].join('; '),
    'depends on': outcomeDetail(decision, nameOf),
    ...(!short && { warnings: row.warnings.join('; ') }),
  };
}

function summary(actions: readonly string[]): string {
  const shown = actions.slice(0, 4).map((action) => action.replace(/^[^:]+:/, ''));
  return `${shown.join(', ')}${actions.length > 4 ? ` and ${actions.length - 4} more` : ''}`;
}

function warningLines(rows: readonly ExternalRow[]): readonly string[] {
  return rows.flatMap(({ resource, from, warnings }) =>
    warnings.map((warning) => `Warning: ${resource}, ${from.name}: ${warning}`),
  );
}
