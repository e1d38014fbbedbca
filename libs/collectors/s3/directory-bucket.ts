import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  S3Client,
  type S3ClientConfig,
  paginateListDirectoryBuckets,
} from '@aws-sdk/client-s3';
import { date, defineResource, eventResource, string, toKeyArn } from '@ag/resource';

/** Never opens a session, which would give access to objects; what is read here needs none. */
class SessionlessS3Client extends S3Client {
  constructor(configuration: S3ClientConfig) {
    super({ ...configuration, disableS3ExpressSessionAuth: true });
  }
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam.html
export const directoryBucket = defineResource('S3DirectoryBucket', {
  description:
    'A bucket in one availability zone. Who may open a session at it may use its objects: there are no ACLs.',
  docs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3express.html',
  scope: 'regional',
  client: SessionlessS3Client,
})
  .list('s3express:ListAllMyDirectoryBuckets', async function* ({ client }) {
    const pages = paginateListDirectoryBuckets({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.Buckets ?? [];
  })
  .detail('policy', 's3express:GetBucketPolicy', async ({ client }, { Name }) => {
    const answer = await client.send(new GetBucketPolicyCommand({ Bucket: Name }));
    return answer.Policy;
  })
  .detail('encryption', 's3express:GetEncryptionConfiguration', async ({ client }, { Name }) => {
    const answer = await client.send(new GetBucketEncryptionCommand({ Bucket: Name }));
    return answer.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  })
  .node(
    ({ item, place }) => `arn:${place.partition}:s3express:${place.region}:${place.account}:bucket/${item.Name ?? ''}`,
    {
      name: string('Bucket name with its zone: `robots--euw1-az1--x-s3`.', ({ item }) => item.Name, { indexed: true }),
      zoneId: string('The zone that its objects are in.', ({ item }) => zoneOf(item.Name)),
      createdAt: date('When it was made.', ({ item }) => item.CreationDate),
      encryptionAlgorithm: string(
        'How new objects are encrypted: AES256 or aws:kms.',
        ({ encryption }) => encryption?.SSEAlgorithm,
      ),
    },
  )
  .edge(
    'ENCRYPTED_WITH',
    'KmsKey',
    'New objects in the bucket are encrypted with the key.',
    ({ encryption, place }) => encryption?.KMSMasterKeyID && toKeyArn(encryption.KMSMasterKeyID, place),
  )
  .policy('resource', ({ policy }) => policy)
  .trail('s3express.amazonaws.com', (event) => eventResource(event, 's3express', 'bucket/'));

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html
function zoneOf(name: string | undefined): string | undefined {
  return /--([^-]+-[^-]+(?:-[^-]+)*)--x-s3$/.exec(name ?? '')?.[1];
}
