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

const lists = {
  UserDetailList: ['UserPolicyList', 'AttachedManagedPolicies', 'GroupList', 'Tags'],
  GroupDetailList: ['GroupPolicyList', 'AttachedManagedPolicies'],
  RoleDetailList: ['RolePolicyList', 'AttachedManagedPolicies', 'InstanceProfileList', 'Tags'],
  Policies: ['PolicyVersionList'],
} as const;

/** Whether JSON from a file is such an answer: at least one of its lists, each entry with an ARN, inner lists where lists belong. */
export function isAuthorizationDetails(value: unknown): value is AuthorizationDetails {
  if (!isRecord(value)) return false;
  if (!Object.keys(lists).some((name) => name in value)) return false;
  return Object.entries(lists).every(([name, inner]) => {
    const list = value[name];
    return list === undefined || (Array.isArray(list) && list.every((entry) => isEntry(entry, inner)));
  });
}

function isEntry(entry: unknown, inner: readonly string[]): boolean {
  return (
    isRecord(entry) &&
    typeof entry['Arn'] === 'string' &&
    inner.every((name) => entry[name] === undefined || Array.isArray(entry[name]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
