import { createHash } from 'node:crypto';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  IdentitystoreClient,
} from '@aws-sdk/client-identitystore';
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  ListInstancesCommand,
  PutInlinePolicyToPermissionSetCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import type { Company, PermissionSet } from '../company.ts';
import type { Accounts } from './clients.ts';
import { type References, toText } from './references.ts';
import { required } from './required.ts';
import { awsPolicy, metadata } from './seed-iam.ts';
import { managementAccount } from './seed-organization.ts';

export interface SeededIdentityCenter {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  /** ARNs by name. */
  readonly permissionSets: Readonly<Record<string, string>>;
  /** Account ids, by permission set's ARN, where it is assigned. */
  readonly provisioned: Readonly<Record<string, readonly string[]>>;
  /** User ids by user name. */
  readonly people: Readonly<Record<string, string>>;
}

interface Built {
  readonly accounts: Readonly<Record<string, string>>;
  readonly references: References;
}

/** Makes people, groups, permission sets and assignments, and by hand the roles that AWS would provision from them. */
export async function seedIdentityCenter(
  company: Company,
  clients: Accounts,
  built: Built,
): Promise<SeededIdentityCenter> {
  const { people, groups, permissionSets, assignments } = company.identityCenter;
  const admin = clients.client(SSOAdminClient, managementAccount);
  const store = clients.client(IdentitystoreClient, managementAccount);
  const instance = required((await admin.send(new ListInstancesCommand({}))).Instances?.[0], 'Identity Center');
  const InstanceArn = required(instance.InstanceArn, 'the instance');
  const IdentityStoreId = required(instance.IdentityStoreId, 'the identity store');

  const userIds: Record<string, string> = {};
  for (const { userName, givenName, familyName, title } of people) {
    const answer = await store.send(
      new CreateUserCommand({
        IdentityStoreId,
        UserName: userName,
        DisplayName: `${givenName} ${familyName}`,
        Name: { GivenName: givenName, FamilyName: familyName },
        Title: title,
        Emails: [{ Value: `${userName}@northwind.example`, Type: 'work', Primary: true }],
      }),
    );
    userIds[userName] = required(answer.UserId, userName);
  }
  const groupIds: Record<string, string> = {};
  for (const [name, members] of Object.entries(groups)) {
    const answer = await store.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: name }));
    const GroupId = required(answer.GroupId, name);
    groupIds[name] = GroupId;
    for (const member of members) {
      const UserId = required(userIds[member], member);
      await store.send(new CreateGroupMembershipCommand({ IdentityStoreId, GroupId, MemberId: { UserId } }));
    }
  }
  const setArns: Record<string, string> = {};
  for (const [name, set] of Object.entries(permissionSets)) setArns[name] = await seedPermissionSet(name, set);

  const provisioned: Record<string, Set<string>> = {};
  const entered = new Set<string>();
  for (const assignment of assignments) {
    const PermissionSetArn = required(setArns[assignment.permissionSet], assignment.permissionSet);
    for (const name of assignment.accounts) {
      const TargetId = required(built.accounts[name], name);
      const [PrincipalType, PrincipalId] =
        'group' in assignment
          ? (['GROUP', required(groupIds[assignment.group], assignment.group)] as const)
          : (['USER', required(userIds[assignment.person], assignment.person)] as const);
      await admin.send(
        new CreateAccountAssignmentCommand({
          InstanceArn,
          PermissionSetArn,
          TargetId,
          TargetType: 'AWS_ACCOUNT',
          PrincipalType,
          PrincipalId,
        }),
      );
      const places = (provisioned[PermissionSetArn] ??= new Set());
      if (places.has(TargetId)) continue;
      places.add(TargetId);
      if (!entered.has(TargetId)) await seedProvider(TargetId);
      entered.add(TargetId);
      const set = required(permissionSets[assignment.permissionSet], assignment.permissionSet);
      await provision(TargetId, assignment.permissionSet, set);
    }
  }
  return {
    instanceArn: InstanceArn,
    identityStoreId: IdentityStoreId,
    permissionSets: setArns,
    provisioned: Object.fromEntries(Object.entries(provisioned).map(([arn, places]) => [arn, [...places].sort()])),
    people: userIds,
  };

  async function seedPermissionSet(Name: string, set: PermissionSet): Promise<string> {
    const answer = await admin.send(
      new CreatePermissionSetCommand({
        InstanceArn,
        Name,
        Description: set.description,
        SessionDuration: set.sessionDuration ?? 'PT8H',
      }),
    );
    const PermissionSetArn = required(answer.PermissionSet?.PermissionSetArn, Name);
    for (const name of set.managed ?? []) {
      await admin.send(
        new AttachManagedPolicyToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          ManagedPolicyArn: awsPolicy(name),
        }),
      );
    }
    for (const name of set.customerManaged ?? []) {
      const CustomerManagedPolicyReference = { Name: name, Path: '/' };
      await admin.send(
        new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          CustomerManagedPolicyReference,
        }),
      );
    }
    if (set.inline) {
      const InlinePolicy = toText(set.inline, built.references);
      await admin.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }));
    }
    return PermissionSetArn;
  }

  /** With the first role in an account AWS makes the provider that all of them trust. */
  async function seedProvider(account: string): Promise<void> {
    const iam = clients.client(IAMClient, account, 'us-east-1');
    await iam.send(new CreateSAMLProviderCommand({ Name: providerName, SAMLMetadataDocument: metadata(providerName) }));
  }

  async function provision(account: string, name: string, set: PermissionSet): Promise<void> {
    const iam = clients.client(IAMClient, account, 'us-east-1');
    const RoleName = reservedRoleName(name, account);
    const boundary = set.boundary;
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: `/aws-reserved/sso.amazonaws.com/${company.homeRegion}/`,
        AssumeRolePolicyDocument: JSON.stringify(reservedTrust(account)),
        ...(boundary && {
          PermissionsBoundary:
            'managed' in boundary
              ? awsPolicy(boundary.managed)
              : `arn:aws:iam::${account}:policy/${boundary.customerManaged}`,
        }),
      }),
    );
    for (const PolicyArn of [
      ...(set.managed ?? []).map(awsPolicy),
      ...(set.customerManaged ?? []).map((policy) => `arn:aws:iam::${account}:policy/${policy}`),
    ]) {
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    if (set.inline) {
      const PolicyDocument = toText(set.inline, built.references);
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'AwsSSOInlinePolicy', PolicyDocument }));
    }
  }
}

/** The name that AWS gives the role of a permission set in an account: the set's name and sixteen hexadecimal digits. */
export function reservedRoleName(permissionSet: string, account: string): string {
  const digits = createHash('sha256').update(`${permissionSet}/${account}`).digest('hex').slice(0, 16);
  return `AWSReservedSSO_${permissionSet}_${digits}`;
}

const providerName = 'AWSSSO_0f1e2d3c4b5a6978_DO_NOT_DELETE';

function reservedTrust(account: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:saml-provider/${providerName}` },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    ],
  };
}
