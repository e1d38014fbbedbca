import { type Gap, type GraphNode, rootArn } from '@ag/model';
import type { Attempt, CollectedPart, ReaderContext } from '@ag/resource';
import type { CredentialReport, CredentialRow } from './credential-report.ts';
import { awsRootUser } from './principals.ts';

const action = 'iam:GetCredentialReport';

/** The credential report as far as it can be trusted for one user: the row is of this user and not of a namesake before it. */
export function findRow(report: CredentialReport, arn: string, createdAt: unknown): CredentialRow | undefined {
  const row = report.rows.get(arn);
  if (row?.createdAt === undefined || typeof createdAt !== 'string') return row;
  return toSecond(row.createdAt) === toSecond(createdAt) ? row : undefined;
}

/** A user with what the report tells of its password and devices; without a row these are unread, not absent. */
export function withCredentials(user: GraphNode, report: Attempt<CredentialReport>): GraphNode {
  if (user.labels[0] !== 'IamUser') return user;
  const row = report.ok === true ? findRow(report.value, user.id, user.properties['createdAt']) : undefined;
  const values = row && report.ok === true ? toValues(row) : { unread: [action] };
  return { ...user, properties: { ...user.properties, ...values } };
}

/** The root user, who exists in every account. */
export function toRootUser({ place }: ReaderContext, report: Attempt<CredentialReport>): CollectedPart {
  const id = rootArn(place.account, place.partition);
  const row = report.ok === true ? report.value.rows.get(id) : undefined;
  const values = row && report.ok === true ? toValues(row) : {};
  const hasAccessKey = row?.keys.some((key) => key.active);
  const node = awsRootUser.node(id, { ...values, hasAccessKey }, { ...(!row && { unread: [action] }) });
  const gaps = reportGaps(report, awsRootUser.label).map((gap) => ({ ...gap, arn: id }));
  return { resource: awsRootUser.label, state: 'complete', nodes: [node], edges: [], gaps };
}

/** That the report could not be read, said once for each label that rests on it. */
export function reportGaps(report: Attempt<CredentialReport>, resource: string): readonly Gap[] {
  return report.ok === false ? [{ ...report.gap, resource }] : [];
}

function toValues(row: CredentialRow) {
  const { hasPassword, passwordLastUsedAt, passwordChangedAt, hasMfa } = row;
  return defined({ hasPassword, passwordLastUsedAt, passwordChangedAt, hasMfa });
}

function defined(values: Readonly<Record<string, string | boolean | undefined>>): Record<string, string | boolean> {
  const known: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined) known[name] = value;
  return known;
}

function toSecond(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}
