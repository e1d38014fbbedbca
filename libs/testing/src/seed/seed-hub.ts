import {
  AttachVpnGatewayCommand,
  CreateCustomerGatewayCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayRouteCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcEndpointServiceConfigurationCommand,
  CreateVpnConnectionCommand,
  CreateVpnGatewayCommand,
  DescribeTransitGatewayRouteTablesCommand,
  EC2Client,
  ModifyVpcEndpointServicePermissionsCommand,
} from '@aws-sdk/client-ec2';
import { type References, toText } from './references.ts';
import { required } from './required.ts';
import type { Site } from './seed-network.ts';

/** A transit gateway and what is attached to it. */
export interface SeededHub {
  readonly account: string;
  readonly region: string;
  readonly transitGateway: string;
  readonly description: string;
  readonly routeTable: string;
  /** Names of the accounts that it is shared with. */
  readonly sharedWith: readonly string[];
  /** The attachments of its own account, with what they attach. */
  readonly attachments: readonly { readonly id: string; readonly vpc: string }[];
}

/** Builds what joins networks to others: an endpoint service, VPN connections and a transit gateway, which is answered. */
export async function seedHub(
  client: EC2Client,
  site: Site,
  { references, endpoint }: { readonly references: References; readonly endpoint: string },
): Promise<SeededHub | undefined> {
  const { network, vpc } = site;
  if (network.offers) await seedService(network.offers);
  if (network.vpn) await seedVpn(network.vpn);
  return network.transitGateway && seedTransitGateway(network.transitGateway);

  async function seedService({ name, admits }: NonNullable<typeof network.offers>): Promise<void> {
    const { ServiceConfiguration } = await client.send(
      new CreateVpcEndpointServiceConfigurationCommand({
        AcceptanceRequired: true,
        NetworkLoadBalancerArns: [await createLoadBalancer(endpoint, site, name)],
        TagSpecifications: [{ ResourceType: 'vpc-endpoint-service', Tags: [{ Key: 'Name', Value: name }] }],
      }),
    );
    await client.send(
      new ModifyVpcEndpointServicePermissionsCommand({
        ServiceId: required(ServiceConfiguration?.ServiceId, name),
        AddAllowedPrincipals: admits.map((arn) => toText(arn, references).slice(1, -1)),
      }),
    );
  }

  async function seedVpn({ address, asn }: NonNullable<typeof network.vpn>): Promise<void> {
    const { CustomerGateway } = await client.send(
      new CreateCustomerGatewayCommand({ Type: 'ipsec.1', IpAddress: address, BgpAsn: asn }),
    );
    const { VpnGateway } = await client.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }));
    const VpnGatewayId = required(VpnGateway?.VpnGatewayId, 'VPN gateway');
    await client.send(new AttachVpnGatewayCommand({ VpnGatewayId, VpcId: vpc }));
    await client.send(
      new CreateVpnConnectionCommand({
        Type: 'ipsec.1',
        CustomerGatewayId: required(CustomerGateway?.CustomerGatewayId, address),
        VpnGatewayId,
      }),
    );
  }

  async function seedTransitGateway(description: NonNullable<typeof network.transitGateway>): Promise<SeededHub> {
    const { TransitGateway } = await client.send(
      new CreateTransitGatewayCommand({ Description: description.description }),
    );
    const transitGateway = required(TransitGateway?.TransitGatewayId, 'transit gateway');
    const made = await client.send(
      new CreateTransitGatewayVpcAttachmentCommand({
        TransitGatewayId: transitGateway,
        VpcId: vpc,
        SubnetIds: Object.values(site.subnets),
      }),
    );
    const id = required(made.TransitGatewayVpcAttachment?.TransitGatewayAttachmentId, 'attachment');
    const { TransitGatewayRouteTables = [] } = await client.send(new DescribeTransitGatewayRouteTablesCommand({}));
    const routeTable = required(TransitGatewayRouteTables[0]?.TransitGatewayRouteTableId, 'route table');
    const route = { TransitGatewayRouteTableId: routeTable };
    await client.send(
      new CreateTransitGatewayRouteCommand({
        ...route,
        DestinationCidrBlock: network.cidrBlock,
        TransitGatewayAttachmentId: id,
      }),
    );
    for (const DestinationCidrBlock of description.drops) {
      await client.send(new CreateTransitGatewayRouteCommand({ ...route, DestinationCidrBlock, Blackhole: true }));
    }
    return {
      account: site.account,
      region: site.region,
      transitGateway,
      description: description.description,
      routeTable,
      sharedWith: description.sharedWith,
      attachments: [{ id, vpc }],
    };
  }
}

/** By a bare request: the service behind the endpoint is all that load balancers are needed for here. */
async function createLoadBalancer(endpoint: string, { account, region, subnets }: Site, name: string): Promise<string> {
  const scope = `seed/20260101/${region}/elasticloadbalancing/aws4_request`;
  const [subnet = ''] = Object.values(subnets);
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'x-moto-account-id': account,
    },
    body: new URLSearchParams({
      Action: 'CreateLoadBalancer',
      Version: '2015-12-01',
      Name: name,
      Type: 'network',
      'Subnets.member.1': subnet,
    }),
  });
  return required(/<LoadBalancerArn>([^<]+)</.exec(await answer.text())?.[1], name);
}
