import type { Gap, GraphNode, Unknown } from '@ag/model';
import { accountOf, exitCode, findArn, UserError } from '@ag/model';
import { policyHolderOf } from '@ag/policy';
import type { CatalogueAction, ResourceType } from './catalogue.ts';
import type { Inventory } from './inventory.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { ResourceRecord } from './resources.ts';
import { hasResourcePolicies } from './resource-policy-services.ts';
import { nobody } from './statements.ts';

/** What a question asks about: one action on one ARN, with what is known of the resource. */
export interface Target {
  readonly action: CatalogueAction;
  /** `*` for actions that act on no resource. */
  readonly arn: string;
  /** The node that the ARN is, or is a part of: an object's bucket. */
  readonly record?: ResourceRecord;
  /** The owner where it is known; undefined for `*`, which is in the caller's own account. */
  readonly account?: string;
  readonly unread: readonly Unknown[];
  readonly gaps: readonly Gap[];
}

/** The action of a question, or a sentence with the nearest names. */
export function getAction(inventory: Inventory, action: string): CatalogueAction {
  const found = inventory.catalogue.find(action);
  if (found) return found;
  throw new UserError(`unknown action \`${action}\`${didYouMean(inventory.catalogue.suggest(action))}`, exitCode.usage);
}

/** Finds what a question asks about, or says in one sentence why there is no such thing. */
export function getTarget(inventory: Inventory, action: CatalogueAction, resource: string): Target {
  if (action.wildcardOnly || resource === '*') return { action, arn: '*', unread: [], gaps: [] };
  const exact = inventory.findNode(resource);
  if (exact) return toTarget(inventory, action, actsOn(inventory, action, resource) ? resource : exact.id, exact);
  const parent = findParent(inventory, resource);
  if (parent) return toTarget(inventory, action, resource, parent);
  if (!findArn(resource)) throw unknownResource(inventory, resource);
  checkType(inventory, action, resource);
  return toUncollected(inventory, action, resource);
}

function toTarget(inventory: Inventory, action: CatalogueAction, arn: string, node: GraphNode): Target {
  checkType(inventory, action, arn);
  return makeTarget(inventory, action, arn, node);
}

/** A collected node, or a part of it, as the target of an action that acts on it. */
export function makeTarget(inventory: Inventory, action: CatalogueAction, arn: string, node: GraphNode): Target {
  const record = forService(inventory.resource(node), action.service);
  const gaps = record.missingSince === undefined ? [] : [missingGap(inventory, node, record.missingSince)];
  const account = record.account?.id;
  return { action, arn, record, unread: record.unread, gaps, ...(account !== undefined && { account }) };
}

/** A resource's policy has a say in its own service's actions, a role's trust policy in those of STS; in others it is silent. */
function forService(record: ResourceRecord, service: string): ResourceRecord {
  const own = record.node.labels.includes('IamRole') ? 'sts' : findArn(record.node.id)?.service;
  if (own === service) return record;
  const { policy: _silent, ...rest } = record;
  return { ...rest, unread: [], named: nobody, service: {} };
}

/** Whose policy decides about it, or the longest collected ARN that it begins with: the bucket of an object, the log group of a stream. */
function findParent(inventory: Inventory, arn: string): GraphNode | undefined {
  const holder = inventory.findNode(policyHolderOf(arn));
  if (holder) return holder;
  for (let end = arn.lastIndexOf('/'); end > 0; end = arn.lastIndexOf('/', end - 1)) {
    const node = inventory.findNode(arn.slice(0, end));
    if (node && !isOfOneType(inventory, node.id, arn)) return node;
  }
  return undefined;
}

/** The parameter `/shop` is not what `/shop/password` is a part of: both are parameters. */
function isOfOneType({ catalogue }: Inventory, one: string, other: string): boolean {
  const types = catalogue.typesOf(one);
  return catalogue.typesOf(other).some((type) => types.includes(type));
}

function actsOn(inventory: Inventory, action: CatalogueAction, arn: string): boolean {
  const types = inventory.catalogue.typesOf(arn);
  return types.some((type) => action.resourceTypes.includes(type));
}

function checkType(inventory: Inventory, action: CatalogueAction, arn: string): void {
  if (actsOn(inventory, action, arn)) return;
  const patterns = [...new Set(action.resourceTypes.map((type) => `\`${type.pattern}\``))].join(', ');
  const objects = actsOn(inventory, action, `${arn}/*`) ? `; ask about \`${arn}/*\`` : '';
  throw new UserError(`\`${action.name}\` does not act on \`${arn}\` but on ${patterns}${objects}`, exitCode.usage);
}

function unknownResource(inventory: Inventory, resource: string): UserError {
  const names = suggestResources(inventory, resource);
  return new UserError(`unknown resource \`${resource}\`${didYouMean(names)}`, exitCode.usage);
}

/** The collected resources nearest to an ARN or a name. */
export function suggestResources(inventory: Inventory, text: string): readonly string[] {
  const ids = inventory.data.labelled('AwsResource').map((node) => node.id);
  const near = nearest(text, ids);
  if (near.length > 0 || text.startsWith('arn:')) return near;
  const byName = new Map(ids.map((id) => [id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1), id]));
  return nearest(text, byName.keys()).flatMap((name) => byName.get(name) ?? []);
}

/** An ARN that stands on no node: a pattern, an account or type that nobody collects, or a mistake. */
function toUncollected(inventory: Inventory, action: CatalogueAction, arn: string): Target {
  const account = accountOf(arn);
  const [type] = inventory.catalogue.typesOf(arn).filter((candidate) => action.resourceTypes.includes(candidate));
  if (account !== undefined && !inventory.isCollected(account)) {
    return uncollected(action, arn, account, `account ${account} was not collected`);
  }
  const records = type ? inventory.data.scopes.filter(({ scope }) => isScopeOf(scope.resource, type)) : [];
  const own = records.filter(({ scope }) => account === undefined || scope.place.account === account);
  const failed = own.find(({ state }) => state !== 'complete');
  if (failed) {
    const reason = `the ${failed.scope.resource} resources of account ${failed.scope.place.account} could not be read (${failed.state})`;
    return uncollected(action, arn, account, reason, failed.gaps);
  }
  if (/[*?]/.test(arn)) return { action, arn, unread: [], gaps: [], ...(account !== undefined && { account }) };
  if (own.length > 0) throw unknownResource(inventory, arn);
  const service = findArn(arn)?.service ?? '';
  return uncollected(action, arn, account, `${type?.name ?? service} resources of ${service} are not collected`);
}

/** A scope's label is service and type: `S3Bucket` of `s3` and `bucket`, `Ec2SecurityGroup` of `ec2` and `security-group`. */
function isScopeOf(label: string, type: ResourceType): boolean {
  const [, , service = ''] = type.pattern.split(':');
  const typeName = type.name === 'object' && service === 's3' ? 'bucket' : type.name;
  return label.toLowerCase() === `${service}${typeName}`.replace(/[^a-z0-9]/gi, '').toLowerCase();
}

function uncollected(
  action: CatalogueAction,
  arn: string,
  account: string | undefined,
  reason: string,
  gaps: readonly Gap[] = [],
): Target {
  const parts = findArn(arn);
  const service = parts?.service ?? '';
  const place = {
    partition: parts?.partition ?? 'aws',
    account: account ?? '',
    region: parts?.region === undefined || parts.region === '' ? 'global' : parts.region,
  };
  const gap: Gap = { place, resource: service, action: action.name, arn, reason: 'notCollected', message: reason };
  const unread: readonly Unknown[] = hasResourcePolicies(service) ? [{ layer: 'resource', id: arn, reason }] : [];
  return { action, arn, unread, gaps: gaps.length > 0 ? gaps : [gap], ...(account !== undefined && { account }) };
}

function missingGap(inventory: Inventory, node: GraphNode, since: string): Gap {
  const account = inventory.resource(node).account?.id ?? '';
  const place = {
    partition: findArn(node.id)?.partition ?? 'aws',
    account,
    region: findArn(node.id)?.region || 'global',
  };
  const message = `\`${node.id}\` was not there any more at ${since}; one more run will confirm it`;
  return { place, resource: node.labels[0], action: 'none', arn: node.id, reason: 'notCollected', message };
}
