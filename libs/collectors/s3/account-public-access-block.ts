import {
  GetPublicAccessBlockCommand,
  type PublicAccessBlockConfiguration,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { boolean, defineResource } from '@ag/resource';

export const accountPublicAccessBlock = defineResource('S3AccountPublicAccessBlock', {
  description: 'What an account blocks for all its buckets, on top of each bucket’s own block.',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  scope: 'global',
  client: S3ControlClient,
})
  .list('s3:GetAccountPublicAccessBlock', async function* ({ client, place }) {
    yield await readBlock(client, place.account);
  })
  .node(({ place }) => `arn:${place.partition}:s3::${place.account}:public-access-block`, {
    blocksPublicAcls: boolean('Whether buckets refuse new public ACLs.', ({ item }) => item.BlockPublicAcls ?? false),
    ignoresPublicAcls: boolean('Whether public ACLs have no effect.', ({ item }) => item.IgnorePublicAcls ?? false),
    blocksPublicPolicy: boolean(
      'Whether buckets refuse a public policy.',
      ({ item }) => item.BlockPublicPolicy ?? false,
    ),
    restrictsPublicBuckets: boolean(
      'Whether a public policy works for the account and AWS services only.',
      ({ item }) => item.RestrictPublicBuckets ?? false,
    ),
  });

/** The account's block; an account that never set one blocks nothing. */
async function readBlock(client: S3ControlClient, account: string): Promise<PublicAccessBlockConfiguration> {
  try {
    const answer = await client.send(new GetPublicAccessBlockCommand({ AccountId: account }));
    return answer.PublicAccessBlockConfiguration ?? {};
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchPublicAccessBlockConfiguration') return {};
    throw error;
  }
}
