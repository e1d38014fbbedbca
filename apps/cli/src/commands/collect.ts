import { refresh } from '@ag/refresh';
import type { Command } from 'commander';
import { collectList } from '../options.ts';
import { printRun } from '../print-run.ts';
import { showProgress } from '../progress.ts';
import type { SetExitCode, Tool } from '../tool.ts';

interface CollectFlags {
  readonly profile?: string;
  readonly region?: readonly string[];
  readonly roleArn?: string;
  readonly roleName?: string;
  readonly externalId?: string;
  readonly accounts?: readonly string[];
  readonly ou?: readonly string[];
  readonly excludeAccounts?: readonly string[];
  readonly endpointUrl?: string;
  readonly connection?: string;
  readonly snapshots?: string;
  readonly logLevel?: string;
  readonly redisUrl?: string;
}

/** `accessgraph collect` */
export function addCollect(program: Command, tool: Tool, setExitCode: SetExitCode): void {
  program
    .command('collect')
    .description("read an AWS account or organization, with the SDK's default credentials")
    .option('--profile <name>', 'a profile of the AWS configuration')
    .option('--region <region>', 'a region to read; repeat it for more (all enabled ones unless given)', collectList)
    .option('--role-arn <arn>', 'a role to assume first')
    .option('--role-name <name>', 'the role to assume in each member account')
    .option('--external-id <id>', 'the external id for the assumed roles')
    .option('--accounts <ids>', 'only these accounts', collectList)
    .option('--ou <ids>', 'only accounts below these organizational units', collectList)
    .option('--exclude-accounts <ids>', 'not these accounts', collectList)
    .option('--endpoint-url <url>', 'where AWS answers, for an emulator')
    .option('--connection <name>', 'the name under which this is kept')
    .option('--snapshots <folder>', 'where runs are kept: a folder, or s3://bucket/prefix')
    .option('--redis-url <url>', 'have `accessgraph worker` processes read, which share this Redis')
    .option('--log-level <level>', 'debug, info, warn, error or silent')
    .action(async (flags: CollectFlags) => {
      const { settings } = tool.load({
        profile: flags.profile,
        regions: flags.region,
        roleArn: flags.roleArn,
        roleName: flags.roleName,
        externalId: flags.externalId,
        accounts: flags.accounts,
        organizationalUnits: flags.ou,
        excludeAccounts: flags.excludeAccounts,
        endpointUrl: flags.endpointUrl,
        connection: flags.connection,
        snapshotDirectory: flags.snapshots,
        logLevel: flags.logLevel,
        redisUrl: flags.redisUrl,
      });
      const progress = showProgress(tool.io);
      try {
        const summary = await tool.withGraph(settings, (graph) =>
          refresh({ settings, graph, log: tool.log(settings), signal: tool.io.signal, onProgress: progress.show }),
        );
        progress.end();
        printRun(tool.io, summary);
        setExitCode(summary.code);
      } finally {
        progress.end();
      }
    });
}
