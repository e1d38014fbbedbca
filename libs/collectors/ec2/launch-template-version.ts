import {
  EC2Client,
  type LaunchTemplateVersion,
  type ResponseLaunchTemplateData,
  paginateDescribeLaunchTemplateVersions,
} from '@aws-sdk/client-ec2';
import { boolean, date, defineResource, number, string } from '@ag/resource';
import { findEc2Arn, idsOf, imageArn } from './names.ts';

// Without template ids, two words ask for the versions that count of all templates at once.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html
export const launchTemplateVersion = defineResource('Ec2LaunchTemplateVersion', {
  description: 'The default or the newest version of a launch template: what its machines are started with.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeLaunchTemplateVersions', async function* ({ client }) {
    const input = { Versions: ['$Latest', '$Default'] };
    for await (const page of paginateDescribeLaunchTemplateVersions({ client, pageSize: 200 }, input)) {
      for (const version of page.LaunchTemplateVersions ?? []) yield withoutUserData(version);
    }
  })
  .node(
    ({ item: { LaunchTemplateId, VersionNumber } }) => {
      if (!LaunchTemplateId || VersionNumber === undefined) throw new Error('the answer names no version');
      return `${LaunchTemplateId}:${VersionNumber}`;
    },
    {
      name: string('Template name.', ({ item }) => item.LaunchTemplateName, { indexed: true }),
      version: string('Its number in the template.', ({ item }) => item.VersionNumber?.toString()),
      description: string('What its author wrote about it.', ({ item }) => item.VersionDescription),
      isDefault: boolean('Whether it is used where no version is asked for.', ({ item }) => item.DefaultVersion),
      instanceType: string('The size of its machines.', ({ item }) => item.data.InstanceType),
      imageId: string('What its machines start from: an image, or `resolve:ssm:…`.', ({ item }) => item.data.ImageId),
      requiresMetadataToken: boolean(
        'Whether its machines give out their credentials by IMDSv2 only; absent where the account’s default says it.',
        ({ item }) => {
          const tokens = item.data.MetadataOptions?.HttpTokens;
          return tokens === undefined ? undefined : tokens === 'required';
        },
      ),
      metadataHopCount: number(
        'How far their credentials may travel: more than 1 reaches containers.',
        ({ item }) => item.data.MetadataOptions?.HttpPutResponseHopLimit,
      ),
      hasUserData: boolean(
        'Whether its machines run a script as they start. It is not kept.',
        ({ item }) => item.hasUserData,
      ),
      createdBy: string('The ARN of who made it.', ({ item }) => item.CreatedBy),
      createdAt: date('When it was made.', ({ item }) => item.CreateTime),
    },
  )
  .edge('VERSION_OF', 'Ec2LaunchTemplate', 'It is a version of the template.', ({ item, place }) =>
    findEc2Arn(place, 'launch-template', item.LaunchTemplateId),
  )
  .edge('USES', 'IamInstanceProfile', 'Its machines are given their role by the profile.', ({ item, place }) => {
    const { Arn, Name } = item.data.IamInstanceProfile ?? {};
    // By name it may stand below a path that is not told: the profile answers to this form, too.
    return Arn ?? (Name ? `arn:${place.partition}:iam::${place.account}:instance-profile/${Name}` : undefined);
  })
  .edge('STARTED_FROM', 'Ec2Image', 'Its machines start from the image.', ({ item, place }) =>
    item.data.ImageId?.startsWith('ami-') ? imageArn(place, item.data.ImageId) : undefined,
  )
  .edge('ACCEPTS_KEY', 'Ec2KeyPair', 'Whoever holds the key can sign in to its machines.', ({ item, place }) =>
    findEc2Arn(place, 'key-pair', item.data.KeyName),
  )
  .edge('IN_SECURITY_GROUP', 'Ec2SecurityGroup', 'The group decides which traffic reaches its machines.', ({ item }) =>
    idsOf([
      ...(item.data.SecurityGroupIds ?? []),
      ...(item.data.NetworkInterfaces ?? []).flatMap(({ Groups }) => Groups ?? []),
    ]),
  )
  .edge('IN_SUBNET', 'Ec2Subnet', 'Its machines have an address in the subnet.', ({ item }) =>
    idsOf(item.data.NetworkInterfaces?.map(({ SubnetId }) => SubnetId)),
  );

type Data = Omit<ResponseLaunchTemplateData, 'UserData'>;

/** People put secrets into user data: it is dropped before anything is made of a version. */
function withoutUserData({ LaunchTemplateData = {}, ...version }: LaunchTemplateVersion) {
  const { UserData, ...rest } = LaunchTemplateData;
  const data: Data = rest;
  return { ...version, data, hasUserData: UserData !== undefined && UserData !== '' };
}
