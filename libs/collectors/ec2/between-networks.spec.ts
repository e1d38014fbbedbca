import { expect, test } from 'vitest';
import { customerGateway } from './customer-gateway.ts';
import { account, arn, collect, edgesOf, other, propertiesOf } from './fixtures/collect.ts';
import { flowLog } from './flow-log.ts';
import { prefixList } from './prefix-list.ts';
import { vpcBlockPublicAccess } from './vpc-block-public-access.ts';
import { vpcBlockPublicAccessExclusion } from './vpc-block-public-access-exclusion.ts';
import { vpcEndpoint } from './vpc-endpoint.ts';
import { vpcEndpointService } from './vpc-endpoint-service.ts';
import { vpcPeering } from './vpc-peering.ts';
import { vpn } from './vpn.ts';
import { vpnGateway } from './vpn-gateway.ts';

const canary = 'c4n4ryPreSharedKey';

test('no pre-shared key of a VPN is kept, wherever AWS tells it', async () => {
  const made = await collect(vpn, {
    DescribeVpnConnections: `<vpnConnectionSet><item><vpnConnectionId>vpn-0a1</vpnConnectionId><state>available</state>
      <type>ipsec.1</type><customerGatewayId>cgw-0a1</customerGatewayId><transitGatewayId>tgw-0b1</transitGatewayId>
      <customerGatewayConfiguration>&lt;pre_shared_key&gt;${canary}&lt;/pre_shared_key&gt;</customerGatewayConfiguration>
      <preSharedKeyArn>arn:aws:secretsmanager:eu-west-1:${account}:secret:vpn</preSharedKeyArn>
      <options><staticRoutesOnly>true</staticRoutesOnly><tunnelOptionSet><item><outsideIpAddress>198.51.100.1</outsideIpAddress>
      <preSharedKey>${canary}</preSharedKey></item></tunnelOptionSet></options>
      <routes><item><destinationCidrBlock>192.0.2.0/24</destinationCidrBlock></item></routes></item></vpnConnectionSet>`,
  });

  expect(JSON.stringify([made.items, made.nodes, made.edges])).not.toContain(canary);
  expect(propertiesOf(made)).toEqual({
    vpnConnectionId: 'vpn-0a1',
    state: 'available',
    connectionType: 'ipsec.1',
    staticRoutesOnly: true,
    outsideIpAddresses: ['198.51.100.1'],
    routes: ['192.0.2.0/24'],
    tags: [],
  });
  expect(edgesOf(made)).toEqual([
    `CONNECTS_TO ${arn('customer-gateway/cgw-0a1')}`,
    'ATTACHED_TO tgw-0b1',
    `KEEPS_KEYS_IN arn:aws:secretsmanager:eu-west-1:${account}:secret:vpn`,
  ]);
});

test('both ends of a VPN are there', async () => {
  const near = await collect(vpnGateway, {
    DescribeVpnGateways: `<vpnGatewaySet><item><vpnGatewayId>vgw-0a1</vpnGatewayId><state>available</state><attachments>
      <item><vpcId>vpc-0a1</vpcId><state>attached</state></item><item><vpcId>vpc-0a2</vpcId><state>detached</state></item>
      </attachments></item></vpnGatewaySet>`,
  });
  const far = await collect(customerGateway, {
    DescribeCustomerGateways: `<customerGatewaySet><item><customerGatewayId>cgw-0a1</customerGatewayId><bgpAsn>65000</bgpAsn>
      <ipAddress>203.0.113.9</ipAddress><state>available</state></item></customerGatewaySet>`,
  });

  expect(edgesOf(near)).toEqual(['ATTACHED_TO vpc-0a1']);
  expect(far.nodes[0]?.id).toBe(arn('customer-gateway/cgw-0a1'));
  expect(propertiesOf(far)).toMatchObject({ publicIpAddress: '203.0.113.9', bgpAsn: '65000' });
});

test('an endpoint service says who may connect: principals, a unit, anyone', async () => {
  const unit = 'arn:aws:organizations::999988887777:ou/o-1/ou-1';
  const allowed = (type: string, principal: string) =>
    `<item><principalType>${type}</principalType><principal>${principal}</principal></item>`;
  const made = await collect(vpcEndpointService, {
    DescribeVpcEndpointServiceConfigurations: `<serviceConfigurationSet><item><serviceId>vpce-svc-0a1</serviceId>
      <serviceName>com.amazonaws.vpce.eu-west-1.vpce-svc-0a1</serviceName><acceptanceRequired>false</acceptanceRequired>
      <serviceState>Available</serviceState><serviceType><item><serviceType>Interface</serviceType></item></serviceType>
      <networkLoadBalancerArnSet><item>arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/net/a/1</item></networkLoadBalancerArnSet>
      </item></serviceConfigurationSet>`,
    DescribeVpcEndpointServicePermissions: [
      `<allowedPrincipals>${allowed('Account', `arn:aws:iam::${other}:root`)}${allowed('OrganizationUnit', unit)}</allowedPrincipals><nextToken>2</nextToken>`,
      `<allowedPrincipals>${allowed('All', '*')}</allowedPrincipals>`,
    ],
  });

  expect(propertiesOf(made)).toEqual({
    serviceId: 'vpce-svc-0a1',
    serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1',
    serviceTypes: ['Interface'],
    state: 'Available',
    requiresAcceptance: false,
    admitsAnyone: true,
    supportedRegions: [],
    tags: [],
  });
  expect(edgesOf(made)).toEqual([
    `ADMITS arn:aws:iam::${other}:root`,
    `ADMITS ${unit}`,
    `FORWARDS_TO arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/net/a/1`,
  ]);
  expect(made.nodes[0]?.aliases).toEqual(['vpce-svc-0a1', 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a1']);
});

test('an endpoint leads to a service of somebody, and to none of AWS’s', async () => {
  const endpoint = (id: string, service: string) =>
    `<item><vpcEndpointId>${id}</vpcEndpointId><vpcId>vpc-0a1</vpcId><serviceName>${service}</serviceName>
     <subnetIdSet><item>subnet-0a1</item></subnetIdSet><groupSet><item><groupId>sg-0a1</groupId></item></groupSet></item>`;
  const made = await collect(vpcEndpoint, {
    DescribeVpcEndpoints: `<vpcEndpointSet>${endpoint('vpce-0a1', 'com.amazonaws.eu-west-1.kms')}
      ${endpoint('vpce-0a2', 'com.amazonaws.vpce.eu-west-1.vpce-svc-0b1')}</vpcEndpointSet>`,
  });
  const first = ['IN_VPC vpc-0a1', 'IN_SUBNET subnet-0a1', 'IN_SECURITY_GROUP sg-0a1'];

  expect(edgesOf(made)).toEqual([...first, ...first, 'CONNECTS_TO vpce-svc-0b1']);
});

test('both sides of a peering see one connection, the requester’s, and both networks', async () => {
  const made = await collect(vpcPeering, {
    DescribeVpcPeeringConnections: `<vpcPeeringConnectionSet><item><vpcPeeringConnectionId>pcx-0a1</vpcPeeringConnectionId>
      <requesterVpcInfo><ownerId>${other}</ownerId><vpcId>vpc-0b1</vpcId><cidrBlock>10.1.0.0/16</cidrBlock><region>us-east-1</region></requesterVpcInfo>
      <accepterVpcInfo><ownerId>${account}</ownerId><vpcId>vpc-0a1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock><region>eu-west-1</region></accepterVpcInfo>
      <status><code>active</code></status></item></vpcPeeringConnectionSet>`,
  });
  const id = `arn:aws:ec2:us-east-1:${other}:vpc-peering-connection/pcx-0a1`;

  expect(made.nodes).toEqual([
    {
      id,
      labels: ['Ec2VpcPeering', 'AwsResource'],
      aliases: ['pcx-0a1'],
      properties: {
        account: other,
        region: 'us-east-1',
        arn: id,
        vpcPeeringConnectionId: 'pcx-0a1',
        state: 'active',
        requesterAccount: other,
        accepterAccount: account,
        requesterCidrBlock: '10.1.0.0/16',
        accepterCidrBlock: '10.0.0.0/16',
        crossesAccounts: true,
        tags: [],
      },
    },
  ]);
  expect(edgesOf(made)).toEqual([
    `CONNECTS arn:aws:ec2:us-east-1:${other}:vpc/vpc-0b1`,
    `CONNECTS ${arn('vpc/vpc-0a1')}`,
  ]);
});

test('a prefix list tells its entries; those of AWS’s own are not asked for, and nobody owns it', async () => {
  const list = (id: string, owner: string) =>
    `<item><prefixListId>${id}</prefixListId><prefixListName>${id}</prefixListName><ownerId>${owner}</ownerId>
     <prefixListArn>arn:aws:ec2:eu-west-1:${owner.toLowerCase()}:prefix-list/${id}</prefixListArn></item>`;
  const made = await collect(prefixList, {
    DescribeManagedPrefixLists: `<prefixListSet>${list('pl-0b1', other)}${list('pl-0c1', 'AWS')}</prefixListSet>`,
    GetManagedPrefixListEntries: `<entrySet><item><cidr>203.0.113.0/24</cidr><description>Lisbon</description></item>
      <item><cidr>192.0.2.0/24</cidr></item></entrySet>`,
  });

  expect(
    made.nodes.map(({ properties: { account: owner, managedBy, entries } }) => [owner, managedBy, entries]),
  ).toEqual([
    [other, 'customer', ['192.0.2.0/24', '203.0.113.0/24 Lisbon']],
    [undefined, 'aws', undefined],
  ]);
  expect(made.asked).toEqual([
    'DescribeManagedPrefixLists MaxResults=100',
    'GetManagedPrefixListEntries PrefixListId=pl-0b1 MaxResults=100',
  ]);
});

test('a flow log says what it watches, where it writes and as whom', async () => {
  const log = (rest: string) => `<item><flowLogId>fl-0a1</flowLogId><resourceId>vpc-0a1</resourceId>${rest}</item>`;
  const made = await collect(flowLog, {
    DescribeFlowLogs: `<flowLogSet>
      ${log('<logDestinationType>s3</logDestinationType><logDestination>arn:aws:s3:::logs/flow/</logDestination>')}
      ${log(`<logDestinationType>cloud-watch-logs</logDestinationType><logGroupName>flow</logGroupName><maxAggregationInterval>600</maxAggregationInterval>
        <deliverLogsPermissionArn>arn:aws:iam::${account}:role/flow</deliverLogsPermissionArn>`)}</flowLogSet>`,
  });

  expect(edgesOf(made)).toEqual([
    'WATCHES vpc-0a1',
    'WRITES_TO arn:aws:s3:::logs',
    'WATCHES vpc-0a1',
    `WRITES_TO arn:aws:logs:eu-west-1:${account}:log-group:flow`,
    `DELIVERS_AS arn:aws:iam::${account}:role/flow`,
  ]);
  expect(made.nodes[1]?.properties['aggregationSeconds']).toBe(600);
});

test('the block of public access is one for account and region, and its exclusions are read to the last page', async () => {
  const block = await collect(vpcBlockPublicAccess, {
    DescribeVpcBlockPublicAccessOptions: `<vpcBlockPublicAccessOptions><awsAccountId>${account}</awsAccountId>
      <awsRegion>eu-west-1</awsRegion><internetGatewayBlockMode>block-ingress</internetGatewayBlockMode>
      <exclusionsAllowed>allowed</exclusionsAllowed><managedBy>declarative-policy</managedBy></vpcBlockPublicAccessOptions>`,
  });
  const exclusion = (id: string) =>
    `<vpcBlockPublicAccessExclusionSet><item><exclusionId>${id}</exclusionId><internetGatewayExclusionMode>allow-egress</internetGatewayExclusionMode>
     <resourceArn>${arn('vpc/vpc-0a1')}</resourceArn><state>create-complete</state></item></vpcBlockPublicAccessExclusionSet>`;
  const made = await collect(vpcBlockPublicAccessExclusion, {
    DescribeVpcBlockPublicAccessExclusions: [
      `${exclusion('vpcbpa-exclude-0a1')}<nextToken>2</nextToken>`,
      exclusion('vpcbpa-exclude-0a2'),
    ],
  });

  expect(block.nodes[0]?.id).toBe(arn('vpc-block-public-access/options'));
  expect(propertiesOf(block)).toEqual({
    internetGatewayBlockMode: 'block-ingress',
    exclusionsAllowed: 'allowed',
    managedBy: 'declarative-policy',
  });
  expect(made.nodes.map(({ id }) => id)).toEqual([
    arn('vpc-block-public-access-exclusion/vpcbpa-exclude-0a1'),
    arn('vpc-block-public-access-exclusion/vpcbpa-exclude-0a2'),
  ]);
  expect(edgesOf(made)[0]).toBe(`EXEMPTS ${arn('vpc/vpc-0a1')}`);
});
