import { expect, test } from 'vitest';
import { account, arn, collect, edgesOf, propertiesOf } from './fixtures/collect.ts';
import { instance } from './instance.ts';
import { instanceProfileAssociation } from './instance-profile-association.ts';
import { keyPair } from './key-pair.ts';
import { launchTemplate } from './launch-template.ts';
import { launchTemplateVersion } from './launch-template-version.ts';

const profile = `arn:aws:iam::${account}:instance-profile/web`;
const canary = 'AKIACANARYCANARY1234';

test('an instance says how its credentials are given out, and names all that it is joined to', async () => {
  const made = await collect(instance, {
    DescribeInstances: `<reservationSet><item><reservationId>r-1</reservationId><ownerId>${account}</ownerId><instancesSet><item>
      <instanceId>i-0a1</instanceId><imageId>ami-0a1</imageId><instanceState><code>16</code><name>running</name></instanceState>
      <keyName>ops</keyName><instanceType>t3.micro</instanceType><launchTime>2026-01-02T03:04:05Z</launchTime>
      <subnetId>subnet-0a1</subnetId><vpcId>vpc-0a1</vpcId><privateIpAddress>10.0.0.5</privateIpAddress>
      <groupSet><item><groupId>sg-0a1</groupId></item></groupSet>
      <iamInstanceProfile><arn>${profile}</arn><id>AIPA1</id></iamInstanceProfile>
      <metadataOptions><state>applied</state><httpTokens>optional</httpTokens><httpPutResponseHopLimit>2</httpPutResponseHopLimit>
      <httpEndpoint>enabled</httpEndpoint></metadataOptions>
      <tagSet><item><key>Name</key><value>web-1</value></item></tagSet></item></instancesSet></item></reservationSet>`,
  });

  expect(made.nodes).toEqual([
    {
      id: arn('instance/i-0a1'),
      labels: ['Ec2Instance', 'AwsResource'],
      aliases: ['i-0a1'],
      properties: {
        account,
        region: 'eu-west-1',
        arn: arn('instance/i-0a1'),
        name: 'web-1',
        instanceId: 'i-0a1',
        instanceType: 't3.micro',
        imageId: 'ami-0a1',
        state: 'running',
        launchedAt: '2026-01-02T03:04:05.000Z',
        privateIpAddress: '10.0.0.5',
        requiresMetadataToken: false,
        metadataHopCount: 2,
        servesMetadata: true,
        tags: ['Name=web-1'],
      },
    },
  ]);
  expect(edgesOf(made)).toEqual([
    `USES ${profile}`,
    'IN_SECURITY_GROUP sg-0a1',
    'IN_SUBNET subnet-0a1',
    'IN_VPC vpc-0a1',
    'STARTED_FROM arn:aws:ec2:eu-west-1::image/ami-0a1',
    `ACCEPTS_KEY ${arn('key-pair/ops')}`,
  ]);
});

test('an association has no ARN: it is known by its id, and says how far it has come', async () => {
  const made = await collect(instanceProfileAssociation, {
    DescribeIamInstanceProfileAssociations: `<iamInstanceProfileAssociationSet><item>
      <associationId>iip-assoc-0a1</associationId><instanceId>i-0a1</instanceId><state>disassociating</state>
      <iamInstanceProfile><arn>${profile}</arn><id>AIPA1</id></iamInstanceProfile></item></iamInstanceProfileAssociationSet>`,
  });

  expect(made).toMatchObject({
    nodes: [
      {
        id: 'iip-assoc-0a1',
        labels: ['Ec2InstanceProfileAssociation', 'AwsResource'],
        properties: { account, region: 'eu-west-1', state: 'disassociating' },
      },
    ],
    edges: [
      { type: 'ATTACHED_TO', from: 'iip-assoc-0a1', to: arn('instance/i-0a1'), properties: {} },
      { type: 'USES', from: 'iip-assoc-0a1', to: profile, properties: {} },
    ],
    asked: ['DescribeIamInstanceProfileAssociations MaxResults=1000'],
  });
});

test('the versions of all templates that count come in one call', async () => {
  const { asked } = await collect(launchTemplateVersion, {
    DescribeLaunchTemplateVersions: '<launchTemplateVersionSet/>',
  });

  expect(asked).toEqual([
    'DescribeLaunchTemplateVersions LaunchTemplateVersion.1=$Latest LaunchTemplateVersion.2=$Default MaxResults=200',
  ]);
});

function version(number: number, data: string): string {
  return `<item><launchTemplateId>lt-0a1</launchTemplateId><launchTemplateName>web</launchTemplateName>
    <versionNumber>${number}</versionNumber><defaultVersion>${number === 1}</defaultVersion>
    <launchTemplateData>${data}</launchTemplateData></item>`;
}

test('a version of a template says with which role, image and network its machines start', async () => {
  const made = await collect(launchTemplateVersion, {
    DescribeLaunchTemplateVersions: `<launchTemplateVersionSet>${version(
      2,
      `<imageId>ami-0a1</imageId><keyName>ops</keyName><iamInstanceProfile><arn>${profile}</arn></iamInstanceProfile>
       <metadataOptions><httpTokens>required</httpTokens><httpPutResponseHopLimit>1</httpPutResponseHopLimit></metadataOptions>
       <securityGroupIdSet><item>sg-0a1</item></securityGroupIdSet>
       <networkInterfaceSet><item><subnetId>subnet-0a1</subnetId><groupSet><groupId>sg-0a2</groupId></groupSet></item></networkInterfaceSet>`,
    )}</launchTemplateVersionSet>`,
  });

  expect(made.nodes).toEqual([
    {
      id: 'lt-0a1:2',
      labels: ['Ec2LaunchTemplateVersion', 'AwsResource'],
      properties: {
        account,
        region: 'eu-west-1',
        name: 'web',
        version: '2',
        isDefault: false,
        imageId: 'ami-0a1',
        requiresMetadataToken: true,
        metadataHopCount: 1,
        hasUserData: false,
      },
    },
  ]);
  expect(edgesOf(made)).toEqual([
    `VERSION_OF ${arn('launch-template/lt-0a1')}`,
    `USES ${profile}`,
    'STARTED_FROM arn:aws:ec2:eu-west-1::image/ami-0a1',
    `ACCEPTS_KEY ${arn('key-pair/ops')}`,
    'IN_SECURITY_GROUP sg-0a1',
    'IN_SECURITY_GROUP sg-0a2',
    'IN_SUBNET subnet-0a1',
  ]);
});

test('a profile that is named, and an image that a parameter names, are told as far as they are known', async () => {
  const made = await collect(launchTemplateVersion, {
    DescribeLaunchTemplateVersions: `<launchTemplateVersionSet>${version(
      1,
      '<imageId>resolve:ssm:/images/web</imageId><iamInstanceProfile><name>web</name></iamInstanceProfile>',
    )}</launchTemplateVersionSet>`,
  });

  expect(propertiesOf(made)).toMatchObject({ imageId: 'resolve:ssm:/images/web', isDefault: true });
  expect(propertiesOf(made)).not.toHaveProperty('requiresMetadataToken');
  expect(edgesOf(made)).toEqual([`VERSION_OF ${arn('launch-template/lt-0a1')}`, `USES ${profile}`]);
});

test('user data is dropped before anything is made of a template: only that there is some is kept', async () => {
  const made = await collect(launchTemplateVersion, {
    DescribeLaunchTemplateVersions: `<launchTemplateVersionSet>${version(
      1,
      `<userData>${Buffer.from(`export KEY=${canary}`).toString('base64')}</userData>`,
    )}${version(2, `<userData>${canary}</userData>`)}</launchTemplateVersionSet>`,
  });

  expect(made.nodes.map(({ properties }) => properties['hasUserData'])).toEqual([true, true]);
  expect(JSON.stringify([made.items, made.nodes, made.edges])).not.toMatch(/AKIACANARY|ZXhwb3J0/);
});

test('key pairs are known by name, which instances name them by', async () => {
  const made = await collect(keyPair, {
    DescribeKeyPairs: `<keySet><item><keyPairId>key-0a1</keyPairId><keyName>ops</keyName><keyType>ed25519</keyType>
      <keyFingerprint>aa:bb</keyFingerprint><createTime>2026-01-02T03:04:05Z</createTime></item></keySet>`,
  });

  expect(made.nodes[0]).toMatchObject({ id: arn('key-pair/ops'), aliases: ['key-0a1'] });
  expect(propertiesOf(made)).toEqual({
    name: 'ops',
    keyPairId: 'key-0a1',
    keyType: 'ed25519',
    fingerprint: 'aa:bb',
    createdAt: '2026-01-02T03:04:05.000Z',
    tags: [],
  });
});

test('a template names its default and its newest version', async () => {
  const made = await collect(launchTemplate, {
    DescribeLaunchTemplates: [
      `<launchTemplates><item><launchTemplateId>lt-0a1</launchTemplateId><launchTemplateName>web</launchTemplateName>
       <defaultVersionNumber>1</defaultVersionNumber><latestVersionNumber>3</latestVersionNumber></item></launchTemplates>
       <nextToken>more</nextToken>`,
      `<launchTemplates><item><launchTemplateId>lt-0a2</launchTemplateId></item></launchTemplates>`,
    ],
  });

  expect(made.nodes.map(({ id }) => id)).toEqual([arn('launch-template/lt-0a1'), arn('launch-template/lt-0a2')]);
  expect(propertiesOf(made)).toMatchObject({ name: 'web', defaultVersion: '1', latestVersion: '3' });
  expect(made.asked).toEqual([
    'DescribeLaunchTemplates MaxResults=200',
    'DescribeLaunchTemplates NextToken=more MaxResults=200',
  ]);
});

test('an item without an id has no node', async () => {
  await expect(collect(keyPair, { DescribeKeyPairs: '<keySet><item/></keySet>' })).rejects.toThrow(
    'the answer names no id of the key-pair',
  );
});
