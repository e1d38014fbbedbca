import { key, bucket } from '@ag/collectors/from-files';
import { type Gap, type Place, globalRegion } from '@ag/model';
import { type CollectedPart, type ResourceDefinition, type SeenItem, readNode } from '@ag/resource';
import type { ParsedJson } from './parse-json.ts';

/** A file that holds the policy of one resource, by where it lies. */
export interface PolicyFile {
  readonly file: string;
  readonly definition: ResourceDefinition;
  readonly place: Omit<Place, 'partition'>;
  /** The resource, in the words of the service's listing. */
  toItem(place: Place): unknown;
}

const bucketFile = /^buckets\/(\d{12})\/([a-z0-9][a-z0-9.-]+)\.json$/;
const keyFile = /^keys\/(\d{12})\/([a-z0-9-]+)\/([A-Za-z0-9-]+)\.json$/;

/** The resource that a file's place in the folder stands for; `undefined` for a file of another kind. */
export function findPolicyFile(file: string): PolicyFile | undefined {
  const [, owner, Name] = bucketFile.exec(file) ?? [];
  if (owner !== undefined && Name !== undefined) {
    return { file, definition: bucket, place: { account: owner, region: globalRegion }, toItem: () => ({ Name }) };
  }
  const [, account, region, KeyId] = keyFile.exec(file) ?? [];
  if (account === undefined || region === undefined || KeyId === undefined) return undefined;
  return {
    file,
    definition: key,
    place: { account, region },
    toItem: ({ partition }) => ({ KeyId, KeyArn: `arn:${partition}:kms:${region}:${account}:key/${KeyId}` }),
  };
}

/**
 * Makes the node of a bucket or a key from its policy: what the AWS CLI prints (`{"Policy": "…"}`), or the document itself.
 * Whatever else its definition would ask for is in no file, and counts as unread.
 */
export function toPolicyPart(policyFile: PolicyFile, json: ParsedJson, partition: string): CollectedPart {
  const { file, definition } = policyFile;
  const place: Place = { partition, ...policyFile.place };
  const about = { place, resource: definition.label };
  const failed = new Map<string, Gap>();
  for (const { name, action } of definition.details) {
    if (name !== 'policy') failed.set(name, { ...about, action, reason: 'notCollected', message: 'in no file' });
    else if (!json.ok) failed.set(name, { ...about, action, reason: 'malformed', message: json.reason });
  }
  const seen: SeenItem = {
    item: policyFile.toItem(place),
    place,
    policy: json.ok ? documentOf(json.value) : undefined,
  };

  const { node, edges, statements, gaps } = readNode(definition, seen, failed);
  return {
    resource: definition.label,
    state: 'complete',
    nodes: [node, ...statements.nodes],
    edges: [...edges, ...statements.edges],
    // What no file can tell stands on the node; as gaps it would hide the ones that somebody can mend.
    gaps: gaps
      .filter(({ reason }) => reason !== 'notCollected')
      .map((gap) => ({ ...gap, message: `\`${file}\`: ${gap.message}` })),
  };
}

function documentOf(value: unknown): string {
  const isWrapped = typeof value === 'object' && value !== null && 'Policy' in value;
  const document = isWrapped ? value.Policy : value;
  return typeof document === 'string' ? document : JSON.stringify(document);
}
