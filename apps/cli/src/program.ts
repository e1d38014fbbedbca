import { Interrupted } from '@ag/refresh';
import { type ExitCode, UserError, exitCode } from '@ag/model';
import { Command, CommanderError } from 'commander';
import { addAccept } from './commands/accept.ts';
import { addCollect } from './commands/collect.ts';
import { addConfig } from './commands/config.ts';
import { addConformance } from './commands/conformance.ts';
import { addExplain } from './commands/explain.ts';
import { addExternal } from './commands/external.ts';
import { addImport } from './commands/import.ts';
import { addPaths } from './commands/paths.ts';
import { addStatus } from './commands/status.ts';
import { addWhatCan } from './commands/what-can.ts';
import { addWhoCan } from './commands/who-can.ts';
import { addWorker } from './commands/worker.ts';
import type { Io } from './io.ts';
import { clean } from './output.ts';
import type { SetExitCode, Tool } from './tool.ts';
import { readVersion } from './version.ts';

/** Runs one command line and says how it ended. Never throws. */
export async function runProgram(args: readonly string[], io: Io, open: OpenTool): Promise<ExitCode> {
  const ended: { code: ExitCode } = { code: exitCode.ok };
  const debug = args.includes('--debug');
  try {
    const program = toProgram(io, open, (code) => (ended.code = code));
    await program.parseAsync([...args], { from: 'user' });
    return ended.code;
  } catch (error) {
    return report(error, io, debug);
  }
}

/** Makes the tool; the settings file is known only when the command line is read. */
export type OpenTool = (io: Io, file: () => string | undefined) => Tool;

function toProgram(io: Io, open: OpenTool, setExitCode: SetExitCode): Command {
  const program = new Command('accessgraph')
    .description('Who can do what in an AWS organization, why, and do they?')
    .option('--config <file>', 'a settings file (accessgraph.json of this folder unless given)')
    .option('--debug', 'show where an unexpected error came from')
    .version(readVersion(), '--version', 'print the version')
    .addHelpText('after', examples)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: (text, write) => write(usageSentence(text)) })
    .showSuggestionAfterError();
  const tool = open(io, () => program.opts<{ readonly config?: string }>().config);
  addCollect(program, tool, setExitCode);
  addWorker(program, tool);
  addImport(program, tool, setExitCode);
  addWhoCan(program, tool);
  addWhatCan(program, tool);
  addExplain(program, tool);
  addPaths(program, tool);
  addExternal(program, tool, setExitCode);
  addStatus(program, tool);
  addAccept(program, tool);
  addConfig(program, tool);
  addConformance(program, tool.io, setExitCode);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

const examples = `
Examples:
  accessgraph collect --profile audit --role-name AccessGraphReader
  accessgraph import authorization-details.json
  accessgraph who-can s3:GetObject arn:aws:s3:::reports/2026/summary.csv
  accessgraph what-can ben.okafor --action 's3:*'
  accessgraph explain deploy sts:AssumeRole arn:aws:iam::111122223333:role/admin
  accessgraph paths outside arn:aws:s3:::reports/2026/summary.csv s3:GetObject
  accessgraph external --trusted 999988887777 --fail-on public
  accessgraph status -o json
  accessgraph accept default/aws/111122223333/eu-west-1/SqsQueue
  accessgraph conformance rows.jsonl
`;

/** Commander's sentence as one of ours: its own says `error: ` first, and suggests on a second line. */
function usageSentence(text: string): string {
  return text.replace(/^error: /, 'accessgraph: ').replace(/\n\(Did you mean/, ' (did you mean');
}

function report(error: unknown, io: Io, debug: boolean): ExitCode {
  // Commander has said its own sentence already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (error instanceof Interrupted || io.signal.aborted) {
    io.err(`accessgraph: ${error instanceof Interrupted ? error.message : 'interrupted'}\n`);
    return exitCode.interrupted;
  }
  const known = error instanceof UserError;
  const message = clean(error instanceof Error ? error.message : String(error));
  io.err(`accessgraph: ${known ? message : `unexpected error: ${message} (--debug shows more)`}\n`);
  if (debug && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
  return known ? error.code : exitCode.unexpected;
}
