import { findArn } from '@ag/model';

/**
 * The answer of GetAccountAuthorizationDetails as far as it is read: from the SDK with dates and percent-encoded documents,
 * from a file of the AWS CLI with texts and decoded documents.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export interface AuthorizationDetails {
  readonly UserDetailList?: readonly UserDetails[] | undefined;
  readonly GroupDetailList?: readonly GroupDetails[] | undefined;
  readonly RoleDetailList?: readonly RoleDetails[] | undefined;
  readonly Policies?: readonly PolicyDetails[] | undefined;
}

type When = Date | string | undefined;
type Text = string | undefined;
type Tags = readonly { readonly Key?: Text; readonly Value?: Text }[] | undefined;

export interface AttachedPolicies {
  readonly AttachedManagedPolicies?: readonly { readonly PolicyArn?: Text }[] | undefined;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: Text } | undefined;
}

export interface InlinePolicy {
  readonly PolicyName?: Text;
  readonly PolicyDocument?: unknown;
}

export interface UserDetails extends AttachedPolicies {
  readonly Arn?: Text;
  readonly UserName?: Text;
  readonly UserId?: Text;
  readonly Path?: Text;
  readonly CreateDate?: When;
  readonly UserPolicyList?: readonly InlinePolicy[] | undefined;
  readonly GroupList?: readonly string[] | undefined;
  readonly Tags?: Tags;
}

export interface GroupDetails extends AttachedPolicies {
  readonly Arn?: Text;
  readonly GroupName?: Text;
  readonly GroupId?: Text;
  readonly Path?: Text;
  readonly CreateDate?: When;
  readonly GroupPolicyList?: readonly InlinePolicy[] | undefined;
}

export interface RoleDetails extends AttachedPolicies {
  readonly Arn?: Text;
  readonly RoleName?: Text;
  readonly RoleId?: Text;
  readonly Path?: Text;
  readonly CreateDate?: When;
  readonly AssumeRolePolicyDocument?: unknown;
  readonly RolePolicyList?: readonly InlinePolicy[] | undefined;
  readonly InstanceProfileList?: readonly InstanceProfileDetails[] | undefined;
  readonly RoleLastUsed?: { readonly LastUsedDate?: When; readonly Region?: Text } | undefined;
  readonly Tags?: Tags;
}

export interface InstanceProfileDetails {
  readonly Arn?: Text;
  readonly InstanceProfileName?: Text;
  readonly InstanceProfileId?: Text;
  readonly Path?: Text;
  readonly CreateDate?: When;
}

export interface PolicyDetails {
  readonly Arn?: Text;
  readonly PolicyName?: Text;
  readonly PolicyId?: Text;
  readonly Path?: Text;
  readonly DefaultVersionId?: Text;
  readonly CreateDate?: When;
  readonly UpdateDate?: When;
  readonly PolicyVersionList?: readonly PolicyVersionDetails[] | undefined;
}

export interface PolicyVersionDetails {
  readonly VersionId?: Text;
  readonly IsDefaultVersion?: boolean | undefined;
  readonly Document?: unknown;
}

/** What stands in an entry's inner list: a text, or a record with a text of that name. */
type Inner = 'text' | 'PolicyArn' | 'PolicyName' | 'Key' | 'Arn' | 'VersionId';

const lists: Readonly<Record<keyof AuthorizationDetails, Readonly<Record<string, Inner>>>> = {
  UserDetailList: {
    UserPolicyList: 'PolicyName',
    AttachedManagedPolicies: 'PolicyArn',
    GroupList: 'text',
    Tags: 'Key',
  },
  GroupDetailList: { GroupPolicyList: 'PolicyName', AttachedManagedPolicies: 'PolicyArn' },
  RoleDetailList: {
    RolePolicyList: 'PolicyName',
    AttachedManagedPolicies: 'PolicyArn',
    InstanceProfileList: 'Arn',
    Tags: 'Key',
  },
  Policies: { PolicyVersionList: 'VersionId' },
};

/** Whether JSON from a file is such an answer: at least one of its lists, and everything in them where it belongs. */
export function isAuthorizationDetails(value: unknown): value is AuthorizationDetails {
  return isRecord(value) && Object.keys(lists).some((name) => name in value) && findShapeFault(value) === undefined;
}

/** The first thing of authorization details that is not what it should be, as a sentence with a JSON pointer. */
export function findShapeFault(details: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, inner] of Object.entries(lists)) {
    const list = details[name] ?? [];
    if (!Array.isArray(list)) return `\`/${name}\` is not a list`;
    for (const [index, entry] of list.entries()) {
      const fault = findEntryFault(entry, `/${name}/${index}`, inner);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

function findEntryFault(entry: unknown, at: string, inner: Readonly<Record<string, Inner>>): string | undefined {
  if (!isRecord(entry) || typeof entry['Arn'] !== 'string' || !findArn(entry['Arn'])) return `\`${at}\` has no ARN`;
  for (const [name, holds] of Object.entries(inner)) {
    const list = name in entry ? entry[name] : [];
    if (!Array.isArray(list)) return `\`${at}/${name}\` is not a list`;
    const wrong = list.findIndex((item) => !fits(item, holds));
    if (wrong >= 0) return `\`${at}/${name}/${wrong}\` has no ${holds === 'text' ? 'text' : `\`${holds}\``}`;
  }
  const boundary = entry['PermissionsBoundary'];
  if (boundary === undefined || boundary === null || fits(boundary, 'PermissionsBoundaryArn')) return undefined;
  return `\`${at}/PermissionsBoundary\` has no \`PermissionsBoundaryArn\``;
}

function fits(item: unknown, holds: string): boolean {
  return typeof (holds === 'text' ? item : isRecord(item) ? item[holds] : undefined) === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
