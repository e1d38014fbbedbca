import { DescribeKeyPairsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { date, defineResource, string } from '@ag/resource';
import { ec2Arn, tagList } from './names.ts';

export const keyPair = defineResource('Ec2KeyPair', {
  description: 'A key for signing in to virtual machines. AWS keeps the public half only.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html',
  scope: 'regional',
  client: EC2Client,
})
  // It answers with all of them at once.
  .list('ec2:DescribeKeyPairs', async function* ({ client }) {
    const answer = await client.send(new DescribeKeyPairsCommand({}));
    yield* answer.KeyPairs ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'key-pair', item.KeyName), {
    name: string('Key name.', ({ item }) => item.KeyName, { indexed: true }),
    keyPairId: string('Key pair id.', ({ item }) => item.KeyPairId, { indexed: true }),
    keyType: string('`rsa` or `ed25519`.', ({ item }) => item.KeyType),
    fingerprint: string('The fingerprint of the key.', ({ item }) => item.KeyFingerprint),
    createdAt: date('When it was made or imported.', ({ item }) => item.CreateTime),
    tags: tagList,
  })
  .alias(({ item }) => item.KeyPairId);
