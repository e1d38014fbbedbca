import {
  GetMultiRegionAccessPointPolicyCommand,
  S3ControlClient,
  type S3ControlClientConfig,
  paginateListMultiRegionAccessPoints,
} from '@aws-sdk/client-s3-control';
import { boolean, date, defineResource, eventResource, string, strings } from '@ag/resource';

/** Multi-Region access points are managed in one region. https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html */
class OregonS3ControlClient extends S3ControlClient {
  constructor(configuration: S3ControlClientConfig) {
    super({ ...configuration, region: 'us-west-2' });
  }
}

export const multiRegionAccessPoint = defineResource('S3MultiRegionAccessPoint', {
  description:
    'One name for buckets in several regions. Its policy and that of the bucket that answers must both allow.',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointPermissions.html',
  scope: 'global',
  client: OregonS3ControlClient,
})
  .list('s3:ListMultiRegionAccessPoints', async function* ({ client, place }) {
    // Only the standard partition has them.
    if (place.partition !== 'aws') return;
    const pages = paginateListMultiRegionAccessPoints({ client, pageSize: 1000 }, { AccountId: place.account });
    for await (const page of pages) yield* page.AccessPoints ?? [];
  })
  // A new policy is proposed, and established once every region has it: until then the old one decides.
  .detail('policy', 's3:GetMultiRegionAccessPointPolicy', async ({ client, place }, { Name }) => {
    const answer = await client.send(new GetMultiRegionAccessPointPolicyCommand({ AccountId: place.account, Name }));
    return answer.Policy;
  })
  .node(({ item, place }) => `arn:${place.partition}:s3::${place.account}:accesspoint/${item.Alias ?? ''}`, {
    name: string('Its name, unique in the account.', ({ item }) => item.Name, { indexed: true }),
    accessPointAlias: string('Its name in ARNs: `mfzwi23gnjvgw.mrap`.', ({ item }) => item.Alias, { indexed: true }),
    state: string('READY, CREATING …', ({ item }) => item.Status),
    bucketRegions: strings('The regions of its buckets.', ({ item }) =>
      (item.Regions ?? []).flatMap(({ Region }) => Region ?? []).sort(),
    ),
    createdAt: date('When it was made.', ({ item }) => item.CreatedAt),
    blocksPublicAcls: boolean(
      'Whether public ACLs are refused through it.',
      ({ item }) => item.PublicAccessBlock?.BlockPublicAcls,
    ),
    ignoresPublicAcls: boolean(
      'Whether public ACLs have no effect through it.',
      ({ item }) => item.PublicAccessBlock?.IgnorePublicAcls,
    ),
    blocksPublicPolicy: boolean(
      'Whether it refuses a public policy.',
      ({ item }) => item.PublicAccessBlock?.BlockPublicPolicy,
    ),
    restrictsPublicBuckets: boolean(
      'Whether a public policy works through it for its account and AWS services only.',
      ({ item }) => item.PublicAccessBlock?.RestrictPublicBuckets,
    ),
  })
  .edge('LEADS_TO', 'S3Bucket', 'Requests to the access point reach the objects of the bucket.', ({ item, place }) =>
    (item.Regions ?? []).flatMap(({ Bucket }) =>
      Bucket === undefined ? [] : [`arn:${place.partition}:s3:::${Bucket}`],
    ),
  )
  .policy('accessPoint', ({ policy }) => policy?.Established?.Policy || undefined)
  .trail('s3.amazonaws.com', (event) => eventResource(event, 's3', 'accesspoint/'));
