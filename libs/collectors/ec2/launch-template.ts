import { EC2Client, paginateDescribeLaunchTemplates } from '@aws-sdk/client-ec2';
import { date, defineResource, string } from '@ag/resource';
import { ec2Arn, tagList } from './names.ts';

export const launchTemplate = defineResource('Ec2LaunchTemplate', {
  description:
    'How virtual machines are to be started. Whoever may use it may start machines with the role that it names.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeLaunchTemplates', async function* ({ client }) {
    const pages = paginateDescribeLaunchTemplates({ client, pageSize: 200 }, {});
    for await (const page of pages) yield* page.LaunchTemplates ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'launch-template', item.LaunchTemplateId), {
    name: string('Template name.', ({ item }) => item.LaunchTemplateName, { indexed: true }),
    launchTemplateId: string('Template id.', ({ item }) => item.LaunchTemplateId, { indexed: true }),
    defaultVersion: string('The version that is used where none is asked for.', ({ item }) =>
      item.DefaultVersionNumber?.toString(),
    ),
    latestVersion: string('The newest version.', ({ item }) => item.LatestVersionNumber?.toString()),
    createdBy: string('The ARN of who made it.', ({ item }) => item.CreatedBy),
    createdAt: date('When it was made.', ({ item }) => item.CreateTime),
    tags: tagList,
  })
  .alias(({ item }) => item.LaunchTemplateId)
  .trail(
    'ec2.amazonaws.com',
    ({ resources }) => resources.find(({ type }) => type === 'AWS::EC2::LaunchTemplate')?.arn,
  );
