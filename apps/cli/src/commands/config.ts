import type { Command } from 'commander';
import { type OutputFlags, outputOption } from '../options.ts';
import { print } from '../output.ts';
import type { Tool } from '../tool.ts';

/** `accessgraph config` */
export function addConfig(program: Command, tool: Tool): void {
  program
    .command('config')
    .description('every setting with its value and where it comes from')
    .addOption(outputOption())
    .action(({ output }: OutputFlags) => {
      const { described } = tool.load();
      print(tool.io, output, {
        value: described,
        columns: ['setting', 'value', 'origin', 'from'],
        rows: described.map(({ name, value, origin, from }) => ({ setting: name, value, origin, from })),
      });
    });
}
