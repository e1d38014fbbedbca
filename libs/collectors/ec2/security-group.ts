import { EC2Client, type IpPermission, paginateDescribeSecurityGroups } from '@aws-sdk/client-ec2';
import { defineResource, string, strings, toTags } from '@ag/resource';

export const securityGroup = defineResource('Ec2SecurityGroup', {
  description: 'A set of rules for the traffic of what is in it.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeSecurityGroups', async function* ({ client }) {
    const pages = paginateDescribeSecurityGroups({ client, pageSize: 1000 }, {});
    for await (const page of pages) yield* page.SecurityGroups ?? [];
  })
  .node(
    ({ item, place }) =>
      `arn:${place.partition}:ec2:${place.region}:${item.OwnerId ?? place.account}:security-group/${item.GroupId ?? ''}`,
    {
      name: string('Group name.', ({ item }) => item.GroupName, { indexed: true }),
      groupId: string('Group id.', ({ item }) => item.GroupId, { indexed: true }),
      description: string('What its owner wrote about it.', ({ item }) => item.Description),
      inboundRules: strings('What it lets in: `tcp 443 from 0.0.0.0/0`.', ({ item }) =>
        item.IpPermissions?.flatMap((rule) => toTexts(rule, 'from')).sort(),
      ),
      outboundRules: strings('What it lets out: `all to 0.0.0.0/0`.', ({ item }) =>
        item.IpPermissionsEgress?.flatMap((rule) => toTexts(rule, 'to')).sort(),
      ),
      tags: strings('Tags as `key=value`.', ({ item }) => toTags(item.Tags)),
    },
  )
  .edge('IN_VPC', 'Ec2Vpc', 'The group belongs to the network.', ({ item, place }) =>
    item.VpcId === undefined
      ? undefined
      : `arn:${place.partition}:ec2:${place.region}:${item.OwnerId ?? place.account}:vpc/${item.VpcId}`,
  )
  .alias(({ item }) => item.GroupId);

/** One text for each peer of a rule. */
function toTexts(rule: IpPermission, direction: 'from' | 'to'): readonly string[] {
  const peers = [
    ...(rule.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(rule.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(rule.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ...(rule.UserIdGroupPairs ?? []).map(({ GroupId, UserId }) => (UserId ? `${UserId}/${GroupId ?? ''}` : GroupId)),
  ];
  return peers.flatMap((peer) => (peer === undefined ? [] : `${trafficOf(rule)} ${direction} ${peer}`));
}

// Protocol -1 is all of them; ICMP has types where TCP and UDP have ports.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
function trafficOf({ IpProtocol = '-1', FromPort, ToPort }: IpPermission): string {
  if (IpProtocol === '-1') return 'all';
  if (FromPort === undefined || FromPort === -1 || (FromPort === 0 && ToPort === 65535)) return IpProtocol;
  return FromPort === ToPort ? `${IpProtocol} ${FromPort}` : `${IpProtocol} ${FromPort}-${ToPort ?? FromPort}`;
}
