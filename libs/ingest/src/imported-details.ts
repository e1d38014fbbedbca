import { findShapeFault } from '@ag/collectors/from-files';
import { accountOf, findArn } from '@ag/model';

const listNames = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;
type ListName = (typeof listNames)[number];

/** A user, group, role or policy, as the file has it. */
export interface Entry {
  readonly Arn: string;
  readonly [field: string]: unknown;
}

/** The four lists that `aws iam get-account-authorization-details` prints. */
export type Details = Readonly<Record<ListName, readonly Entry[]>>;

export interface DetailsFile {
  /** The file's name, for messages. */
  readonly file: string;
  readonly details: Details;
  /** The file says that it holds a part only. */
  readonly isTruncated: boolean;
}

export type ParsedDetails =
  { readonly ok: true; readonly file: DetailsFile } | { readonly ok: false; readonly reason: string };

/** Whether a JSON value is meant as authorization details. */
export function areDetails(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && listNames.some((name) => name in value);
}

/** Reads one file's lists, or says what in them is not what it should be: what cannot be read is never left out in silence. */
export function parseDetails(file: string, value: Readonly<Record<string, unknown>>): ParsedDetails {
  const reason = findShapeFault(value);
  if (reason !== undefined) return { ok: false, reason };
  const listOf = (name: ListName) => {
    const list: readonly unknown[] = Array.isArray(value[name]) ? value[name] : [];
    return list.filter(isEntry);
  };
  const details = {
    UserDetailList: listOf('UserDetailList'),
    GroupDetailList: listOf('GroupDetailList'),
    RoleDetailList: listOf('RoleDetailList'),
    Policies: listOf('Policies'),
  };
  return { ok: true, file: { file, details, isTruncated: value['IsTruncated'] === true } };
}

/** One account, with everything that the files say of it. */
export interface ImportedAccount {
  readonly account: string;
  readonly partition: string;
  readonly details: Details;
  /** The files that tell of it, by name. */
  readonly files: readonly string[];
  readonly isTruncated: boolean;
  /** Sentences about what two files say differently. */
  readonly conflicts: readonly string[];
}

export interface ImportedDetails {
  readonly accounts: readonly ImportedAccount[];
  /** AWS's own policies, each in the newest version that any file has. */
  readonly ofAws: readonly Entry[];
}

/**
 * Sorts the entries of all files by the account in their ARN: a file may hold several accounts, and several files one. Where two
 * files differ about a thing, the file that comes first by name is believed, and a sentence says so.
 */
export function mergeDetails(files: readonly DetailsFile[]): ImportedDetails {
  const accounts = new Map<string, Gathered>();
  for (const { file, details, isTruncated } of files.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    for (const name of listNames) {
      for (const entry of details[name]) {
        const account = accountOf(entry.Arn);
        if (account === undefined) continue;
        const gathered = accounts.get(account) ?? gather(entry.Arn);
        accounts.set(account, gathered);
        add(gathered, name, entry, file);
        gathered.isTruncated ||= isTruncated;
      }
    }
  }
  return {
    accounts: [...accounts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, found]) => finish(account, found)),
    ofAws: newestPolicies(files),
  };
}

/** ARNs of the managed policies that an account's principals have attached, or are bounded by; sorted. */
export function policiesInUse({ UserDetailList, GroupDetailList, RoleDetailList }: Details): readonly string[] {
  const arns = [...UserDetailList, ...GroupDetailList, ...RoleDetailList].flatMap((entry) => {
    const attached = entry['AttachedManagedPolicies'];
    const list: unknown[] = Array.isArray(attached) ? attached : [];
    const boundary = entry['PermissionsBoundary'];
    return [...list.map((one) => textOf(one, 'PolicyArn')), textOf(boundary, 'PermissionsBoundaryArn')];
  });
  return [...new Set(arns.filter((arn) => arn !== undefined))].sort();
}

interface Gathered {
  readonly partition: string;
  readonly lists: Readonly<Record<ListName, Map<string, { entry: Entry; file: string }>>>;
  readonly files: Set<string>;
  readonly conflicts: string[];
  isTruncated: boolean;
}

function gather(arn: string): Gathered {
  const lists = {
    UserDetailList: new Map(),
    GroupDetailList: new Map(),
    RoleDetailList: new Map(),
    Policies: new Map(),
  };
  const partition = findArn(arn)?.partition ?? 'aws';
  return { partition, lists, files: new Set(), conflicts: [], isTruncated: false };
}

function add({ lists, files, conflicts }: Gathered, name: ListName, entry: Entry, file: string): void {
  files.add(file);
  const known = lists[name].get(entry.Arn);
  if (!known) lists[name].set(entry.Arn, { entry, file });
  else if (JSON.stringify(known.entry) !== JSON.stringify(entry)) {
    conflicts.push(`\`${known.file}\` and \`${file}\` differ about \`${entry.Arn}\`: the first is taken`);
  }
}

function finish(account: string, { lists, partition, files, isTruncated, conflicts }: Gathered): ImportedAccount {
  const listOf = (name: ListName) => [...lists[name].values()].map(({ entry }) => entry);
  return {
    account,
    partition,
    details: {
      UserDetailList: listOf('UserDetailList'),
      GroupDetailList: listOf('GroupDetailList'),
      RoleDetailList: listOf('RoleDetailList'),
      Policies: listOf('Policies'),
    },
    files: [...files].sort(),
    isTruncated,
    conflicts: conflicts.sort(),
  };
}

function newestPolicies(files: readonly DetailsFile[]): Entry[] {
  const newest = new Map<string, Entry>();
  for (const entry of files.flatMap(({ details }) => details.Policies)) {
    if (findArn(entry.Arn)?.account !== 'aws') continue;
    const known = newest.get(entry.Arn);
    if (!known || isNewer(entry, known)) newest.set(entry.Arn, entry);
  }
  return [...newest.values()].sort((a, b) => (a.Arn < b.Arn ? -1 : 1));
}

function isNewer(one: Entry, other: Entry): boolean {
  const difference = versionOf(one) - versionOf(other);
  return difference === 0 ? JSON.stringify(one) < JSON.stringify(other) : difference > 0;
}

function versionOf(entry: Entry): number {
  return Number(textOf(entry, 'DefaultVersionId')?.replace('v', '') ?? 0);
}

function isEntry(value: unknown): value is Entry {
  return isRecord(value) && typeof value['Arn'] === 'string' && findArn(value['Arn']) !== undefined;
}

function textOf(value: unknown, field: string): string | undefined {
  const found = isRecord(value) ? value[field] : undefined;
  return typeof found === 'string' ? found : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
