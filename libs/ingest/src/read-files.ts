import { accountPublicAccessBlock } from '@ag/collectors/from-files';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Gap, type Place, type ScopeContent, UserError, exitCode, globalRegion } from '@ag/model';
import type { CollectedPart } from '@ag/resource';
import { toAccountParts, toAwsPolicies } from './imported-account.ts';
import { type DetailsFile, areDetails, mergeDetails, parseDetails } from './imported-details.ts';
import { isOrganization, toOrganization } from './imported-organization.ts';
import { type PolicyFile, findPolicyFile, toPolicyPart } from './imported-resource.ts';
import { type ParsedJson, decodeText, parseJson } from './parse-json.ts';
import { toScopeContent } from './scope-content.ts';

export interface ReadFilesOptions {
  /** The connection's name in scopes: `import`. */
  readonly connection?: string;
  readonly now?: () => Date;
}

/** The label of the scope that says which files could not be read. */
export const importLabel = 'ImportedFile';

/**
 * Reads what was exported to files, instead of asking AWS. A path is one file, or a folder with files named `*.json`:
 *
 * - anywhere, under any name: what `aws iam get-account-authorization-details` prints. Accounts are read from the ARNs inside. A file
 *   may hold several accounts and several files one; where they differ, the first file by name is believed, and a gap says so;
 * - anywhere, under any name: an organization, with `Organization`, `Roots`, `OrganizationalUnits`, `Accounts` and `Policies` as the AWS
 *   CLI prints them, each unit and account with a `ParentId`, each policy with its `Content` and `Targets`;
 * - `buckets/<account>/<bucket>.json`: a bucket's policy, as `aws s3api get-bucket-policy` prints it, or the document itself;
 * - `keys/<account>/<region>/<key id>.json`: a key's policy, as `aws kms get-key-policy --output json` prints it, or the document itself.
 *
 * A file of a folder that cannot be read is a gap, and the rest goes on. A single file that cannot be read is a `UserError`.
 */
export async function* readFiles(root: string, options: ReadFilesOptions = {}): AsyncIterable<ScopeContent> {
  const { connection = 'import', now = () => new Date() } = options;
  const readAt = now().toISOString();
  const found = await sortFiles(root);
  const contents = toContents(found);
  for (const { place, part } of contents) yield toScopeContent(part, { connection, place, readAt });
}

interface Placed {
  readonly place: Place;
  readonly part: CollectedPart;
}

/** Every file by what it holds. */
interface SortedFiles {
  readonly details: DetailsFile[];
  readonly parts: Placed[];
  readonly policies: { readonly policyFile: PolicyFile; readonly json: ParsedJson }[];
  /** One sentence for each file that could not be read. */
  readonly faults: string[];
}

async function sortFiles(root: string): Promise<SortedFiles> {
  const { files, folder } = await listFiles(root);
  const sorted: SortedFiles = { details: [], parts: [], policies: [], faults: [] };
  for (const file of files) sortFile(sorted, file, decodeText(await readFile(path.join(folder, file))));

  const [fault] = sorted.faults;
  const isEmpty = sorted.details.length + sorted.parts.length + sorted.policies.length === 0;
  if (fault !== undefined && isEmpty) throw new UserError(fault, exitCode.usage);
  if (isEmpty) throw new UserError(`\`${root}\` holds no file named \`*.json\``, exitCode.usage);
  return sorted;
}

function sortFile({ details, parts, policies, faults }: SortedFiles, file: string, text: string): void {
  const json = parseJson(text);
  const policyFile = findPolicyFile(file);
  if (policyFile) policies.push({ policyFile, json });
  else if (!json.ok) faults.push(`\`${file}\` is ${json.reason}`);
  else if (isOrganization(json.value)) {
    const organization = toOrganization(file, json.value);
    if ('reason' in organization) faults.push(`cannot read \`${file}\`: ${organization.reason}`);
    else parts.push(...organization.parts.map((part) => ({ place: organization.place, part })));
  } else if (areDetails(json.value)) {
    const parsed = parseDetails(file, json.value);
    if (parsed.ok) details.push(parsed.file);
    else faults.push(`cannot read \`${file}\`: ${parsed.reason}`);
  } else faults.push(`\`${file}\` holds neither authorization details nor an organization`);
}

function toContents({ details, parts, policies, faults }: SortedFiles): Placed[] {
  const { accounts, ofAws } = mergeDetails(details);
  const partition = accounts[0]?.partition ?? 'aws';
  const nobody: Place = { partition, account: 'aws', region: globalRegion };
  const gaps = faults.map((message): Gap => ({
    place: nobody,
    resource: importLabel,
    action: 'iam:GetAccountAuthorizationDetails',
    reason: 'malformed',
    message,
  }));
  const state = gaps.length === 0 ? 'complete' : 'partial';
  return joinScopes([
    ...accounts.flatMap((account) => toAccountParts(account, ofAws)),
    ...(ofAws.length > 0 ? [{ place: nobody, part: toAwsPolicies(ofAws, nobody) }] : []),
    ...parts,
    ...policies.map(({ policyFile, json }) => ({
      place: { partition, ...policyFile.place },
      part: toPolicyPart(policyFile, json, partition),
    })),
    ...blocksUnread(
      policies.map(({ policyFile }) => policyFile),
      partition,
    ),
    { place: nobody, part: { resource: importLabel, state, nodes: [], edges: [], gaps } },
  ]);
}

/** What an account blocks for all its buckets is in no file, and decides about each of them. */
function blocksUnread(files: readonly PolicyFile[], partition: string): Placed[] {
  const { label, list } = accountPublicAccessBlock;
  const accounts = files.filter(({ definition }) => definition.label === 'S3Bucket').map(({ place }) => place.account);
  return [...new Set(accounts)].map((account) => {
    const place: Place = { partition, account, region: globalRegion };
    const message = 'what the account blocks for all its buckets is in no file';
    const gap: Gap = { place, resource: label, action: list.action, reason: 'notCollected', message };
    return { place, part: { resource: label, state: 'skipped', nodes: [], edges: [], gaps: [gap] } };
  });
}

/** Buckets of one account come from many files and are one scope. */
function joinScopes(parts: readonly Placed[]): Placed[] {
  const joined = new Map<string, Placed>();
  for (const { place, part } of parts) {
    const key = [place.account, place.region, part.resource].join('/');
    const known = joined.get(key)?.part;
    joined.set(key, {
      place,
      part: {
        ...part,
        nodes: [...(known?.nodes ?? []), ...part.nodes],
        edges: [...(known?.edges ?? []), ...part.edges],
        gaps: [...(known?.gaps ?? []), ...part.gaps],
      },
    });
  }
  return [...joined.values()];
}

/** Files by their names within the folder, sorted; a single file by its name alone. */
async function listFiles(root: string): Promise<{ readonly folder: string; readonly files: readonly string[] }> {
  const found = await stat(root).catch(() => undefined);
  if (!found) throw new UserError(`there is no file or folder \`${root}\``, exitCode.usage);
  if (found.isFile()) return { folder: path.dirname(root), files: [path.basename(root)] };
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  return { folder: root, files: files.sort() };
}
