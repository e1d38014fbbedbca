import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupMembershipCommand,
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-identitystore';
import { CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import {
  CreateOrganizationalUnitCommand,
  CreatePolicyCommand,
  ListRootsCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
  ListPoliciesCommand,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, DeleteBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  SQSClient,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { CreatePermissionSetCommand, SSOAdminClient, UpdatePermissionSetCommand } from '@aws-sdk/client-sso-admin';
import { type Accounts, openAccounts } from '../seed/clients.ts';
import { required } from '../seed/required.ts';
import type { Seeded } from '../seed/seed.ts';
import { managementAccount } from '../seed/seed-organization.ts';

const document = (Action: string, Resource = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const open = (Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource }] });

/** Lets time pass in the small company: of most kinds something is new, something gone, something not what it was. */
export async function changeCompany(endpoint: string, seeded: Seeded): Promise<void> {
  const clients = openAccounts(endpoint, seeded.company.homeRegion);
  try {
    const shop = required(seeded.accounts['shop'], 'shop');
    await changeIam(clients, shop);
    await changeResources(clients, shop, required(seeded.keys['shop/data'], 'a key'));
    await changeNetwork(clients, shop);
    await changeOrganization(clients);
    await changePeople(clients, seeded);
  } finally {
    clients.close();
  }
}

async function changeIam(clients: Accounts, shop: string): Promise<void> {
  const iam = clients.client(IAMClient, shop, 'us-east-1');
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  await iam.send(new CreateRoleCommand({ RoleName: 'shop-new', AssumeRolePolicyDocument: trust }));
  await iam.send(new DeleteRolePolicyCommand({ RoleName: 'shop-job', PolicyName: 'job' }));
  await iam.send(new DeleteRoleCommand({ RoleName: 'shop-job' }));
  await iam.send(
    new PutUserPolicyCommand({ UserName: 'shop-ana', PolicyName: 'own', PolicyDocument: document('sqs:*') }),
  );
  const old = `arn:aws:iam::${shop}:oidc-provider/shop.ci.example`;
  await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: old }));
  await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: 'https://new.ci.example',
      ClientIDList: ['sts.amazonaws.com'],
      ThumbprintList: ['1'.repeat(40)],
    }),
  );
}

async function changeResources(clients: Accounts, shop: string, key: string): Promise<void> {
  const s3 = clients.client(S3Client, shop, 'eu-central-1');
  await s3.send(new DeleteBucketCommand({ Bucket: 'small-shop-logs' }));
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'small-shop-new',
      CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
    }),
  );
  const Policy = open('s3:GetObject', 'arn:aws:s3:::small-shop-files/public/*');
  await clients.client(S3Client, shop).send(new PutBucketPolicyCommand({ Bucket: 'small-shop-files', Policy }));

  const sqs = clients.client(SQSClient, shop);
  const urlOf = async (QueueName: string) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  await sqs.send(new DeleteQueueCommand({ QueueUrl: await urlOf('invoices') }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'returns' }));
  const Attributes = { Policy: open('sqs:SendMessage', '*') };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: await urlOf('orders'), Attributes }));

  const kms = clients.client(KMSClient, shop);
  await kms.send(new CreateKeyCommand({ Description: 'New' }));
  await kms.send(new PutKeyPolicyCommand({ KeyId: key, PolicyName: 'default', Policy: open('kms:Decrypt', '*') }));
}

async function changeNetwork(clients: Accounts, shop: string): Promise<void> {
  const ec2 = clients.client(EC2Client, shop);
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const idOf = (name: string) => SecurityGroups.find(({ GroupName }) => GroupName === name)?.GroupId;
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId: idOf('data') }));
  await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'new', Description: 'New' }));
  const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: idOf('web'), IpPermissions: [rule] }));
  await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
}

async function changeOrganization(clients: Accounts): Promise<void> {
  const client = clients.client(OrganizationsClient, managementAccount, 'us-east-1');
  const [root] = (await client.send(new ListRootsCommand({}))).Roots ?? [];
  await client.send(new CreateOrganizationalUnitCommand({ ParentId: root?.Id, Name: 'New' }));
  const Type = 'SERVICE_CONTROL_POLICY';
  const { Policies = [] } = await client.send(new ListPoliciesCommand({ Filter: Type }));
  const PolicyId = Policies.find(({ Name }) => Name === 'StayTogether')?.Id;
  await client.send(new UpdatePolicyCommand({ PolicyId, Content: document('sts:*').replace('Allow', 'Deny') }));
  const Content = document('iam:*').replace('Allow', 'Deny');
  await client.send(new CreatePolicyCommand({ Name: 'New', Description: 'New', Type, Content }));
}

async function changePeople(clients: Accounts, { identityCenter }: Seeded): Promise<void> {
  const { identityStoreId: IdentityStoreId, instanceArn: InstanceArn, permissionSets } = identityCenter;
  const store = clients.client(IdentitystoreClient, managementAccount);
  const name = { GivenName: 'Chloe', FamilyName: 'Martin' };
  await store.send(
    new CreateUserCommand({ IdentityStoreId, UserName: 'chloe', DisplayName: 'Chloe Martin', Name: name }),
  );
  await store.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'New' }));
  const { Groups = [] } = await store.send(new ListGroupsCommand({ IdentityStoreId }));
  const GroupId = Groups.find(({ DisplayName }) => DisplayName === 'Leads')?.GroupId;
  const { GroupMemberships = [] } = await store.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId }));
  for (const { MembershipId } of GroupMemberships) {
    await store.send(new DeleteGroupMembershipCommand({ IdentityStoreId, MembershipId }));
  }
  const admin = clients.client(SSOAdminClient, managementAccount);
  await admin.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'New', Description: 'New' }));
  const PermissionSetArn = required(permissionSets['Administrator'], 'a permission set');
  await admin.send(new UpdatePermissionSetCommand({ InstanceArn, PermissionSetArn, Description: 'Less' }));
}
