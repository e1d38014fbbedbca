import { Interrupted } from '@ag/refresh';
import { type ExitCode, UserError, exitCode } from '@ag/model';
import { Command, CommanderError } from 'commander';
import { addCollect } from './commands/collect.ts';
import { addConfig } from './commands/config.ts';
import { addExplain } from './commands/explain.ts';
import { addImport } from './commands/import.ts';
import { addStatus } from './commands/status.ts';
import { addWhatCan } from './commands/what-can.ts';
import { addWhoCan } from './commands/who-can.ts';
import type { Io } from './io.ts';
import type { SetExitCode, Tool } from './tool.ts';

/** Runs one command line and says how it ended. Never throws. */
export async function runProgram(
  args: readonly string[],
  io: Io,
  open: (io: Io, file?: string) => Tool,
): Promise<ExitCode> {
  const ended: { code: ExitCode } = { code: exitCode.ok };
  const debug = args.includes('--debug');
  try {
    const configAt = args.indexOf('--config');
    const program = toProgram(
      io,
      open(io, configAt >= 0 ? args[configAt + 1] : undefined),
      (code) => (ended.code = code),
    );
    await program.parseAsync([...args], { from: 'user' });
    return ended.code;
  } catch (error) {
    return report(error, io, debug);
  }
}

function toProgram(io: Io, tool: Tool, setExitCode: SetExitCode): Command {
  const program = new Command('accessgraph')
    .description('Who can do what in an AWS organization, why, and do they?')
    .option('--config <file>', 'a settings file (accessgraph.json of this folder unless given)')
    .option('--debug', 'show where an unexpected error came from')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showSuggestionAfterError();
  addCollect(program, tool, setExitCode);
  addImport(program, tool, setExitCode);
  addWhoCan(program, tool);
  addWhatCan(program, tool);
  addExplain(program, tool);
  addStatus(program, tool);
  addConfig(program, tool);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

function report(error: unknown, io: Io, debug: boolean): ExitCode {
  // Commander has said its own sentence already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  if (error instanceof Interrupted || io.signal.aborted) {
    io.err('accessgraph: interrupted: nothing of this run was published\n');
    return exitCode.interrupted;
  }
  const known = error instanceof UserError;
  const message = error instanceof Error ? error.message : String(error);
  io.err(`accessgraph: ${known ? message : `unexpected error: ${message} (--debug shows more)`}\n`);
  if (debug && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
  return known ? error.code : exitCode.unexpected;
}
