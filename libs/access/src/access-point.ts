import type { GraphNode, Unknown } from '@ag/model';
import type { BlockSettings } from '@ag/policy';
import type { CatalogueAction } from './catalogue.ts';
import type { GraphData } from './graph-data.ts';
import { flagOf, listOf, textOf } from './properties.ts';
import type { ResourceRecord } from './resources.ts';
import { joinNamed } from './statements.ts';

const settings = {
  blockPublicAcls: 'blocksPublicAcls',
  ignorePublicAcls: 'ignoresPublicAcls',
  blockPublicPolicy: 'blocksPublicPolicy',
  restrictPublicBuckets: 'restrictsPublicBuckets',
} as const;

/** Whether an action on an access point reaches the bucket behind it; the others manage the access point itself. */
export function reachesBucket(node: GraphNode, action: CatalogueAction): boolean {
  if (!node.labels.includes('S3AccessPoint')) return false;
  return action.resourceTypes.some(({ name, service }) => service === 's3' && (name === 'bucket' || name === 'object'));
}

/**
 * An access point with the bucket behind it: both policies are asked, and of all public access blocks the strictest counts (S34).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
export function throughAccessPoint(
  data: GraphData,
  point: ResourceRecord,
  arn: string,
  resourceOf: (node: GraphNode) => ResourceRecord,
): ResourceRecord {
  const { node, policy, ...rest } = point;
  const [edge] = data.edgesFrom('LEADS_TO', node.id);
  const found = edge && data.nodes.get(edge.to);
  const bucket = found?.labels.includes('S3Bucket') ? resourceOf(found) : undefined;
  const account = textOf(node, 'bucketAccount') ?? bucket?.account?.id ?? point.account?.id ?? '';
  const { s3 } = bucket?.service ?? {};
  const origin = textOf(node, 'networkOrigin');
  const vpcId = textOf(node, 'vpcId');
  return {
    ...rest,
    node,
    ...(bucket?.policy && { policy: bucket.policy }),
    ...(policy && { accessPoint: { ...policy, kind: 'accessPoint' } }),
    unread: [
      ...point.unread.map(asPoint),
      ...unreadBlock(node),
      ...(bucket ? bucket.unread : [unreadBucket(node, edge?.to)]),
    ],
    named: joinNamed([point.named, ...(bucket ? [bucket.named] : [])]),
    service: {
      s3: {
        ...s3,
        publicAccessBlock: {
          account: s3?.publicAccessBlock?.account ?? {},
          bucket: stricter(blockOf(node), s3?.publicAccessBlock?.bucket ?? {}),
        },
        // What nobody knows the bucket of stays without one, and the evaluator says so.
        ...(edge && {
          accessPoint: {
            bucketObjectArn: behind(edge.to, arn, node.id),
            bucketAccountId: account,
            networkOrigin: origin === 'VPC' ? 'VPC' : 'Internet',
            ...(vpcId !== undefined && { vpcId }),
          },
        }),
      },
    },
  };
}

/** `…:accesspoint/p/object/a/b` is `a/b` in the bucket; the access point itself is the bucket. */
function behind(bucket: string, arn: string, point: string): string {
  const key = arn.startsWith(`${point}/object/`) ? arn.slice(`${point}/object/`.length) : undefined;
  return key === undefined ? bucket : `${bucket}/${key}`;
}

function blockOf(node: GraphNode): BlockSettings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, property]) => [name, flagOf(node, property) ?? false]),
  );
}

function stricter(one: BlockSettings, other: BlockSettings): BlockSettings {
  return {
    blockPublicAcls: one.blockPublicAcls === true || other.blockPublicAcls === true,
    ignorePublicAcls: one.ignorePublicAcls === true || other.ignorePublicAcls === true,
    blockPublicPolicy: one.blockPublicPolicy === true || other.blockPublicPolicy === true,
    restrictPublicBuckets: one.restrictPublicBuckets === true || other.restrictPublicBuckets === true,
  };
}

function asPoint(unknown: Unknown): Unknown {
  return unknown.layer === 'resource' ? { ...unknown, layer: 'accessPoint' } : unknown;
}

function unreadBlock(node: GraphNode): readonly Unknown[] {
  const action = 's3:GetAccessPoint';
  if (!listOf(node, 'unread').includes(action)) return [];
  const reason = `the public access block of \`${node.id}\` could not be read`;
  return [{ layer: 'publicAccessBlock', id: node.id, action, reason }];
}

function unreadBucket(node: GraphNode, bucket: string | undefined): Unknown {
  const id = bucket ?? node.id;
  return { layer: 'resource', id, reason: `the bucket \`${id}\` behind \`${node.id}\` was not read` };
}
