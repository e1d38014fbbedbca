import type { GraphNode, Unknown } from '@ag/model';
import type { Facts } from '@ag/policy';
import type { GraphData } from './graph-data.ts';
import { flagOf, isRecord, jsonOf, listOf, memberText, recordsOf, textOf } from './properties.ts';

type S3Facts = NonNullable<Facts['s3']>;
type AclGrant = NonNullable<S3Facts['bucketAcl']>[number];
type Ownership = NonNullable<S3Facts['objectOwnership']>;

const ownerships = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;

export const accountBlockLabel = 'S3AccountPublicAccessBlock';

const noBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** Ownership, ACL and public access blocks of a bucket (S31–S33). */
export function s3Facts(
  data: GraphData,
  node: GraphNode,
  account: string | undefined,
): { readonly facts: S3Facts; readonly unread: readonly Unknown[] } | undefined {
  if (!node.labels.includes('S3Bucket')) return undefined;
  const accountBlock = data.nodes.get(`arn:${node.id.split(':')[1] ?? 'aws'}:s3::${account ?? ''}:public-access-block`);
  const ownership = toOwnership(textOf(node, 'objectOwnership'));
  return {
    facts: {
      // A bucket that says nothing of ownership is older than the setting: its ACL counts.
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
      objectOwnership: ownership ?? 'ObjectWriter',
      bucketAcl: aclGrants(node),
      publicAccessBlock: { account: toBlock(accountBlock), bucket: toBlock(node) },
    },
    unread: [...unreadParts(node, accountBlock), ...unreadBlock(data, node, account, accountBlock)],
  };
}

/** The canonical id of an account, as the ACLs of its own buckets tell it. */
export function canonicalIdOf(data: GraphData, account: string): string | undefined {
  for (const edge of data.edgesFrom('OWNS', account)) {
    const node = data.nodes.get(edge.to);
    const acl = node?.labels.includes('S3Bucket') ? jsonOf(node, 'acl') : undefined;
    const owner = isRecord(acl) ? memberText(acl, 'ownerCanonicalId') : undefined;
    if (owner !== undefined) return owner;
  }
  return undefined;
}

function toOwnership(text: string | undefined): Ownership | undefined {
  return ownerships.find((known) => known === text);
}

function toBlock(node: GraphNode | undefined): typeof noBlock {
  if (!node) return noBlock;
  return {
    blockPublicAcls: flagOf(node, 'blocksPublicAcls') ?? false,
    ignorePublicAcls: flagOf(node, 'ignoresPublicAcls') ?? false,
    blockPublicPolicy: flagOf(node, 'blocksPublicPolicy') ?? false,
    restrictPublicBuckets: flagOf(node, 'restrictsPublicBuckets') ?? false,
  };
}

function aclGrants(node: GraphNode): readonly AclGrant[] {
  const acl = jsonOf(node, 'acl');
  if (!isRecord(acl)) return [];
  return recordsOf(acl['grants']).flatMap((grant): readonly AclGrant[] => {
    const grantee = memberText(grant, 'grantee');
    const permission = memberText(grant, 'permission');
    if (grantee === undefined || permission === undefined) return [];
    const group = memberText(grant, 'granteeType') === 'Group';
    return [{ grantee: group ? { type: 'Group', uri: grantee } : { type: 'CanonicalUser', id: grantee }, permission }];
  });
}

/** What is missing of the settings that decide about the public. An unread block can only take away, an unread ACL only add. */
function unreadParts(node: GraphNode, accountBlock: GraphNode | undefined): readonly Unknown[] {
  const unread: Unknown[] = [];
  for (const action of [...listOf(node, 'unread'), ...listOf(accountBlock, 'unread')]) {
    const layer = layerOf(action);
    // Where the owner is enforced, nobody asks the ACL (S33).
    if (layer === 'acl' && textOf(node, 'objectOwnership') === 'BucketOwnerEnforced') continue;
    if (layer) unread.push({ layer, id: node.id, action, reason: `\`${action}\` of \`${node.id}\` could not be read` });
  }
  return unread;
}

/** An account without a block says so in a complete scope; else nobody knows. */
function unreadBlock(
  data: GraphData,
  node: GraphNode,
  account: string | undefined,
  accountBlock: GraphNode | undefined,
): readonly Unknown[] {
  const own = data.scopes.find(({ scope }) => scope.resource === accountBlockLabel && scope.place.account === account);
  if (accountBlock || own?.state === 'complete') return [];
  const action = 's3:GetAccountPublicAccessBlock';
  const reason = `the public access block of account ${account ?? 'unknown'} was not read (${own?.state ?? 'not collected'})`;
  return [{ layer: 'publicAccessBlock', id: node.id, action, reason }];
}

function layerOf(action: string): 'publicAccessBlock' | 'acl' | undefined {
  if (/PublicAccessBlock$/.test(action)) return 'publicAccessBlock';
  return /Acl$|OwnershipControls$/.test(action) ? 'acl' : undefined;
}
