import { scopeKey } from '@ag/model';
import { acceptHeld } from '@ag/refresh';
import type { Command } from 'commander';
import { type OutputFlags, outputOption } from '../options.ts';
import { print } from '../output.ts';
import type { Tool } from '../tool.ts';
import { counted } from '../words.ts';

interface AcceptFlags extends OutputFlags {
  readonly snapshots?: string;
}

/** `accessgraph accept [scope…]` */
export function addAccept(program: Command, tool: Tool): void {
  program
    .command('accept')
    .description('confirm that what held scopes lack is really gone; the next run then takes it')
    .argument('[scope...]', 'scopes as `accessgraph status` shows them (all that are held unless given)')
    .option('--snapshots <folder>', 'where runs are kept')
    .addOption(outputOption())
    .action(async (scopes: readonly string[], flags: AcceptFlags) => {
      const { settings } = tool.load({ snapshotDirectory: flags.snapshots });
      const accepted = await acceptHeld(settings, scopes);
      const rows = accepted.map((record) => ({
        scope: scopeKey(record.scope),
        reason: record.gaps.find(({ reason }) => reason === 'held')?.message ?? '',
      }));
      print(tool.io, flags.output, {
        value: accepted.map(({ scope }) => scopeKey(scope)),
        columns: ['scope', 'reason'],
        rows,
        foot: [`${counted(rows.length, 'scope')} accepted: the next run takes what was read.`],
      });
    });
}
