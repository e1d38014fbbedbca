import { exitCode } from '@ag/model';
import { type RowResult, decidingStatements, judgeRow } from '@ag/policy';
import { type Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { clean } from '../output.ts';
import { type ReadRow, readRows } from '../read-rows.ts';
import type { SetExitCode } from '../tool.ts';

interface Flags {
  readonly output: 'text' | 'json';
}

/** One row's result, with the statements that decided it. */
interface Judged extends RowResult {
  readonly deciding: readonly string[];
}

/** `accessgraph conformance <file.jsonl>…` */
export function addConformance(program: Command, io: Io, setExitCode: SetExitCode): void {
  program
    .command('conformance')
    .description('run rows of known answers against the policy engine (docs/conformance.md)')
    .argument('<file...>', 'files of one row a line, in the schema of libs/policy/cases/gold/row.schema.json')
    .addOption(new Option('-o, --output <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .action(async (files: readonly string[], { output }: Flags) => {
      const results = (await readRows(files)).map(judge);
      const of = (status: RowResult['status']) => results.filter((result) => result.status === status);
      const [passed, failed, open] = [of('passed').length, of('failed'), of('open')];
      const last = `${passed} passed, ${failed.length} failed\n`;
      if (output === 'json') {
        const rows = results.map(({ decision: _, ...result }) => result);
        io.out(`${JSON.stringify({ passed, failed: failed.length, open: open.length, rows }, undefined, 2)}\n`);
        io.err(last);
      } else {
        for (const result of failed) io.out(describe(result));
        for (const result of open) io.out(describe(result));
        if (open.length > 0) io.out(`${open.length} open, counted neither way\n`);
        io.out(last);
      }
      setExitCode(failed.length > 0 ? exitCode.findings : exitCode.ok);
    });
}

function judge(read: ReadRow): Judged {
  if ('fault' in read) {
    const { place: id, fault: got } = read;
    const none = { rules: [], differences: [], deciding: [] };
    return { ...none, id, status: 'failed', agrees: false, expected: 'a row', got };
  }
  const result = judgeRow(read.row);
  const isTold = result.status !== 'passed' && result.decision !== undefined;
  return { ...result, deciding: isTold ? decidingStatements(read.row) : [] };
}

function describe({ status, agrees, id, rules, expected, got, differences, deciding }: Judged): string {
  const word = status === 'open' ? `open (${agrees ? 'agrees' : 'differs'})` : status;
  const lines = [
    `${word}: ${id}${rules.length === 0 ? '' : ` [${rules.join(', ')}]`}`,
    `  expected ${expected}, got ${got}`,
    ...differences.map((line) => `  ${line}`),
    ...deciding.map((line) => `  ${line}`),
  ];
  return `${lines.map(clean).join('\n')}\n`;
}
