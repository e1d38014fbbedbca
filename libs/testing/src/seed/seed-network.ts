import {
  AcceptVpcPeeringConnectionCommand,
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import type { Company } from '../company.ts';
import type { Network } from '../network.ts';
import type { Accounts } from './clients.ts';
import { type References, toText } from './references.ts';
import { required } from './required.ts';
import { type SeededSnapshot, seedDisks } from './seed-disks.ts';
import { type SeededHub, seedHub } from './seed-hub.ts';

/** What the proxy must know of the networks, since the emulator has it not or says it wrongly. */
export interface SeededNetworks {
  readonly snapshots: readonly SeededSnapshot[];
  /** Accounts with a network, by id. */
  readonly sites: readonly Site[];
  readonly hub?: SeededHub;
}

/** A network that was built, and where. */
export interface Site {
  readonly account: string;
  readonly region: string;
  readonly network: Network;
  readonly vpc: string;
  /** Subnet ids by name. */
  readonly subnets: Readonly<Record<string, string>>;
  /** The route table of subnets that are not public. */
  readonly privateTable: string;
}

interface Options {
  /** The emulator. */
  readonly endpoint: string;
  readonly company: Company;
  readonly clients: Accounts;
  /** Account ids by name. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly references: References;
  /** Key ARNs as `account/name`. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Builds the networks of all accounts, one thing after the other, so that ids are the same each time. */
export async function seedNetworks({ endpoint, company, clients, ...names }: Options): Promise<SeededNetworks> {
  const { accounts, references, keys } = names;
  const sites = new Map<string, Site>();
  const snapshots: SeededSnapshot[] = [];
  let hub: SeededHub | undefined;
  for (const [name, { network }] of Object.entries(company.accounts)) {
    if (!network) continue;
    const account = required(accounts[name], name);
    const client = clients.client(EC2Client, account, network.region);
    const site = await seedSite(client, { account, network, references });
    sites.set(name, site);
    const idOf = (who: string) => required(accounts[who] ?? company.outsiders[who], who);
    snapshots.push(...(await seedDisks(client, site, { idOf, keyOf: (key) => required(keys[`${name}/${key}`], key) })));
    hub ??= await seedHub(client, site, { references, endpoint });
  }
  for (const { account, region, network, vpc } of sites.values()) {
    for (const peer of network.peers ?? []) {
      const other = required(sites.get(peer), peer);
      const { VpcPeeringConnection } = await clients.client(EC2Client, account, region).send(
        new CreateVpcPeeringConnectionCommand({
          VpcId: vpc,
          PeerVpcId: other.vpc,
          PeerOwnerId: other.account,
          PeerRegion: other.region,
        }),
      );
      await clients.client(EC2Client, other.account, other.region).send(
        new AcceptVpcPeeringConnectionCommand({
          VpcPeeringConnectionId: required(VpcPeeringConnection?.VpcPeeringConnectionId, peer),
        }),
      );
    }
  }
  return { snapshots, sites: [...sites.values()], ...(hub && { hub }) };
}

async function seedSite(
  client: EC2Client,
  { account, network, references }: { account: string; network: Network; references: References },
): Promise<Site> {
  const { region } = network;
  const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: network.cidrBlock }));
  const vpc = required(Vpc?.VpcId, network.cidrBlock);
  const subnets: Record<string, string> = {};
  for (const [name, { cidrBlock, zone }] of Object.entries(network.subnets)) {
    const { Subnet } = await client.send(
      new CreateSubnetCommand({
        VpcId: vpc,
        CidrBlock: cidrBlock,
        AvailabilityZone: region + zone,
        TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'Name', Value: name }] }],
      }),
    );
    subnets[name] = required(Subnet?.SubnetId, name);
  }
  const privateTable = await seedRoutes(client, { network, vpc, subnets });
  for (const [service, { policy }] of Object.entries(network.endpoints ?? {})) {
    const isGateway = service === 's3' || service === 'dynamodb';
    await client.send(
      new CreateVpcEndpointCommand({
        VpcId: vpc,
        ServiceName: `com.amazonaws.${region}.${service}`,
        VpcEndpointType: isGateway ? 'Gateway' : 'Interface',
        ...(isGateway ? { RouteTableIds: [privateTable] } : { SubnetIds: Object.values(subnets).slice(-1) }),
        ...(policy && { PolicyDocument: toText(policy, references) }),
      }),
    );
  }
  for (const [PrefixListName, entries] of Object.entries(network.prefixLists ?? {})) {
    await client.send(
      new CreateManagedPrefixListCommand({
        PrefixListName,
        AddressFamily: 'IPv4',
        MaxEntries: 10,
        Entries: Object.entries(entries).map(([Cidr, Description]) => ({ Cidr, Description })),
      }),
    );
  }
  if (network.flowLogTo !== undefined) {
    await client.send(
      new CreateFlowLogsCommand({
        ResourceIds: [vpc],
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: `arn:aws:s3:::${network.flowLogTo}`,
      }),
    );
  }
  return { account, region, network, vpc, subnets, privateTable };
}

/** Public subnets go to the internet gateway, the others out by a NAT gateway in the first public one. */
async function seedRoutes(
  client: EC2Client,
  { network, vpc, subnets }: { network: Network; vpc: string; subnets: Readonly<Record<string, string>> },
): Promise<string> {
  const privateTable = await createTable();
  const publicNames = Object.keys(network.subnets).filter((name) => network.subnets[name]?.public);
  const privateNames = Object.keys(network.subnets).filter((name) => !network.subnets[name]?.public);
  for (const name of privateNames) await associate(privateTable, name);
  const [first] = publicNames;
  if (first === undefined) return privateTable;

  const { InternetGateway } = await client.send(new CreateInternetGatewayCommand({}));
  const gateway = required(InternetGateway?.InternetGatewayId, 'internet gateway');
  await client.send(new AttachInternetGatewayCommand({ InternetGatewayId: gateway, VpcId: vpc }));
  const publicTable = await createTable();
  await route(publicTable, '0.0.0.0/0', { GatewayId: gateway });
  for (const name of publicNames) await associate(publicTable, name);
  if (privateNames.length > 0) {
    const { AllocationId } = await client.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    const { NatGateway } = await client.send(
      new CreateNatGatewayCommand({ SubnetId: required(subnets[first], first), AllocationId }),
    );
    await route(privateTable, '0.0.0.0/0', { NatGatewayId: required(NatGateway?.NatGatewayId, 'NAT gateway') });
    const { EgressOnlyInternetGateway } = await client.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId: vpc }));
    required(EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId, 'egress-only internet gateway');
  }
  if (network.leftovers) await seedLeftovers(network.leftovers.destination);
  return privateTable;

  async function createTable(): Promise<string> {
    const { RouteTable } = await client.send(new CreateRouteTableCommand({ VpcId: vpc }));
    return required(RouteTable?.RouteTableId, 'route table');
  }

  async function associate(RouteTableId: string, name: string): Promise<void> {
    await client.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: required(subnets[name], name) }));
  }

  async function route(RouteTableId: string, to: string, target: object): Promise<void> {
    await client.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: to, ...target }));
  }

  /** A route to an interface that is deleted, and a rule that names a group that is. */
  async function seedLeftovers(destination: string): Promise<void> {
    const [name = ''] = privateNames;
    const { NetworkInterface } = await client.send(
      new CreateNetworkInterfaceCommand({ SubnetId: required(subnets[name], name), Description: 'old firewall' }),
    );
    const { NetworkInterfaceId } = NetworkInterface ?? {};
    await route(privateTable, destination, { NetworkInterfaceId });
    await client.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));

    const groups: string[] = [];
    for (const GroupName of ['firewall', 'behind-firewall']) {
      const made = await client.send(
        new CreateSecurityGroupCommand({ GroupName, Description: 'The old firewall', VpcId: vpc }),
      );
      groups.push(required(made.GroupId, GroupName));
    }
    const [gone, left] = groups;
    await client.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: left,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: gone }] }],
      }),
    );
    await client.send(new DeleteSecurityGroupCommand({ GroupId: gone }));
  }
}
