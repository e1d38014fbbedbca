import { importFiles } from '@ag/refresh';
import type { Command } from 'commander';
import { printRun } from '../print-run.ts';
import type { SetExitCode, Tool } from '../tool.ts';

interface ImportFlags {
  readonly connection?: string;
  readonly snapshots?: string;
}

/** `accessgraph import <path>` */
export function addImport(program: Command, tool: Tool, setExitCode: SetExitCode): void {
  program
    .command('import')
    .description(
      'read exported files instead of AWS: authorization details, policies, an organization (docs/import.md)',
    )
    .argument('<path>', 'a file, or a folder of files')
    .option('--connection <name>', 'the name under which this is kept (`import` unless given)')
    .option('--snapshots <folder>', 'where runs are kept')
    .action(async (path: string, flags: ImportFlags) => {
      const { settings } = tool.load({ connection: flags.connection, snapshotDirectory: flags.snapshots });
      const summary = await tool.withGraph(settings, (graph) =>
        importFiles({ path, settings, graph, log: tool.log(settings), signal: tool.io.signal }),
      );
      printRun(tool.io, summary);
      setExitCode(summary.code);
    });
}
