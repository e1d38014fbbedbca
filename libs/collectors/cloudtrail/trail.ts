import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Tag,
  paginateListTags,
} from '@aws-sdk/client-cloudtrail';
import { boolean, date, defineResource, json, string, strings, toKeyArn, toTags } from '@ag/resource';
import { managementEvents, toSelectors } from './management-events.ts';

export const trail = defineResource('CloudTrailTrail', {
  description:
    'Writes what is done in an account, or in an organization, to a bucket. What it leaves out nobody can look up there.',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html',
  scope: 'regional',
  client: CloudTrailClient,
})
  // Its copies in other regions and, of an organization's trail, in member accounts are left out.
  .list('cloudtrail:DescribeTrails', async function* ({ client }) {
    const answer = await client.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
    yield* answer.trailList ?? [];
  })
  .detail('status', 'cloudtrail:GetTrailStatus', ({ client }, { TrailARN }) =>
    client.send(new GetTrailStatusCommand({ Name: TrailARN })),
  )
  .detail('selectors', 'cloudtrail:GetEventSelectors', ({ client }, { TrailARN }) =>
    client.send(new GetEventSelectorsCommand({ TrailName: TrailARN })),
  )
  .detail('tags', 'cloudtrail:ListTags', async ({ client }, { TrailARN = '' }) => {
    const tags: Tag[] = [];
    for await (const page of paginateListTags({ client }, { ResourceIdList: [TrailARN] })) {
      tags.push(...(page.ResourceTagList ?? []).flatMap(({ TagsList }) => TagsList ?? []));
    }
    return tags;
  })
  .node(({ item }) => item.TrailARN ?? '', {
    name: string('Trail name.', ({ item }) => item.Name, { indexed: true }),
    isLogging: boolean('Whether it is writing.', ({ status }) => status?.IsLogging),
    isMultiRegion: boolean('Whether it writes what is done in every region.', ({ item }) => item.IsMultiRegionTrail),
    isOrganization: boolean(
      'Whether it writes what is done in every account of the organization.',
      ({ item }) => item.IsOrganizationTrail,
    ),
    includesGlobalServices: boolean(
      'Whether it writes what is done in services without regions, such as IAM.',
      ({ item }) => item.IncludeGlobalServiceEvents,
    ),
    validatesFiles: boolean(
      'Whether it signs its files, so that a change shows.',
      ({ item }) => item.LogFileValidationEnabled,
    ),
    managementEvents: string(
      'Which calls that manage resources it writes: All, ReadOnly, WriteOnly or None; `Selected` where its rules go further.',
      ({ selectors }) => selectors && managementEvents(selectors),
    ),
    eventSelectors: json(
      'What it writes: its selectors, basic or advanced.',
      ({ selectors }) => selectors && toSelectors(selectors),
    ),
    bucketPrefix: string('Where in the bucket it writes.', ({ item }) => item.S3KeyPrefix),
    logGroupArn: string('The log group that it writes to as well.', ({ item }) => item.CloudWatchLogsLogGroupArn),
    // When it last wrote is left out: it would be new in every run.
    deliveryError: string('Why it last could not write.', ({ status }) => status?.LatestDeliveryError),
    startedAt: date('When it was last started.', ({ status }) => status?.StartLoggingTime),
    stoppedAt: date('When it was last stopped.', ({ status }) => status?.StopLoggingTime),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge('WRITES_TO', 'S3Bucket', 'The trail’s files are in the bucket.', ({ item, place }) =>
    item.S3BucketName === undefined ? undefined : `arn:${place.partition}:s3:::${item.S3BucketName}`,
  )
  .edge('NOTIFIES', 'AwsResource', 'The topic hears of each file.', ({ item }) => item.SnsTopicARN)
  .edge(
    'RUNS_AS',
    'IamRole',
    'The trail acts as the role to write to its log group.',
    ({ item }) => item.CloudWatchLogsRoleArn,
  )
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'Its files are encrypted with the key.',
    ({ item, place }) => item.KmsKeyId && toKeyArn(item.KmsKeyId, place),
  )
  .trail(
    'cloudtrail.amazonaws.com',
    ({ resources }) => resources.find(({ type }) => type === 'AWS::CloudTrail::Trail')?.arn,
  );
