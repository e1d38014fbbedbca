import type { GraphNode, Unknown } from '@ag/model';
import { accountOf, findArn } from '@ag/model';
import type { Facts, Policy, ResourceFacts } from '@ag/policy';
import type { GraphData } from './graph-data.ts';
import type { AccountFacts } from './organization.ts';
import { readAttachedPolicies } from './policy-sources.ts';
import type { PolicyTable } from './policy-table.ts';
import { flagOf, tagsOf, textOf } from './properties.ts';
import { kmsFacts } from './kms-facts.ts';
import { s3Facts } from './s3-facts.ts';
import { type NamedPrincipals, joinNamed, namedPrincipals } from './statements.ts';

/** A collected resource, with what it says about who may use it. */
export interface ResourceRecord {
  readonly node: GraphNode;
  readonly account?: AccountFacts;
  readonly policy?: Policy;
  /** Of a request through an access point: the access point's policy; `policy` is the bucket's then. */
  readonly accessPoint?: Policy;
  /** Its policy where nobody could read it. */
  readonly unread: readonly Unknown[];
  readonly named: NamedPrincipals;
  readonly facts: Omit<ResourceFacts, 'arn'>;
  readonly service: Pick<Facts, 's3' | 'kms'>;
  readonly missingSince?: string;
}

/** Reads a resource's own side of a decision. */
export function readResource(
  data: GraphData,
  policies: PolicyTable,
  node: GraphNode,
  accountFacts: (id: string) => AccountFacts,
): ResourceRecord {
  const id = ownerOf(data, node);
  const account = id === undefined ? undefined : accountFacts(id);
  const attached = readAttachedPolicies(data, policies, node);
  const missingSince = textOf(node, 'missingSince');
  const s3 = s3Facts(data, node, id);
  const kms = kmsFacts(node);
  return {
    node,
    ...(account && { account }),
    ...(attached.policy && { policy: attached.policy }),
    unread: [...attached.unread, ...(s3?.unread ?? []), ...(kms?.unread ?? [])],
    named: joinNamed(attached.texts.map(namedPrincipals)),
    facts: resourceFacts(node, id, account),
    service: { ...(s3 && { s3: s3.facts }), ...(kms && { kms: kms.facts }) },
    ...(missingSince !== undefined && { missingSince }),
  };
}

/** The account that owns a resource; S3 has none in its ARNs (MA8). */
export function ownerOf(data: GraphData, node: GraphNode): string | undefined {
  const [owner] = data.edgesTo('OWNS', node.id);
  return owner?.from ?? accountOf(node.id) ?? textOf(node, 'account');
}

function resourceFacts(
  node: GraphNode,
  id: string | undefined,
  account: AccountFacts | undefined,
): Omit<ResourceFacts, 'arn'> {
  // A bucket's tags take part only where ABAC is enabled for the bucket (S35).
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
  const abac = node.labels.includes('S3Bucket') ? flagOf(node, 'abacEnabled') : true;
  const iam = findArn(node.id)?.service === 'iam';
  const region = textOf(node, 'region');
  const tags = tagsOf(node) ?? (iam ? {} : undefined);
  return {
    ...(id !== undefined && { account: id }),
    ...(account?.organization && { organization: account.organization }),
    ...(region !== undefined && { region }),
    ...(abac === true && tags && { tags }),
    ...(abac === false && { tagsUnsupported: true }),
  };
}
