import { readFileSync } from 'node:fs';
import { UserError, exitCode } from '@ag/model';
import { isLocation } from '@ag/snapshot';
import { z } from 'zod';

const list = z.array(z.string().min(1)).min(1);
const portRule = 'a port is a number from 0 to 65535';
const port = z.int(portRule).min(0, portRule).max(65_535, portRule);
const unitsRule = 'a worker reads from 1 to 256 units at once';
const accounts = z.array(z.string().regex(/^\d{12}$/, 'an account has twelve digits')).min(1);

/** Everything that can be set. A file holds these names; flags and environment variables are in `sources`. */
export const settingsSchema = z.strictObject({
  neo4jUri: z
    .string()
    .regex(/^(bolt|neo4j)(\+s|\+ssc)?:\/\/.+/, 'it must begin with bolt:// or neo4j://')
    .optional(),
  neo4jUser: z.string().min(1).optional(),
  neo4jPassword: z.string().min(1).optional(),
  neo4jDatabase: z.string().min(1).optional(),
  neo4jDirectory: z.string().min(1).default('.accessgraph/neo4j'),
  snapshotDirectory: z
    .string()
    .min(1)
    .refine(isLocation, 'it must be a folder, or s3://bucket/prefix')
    .default('.accessgraph/snapshots'),
  connection: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/, 'letters, digits, dots, dashes and underscores')
    .default('default'),
  profile: z.string().min(1).optional(),
  regions: list.optional(),
  roleArn: z
    .string()
    .regex(/^arn:[^:]+:iam::\d{12}:role\/.+/, 'it must be the ARN of a role')
    .optional(),
  roleName: z.string().min(1).optional(),
  externalId: z.string().min(2).max(1224).optional(),
  accounts: accounts.optional(),
  organizationalUnits: list.optional(),
  excludeAccounts: accounts.optional(),
  endpointUrl: z.url().optional(),
  apiHost: z.string().min(1).default('127.0.0.1'),
  apiPort: port.default(4000),
  metricsHost: z.string().min(1).default('127.0.0.1'),
  metricsPort: port.optional(),
  cron: z.string().min(1).optional(),
  redisUrl: z
    .string()
    .regex(/^rediss?:\/\/.+/, 'it must begin with redis:// or rediss://')
    .optional(),
  workerConcurrency: z.int(unitsRule).min(1, unitsRule).max(256, unitsRule).default(8),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** What flags give: each as text, lists as lists. */
export type Flags = Partial<Record<SettingName, string | readonly string[] | undefined>>;

/** Where a setting comes from besides the file. */
interface Source {
  readonly variables: readonly string[];
  readonly flag?: string;
  readonly secret?: true;
  readonly reads?: 'list' | 'number';
}

export const sources: Readonly<Record<SettingName, Source>> = {
  neo4jUri: { variables: ['NEO4J_URI'] },
  neo4jUser: { variables: ['NEO4J_USER', 'NEO4J_USERNAME'] },
  neo4jPassword: { variables: ['NEO4J_PASSWORD'], secret: true },
  neo4jDatabase: { variables: ['NEO4J_DATABASE'] },
  neo4jDirectory: { variables: ['ACCESSGRAPH_NEO4J_DIRECTORY'] },
  snapshotDirectory: { variables: ['ACCESSGRAPH_SNAPSHOTS'], flag: '--snapshots' },
  connection: { variables: ['ACCESSGRAPH_CONNECTION'], flag: '--connection' },
  // AWS_PROFILE is the SDK's own to read: its default chain says what comes before what.
  profile: { variables: ['ACCESSGRAPH_PROFILE'], flag: '--profile' },
  regions: { variables: ['ACCESSGRAPH_REGIONS'], flag: '--region', reads: 'list' },
  roleArn: { variables: ['ACCESSGRAPH_ROLE_ARN'], flag: '--role-arn' },
  roleName: { variables: ['ACCESSGRAPH_ROLE_NAME'], flag: '--role-name' },
  externalId: { variables: ['ACCESSGRAPH_EXTERNAL_ID'], flag: '--external-id', secret: true },
  accounts: { variables: ['ACCESSGRAPH_ACCOUNTS'], flag: '--accounts', reads: 'list' },
  organizationalUnits: { variables: ['ACCESSGRAPH_OUS'], flag: '--ou', reads: 'list' },
  excludeAccounts: { variables: ['ACCESSGRAPH_EXCLUDE_ACCOUNTS'], flag: '--exclude-accounts', reads: 'list' },
  endpointUrl: { variables: ['AWS_ENDPOINT_URL'], flag: '--endpoint-url' },
  apiHost: { variables: ['ACCESSGRAPH_HOST'], flag: '--host' },
  apiPort: { variables: ['ACCESSGRAPH_PORT', 'PORT'], flag: '--port', reads: 'number' },
  metricsHost: { variables: ['ACCESSGRAPH_METRICS_HOST'], flag: '--metrics-host' },
  metricsPort: { variables: ['ACCESSGRAPH_METRICS_PORT'], flag: '--metrics-port', reads: 'number' },
  cron: { variables: ['ACCESSGRAPH_CRON'], flag: '--cron' },
  // It may hold a password.
  redisUrl: { variables: ['ACCESSGRAPH_REDIS_URL'], flag: '--redis-url', secret: true },
  workerConcurrency: { variables: ['ACCESSGRAPH_WORKER_CONCURRENCY'], flag: '--concurrency', reads: 'number' },
  logLevel: { variables: ['ACCESSGRAPH_LOG_LEVEL'], flag: '--log-level' },
};

export type Origin = 'flag' | 'environment' | 'file' | 'default' | 'not set';

/** One setting with its value, as it may be shown, and where it comes from. */
export interface DescribedSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly origin: Origin;
  /** The flag, the variable or the file that gave it. */
  readonly from: string;
}

export interface LoadedSettings {
  readonly settings: Settings;
  readonly described: readonly DescribedSetting[];
}

export interface SettingsInput {
  readonly flags?: Flags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `accessgraph.json` of the working directory unless named; a named one must be there. */
  readonly file?: string | undefined;
}

interface GivenValue {
  readonly value: unknown;
  readonly origin: Origin;
  readonly from: string;
}

const defaultFile = 'accessgraph.json';

/** Reads the settings: flag over environment over file over default. Throws a `UserError` that names what is wrong. */
export function loadSettings({ flags = {}, environment, file }: SettingsInput): LoadedSettings {
  const fileValues = readSettingsFile(file ?? defaultFile, file !== undefined);
  const given = new Map<SettingName, GivenValue>();
  for (const name of names) {
    const source = sources[name];
    const variable = source.variables.find((one) => environment[one] !== undefined && environment[one] !== '');
    const flag = flags[name];
    if (flag !== undefined) given.set(name, { value: fromText(flag, source), origin: 'flag', from: source.flag ?? '' });
    else if (variable !== undefined) {
      given.set(name, { value: fromText(environment[variable] ?? '', source), origin: 'environment', from: variable });
    } else if (fileValues[name] !== undefined) {
      given.set(name, { value: fileValues[name], origin: 'file', from: file ?? defaultFile });
    }
  }
  const values = Object.fromEntries([...given].map(([name, { value }]) => [name, value]));
  const parsed = settingsSchema.safeParse({ ...unknownKeys(fileValues), ...values });
  if (!parsed.success) throw toUserError(parsed.error, given, file ?? defaultFile);

  const settings = parsed.data;
  const described = names.map((name): DescribedSetting => {
    const value = settings[name];
    const source = given.get(name);
    const shown = value === undefined ? '' : sources[name].secret ? '***' : [value].flat().join(', ');
    const origin = source?.origin ?? (value === undefined ? 'not set' : 'default');
    return { name, value: shown, origin, from: source?.from ?? '' };
  });
  return { settings, described };
}

const names = settingsSchema.keyof().options;

function fromText(text: string | readonly string[], { reads }: Source): unknown {
  switch (reads) {
    case 'list':
      return [text]
        .flat()
        .flatMap((part) => part.split(','))
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'number':
      return Number(text);
    case undefined:
      return text;
  }
}

function unknownKeys(file: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(file).filter(([name]) => !names.some((known) => known === name)));
}

function readSettingsFile(file: string, required: boolean): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (!required) return {};
    throw new UserError(`cannot read the settings file \`${file}\``, exitCode.credentials, { cause });
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (!parsed.success) throw new UserError(`the settings file \`${file}\` is not a JSON object`, exitCode.credentials);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toUserError(error: z.ZodError, given: ReadonlyMap<string, GivenValue>, file: string): UserError {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    return new UserError(`\`${file}\` holds the unknown setting \`${issue.keys[0] ?? ''}\``, exitCode.credentials);
  }
  const name = String(issue?.path[0] ?? '');
  const { from, origin } = given.get(name) ?? { from: 'default', origin: 'default' };
  // The value is not repeated: it may be a secret.
  const message = `the setting \`${name}\` (from ${from}) is not valid: ${issue?.message ?? ''}`;
  return new UserError(message, origin === 'flag' ? exitCode.usage : exitCode.credentials);
}
