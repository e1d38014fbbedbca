import { EC2Client, type NetworkAclEntry, paginateDescribeNetworkAcls } from '@aws-sdk/client-ec2';
import { boolean, defineResource, string, strings } from '@ag/resource';
import { ec2Arn, idsOf, nameTag, tagList } from './names.ts';

export const networkAcl = defineResource('Ec2NetworkAcl', {
  description: 'Which traffic may cross the border of subnets. The first rule that fits decides.',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
  scope: 'regional',
  client: EC2Client,
})
  .list('ec2:DescribeNetworkAcls', async function* ({ client }) {
    for await (const page of paginateDescribeNetworkAcls({ client, pageSize: 1000 }, {})) yield* page.NetworkAcls ?? [];
  })
  .node(({ item, place }) => ec2Arn(place, 'network-acl', item.NetworkAclId, item.OwnerId), {
    name: nameTag,
    networkAclId: string('Network ACL id.', ({ item }) => item.NetworkAclId, { indexed: true }),
    isDefault: boolean('Whether subnets get it that name none.', ({ item }) => item.IsDefault),
    inboundRules: strings('What comes in, in the order of deciding: `100 allow tcp 443 from 0.0.0.0/0`.', ({ item }) =>
      toTexts(item.Entries, false),
    ),
    outboundRules: strings('What goes out, in the order of deciding: `100 allow all to 0.0.0.0/0`.', ({ item }) =>
      toTexts(item.Entries, true),
    ),
    tags: tagList,
  })
  .edge('IN_VPC', 'Ec2Vpc', 'The list belongs to the network.', ({ item }) => idsOf([item.VpcId]))
  .edge('SERVES', 'Ec2Subnet', 'The list decides what crosses the border of the subnet.', ({ item }) =>
    idsOf(item.Associations?.map(({ SubnetId }) => SubnetId)),
  )
  .alias(({ item }) => item.NetworkAclId);

function toTexts(entries: readonly NetworkAclEntry[] = [], egress: boolean): readonly string[] {
  return entries
    .filter(({ Egress }) => Egress === egress)
    .toSorted((a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0))
    .map((entry) => {
      const peer = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '';
      return `${numberOf(entry)} ${entry.RuleAction ?? ''} ${trafficOf(entry)} ${egress ? 'to' : 'from'} ${peer}`;
    });
}

// The last rule, which denies what none has decided, has the number 32767 and is shown as `*`.
// https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
function numberOf({ RuleNumber }: NetworkAclEntry): string {
  return RuleNumber === 32767 ? '*' : String(RuleNumber ?? '');
}

const names: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/** Protocols stand there by number, -1 for all; ICMP has a type where TCP and UDP have ports. */
function trafficOf({ Protocol = '-1', PortRange, IcmpTypeCode }: NetworkAclEntry): string {
  if (Protocol === '-1') return 'all';
  const name = names[Protocol] ?? Protocol;
  if (IcmpTypeCode?.Type !== undefined && IcmpTypeCode.Type !== -1) return `${name} type ${IcmpTypeCode.Type}`;
  const { From, To } = PortRange ?? {};
  if (From === undefined || (From === 0 && To === 65535)) return name;
  return From === To ? `${name} ${From}` : `${name} ${From}-${To ?? From}`;
}
