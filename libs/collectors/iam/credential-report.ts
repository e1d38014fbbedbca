/**
 * One row of the credential report. AWS makes at most one report in four hours, so a user made since has none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
export interface CredentialRow {
  readonly arn: string;
  readonly user: string;
  readonly createdAt: string | undefined;
  readonly hasPassword: boolean | undefined;
  readonly passwordLastUsedAt: string | undefined;
  readonly passwordChangedAt: string | undefined;
  readonly hasMfa: boolean | undefined;
  readonly keys: readonly ReportedKey[];
}

/** An access key as the report knows it: without its id. */
export interface ReportedKey {
  readonly active: boolean;
  /** When it was made; a key is never changed after. */
  readonly createdAt: string | undefined;
  readonly lastUsedAt: string | undefined;
  readonly lastUsedRegion: string | undefined;
  readonly lastUsedService: string | undefined;
}

export interface CredentialReport {
  readonly madeAt: string | undefined;
  /** Rows by ARN; the root user's too. */
  readonly rows: ReadonlyMap<string, CredentialRow>;
}

const columns = ['user', 'arn', 'user_creation_time', 'password_enabled', 'mfa_active', 'access_key_1_active'];

/** Reads the report's CSV, or throws where it is not one. */
export function parseCredentialReport(csv: string, madeAt: Date | undefined): CredentialReport {
  const [header = [], ...records] = parseCsv(csv);
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new Error(`the credential report has no column \`${missing.join('`, `')}\``);

  const rows = records.map((fields) => toRow((name) => fields[header.indexOf(name)]));
  return { madeAt: madeAt?.toISOString(), rows: new Map(rows.map((row) => [row.arn, row])) };
}

type Field = (name: string) => string | undefined;

function toRow(field: Field): CredentialRow {
  return {
    arn: field('arn') ?? '',
    user: field('user') ?? '',
    createdAt: toIso(field('user_creation_time')),
    hasPassword: toBoolean(field('password_enabled')),
    passwordLastUsedAt: toIso(field('password_last_used')),
    passwordChangedAt: toIso(field('password_last_changed')),
    hasMfa: toBoolean(field('mfa_active')),
    keys: ['access_key_1', 'access_key_2'].flatMap((key) => toKey(key, field)),
  };
}

function toKey(key: string, field: Field): ReportedKey[] {
  const active = toBoolean(field(`${key}_active`)) ?? false;
  const createdAt = toIso(field(`${key}_last_rotated`));
  if (!active && createdAt === undefined) return [];
  return [
    {
      active,
      createdAt,
      lastUsedAt: toIso(field(`${key}_last_used_date`)),
      lastUsedRegion: toText(field(`${key}_last_used_region`)),
      lastUsedService: toText(field(`${key}_last_used_service`)),
    },
  ];
}

/** `not_supported` is what the root user's row says of its password, which always exists. */
function toBoolean(text: string | undefined): boolean | undefined {
  const lower = text?.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

function toText(text: string | undefined): string | undefined {
  return text === undefined || ['', 'N/A', 'no_information', 'not_supported'].includes(text) ? undefined : text;
}

function toIso(text: string | undefined): string | undefined {
  const value = toText(text);
  const date = new Date(value ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Lines of fields; a field with a comma in it, such as a user's name, is quoted. */
function parseCsv(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(toField));
}

function toField([, quoted, plain]: RegExpMatchArray): string {
  return quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"');
}
