import { type Gap, type GraphNode, type Place, type PolicyKind, globalRegion } from '@ag/model';
import { type CollectedPart, policyNodes, policyProperty, toNode } from '@ag/resource';

/** A file that holds the policy of one resource, by where it lies. */
export interface PolicyFile {
  readonly file: string;
  readonly resource: 'S3Bucket' | 'KmsKey';
  readonly place: Place;
  readonly id: string;
  readonly name: string;
}

const bucketFile = /^buckets\/(\d{12})\/([a-z0-9][a-z0-9.-]+)\.json$/;
const keyFile = /^keys\/(\d{12})\/([a-z0-9-]+)\/([A-Za-z0-9-]+)\.json$/;

/** The resource that a file's place in the folder stands for; `undefined` for a file of another kind. */
export function findPolicyFile(file: string, partition: string): PolicyFile | undefined {
  const [, owner, bucket] = bucketFile.exec(file) ?? [];
  if (owner !== undefined && bucket !== undefined) {
    const place = { partition, account: owner, region: globalRegion };
    return { file, resource: 'S3Bucket', place, id: `arn:${partition}:s3:::${bucket}`, name: bucket };
  }
  const [, account, region, key] = keyFile.exec(file) ?? [];
  if (account === undefined || region === undefined || key === undefined) return undefined;
  const id = `arn:${partition}:kms:${region}:${account}:key/${key}`;
  return { file, resource: 'KmsKey', place: { partition, account, region }, id, name: key };
}

// What else decides about access, and no file tells.
const unread: Readonly<Record<PolicyFile['resource'], readonly string[]>> = {
  S3Bucket: [
    's3:GetAccountPublicAccessBlock',
    's3:GetBucketAcl',
    's3:GetBucketOwnershipControls',
    's3:GetBucketPublicAccessBlock',
    's3:GetBucketTagging',
  ],
  KmsKey: ['kms:ListGrants', 'kms:ListResourceTags'],
};

/** Makes the node of a bucket or a key from its policy: what the AWS CLI prints (`{"Policy": "…"}`), or the document itself. */
export function toPolicyPart(file: PolicyFile, value: unknown): CollectedPart {
  const { id, name, place, resource } = file;
  const labels = [resource, 'AwsResource'] as const;
  const common = { account: place.account, region: place.region, name };
  const text = documentOf(value);
  const made = policyNodes(id, 'resource', text);
  const options = { unread: unread[resource] };
  if (made.ok) {
    const node = toNode(id, labels, { ...common, [policyProperty('resource')]: text }, options);
    return { resource, state: 'complete', nodes: [node, ...made.nodes], edges: made.edges, gaps: [] };
  }
  return unreadable(file, `\`${file.file}\` holds no policy: ${made.reason}`);
}

/** The node of a bucket or a key whose policy is not known, and the gap that says so. */
export function unreadable({ id, name, place, resource }: PolicyFile, message: string): CollectedPart {
  const action = resource === 'S3Bucket' ? 's3:GetBucketPolicy' : 'kms:GetKeyPolicy';
  const unreadPolicies: PolicyKind[] = ['resource'];
  const node: GraphNode = toNode(
    id,
    [resource, 'AwsResource'],
    { account: place.account, region: place.region, name },
    { unread: [...unread[resource], action], unreadPolicies },
  );
  const gap: Gap = { place, resource, action, arn: id, reason: 'malformed', message };
  return { resource, state: 'complete', nodes: [node], edges: [], gaps: [gap] };
}

function documentOf(value: unknown): string {
  const isWrapped = typeof value === 'object' && value !== null && 'Policy' in value;
  const document = isWrapped ? value.Policy : value;
  return typeof document === 'string' ? document : JSON.stringify(document);
}
