import { DescribeVpcBlockPublicAccessExclusionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { date, defineResource, string } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const vpcBlockPublicAccessExclusion = defineResource('Ec2VpcBlockPublicAccessExclusion', {
  description: 'A network or a subnet that may reach the internet where its account’s are blocked.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-exclusions.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVpcBlockPublicAccessExclusions', async function* ({ client }) {
    // The SDK has no paginator for it.
    let NextToken: string | undefined;
    do {
      const command = new DescribeVpcBlockPublicAccessExclusionsCommand({ MaxResults: 1000, NextToken });
      const page = await client.send(command);
      yield* page.VpcBlockPublicAccessExclusions ?? [];
      ({ NextToken } = page);
    } while (NextToken);
  })
  .node(({ item, place }) => ec2Arn(place, 'vpc-block-public-access-exclusion', item.ExclusionId), {
    name: nameTag,
    exclusionId: string('Exclusion id.', ({ item }) => item.ExclusionId, { indexed: true }),
    mode: string('`allow-bidirectional` or `allow-egress`.', ({ item }) => item.InternetGatewayExclusionMode),
    state: string('How far the last change has come.', ({ item }) => item.State),
    stateReason: string('Why it is in that state.', ({ item }) => item.Reason),
    createdAt: date('When it was made.', ({ item }) => item.CreationTimestamp),
    updatedAt: date('When it was last changed.', ({ item }) => item.LastUpdateTimestamp),
    deletedAt: date('When it was deleted.', ({ item }) => item.DeletionTimestamp),
    tags: tagList,
  })
  .edge('EXEMPTS', 'AwsResource', 'It exempts the network or the subnet from the block.', ({ item }) =>
    idsOf([item.ResourceArn]),
  );
