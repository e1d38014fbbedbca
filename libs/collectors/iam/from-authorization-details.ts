import { type Gap, type GraphEdge, type GraphNode, type Place, findArn } from '@ag/model';
import { type CollectedPart, policyNodes, toTags } from '@ag/resource';
import type {
  AttachedPolicies,
  AuthorizationDetails,
  GroupDetails,
  InlinePolicy,
  PolicyDetails,
  RoleDetails,
  UserDetails,
} from './authorization-details-shape.ts';
import { iamInstanceProfile, iamPolicy } from './policies.ts';
import { toDocument } from './policy-document.ts';
import { anyone, awsService, iamGroup, iamRole, iamUser, webIdentityProvider } from './principals.ts';
import { findPermissionSetRole } from './reserved-role.ts';
import { readTrusts } from './trusts.ts';

/** What GetAccountAuthorizationDetails answers for. */
export const detailedTypes = [
  iamUser,
  iamGroup,
  iamRole,
  iamPolicy,
  iamInstanceProfile,
  awsService,
  anyone,
  webIdentityProvider,
] as const;

const action = 'iam:GetAccountAuthorizationDetails';

/**
 * Turns one account's authorization details, all pages in one, into nodes and edges by label. AWS-managed policies are left out:
 * they belong to no account, see `fromAwsManagedPolicies`.
 */
export function fromAuthorizationDetails(details: AuthorizationDetails, place: Place): readonly CollectedPart[] {
  const draft = createDraft(place);
  const groups = new Map(details.GroupDetailList?.map(({ GroupName, Arn }) => [GroupName, Arn]));
  for (const user of details.UserDetailList ?? []) addUser(draft, user, groups);
  for (const group of details.GroupDetailList ?? []) addGroup(draft, group);
  for (const role of details.RoleDetailList ?? []) addRole(draft, role);
  for (const policy of details.Policies ?? []) if (!isAwsManaged(policy)) addPolicy(draft, policy);
  return detailedTypes.map(({ label }) => draft.part(label));
}

/** Turns the AWS-managed ones among the policies into nodes, with their documents in force. */
export function fromAwsManagedPolicies(policies: readonly PolicyDetails[], place: Place): CollectedPart {
  const draft = createDraft(place);
  for (const policy of policies) if (isAwsManaged(policy)) addPolicy(draft, policy);
  return draft.part(iamPolicy.label);
}

function isAwsManaged({ Arn }: PolicyDetails): boolean {
  return Arn !== undefined && findArn(Arn)?.account === 'aws';
}

/** Gathers nodes, edges and gaps by the label of their scope. */
function createDraft(place: Place) {
  const parts = new Map<string, { nodes: GraphNode[]; edges: GraphEdge[]; gaps: Gap[] }>();
  const once = new Set<string>();
  function of(label: string) {
    const part = parts.get(label) ?? { nodes: [], edges: [], gaps: [] };
    parts.set(label, part);
    return part;
  }
  return {
    place,
    add: (label: string, nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []) => {
      of(label).nodes.push(...nodes);
      of(label).edges.push(...edges);
    },
    /** A node of its own label that several others may bring. */
    addOnce: (node: GraphNode) => {
      if (!once.has(node.id)) of(node.labels[0]).nodes.push(node);
      once.add(node.id);
    },
    malformed: (label: string, arn: string, message: string) =>
      of(label).gaps.push({ place, resource: label, action, arn, reason: 'malformed', message }),
    part: (label: string): CollectedPart => ({ resource: label, state: 'complete', ...of(label) }),
  };
}
type Draft = ReturnType<typeof createDraft>;

function addUser(draft: Draft, user: UserDetails, groups: ReadonlyMap<string | undefined, string | undefined>): void {
  const { Arn: id, GroupList = [] } = user;
  if (id === undefined) return;
  const name = user.UserName ?? lastName(id);
  const values = { name, path: user.Path, uniqueId: user.UserId, createdAt: toIso(user.CreateDate) };
  const node = iamUser.node(id, { ...values, tags: toTags(user.Tags) }, { aliases: toList(user.UserId) });
  // A group that is not in the answer keeps its place in the graph under the name without its path.
  const memberships = GroupList.map((group) => edge('MEMBER_OF', id, groups.get(group) ?? groupArn(id, group)));
  draft.add(iamUser.label, [node], [...attachments(id, user), ...memberships]);
  addInline(draft, iamUser.label, id, user.UserPolicyList);
}

function addGroup(draft: Draft, group: GroupDetails): void {
  const { Arn: id } = group;
  if (id === undefined) return;
  const name = group.GroupName ?? lastName(id);
  const values = { name, path: group.Path, uniqueId: group.GroupId, createdAt: toIso(group.CreateDate) };
  draft.add(iamGroup.label, [iamGroup.node(id, values, { aliases: toList(group.GroupId) })], attachments(id, group));
  addInline(draft, iamGroup.label, id, group.GroupPolicyList);
}

function addRole(draft: Draft, role: RoleDetails): void {
  const { Arn: id } = role;
  if (id === undefined) return;
  const name = role.RoleName ?? lastName(id);
  const path = role.Path ?? '/';
  const trust = toDocument(role.AssumeRolePolicyDocument);
  const statements = trust.ok ? policyNodes(id, 'trust', trust.text) : undefined;
  const readable = trust.ok && statements?.ok === true;
  if (!readable) draft.malformed(iamRole.label, id, `cannot read the trust policy of \`${id}\`: not a policy in JSON`);

  const { partition } = draft.place;
  const account = findArn(id)?.account ?? draft.place.account;
  const reserved = findPermissionSetRole({ name, path, account });
  const node = iamRole.node(
    id,
    {
      name,
      path,
      uniqueId: role.RoleId,
      createdAt: toIso(role.CreateDate),
      tags: toTags(role.Tags),
      lastUsedAt: toIso(role.RoleLastUsed?.LastUsedDate),
      lastUsedRegion: role.RoleLastUsed?.Region,
      serviceLinked: path.startsWith('/aws-service-role/'),
      permissionSetName: reserved?.permissionSetName,
      ...(readable && { trustPolicy: trust.text }),
    },
    {
      aliases: [
        ...toList(role.RoleId),
        ...toList(reserved?.alias),
        // As sessions name it, without its path.
        `arn:${partition}:sts::${account}:assumed-role/${name}`,
      ],
      ...(!readable && { unread: [action], unreadPolicies: ['trust'] }),
    },
  );
  const trusts = readable ? readTrusts(id, trust.text) : { edges: [], principals: [] };
  const statementParts = statements?.ok ? statements : { nodes: [], edges: [] };
  draft.add(
    iamRole.label,
    [node, ...statementParts.nodes],
    [...attachments(id, role), ...trusts.edges, ...statementParts.edges],
  );
  for (const principal of trusts.principals) draft.addOnce(principal);
  addInline(draft, iamRole.label, id, role.RolePolicyList);
  addProfiles(draft, id, role);
}

function addProfiles(draft: Draft, role: string, { InstanceProfileList = [] }: RoleDetails): void {
  for (const profile of InstanceProfileList) {
    const { Arn: id } = profile;
    if (id === undefined) continue;
    const node = iamInstanceProfile.node(
      id,
      {
        name: profile.InstanceProfileName ?? lastName(id),
        path: profile.Path,
        uniqueId: profile.InstanceProfileId,
        createdAt: toIso(profile.CreateDate),
      },
      { aliases: [...toList(profile.InstanceProfileId), ...withoutPath(id)] },
    );
    draft.add(iamInstanceProfile.label, [node], [edge('CARRIES', id, role)]);
  }
}

/** A launch template may name a profile by its name, which is unique in the account, and then its path is not told. */
function withoutPath(profile: string): readonly string[] {
  const short = profile.replace(/:instance-profile\/.*\//, ':instance-profile/');
  return short === profile ? [] : [short];
}

/** Inline policies are nodes of the policies' scope; the edge to them belongs to the holder's. */
function addInline(draft: Draft, holderLabel: string, holder: string, policies: readonly InlinePolicy[] = []): void {
  for (const { PolicyName: name, PolicyDocument: document } of policies) {
    if (name === undefined) continue;
    const id = `${holder}#inline/${name}`;
    draft.add(holderLabel, [], [edge('HAS_POLICY', holder, id)]);
    addPolicyNode(draft, id, { name, inline: true }, document);
  }
}

function addPolicy(draft: Draft, policy: PolicyDetails): void {
  const { Arn: id, PolicyVersionList = [], DefaultVersionId } = policy;
  if (id === undefined) return;
  const version = PolicyVersionList.find(
    ({ IsDefaultVersion, VersionId }) => IsDefaultVersion === true || VersionId === DefaultVersionId,
  );
  const values = {
    name: policy.PolicyName ?? lastName(id),
    path: policy.Path,
    inline: false,
    managedBy: isAwsManaged(policy) ? 'aws' : 'customer',
    defaultVersion: DefaultVersionId ?? version?.VersionId,
    createdAt: toIso(policy.CreateDate),
    updatedAt: toIso(policy.UpdateDate),
  };
  addPolicyNode(draft, id, values, version?.Document);
}

function addPolicyNode(draft: Draft, id: string, values: Parameters<typeof iamPolicy.node>[1], source: unknown): void {
  const document = toDocument(source);
  const statements = document.ok ? policyNodes(id, 'identity', document.text) : undefined;
  if (document.ok && statements?.ok) {
    const node = iamPolicy.node(id, { ...values, document: document.text });
    draft.add(iamPolicy.label, [node, ...statements.nodes], statements.edges);
    return;
  }
  draft.malformed(iamPolicy.label, id, `cannot read the policy \`${id}\`: not a policy in JSON`);
  draft.add(iamPolicy.label, [iamPolicy.node(id, values, { unread: [action], unreadPolicies: ['identity'] })]);
}

function attachments(
  holder: string,
  { AttachedManagedPolicies = [], PermissionsBoundary }: AttachedPolicies,
): GraphEdge[] {
  const policies = AttachedManagedPolicies.flatMap(({ PolicyArn }) => toList(PolicyArn));
  const boundary = toList(PermissionsBoundary?.PermissionsBoundaryArn);
  return [
    ...policies.map((policy) => edge('HAS_POLICY', holder, policy)),
    ...boundary.map((policy) => edge('BOUNDED_BY', holder, policy)),
  ];
}

function edge(type: string, from: string, to: string): GraphEdge {
  return { type, from, to, properties: {} };
}

function groupArn(user: string, group: string): string {
  return user.replace(/:user\/.*$/, `:group/${group}`);
}

function lastName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function toIso(when: Date | string | undefined): string | undefined {
  if (when === undefined) return undefined;
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function toList(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
