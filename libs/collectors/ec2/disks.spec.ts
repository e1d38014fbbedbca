import { expect, test } from 'vitest';
import { account, arn, collect, edgesOf, other, propertiesOf } from './fixtures/collect.ts';
import { image } from './image.ts';
import { snapshot } from './snapshot.ts';
import { volume } from './volume.ts';

const key = `arn:aws:kms:eu-west-1:${account}:key/1`;
const organization = 'arn:aws:organizations::999988887777:organization/o-1';
const unit = 'arn:aws:organizations::999988887777:ou/o-1/ou-1';

function snapshots(more = '<volumeId>vol-0a1</volumeId>'): string {
  return `<snapshotSet><item><snapshotId>snap-0a1</snapshotId><ownerId>${account}</ownerId>${more}<status>completed</status>
    <startTime>2026-01-02T03:04:05Z</startTime><volumeSize>8</volumeSize><encrypted>true</encrypted><kmsKeyId>${key}</kmsKeyId>
    </item></snapshotSet>`;
}

function permissions(...list: readonly string[]): string {
  return `<snapshotId>snap-0a1</snapshotId><createVolumePermission>${list
    .map((one) => `<item>${one}</item>`)
    .join('')}</createVolumePermission>`;
}

test('a snapshot is asked for by its owner, and each for whom it is shared with', async () => {
  const { asked } = await collect(snapshot, {
    DescribeSnapshots: snapshots(),
    DescribeSnapshotAttribute: permissions(),
  });

  expect(asked).toEqual([
    'DescribeSnapshots MaxResults=1000 Owner.1=self',
    'DescribeSnapshotAttribute Attribute=createVolumePermission SnapshotId=snap-0a1',
  ]);
});

test('a snapshot that is shared leads to the accounts that may read it', async () => {
  const made = await collect(snapshot, {
    DescribeSnapshots: snapshots(),
    DescribeSnapshotAttribute: permissions(`<userId>${other}</userId>`, '<userId>999988887777</userId>'),
  });

  expect(made.nodes).toEqual([
    {
      id: 'arn:aws:ec2:eu-west-1::snapshot/snap-0a1',
      labels: ['Ec2Snapshot', 'AwsResource'],
      aliases: ['snap-0a1'],
      properties: {
        account,
        region: 'eu-west-1',
        arn: 'arn:aws:ec2:eu-west-1::snapshot/snap-0a1',
        snapshotId: 'snap-0a1',
        isPublic: false,
        isEncrypted: true,
        state: 'completed',
        sizeBytes: 8 * 1024 ** 3,
        createdAt: '2026-01-02T03:04:05.000Z',
        tags: [],
      },
    },
  ]);
  expect(edgesOf(made)).toEqual([
    `MADE_FROM ${arn('volume/vol-0a1')}`,
    `ENCRYPTED_WITH ${key}`,
    `SHARED_WITH ${other}`,
    'SHARED_WITH 999988887777',
  ]);
});

test('a public snapshot is public, and a copy was made from no volume', async () => {
  const made = await collect(snapshot, {
    DescribeSnapshots: snapshots('<volumeId>vol-ffffffff</volumeId>'),
    DescribeSnapshotAttribute: permissions('<group>all</group>'),
  });

  expect(propertiesOf(made)).toMatchObject({ isPublic: true });
  expect(edgesOf(made)).toEqual([`ENCRYPTED_WITH ${key}`]);
});

function images(isPublic: boolean): string {
  return `<imagesSet><item><imageId>ami-0a1</imageId><name>golden</name><imageOwnerId>${account}</imageOwnerId>
    <isPublic>${isPublic}</isPublic><imageState>available</imageState><architecture>arm64</architecture>
    <creationDate>2026-01-02T03:04:05.000Z</creationDate><imdsSupport>v2.0</imdsSupport>
    <sourceImageId>ami-0b1</sourceImageId><sourceImageRegion>us-east-1</sourceImageRegion>
    <blockDeviceMapping><item><deviceName>/dev/xvda</deviceName><ebs><snapshotId>snap-0a1</snapshotId></ebs></item>
    <item><deviceName>/dev/sdb</deviceName><virtualName>ephemeral0</virtualName></item></blockDeviceMapping></item></imagesSet>`;
}

test('an image leads to the accounts, organizations and units that may start it, and to what it was made from', async () => {
  const made = await collect(image, {
    DescribeImages: images(false),
    DescribeImageAttribute: `<imageId>ami-0a1</imageId><launchPermission><item><userId>${other}</userId></item>
      <item><organizationArn>${organization}</organizationArn></item>
      <item><organizationalUnitArn>${unit}</organizationalUnitArn></item></launchPermission>`,
  });

  expect(made.nodes[0]).toMatchObject({ id: 'arn:aws:ec2:eu-west-1::image/ami-0a1', aliases: ['ami-0a1'] });
  expect(propertiesOf(made)).toEqual({
    name: 'golden',
    imageId: 'ami-0a1',
    isPublic: false,
    state: 'available',
    architecture: 'arm64',
    requiresMetadataToken: true,
    createdAt: '2026-01-02T03:04:05.000Z',
    tags: [],
  });
  expect(edgesOf(made)).toEqual([
    'MADE_FROM arn:aws:ec2:eu-west-1::snapshot/snap-0a1',
    'MADE_FROM arn:aws:ec2:us-east-1::image/ami-0b1',
    `SHARED_WITH ${other}`,
    `SHARED_WITH ${organization}`,
    `SHARED_WITH ${unit}`,
  ]);
  expect(made.asked).toEqual([
    'DescribeImages Owner.1=self IncludeDeprecated=true IncludeDisabled=true MaxResults=1000',
    'DescribeImageAttribute Attribute=launchPermission ImageId=ami-0a1',
  ]);
});

test('a public image is public', async () => {
  const made = await collect(image, {
    DescribeImages: images(true),
    DescribeImageAttribute: '<launchPermission><item><group>all</group></item></launchPermission>',
  });

  expect(propertiesOf(made)).toMatchObject({ isPublic: true });
  expect(edgesOf(made).filter((edge) => edge.startsWith('SHARED_WITH'))).toEqual([]);
});

test('a volume is joined to its machine, its snapshot and its key', async () => {
  const made = await collect(volume, {
    DescribeVolumes: `<volumeSet><item><volumeId>vol-0a1</volumeId><size>8</size><snapshotId>snap-0a1</snapshotId>
      <status>in-use</status><encrypted>true</encrypted><kmsKeyId>${key}</kmsKeyId><volumeType>gp3</volumeType>
      <attachmentSet><item><instanceId>i-0a1</instanceId></item></attachmentSet></item>
      <item><volumeId>vol-0a2</volumeId><snapshotId/><encrypted>false</encrypted></item></volumeSet>`,
  });

  expect(propertiesOf(made)).toEqual({
    volumeId: 'vol-0a1',
    state: 'in-use',
    volumeType: 'gp3',
    sizeBytes: 8 * 1024 ** 3,
    isEncrypted: true,
    tags: [],
  });
  // The second was made empty, and is joined to nothing.
  expect(edgesOf(made)).toEqual([
    `ATTACHED_TO ${arn('instance/i-0a1')}`,
    'MADE_FROM arn:aws:ec2:eu-west-1::snapshot/snap-0a1',
    `ENCRYPTED_WITH ${key}`,
  ]);
});
