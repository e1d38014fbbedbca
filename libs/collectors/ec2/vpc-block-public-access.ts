import { DescribeVpcBlockPublicAccessOptionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { date, defineResource, string } from '@ag/resource';
import { ec2Arn } from './names.ts';

export const vpcBlockPublicAccess = defineResource('Ec2VpcBlockPublicAccess', {
  description:
    'Whether an account’s networks in a region reach the internet at all, whatever their gateways and rules say.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeVpcBlockPublicAccessOptions', async function* ({ client }) {
    const answer = await client.send(new DescribeVpcBlockPublicAccessOptionsCommand({}));
    if (!answer.VpcBlockPublicAccessOptions) throw new Error('the answer holds no options');
    yield answer.VpcBlockPublicAccessOptions;
  })
  // One for each account and region, without an id of its own.
  .node(({ item, place }) => ec2Arn(place, 'vpc-block-public-access', 'options', item.AwsAccountId), {
    internetGatewayBlockMode: string(
      '`off`, `block-ingress` or `block-bidirectional`.',
      ({ item }) => item.InternetGatewayBlockMode,
      { indexed: true },
    ),
    exclusionsAllowed: string('Whether networks may be exempted.', ({ item }) => item.ExclusionsAllowed),
    managedBy: string('`account`, or `declarative-policy` of the organization.', ({ item }) => item.ManagedBy),
    state: string('How far the last change has come.', ({ item }) => item.State),
    stateReason: string('Why it is in that state.', ({ item }) => item.Reason),
    updatedAt: date('When it was last changed.', ({ item }) => item.LastUpdateTimestamp),
  });
