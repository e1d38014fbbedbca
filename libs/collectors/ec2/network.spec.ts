import { expect, test } from 'vitest';
import { egressOnlyInternetGateway } from './egress-only-internet-gateway.ts';
import { elasticIp } from './elastic-ip.ts';
import { account, arn, collect, edgesOf, other, propertiesOf } from './fixtures/collect.ts';
import { internetGateway } from './internet-gateway.ts';
import { natGateway } from './nat-gateway.ts';
import { networkAcl } from './network-acl.ts';
import { networkInterface } from './network-interface.ts';
import { routeTable } from './route-table.ts';
import { securityGroup } from './security-group.ts';
import { subnet } from './subnet.ts';
import { vpc } from './vpc.ts';

test('a network and a subnet that another account shares are its own', async () => {
  const network = await collect(vpc, {
    DescribeVpcs: `<vpcSet><item><vpcId>vpc-0b1</vpcId><ownerId>${other}</ownerId><isDefault>false</isDefault>
      <cidrBlockAssociationSet><item><cidrBlock>10.1.0.0/16</cidrBlock></item></cidrBlockAssociationSet>
      <ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>2001:db8::/56</ipv6CidrBlock></item></ipv6CidrBlockAssociationSet>
      </item></vpcSet>`,
  });
  const part = await collect(subnet, {
    DescribeSubnets: `<subnetSet><item><subnetId>subnet-0b1</subnetId><ownerId>${other}</ownerId><vpcId>vpc-0b1</vpcId>
      <subnetArn>${arn('subnet/subnet-0b1', other)}</subnetArn></item></subnetSet>`,
  });

  expect(network.nodes).toEqual([
    {
      id: arn('vpc/vpc-0b1', other),
      labels: ['Ec2Vpc', 'AwsResource'],
      aliases: ['vpc-0b1'],
      properties: {
        account: other,
        region: 'eu-west-1',
        arn: arn('vpc/vpc-0b1', other),
        vpcId: 'vpc-0b1',
        cidrBlocks: ['10.1.0.0/16', '2001:db8::/56'],
        isDefault: false,
        tags: [],
      },
    },
  ]);
  expect(part.nodes[0]).toMatchObject({ id: arn('subnet/subnet-0b1', other), properties: { account: other } });
  expect(edgesOf(part)).toEqual([`IN_VPC ${arn('vpc/vpc-0b1', other)}`]);
});

test('routes are told with where they lead, and those whose target is gone by name', async () => {
  const made = await collect(routeTable, {
    DescribeRouteTables: `<routeTableSet><item><routeTableId>rtb-0a1</routeTableId><vpcId>vpc-0a1</vpcId>
      <ownerId>${account}</ownerId><routeSet>
      <item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state></item>
      <item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-0a1</natGatewayId><state>blackhole</state></item>
      <item><destinationIpv6CidrBlock>::/0</destinationIpv6CidrBlock><egressOnlyInternetGatewayId>eigw-0a1</egressOnlyInternetGatewayId><state>active</state></item>
      <item><destinationPrefixListId>pl-0a1</destinationPrefixListId><gatewayId>vpce-0a1</gatewayId><state>active</state></item>
      <item><destinationCidrBlock>10.9.0.0/16</destinationCidrBlock><instanceId>i-0a1</instanceId><instanceOwnerId>${account}</instanceOwnerId><networkInterfaceId>eni-0a1</networkInterfaceId><state>active</state></item>
      <item><destinationCidrBlock>10.8.0.0/16</destinationCidrBlock><transitGatewayId>tgw-0a1</transitGatewayId><state>active</state></item>
      <item><destinationCidrBlock>10.7.0.0/16</destinationCidrBlock><vpcPeeringConnectionId>pcx-0a1</vpcPeeringConnectionId><state>active</state></item>
      </routeSet><associationSet><item><main>true</main></item><item><main>false</main><subnetId>subnet-0a1</subnetId></item>
      <item><main>false</main><gatewayId>igw-0a1</gatewayId></item></associationSet>
      <propagatingVgwSet><item><gatewayId>vgw-0a1</gatewayId></item></propagatingVgwSet></item></routeTableSet>`,
  });

  expect(propertiesOf(made)).toEqual({
    routeTableId: 'rtb-0a1',
    isMain: true,
    routes: [
      '0.0.0.0/0 to nat-0a1 (blackhole)',
      '10.0.0.0/16 to local',
      '10.7.0.0/16 to pcx-0a1',
      '10.8.0.0/16 to tgw-0a1',
      '10.9.0.0/16 to i-0a1',
      '::/0 to eigw-0a1',
      'pl-0a1 to vpce-0a1',
    ],
    blackholeRoutes: ['0.0.0.0/0 to nat-0a1 (blackhole)'],
    tags: [],
  });
  expect(edgesOf(made)).toEqual([
    'IN_VPC vpc-0a1',
    'SERVES subnet-0a1',
    'SERVES igw-0a1',
    `LEARNS_FROM ${arn('vpn-gateway/vgw-0a1')}`,
    'ROUTES_TO eigw-0a1',
    'ROUTES_TO i-0a1',
    'ROUTES_TO nat-0a1',
    'ROUTES_TO pcx-0a1',
    'ROUTES_TO tgw-0a1',
    'ROUTES_TO vpce-0a1',
  ]);
  expect(made.asked).toEqual(['DescribeRouteTables MaxResults=100']);
});

test('a rule leads to the group that it names: ours, a peer’s, and one that is deleted and nobody’s any more', async () => {
  const made = await collect(securityGroup, {
    DescribeSecurityGroups: `<securityGroupInfo><item><groupId>sg-0a1</groupId><groupName>web</groupName><ownerId>${account}</ownerId>
      <vpcId>vpc-0a1</vpcId><ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups>
      <item><groupId>sg-0a2</groupId><userId>${account}</userId></item>
      <item><groupId>sg-0b1</groupId><userId>${other}</userId><peeringStatus>active</peeringStatus></item>
      <item><groupId>sg-0c1</groupId><peeringStatus>deleted</peeringStatus></item></groups></item></ipPermissions>
      <ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><prefixListIds><item><prefixListId>pl-0a1</prefixListId></item></prefixListIds></item></ipPermissionsEgress>
      </item></securityGroupInfo>`,
  });

  expect(propertiesOf(made)).toEqual({
    name: 'web',
    groupId: 'sg-0a1',
    inboundRules: [`tcp 443 from ${account}/sg-0a2`, `tcp 443 from ${other}/sg-0b1`, 'tcp 443 from sg-0c1'],
    outboundRules: ['all to pl-0a1'],
    tags: [],
  });
  expect(edgesOf(made)).toEqual([
    'IN_VPC vpc-0a1',
    `REFERENCES ${arn('security-group/sg-0a2')}`,
    `REFERENCES ${arn('security-group/sg-0b1', other)}`,
    'REFERENCES sg-0c1',
    'REFERENCES pl-0a1',
  ]);
});

test('a network ACL tells its rules in the order in which they decide', async () => {
  const rule = (number: number, egress: boolean, rest: string) =>
    `<item><ruleNumber>${number}</ruleNumber><egress>${egress}</egress>${rest}</item>`;
  const made = await collect(networkAcl, {
    DescribeNetworkAcls: `<networkAclSet><item><networkAclId>acl-0a1</networkAclId><vpcId>vpc-0a1</vpcId><default>false</default>
      <entrySet>${rule(32767, false, '<protocol>-1</protocol><ruleAction>deny</ruleAction><cidrBlock>0.0.0.0/0</cidrBlock>')}
      ${rule(100, true, '<protocol>-1</protocol><ruleAction>allow</ruleAction><cidrBlock>0.0.0.0/0</cidrBlock>')}
      ${rule(200, false, '<protocol>6</protocol><ruleAction>allow</ruleAction><cidrBlock>10.0.0.0/8</cidrBlock><portRange><from>443</from><to>443</to></portRange>')}
      ${rule(90, false, '<protocol>17</protocol><ruleAction>deny</ruleAction><ipv6CidrBlock>::/0</ipv6CidrBlock><portRange><from>1024</from><to>2048</to></portRange>')}
      ${rule(95, false, '<protocol>1</protocol><ruleAction>allow</ruleAction><cidrBlock>0.0.0.0/0</cidrBlock><icmpTypeCode><type>8</type><code>-1</code></icmpTypeCode>')}
      </entrySet><associationSet><item><subnetId>subnet-0a1</subnetId></item></associationSet></item></networkAclSet>`,
  });

  expect(propertiesOf(made)).toEqual({
    networkAclId: 'acl-0a1',
    isDefault: false,
    inboundRules: [
      '90 deny udp 1024-2048 from ::/0',
      '95 allow icmp type 8 from 0.0.0.0/0',
      '200 allow tcp 443 from 10.0.0.0/8',
      '* deny all from 0.0.0.0/0',
    ],
    outboundRules: ['100 allow all to 0.0.0.0/0'],
    tags: [],
  });
  expect(edgesOf(made)).toEqual(['IN_VPC vpc-0a1', 'SERVES subnet-0a1']);
});

test('gateways lead to the network that they open', async () => {
  const both = await collect(internetGateway, {
    DescribeInternetGateways: `<internetGatewaySet><item><internetGatewayId>igw-0a1</internetGatewayId><ownerId>${account}</ownerId>
      <attachmentSet><item><vpcId>vpc-0a1</vpcId><state>available</state></item></attachmentSet></item></internetGatewaySet>`,
  });
  const out = await collect(egressOnlyInternetGateway, {
    DescribeEgressOnlyInternetGateways: `<egressOnlyInternetGatewaySet><item>
      <egressOnlyInternetGatewayId>eigw-0a1</egressOnlyInternetGatewayId>
      <attachmentSet><item><vpcId>vpc-0a1</vpcId></item></attachmentSet></item></egressOnlyInternetGatewaySet>`,
  });
  const nat = await collect(natGateway, {
    DescribeNatGateways: `<natGatewaySet><item><natGatewayId>nat-0a1</natGatewayId><vpcId>vpc-0a1</vpcId><subnetId>subnet-0a1</subnetId>
      <state>available</state><connectivityType>public</connectivityType><natGatewayAddressSet><item>
      <allocationId>eipalloc-0a1</allocationId><networkInterfaceId>eni-0a1</networkInterfaceId>
      <publicIp>198.51.100.7</publicIp><privateIp>10.0.0.9</privateIp></item></natGatewayAddressSet></item></natGatewaySet>`,
  });

  expect(both.nodes[0]?.id).toBe(arn('internet-gateway/igw-0a1'));
  expect(out.nodes[0]?.id).toBe(arn('egress-only-internet-gateway/eigw-0a1'));
  expect([...edgesOf(both), ...edgesOf(out)]).toEqual(['ATTACHED_TO vpc-0a1', 'ATTACHED_TO vpc-0a1']);
  expect(nat.nodes[0]).toMatchObject({
    id: arn('natgateway/nat-0a1'),
    properties: { publicIpAddresses: ['198.51.100.7'], privateIpAddresses: ['10.0.0.9'], connectivityType: 'public' },
  });
  expect(edgesOf(nat)).toEqual([
    'IN_VPC vpc-0a1',
    'IN_SUBNET subnet-0a1',
    'HAS_INTERFACE eni-0a1',
    `HAS_ADDRESS ${arn('elastic-ip/eipalloc-0a1')}`,
  ]);
});

test('interfaces and addresses lead to what they belong to', async () => {
  const nic = await collect(networkInterface, {
    DescribeNetworkInterfaces: `<networkInterfaceSet><item><networkInterfaceId>eni-0a1</networkInterfaceId><ownerId>${account}</ownerId>
      <subnetId>subnet-0a1</subnetId><vpcId>vpc-0a1</vpcId><interfaceType>interface</interfaceType><status>in-use</status>
      <requesterManaged>false</requesterManaged><groupSet><item><groupId>sg-0a1</groupId></item></groupSet>
      <attachment><instanceId>i-0a1</instanceId><instanceOwnerId>${account}</instanceOwnerId></attachment>
      <association><publicIp>198.51.100.8</publicIp></association>
      <privateIpAddressesSet><item><privateIpAddress>10.0.0.5</privateIpAddress></item></privateIpAddressesSet>
      <tagSet><item><key>Name</key><value>front</value></item></tagSet></item></networkInterfaceSet>`,
  });
  const address = await collect(elasticIp, {
    DescribeAddresses: `<addressesSet><item><allocationId>eipalloc-0a1</allocationId><publicIp>198.51.100.7</publicIp>
      <networkInterfaceId>eni-0a2</networkInterfaceId><networkInterfaceOwnerId>amazon-elb</networkInterfaceOwnerId></item></addressesSet>`,
  });

  expect(propertiesOf(nic)).toMatchObject({
    name: 'front',
    privateIpAddresses: ['10.0.0.5'],
    publicIpAddresses: ['198.51.100.8'],
    tags: ['Name=front'],
  });
  expect(edgesOf(nic)).toEqual([
    'IN_VPC vpc-0a1',
    'IN_SUBNET subnet-0a1',
    'IN_SECURITY_GROUP sg-0a1',
    `ATTACHED_TO ${arn('instance/i-0a1')}`,
  ]);
  expect(edgesOf(address)).toEqual([`ATTACHED_TO ${arn('network-interface/eni-0a2')}`]);
});
