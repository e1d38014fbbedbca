import {
  EC2Client,
  type IpPermission,
  type SecurityGroup,
  type UserIdGroupPair,
  paginateDescribeSecurityGroups,
} from '@aws-sdk/client-ec2';
import type { Place } from '@ag/model';
import { defineResource, string, strings } from '@ag/resource';
import { ec2Arn, idsOf, tagList } from './names.ts';

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
  .node(({ item, place }) => ec2Arn(place, 'security-group', item.GroupId, item.OwnerId), {
    name: string('Group name.', ({ item }) => item.GroupName, { indexed: true }),
    groupId: string('Group id.', ({ item }) => item.GroupId, { indexed: true }),
    description: string('What its owner wrote about it.', ({ item }) => item.Description),
    inboundRules: strings('What it lets in: `tcp 443 from 0.0.0.0/0`.', ({ item }) =>
      item.IpPermissions?.flatMap((rule) => toTexts(rule, 'from')).sort(),
    ),
    outboundRules: strings('What it lets out: `all to 0.0.0.0/0`.', ({ item }) =>
      item.IpPermissionsEgress?.flatMap((rule) => toTexts(rule, 'to')).sort(),
    ),
    tags: tagList,
  })
  // A group may be in a network that another account shares.
  .edge('IN_VPC', 'Ec2Vpc', 'The group belongs to the network.', ({ item }) => idsOf([item.VpcId]))
  .edge(
    'REFERENCES',
    'Ec2SecurityGroup',
    'A rule lets traffic pass by its being in the other group.',
    ({ item, place }) =>
      rulesOf(item).flatMap(({ UserIdGroupPairs = [] }) =>
        UserIdGroupPairs.flatMap((pair) => peerOf(pair, place) ?? []),
      ),
  )
  .edge('REFERENCES', 'Ec2PrefixList', 'A rule lets traffic pass by the addresses of the list.', ({ item }) =>
    idsOf(rulesOf(item).flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId }) => PrefixListId))),
  )
  .alias(({ item }) => item.GroupId);

function rulesOf({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup): readonly IpPermission[] {
  return [...IpPermissions, ...IpPermissionsEgress];
}

// Of a group that is deleted AWS no longer tells whose it was: then its id is all that the edge can lead to.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UserIdGroupPair.html
function peerOf({ GroupId, UserId }: UserIdGroupPair, place: Place): string | undefined {
  if (!GroupId || !UserId) return GroupId;
  return ec2Arn(place, 'security-group', GroupId, UserId);
}

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
