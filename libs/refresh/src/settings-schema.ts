import { z } from 'zod';

const text = z.string().trim().min(1, 'must not be empty');
const texts = z.array(text);
const account = z.string().regex(/^\d{12}$/, 'must be the 12 digits of an account');
const port = z.coerce.number('must be a number').int('must be a whole number').min(0).max(65_535);

/** Every setting there is, in the shape of `accessgraph.json`. */
export const settingsSchema = z.strictObject({
  neo4j: z.strictObject({
    uri: text
      .regex(/^(bolt|neo4j)(\+s|\+ssc)?:\/\//, 'must begin with bolt:// or neo4j:// (or +s, +ssc)')
      .exactOptional(),
    user: text.exactOptional(),
    password: text.exactOptional(),
    database: text.exactOptional(),
  }),
  aws: z.strictObject({
    profile: text.exactOptional(),
    regions: texts.exactOptional(),
    roleArn: text.startsWith('arn:', 'must be the ARN of a role').exactOptional(),
    roleName: text.exactOptional(),
    externalId: text.exactOptional(),
    accounts: z.array(account).exactOptional(),
    ous: texts.exactOptional(),
    excludeAccounts: z.array(account).exactOptional(),
    endpointUrl: z.url('must be a URL').exactOptional(),
  }),
  snapshots: z.strictObject({ directory: text.default('.accessgraph/snapshots') }),
  api: z.strictObject({ host: text.default('127.0.0.1'), port: port.default(4000) }),
  log: z.strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info') }),
  schedule: z.strictObject({ cron: text.exactOptional() }),
});

export type Settings = z.infer<typeof settingsSchema>;

/** What is known of a setting beside its type: what it is for, its environment variables, and whether to hide it. */
export interface SettingDeclaration {
  readonly description: string;
  readonly environment: readonly string[];
  readonly secret?: boolean;
  /** Several values, separated by commas in the environment. */
  readonly list?: boolean;
}

/** The settings by name. Keys of the AWS SDK (`AWS_PROFILE`, `AWS_REGION` …) are left to the SDK. */
export const settingDeclarations = {
  'neo4j.uri': { description: 'Bolt address of Neo4j; without it a local one is used.', environment: ['NEO4J_URI'] },
  'neo4j.user': { description: 'User of Neo4j.', environment: ['NEO4J_USER', 'NEO4J_USERNAME'] },
  'neo4j.password': { description: 'Password of Neo4j.', environment: ['NEO4J_PASSWORD'], secret: true },
  'neo4j.database': { description: 'Database of Neo4j.', environment: ['NEO4J_DATABASE'] },
  'aws.profile': { description: 'Profile of the AWS configuration files.', environment: ['ACCESSGRAPH_PROFILE'] },
  'aws.regions': {
    description: 'Regions to read; all enabled ones by default.',
    environment: ['ACCESSGRAPH_REGIONS'],
    list: true,
  },
  'aws.roleArn': { description: 'Role to assume first.', environment: ['ACCESSGRAPH_ROLE_ARN'] },
  'aws.roleName': { description: 'Role to assume in each account.', environment: ['ACCESSGRAPH_ROLE_NAME'] },
  'aws.externalId': {
    description: 'External id that the roles ask for.',
    environment: ['ACCESSGRAPH_EXTERNAL_ID'],
    secret: true,
  },
  'aws.accounts': { description: 'Accounts to read.', environment: ['ACCESSGRAPH_ACCOUNTS'], list: true },
  'aws.ous': {
    description: 'Organizational units whose accounts to read.',
    environment: ['ACCESSGRAPH_OUS'],
    list: true,
  },
  'aws.excludeAccounts': {
    description: 'Accounts to leave out.',
    environment: ['ACCESSGRAPH_EXCLUDE_ACCOUNTS'],
    list: true,
  },
  'aws.endpointUrl': { description: 'Address of an AWS emulator.', environment: ['AWS_ENDPOINT_URL'] },
  'snapshots.directory': { description: 'Folder that keeps the runs.', environment: ['ACCESSGRAPH_SNAPSHOTS'] },
  'api.host': { description: 'Address the API listens on.', environment: ['ACCESSGRAPH_API_HOST'] },
  'api.port': { description: 'Port the API listens on; 0 for any free one.', environment: ['ACCESSGRAPH_API_PORT'] },
  'log.level': { description: 'Least serious log level shown.', environment: ['ACCESSGRAPH_LOG_LEVEL'] },
  'schedule.cron': { description: 'When the collector runs.', environment: ['ACCESSGRAPH_CRON'] },
} as const satisfies Readonly<Record<string, SettingDeclaration>>;

export type SettingName = keyof typeof settingDeclarations;

/** Whether text is the name of a setting. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingDeclarations, name);
}

/** The names of all settings, in the order they are shown. */
export const settingNames: readonly SettingName[] = Object.keys(settingDeclarations).filter(isSettingName);

/** What is known of one setting. */
export function settingDeclaration(name: SettingName): SettingDeclaration {
  return settingDeclarations[name];
}
