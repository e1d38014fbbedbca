import {
  type AccessKeyMetadata,
  GetAccessKeyLastUsedCommand,
  IAMClient,
  paginateListAccessKeys,
} from '@aws-sdk/client-iam';
import type { Gap, GraphEdge, GraphNode } from '@ag/model';
import type { Attempt, CollectedPart, ReaderContext } from '@ag/resource';
import type { CredentialReport, ReportedKey } from './credential-report.ts';
import { findRow } from './credentials-of.ts';
import { iamAccessKey } from './policies.ts';

const resource = iamAccessKey.label;

/** A user and its keys as the report knows them; `undefined` where the report does not know the user. */
interface Holder {
  readonly arn: string;
  readonly name: string;
  readonly reported: readonly ReportedKey[] | undefined;
}

/**
 * Reads access keys with one call for each user that has any. The credential report tells who has, and when each key was last
 * used; it names no key ids, so a key is found in it by the time it was made.
 */
export async function readAccessKeys(
  context: ReaderContext,
  users: readonly GraphNode[],
  report: Attempt<CredentialReport>,
): Promise<CollectedPart> {
  // Without the report nobody knows who has keys: unknown, not none.
  if (report.ok !== true) return unreadKeys(report);
  const results = await context.each(findHolders(users, report.value), (holder) => readKeysOf(context, holder));
  const failed = results.find((result) => result.state !== 'complete');
  return {
    resource,
    state: failed?.state ?? 'complete',
    nodes: results.flatMap(({ nodes }) => nodes),
    edges: results.flatMap(({ edges }) => edges),
    gaps: results.flatMap(({ gaps }) => gaps),
  };
}

function unreadKeys(report: Exclude<Attempt<CredentialReport>, { ok: true }>): CollectedPart {
  const gaps = report.ok === false ? [{ ...report.gap, resource }] : [];
  return { resource, state: gaps[0]?.reason ?? 'unexpected', nodes: [], edges: [], gaps };
}

function findHolders(users: readonly GraphNode[], report: CredentialReport): Holder[] {
  return users
    .map(({ id, properties }) => ({
      arn: id,
      name: String(properties['name']),
      reported: findRow(report, id, properties['createdAt'])?.keys,
    }))
    .filter(({ reported }) => reported === undefined || reported.length > 0);
}

type KeysOf = Omit<CollectedPart, 'resource'>;

async function readKeysOf(context: ReaderContext, holder: Holder): Promise<KeysOf> {
  const listed = await context.attempt({ action: 'iam:ListAccessKeys', resource, arn: holder.arn }, async () => {
    const keys: AccessKeyMetadata[] = [];
    const pages = paginateListAccessKeys({ client: context.client(IAMClient) }, { UserName: holder.name });
    for await (const page of pages) keys.push(...(page.AccessKeyMetadata ?? []));
    return keys;
  });
  // A user that was deleted since has no keys.
  if (listed.ok === 'notFound') return { state: 'complete', nodes: [], edges: [], gaps: [] };
  if (!listed.ok) return { state: listed.gap.reason, nodes: [], edges: [], gaps: [listed.gap] };

  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const gaps: Gap[] = [];
  for (const key of listed.value) {
    if (key.AccessKeyId === undefined) continue;
    const use = await readUse(context, key, holder.reported);
    const createdAt = key.CreateDate?.toISOString();
    const unread = use.gap ? [use.gap.action] : [];
    const values = { account: context.place.account, status: key.Status, createdAt, ...use.values };
    nodes.push(iamAccessKey.node(key.AccessKeyId, values, { unread }));
    edges.push({ type: 'HAS_ACCESS_KEY', from: holder.arn, to: key.AccessKeyId, properties: {} });
    if (use.gap) gaps.push(use.gap);
  }
  return { state: 'complete', nodes, edges, gaps };
}

interface Use {
  readonly values: Partial<Pick<ReportedKey, 'lastUsedAt' | 'lastUsedRegion' | 'lastUsedService'>>;
  readonly gap?: Gap;
}

/** When the key was last used: from the report where it is sure which of its keys it is, else by a call. */
async function readUse(
  context: ReaderContext,
  { AccessKeyId, CreateDate }: AccessKeyMetadata,
  reported: readonly ReportedKey[] = [],
): Promise<Use> {
  const matching = reported.filter(({ createdAt }) => sameSecond(createdAt, CreateDate));
  const [match] = matching;
  if (match && matching.length === 1) {
    const { lastUsedAt, lastUsedRegion, lastUsedService } = match;
    return { values: { lastUsedAt, lastUsedRegion, lastUsedService } };
  }
  const asked = await context.attempt({ action: 'iam:GetAccessKeyLastUsed', resource, arn: AccessKeyId ?? '' }, () =>
    context.client(IAMClient).send(new GetAccessKeyLastUsedCommand({ AccessKeyId })),
  );
  if (asked.ok === false) return { values: {}, gap: asked.gap };
  if (asked.ok === 'notFound') return { values: {} };
  const { LastUsedDate, Region, ServiceName } = asked.value.AccessKeyLastUsed ?? {};
  return {
    values: {
      lastUsedAt: LastUsedDate?.toISOString(),
      lastUsedRegion: toKnown(Region),
      lastUsedService: toKnown(ServiceName),
    },
  };
}

function sameSecond(reported: string | undefined, made: Date | undefined): boolean {
  if (reported === undefined || made === undefined) return false;
  return Math.floor(Date.parse(reported) / 1000) === Math.floor(made.getTime() / 1000);
}

function toKnown(text: string | undefined): string | undefined {
  return text === 'N/A' ? undefined : text;
}
