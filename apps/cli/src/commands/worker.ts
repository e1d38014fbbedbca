import { work } from '@ag/refresh';
import type { Command } from 'commander';
import type { Tool } from '../tool.ts';

interface WorkerFlags {
  readonly redisUrl?: string;
  readonly concurrency?: string;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly roleName?: string;
  readonly externalId?: string;
  readonly endpointUrl?: string;
  readonly connection?: string;
  readonly snapshots?: string;
  readonly logLevel?: string;
}

/** `accessgraph worker` */
export function addWorker(program: Command, tool: Tool): void {
  program
    .command('worker')
    .description('read for `accessgraph collect --redis-url`, until it is told to stop (SIGTERM)')
    .option('--redis-url <url>', 'where units of work are taken from')
    .option('--concurrency <number>', 'how many units to read at once (8 unless given)')
    .option('--profile <name>', 'a profile of the AWS configuration')
    .option('--role-arn <arn>', 'a role to assume first')
    .option('--role-name <name>', 'the role to assume in each member account')
    .option('--external-id <id>', 'the external id for the assumed roles')
    .option('--endpoint-url <url>', 'where AWS answers, for an emulator')
    .option('--connection <name>', 'the name under which this is kept')
    .option('--snapshots <folder>', 'where runs are kept: the same folder or s3://bucket/prefix as of `collect`')
    .option('--log-level <level>', 'debug, info, warn, error or silent')
    .action(async (flags: WorkerFlags) => {
      const { settings } = tool.load({
        redisUrl: flags.redisUrl,
        workerConcurrency: flags.concurrency,
        profile: flags.profile,
        roleArn: flags.roleArn,
        roleName: flags.roleName,
        externalId: flags.externalId,
        endpointUrl: flags.endpointUrl,
        connection: flags.connection,
        snapshotDirectory: flags.snapshots,
        logLevel: flags.logLevel,
      });
      await work({
        settings,
        log: tool.log(settings),
        signal: tool.io.signal,
        onReady: () => tool.io.err('Ready for units of work.\n'),
      });
    });
}
