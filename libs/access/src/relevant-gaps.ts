import { type Gap, type ScopeRecord, findArn, globalRegion } from '@ag/model';
import type { AccessRow } from './answers.ts';
import type { Subject } from './find-principal.ts';
import type { Inventory } from './inventory.ts';
import { organizationLabels } from './organization.ts';
import { accountBlockLabel } from './s3-facts.ts';
import type { Target } from './target.ts';

const principalLabels = ['IamUser', 'IamRole', 'IamGroup', 'IamPolicy'];
const peopleLabels = [
  'IdentityCenterInstance',
  'IdentityCenterUser',
  'IdentityCenterGroup',
  'PermissionSet',
  'SamlProvider',
  'OidcProvider',
];

/** What could not be read and may change who can: principals, organization policies, and the resource's own side. */
export function gapsOfWhoCan(
  inventory: Inventory,
  target: Target,
  rows: readonly AccessRow[],
  through: 'direct' | 'anyPath',
): readonly Gap[] {
  const owner = target.account;
  const open = owner === undefined || through === 'anyPath' || letsOthersIn(inventory, target, owner);
  const labels = [...principalLabels, ...organizationLabels, ...(through === 'anyPath' ? peopleLabels : [])];
  const externals = rows.flatMap(({ principal }) =>
    principal.label === 'Uncollected' ? [externalGap(principal.account ?? '')] : [],
  );
  return distinct([
    ...target.gaps,
    ...ownGaps(inventory, target),
    ...scopeGaps(inventory, labels, (account) => open || account === owner),
    ...notCollectedAccounts(inventory, (account) => open || account === owner),
    ...externals,
  ]);
}

/** What may change one principal's answer on one resource. */
export function gapsOfExplain(inventory: Inventory, target: Target, subject: Subject): readonly Gap[] {
  return distinct([
    ...target.gaps,
    ...ownGaps(inventory, target),
    ...subjectGaps(inventory, subject),
    ...scopeGaps(inventory, organizationLabels, (account) => account === target.account),
  ]);
}

/** What may change what a principal can do: its own side, and every kind of resource that was not read in full. */
export function gapsOfWhatCan(inventory: Inventory, subject: Subject): readonly Gap[] {
  const resources = inventory.data.scopes
    .filter(({ state }) => state !== 'complete')
    .filter(({ scope }) => !principalLabels.includes(scope.resource) && !peopleLabels.includes(scope.resource));
  return distinct([...subjectGaps(inventory, subject), ...resources.flatMap(gapsOf)]);
}

/** What may change by which ways somebody reaches something; without a subject, of everyone outside. */
export function gapsOfPaths(
  inventory: Inventory,
  target: Target | undefined,
  subject: Subject | undefined,
): readonly Gap[] {
  const labels = [...principalLabels, ...organizationLabels, ...peopleLabels];
  return distinct([
    ...(target ? [...target.gaps, ...ownGaps(inventory, target)] : []),
    ...(subject ? subjectGaps(inventory, subject) : []),
    ...scopeGaps(inventory, labels, () => true),
    ...notCollectedAccounts(inventory, () => true),
  ]);
}

/** What may change what is reached from outside: every kind of resource that was not read in full, and what stands against it. */
export function gapsOfExternal(inventory: Inventory): readonly Gap[] {
  const open = inventory.data.scopes.filter(({ state }) => state !== 'complete').flatMap(gapsOf);
  return distinct([...open, ...notCollectedAccounts(inventory, () => true)]);
}

function subjectGaps(inventory: Inventory, subject: Subject): readonly Gap[] {
  const labels = [...principalLabels, ...organizationLabels];
  if (subject.kind === 'person') return scopeGaps(inventory, [...labels, ...peopleLabels], () => true);
  const { account, external, ref } = subject.record;
  if (external !== undefined) return [externalGap(ref.account ?? '')];
  return [
    ...inventory.data.gaps.filter((gap) => gap.arn === ref.id),
    ...scopeGaps(inventory, labels, (id) => id === account?.id),
    ...(account?.organizationNotCollected ? [organizationGap(account.id)] : []),
  ];
}

/** Gaps of the resource itself, or of the account's settings that reach it. */
function ownGaps(inventory: Inventory, target: Target): readonly Gap[] {
  const { record, account } = target;
  if (!record) return [];
  const concerned = new Set([record.node.id, ...record.unread.map(({ id }) => id)]);
  const named = inventory.data.gaps.filter(({ arn }) => arn !== undefined && concerned.has(arn));
  const own = [...named, ...listingGaps(inventory, target)];
  if (!record.node.labels.includes('S3Bucket')) return own;
  const blocks = inventory.data.scopes.filter(
    ({ scope, state }) =>
      scope.resource === accountBlockLabel && scope.place.account === account && state !== 'complete',
  );
  return [...own, ...blocks.flatMap(gapsOf), ...objectAclGaps(target)];
}

/** What is known of a resource is old, or not all, where its listing is not complete: denied now, or held (I10). */
function listingGaps(inventory: Inventory, { record, account }: Target): readonly Gap[] {
  if (!record) return [];
  const { id, labels } = record.node;
  const region = findArn(id)?.region ?? '';
  return inventory.data.scopes
    .filter(({ scope, state }) => state !== 'complete' && scope.resource === labels[0])
    .filter(({ scope: { place } }) => place.account === account && [region, globalRegion].includes(place.region))
    .flatMap((scope) => gapsOf({ ...scope, gaps: scope.gaps.filter(({ arn }) => arn === undefined || arn === id) }));
}

/** Objects carry ACLs of their own unless the bucket's owner owns them all, and nobody lists every object. */
function objectAclGaps({ record, arn, account = '' }: Target): readonly Gap[] {
  if (!arn.includes('/') || record?.service.s3?.objectOwnership === 'BucketOwnerEnforced') return [];
  const message = `objects of \`${record?.node.id ?? arn}\` may carry ACLs of their own, which are not collected`;
  return [{ ...toGap(account, 'S3Bucket', 's3:GetObjectAcl', message), arn: record?.node.id ?? arn }];
}

/** Whether anyone outside the owner's account could be let in by the resource. */
function letsOthersIn(inventory: Inventory, target: Target, owner: string): boolean {
  if (target.unread.length > 0) return true;
  const { record } = target;
  if (!record) return false;
  const { named } = record;
  if (named.anyone || (record.service.s3?.bucketAcl?.length ?? 0) > 0) return true;
  const grantees = (record.service.kms?.grants ?? []).map((grant) => grant.granteePrincipal);
  return [...named.aws, ...grantees].some((name) => (inventory.findNode(name) ? false : !name.includes(owner)));
}

function scopeGaps(
  inventory: Inventory,
  labels: readonly string[],
  concerns: (account: string) => boolean,
): readonly Gap[] {
  return (
    inventory.data.scopes
      .filter(({ state, scope }) => state !== 'complete' && labels.includes(scope.resource))
      // The organization and its people are read in one account and concern all.
      .filter(({ scope }) => !principalLabels.includes(scope.resource) || concerns(scope.place.account))
      .flatMap(gapsOf)
  );
}

function gapsOf({ scope, state, gaps }: ScopeRecord): readonly Gap[] {
  if (gaps.length > 0) return gaps;
  const message = `the ${scope.resource} listing of account ${scope.place.account} is not complete (${state})`;
  return [{ place: scope.place, resource: scope.resource, action: 'none', reason: 'notCollected', message }];
}

/** Member accounts that the tree shows and nobody read, and accounts whose organization nobody looked for. */
function notCollectedAccounts(inventory: Inventory, concerns: (account: string) => boolean): readonly Gap[] {
  return inventory.data.labelled('AwsAccount').flatMap((node): readonly Gap[] => {
    if (!concerns(node.id)) return [];
    if (!inventory.isCollected(node.id)) return [accountGap(node.id)];
    return inventory.account(node.id).organizationNotCollected ? [organizationGap(node.id)] : [];
  });
}

function accountGap(account: string): Gap {
  const message = `account ${account} was not collected, so its principals are missing`;
  return toGap(account, 'AwsAccount', 'iam:GetAccountAuthorizationDetails', message);
}

function organizationGap(account: string): Gap {
  const message = `nobody looked whether account ${account} is in an organization, so no SCP or RCP is taken into account`;
  return toGap(account, 'OrganizationRoot', 'organizations:DescribeOrganization', message);
}

function externalGap(account: string): Gap {
  const message = `account ${account} was not collected: which of its principals its own policies allow is not known`;
  return toGap(account, 'AwsAccount', 'iam:GetAccountAuthorizationDetails', message);
}

function toGap(account: string, resource: string, action: string, message: string): Gap {
  return { place: { partition: 'aws', account, region: 'global' }, resource, action, reason: 'notCollected', message };
}

function distinct(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, gap]) => gap);
}
