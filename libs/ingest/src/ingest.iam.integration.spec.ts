import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { registry } from '@ag/collectors';
import { openConnection, quietSdk } from '@ag/connect';
import { beforeAll, expect, inject, test } from 'vitest';
import { ingest } from './ingest.ts';

const endpoint = inject('awsEndpoint');
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">${'<!-- padding -->'.repeat(100)}</EntityDescriptor>`;

quietSdk();

beforeAll(async () => {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials });
  await iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
  for (const UserName of ['ann', 'bob', 'eve', 'joe']) {
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName: 'developers' }));
  }
  for (const UserName of ['ann', 'bob']) await iam.send(new CreateAccessKeyCommand({ UserName }));
  for (const RoleName of ['web', 'batch', 'audit']) {
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
  }
  await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: 'https://ci.example.com', ThumbprintList: ['a'.repeat(40)] }),
  );
  await iam.send(new CreateSAMLProviderCommand({ Name: 'idp', SAMLMetadataDocument: metadata }));
  iam.destroy();
});

test('an account’s IAM is read in as many calls as promised', async () => {
  const connection = await openConnection(
    { endpointUrl: endpoint, regions: ['us-east-1'] },
    { credentials: () => Promise.resolve(credentials) },
  );
  const labels: string[] = [];

  const { calls, gaps } = await ingest({
    connection,
    registry: {
      definitions: registry.definitions.filter(({ list }) => list.action.startsWith('iam:')),
      readers: registry.readers.filter(({ name }) => name.startsWith('iam/')),
    },
    log: { info: () => undefined, warn: () => undefined },
    onContent: ({ nodes }) => {
      labels.push(...nodes.map((node) => node.labels[0]));
      return Promise.resolve();
    },
  });

  const counted = Object.entries(calls[connection.account] ?? {}).filter(([action]) => action.startsWith('iam:'));
  const total = counted.reduce((sum, [, count]) => sum + count, 0);
  const entities = labels.filter((label) => ['IamUser', 'IamGroup', 'IamRole', 'IamPolicy'].includes(label)).length;
  const providers = labels.filter((label) => ['SamlProvider', 'OidcProvider'].includes(label)).length;
  const usersWithKeys = 2;
  expect({ gaps, providers, keys: labels.filter((label) => label === 'IamAccessKey').length }).toEqual({
    gaps: 0,
    providers: 2,
    keys: 2,
  });
  expect(total).toBeLessThanOrEqual(Math.ceil(entities / 1000) + 8 + providers + usersWithKeys);
});
