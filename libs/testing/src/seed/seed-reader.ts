import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Accounts } from './clients.ts';
import { awsPolicy } from './seed-iam.ts';
import { managementAccount } from './seed-organization.ts';

/** The role that the collector assumes in each member account, and the external id that it must present. */
export const readerRole = { name: 'accessgraph-reader', externalId: '5b1f0c52-6d7e-4b0e-9a53-2f1f4d2c9e10' };

/** When AWS says that the collector's role was last used: hours ago, whenever one asks. */
export const readerLastUsed = { at: '2026-11-24T05:00:00Z', region: 'eu-west-1' };

/** Makes the role in a member account; answers its ARN. */
export async function seedReader(account: string, clients: Accounts): Promise<string> {
  const client = clients.client(IAMClient, account, 'us-east-1');
  await client.send(
    new CreateRoleCommand({
      RoleName: readerRole.name,
      Description: 'Lets AccessGraph read',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${managementAccount}:root` },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'sts:ExternalId': readerRole.externalId } },
          },
        ],
      }),
    }),
  );
  await client.send(new AttachRolePolicyCommand({ RoleName: readerRole.name, PolicyArn: awsPolicy('SecurityAudit') }));
  // AWS makes this role with the account and gives it everything; the emulator gives it nothing.
  const PolicyArn = awsPolicy('AdministratorAccess');
  await client.send(new AttachRolePolicyCommand({ RoleName: 'OrganizationAccountAccessRole', PolicyArn }));
  return `arn:aws:iam::${account}:role/${readerRole.name}`;
}
