import {
  type GetAccountAuthorizationDetailsResponse,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';
import { type Gap, rootArn } from '@ag/model';
import type { CollectedPart, Reader, ReaderContext } from '@ag/resource';
import { readAccessKeys } from './access-keys.ts';
import type { AuthorizationDetails } from './authorization-details-shape.ts';
import { reportGaps, toRootUser, withCredentials } from './credentials-of.ts';
import { detailedTypes, fromAuthorizationDetails } from './from-authorization-details.ts';
import { iamAccessKey } from './policies.ts';
import { awsRootUser, iamUser } from './principals.ts';
import { requestCredentialReport } from './read-credential-report.ts';

const action = 'iam:GetAccountAuthorizationDetails';

/** Who there is in an account and which policies they have, in as few calls as IAM allows. */
export const authorizationDetails: Reader = {
  name: 'iam/authorization-details',
  description:
    'Users, groups, roles, their policies and boundaries, instance profiles, passwords, MFA devices and access keys of an account.',
  scope: 'global',
  types: [...detailedTypes, awsRootUser, iamAccessKey],
  actions: [
    action,
    'iam:GenerateCredentialReport',
    'iam:GetCredentialReport',
    'iam:ListAccessKeys',
    'iam:GetAccessKeyLastUsed',
  ],

  async read(context) {
    const pending = await requestCredentialReport(context);
    const details = await context.attempt({ action, resource: iamUser.label }, () => readDetails(context));
    const report = await pending.fetch();

    const parts = details.ok === true ? fromAuthorizationDetails(details.value, context.place) : unread(details);
    const users = parts.find(({ resource }) => resource === iamUser.label)?.nodes ?? [];
    const root = rootArn(context.place.account, context.place.partition);
    return [
      ...parts.map((part) => withDenial(withReport(part, report, root), pending.denial, root)),
      toRootUser(context, report),
      details.ok === true ? await readAccessKeys(context, users, report) : unreadPart(iamAccessKey.label, details),
    ];
  },
};

type Report = Parameters<typeof withCredentials>[1];
type Failed = { readonly ok: 'notFound' } | { readonly ok: false; readonly gap: Gap };

/** Said of the root user, as in `withReport`: users may be known all the same, from a report that somebody else had made. */
function withDenial(part: CollectedPart, denial: Gap | undefined, root: string): CollectedPart {
  if (part.resource !== iamUser.label || !denial) return part;
  return { ...part, gaps: [...part.gaps, { ...denial, resource: part.resource, arn: root }] };
}

function withReport(part: CollectedPart, report: Report, root: string): CollectedPart {
  if (part.resource !== iamUser.label) return part;
  const nodes = part.nodes.map((user) => withCredentials(user, report));
  // Said of the root user: a gap without an ARN would say that the users themselves are unread.
  const gaps = reportGaps(report, part.resource).map((gap) => ({ ...gap, arn: root }));
  return { ...part, nodes, gaps: [...part.gaps, ...(nodes.length > 0 ? gaps : [])] };
}

function unread(failed: Failed): readonly CollectedPart[] {
  return detailedTypes.map(({ label }) => unreadPart(label, failed));
}

function unreadPart(resource: string, failed: Failed): CollectedPart {
  const gaps = failed.ok === false ? [{ ...failed.gap, resource }] : [];
  return { resource, state: gaps[0]?.reason ?? 'unexpected', nodes: [], edges: [], gaps };
}

/** All pages in one, since users name their groups by names that another page may explain. */
async function readDetails(context: ReaderContext): Promise<AuthorizationDetails> {
  const all: Lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
  const pages = paginateGetAccountAuthorizationDetails(
    { client: context.client(IAMClient), pageSize: 1000 },
    // AWS-managed policies are the same in every account: read once, by `aws-managed-policies`.
    { Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'] },
  );
  for await (const page of pages) {
    all.UserDetailList.push(...(page.UserDetailList ?? []));
    all.GroupDetailList.push(...(page.GroupDetailList ?? []));
    all.RoleDetailList.push(...(page.RoleDetailList ?? []));
    all.Policies.push(...(page.Policies ?? []));
  }
  return all;
}

type Lists = {
  [Name in 'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies']: NonNullable<
    GetAccountAuthorizationDetailsResponse[Name]
  >;
};
