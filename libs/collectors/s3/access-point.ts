import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  ListTagsForResourceCommand,
  S3ControlClient,
  paginateListAccessPoints,
} from '@aws-sdk/client-s3-control';
import { boolean, date, defineResource, eventResource, string, strings, toTags } from '@ag/resource';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
export const accessPoint = defineResource('S3AccessPoint', {
  description:
    'A name by which a bucket is reached, with a policy of its own. Its policy and the bucket’s must both allow.',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  scope: 'regional',
  client: S3ControlClient,
})
  .list('s3:ListAccessPoints', async function* ({ client, place }) {
    const pages = paginateListAccessPoints({ client, pageSize: 1000 }, { AccountId: place.account });
    for await (const page of pages) yield* page.AccessPointList ?? [];
  })
  .detail('settings', 's3:GetAccessPoint', ({ client, place }, { Name }) =>
    client.send(new GetAccessPointCommand({ AccountId: place.account, Name })),
  )
  .detail('policy', 's3:GetAccessPointPolicy', async ({ client, place }, { Name }) => {
    const answer = await client.send(new GetAccessPointPolicyCommand({ AccountId: place.account, Name }));
    return answer.Policy;
  })
  .detail('tags', 's3:ListTagsForResource', async ({ client, place }, { AccessPointArn }) => {
    const answer = await client.send(
      new ListTagsForResourceCommand({ AccountId: place.account, ResourceArn: AccessPointArn }),
    );
    return answer.Tags;
  })
  .node(
    ({ item, place }) =>
      item.AccessPointArn ??
      `arn:${place.partition}:s3:${place.region}:${place.account}:accesspoint/${item.Name ?? ''}`,
    {
      name: string('Its name, unique in account and region.', ({ item }) => item.Name, { indexed: true }),
      accessPointAlias: string('The bucket name that stands for it.', ({ item }) => item.Alias),
      bucketName: string('The bucket that it leads to.', ({ item }) => item.Bucket),
      bucketAccount: string(
        'The account that owns the bucket.',
        ({ item, place }) => item.BucketAccountId ?? place.account,
      ),
      networkOrigin: string(
        'Internet, or VPC where it takes requests from one network only.',
        ({ item }) => item.NetworkOrigin,
      ),
      vpcId: string('The network that it takes requests from.', ({ item }) => item.VpcConfiguration?.VpcId),
      dataSourceType: string(
        'What it leads to where that is no bucket: FSX_OPENZFS …',
        ({ item }) => item.DataSourceType,
      ),
      createdAt: date('When it was made.', ({ settings }) => settings?.CreationDate),
      blocksPublicAcls: boolean(
        'Whether public ACLs are refused through it.',
        ({ settings }) => settings?.PublicAccessBlockConfiguration?.BlockPublicAcls,
      ),
      ignoresPublicAcls: boolean(
        'Whether public ACLs have no effect through it.',
        ({ settings }) => settings?.PublicAccessBlockConfiguration?.IgnorePublicAcls,
      ),
      blocksPublicPolicy: boolean(
        'Whether it refuses a public policy.',
        ({ settings }) => settings?.PublicAccessBlockConfiguration?.BlockPublicPolicy,
      ),
      restrictsPublicBuckets: boolean(
        'Whether a public policy works through it for its account and AWS services only.',
        ({ settings }) => settings?.PublicAccessBlockConfiguration?.RestrictPublicBuckets,
      ),
      tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
    },
  )
  .edge('LEADS_TO', 'S3Bucket', 'Requests to the access point reach the objects of the bucket.', ({ item, place }) =>
    item.Bucket === undefined || item.DataSourceType !== undefined
      ? undefined
      : `arn:${place.partition}:s3:::${item.Bucket}`,
  )
  .policy('accessPoint', ({ policy }) => policy)
  .trail('s3.amazonaws.com', (event) => eventResource(event, 's3', 'accesspoint/'));
