import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  S3Client,
  type Grant,
  paginateListBuckets,
} from '@aws-sdk/client-s3';
import { boolean, date, defineResource, json, string, strings, toKeyArn, toTags } from '@ag/resource';

// All buckets of an account are listed at once, and each answers in its own region: the client follows the redirect there.
export const bucket = defineResource('S3Bucket', {
  description: 'A bucket. Its policy, its ACL and the public access blocks decide together who gets at its objects.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
  scope: 'global',
  client: S3Client,
})
  .list('s3:ListAllMyBuckets', async function* ({ client }) {
    // Only a request that asks for pages is answered with each bucket's region.
    for await (const page of paginateListBuckets({ client, pageSize: 1000 }, {})) yield* page.Buckets ?? [];
  })
  .detail('location', 's3:GetBucketLocation', async ({ client }, { Name, BucketRegion }) => {
    if (BucketRegion !== undefined) return BucketRegion;
    const answer = await client.send(new GetBucketLocationCommand({ Bucket: Name }));
    return regionOf(answer.LocationConstraint);
  })
  .detail('policy', 's3:GetBucketPolicy', async ({ client }, { Name }) => {
    const answer = await client.send(new GetBucketPolicyCommand({ Bucket: Name }));
    return answer.Policy;
  })
  .detail('publicAccessBlock', 's3:GetBucketPublicAccessBlock', async ({ client }, { Name }) => {
    const answer = await client.send(new GetPublicAccessBlockCommand({ Bucket: Name }));
    return answer.PublicAccessBlockConfiguration;
  })
  .detail('ownership', 's3:GetBucketOwnershipControls', async ({ client }, { Name }) => {
    const answer = await client.send(new GetBucketOwnershipControlsCommand({ Bucket: Name }));
    return answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
  })
  .detail('acl', 's3:GetBucketAcl', ({ client }, { Name }) => client.send(new GetBucketAclCommand({ Bucket: Name })))
  .detail('encryption', 's3:GetEncryptionConfiguration', async ({ client }, { Name }) => {
    const answer = await client.send(new GetBucketEncryptionCommand({ Bucket: Name }));
    return answer.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  })
  .detail('tags', 's3:GetBucketTagging', async ({ client }, { Name }) => {
    const answer = await client.send(new GetBucketTaggingCommand({ Bucket: Name }));
    return answer.TagSet;
  })
  .node(({ item, place }) => `arn:${place.partition}:s3:::${item.Name ?? ''}`, {
    name: string('Bucket name, unique in the world.', ({ item }) => item.Name, { indexed: true }),
    region: string('Where its objects are.', ({ item, location }) => item.BucketRegion ?? location),
    createdAt: date('When it was made.', ({ item }) => item.CreationDate),
    blocksPublicAcls: boolean(
      'Whether it refuses new public ACLs.',
      ({ publicAccessBlock }) => publicAccessBlock?.BlockPublicAcls ?? false,
    ),
    ignoresPublicAcls: boolean(
      'Whether its public ACLs have no effect.',
      ({ publicAccessBlock }) => publicAccessBlock?.IgnorePublicAcls ?? false,
    ),
    blocksPublicPolicy: boolean(
      'Whether it refuses a public policy.',
      ({ publicAccessBlock }) => publicAccessBlock?.BlockPublicPolicy ?? false,
    ),
    restrictsPublicBuckets: boolean(
      'Whether a public policy of it works for its account and AWS services only.',
      ({ publicAccessBlock }) => publicAccessBlock?.RestrictPublicBuckets ?? false,
    ),
    // A bucket without ownership controls was made before they were: ACLs count, and objects belong to their writers.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
    objectOwnership: string(
      'BucketOwnerEnforced (ACLs are off), BucketOwnerPreferred or ObjectWriter.',
      ({ ownership }) => ownership ?? 'ObjectWriter',
    ),
    acl: json('Its owner and the grants of its ACL.', ({ acl }) => ({
      ownerCanonicalId: acl?.Owner?.ID,
      grants: (acl?.Grants ?? []).map(toGrant),
    })),
    encryptionAlgorithm: string(
      'How new objects are encrypted: AES256, aws:kms or aws:kms:dsse.',
      ({ encryption }) => encryption?.SSEAlgorithm,
    ),
    tags: strings('Tags as `key=value`.', ({ tags }) => toTags(tags)),
  })
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'New objects in the bucket are encrypted with the key.',
    ({ item, location, encryption, place }) => {
      const region = item.BucketRegion ?? location;
      if (!encryption?.KMSMasterKeyID || region === undefined) return undefined;
      return toKeyArn(encryption.KMSMasterKeyID, { ...place, region });
    },
  )
  .policy('resource', ({ policy }) => policy)
  .trail('s3.amazonaws.com', ({ resources }) => resources.find(({ type }) => type === 'AWS::S3::Bucket')?.arn);

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
function regionOf(constraint: string | undefined): string {
  if (constraint === undefined || constraint === '') return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
}

function toGrant({ Grantee, Permission }: Grant) {
  return {
    granteeType: Grantee?.Type,
    grantee: Grantee?.URI ?? Grantee?.ID ?? Grantee?.EmailAddress,
    permission: Permission,
  };
}
