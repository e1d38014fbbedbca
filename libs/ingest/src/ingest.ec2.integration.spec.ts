import { registry } from '@ag/collectors';
import { quietSdk } from '@ag/connect';
import type { GraphNode } from '@ag/model';
import {
  type FaultProxy,
  type Seeded,
  sampleCompany,
  seed,
  startFaultProxy,
  type CompanyGraph,
  readCompany,
} from '@ag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const upstream = inject('awsEndpoint');
let seeded: Seeded;
let proxy: FaultProxy;
let nodes: CompanyGraph['nodes'];
let edges: CompanyGraph['edges'];
let gaps: number;

quietSdk();

beforeAll(async () => {
  await fetch(`${upstream}/moto-api/reset`, { method: 'POST' });
  seeded = await seed({ endpoint: upstream, company: sampleCompany });
  proxy = await startFaultProxy({ upstream, seeded });
  const read = {
    definitions: registry.definitions.filter(({ list }) => list.action.startsWith('ec2:')),
    readers: registry.readers.filter(({ name }) => name.startsWith('iam/') || name.startsWith('organizations/')),
  };
  const accounts = ['shared', 'production', 'development'].map(account);
  ({ nodes, edges, gaps } = await readCompany(proxy.endpoint, read, accounts));
});
afterAll(() => proxy.stop());

function account(name: string): string {
  return seeded.accounts[name] ?? '';
}

function arn(name: string, resource: string, region = 'eu-west-1'): string {
  return `arn:aws:ec2:${region}:${account(name)}:${resource}`;
}

function site(name: string) {
  const found = seeded.networks.sites.find((one) => one.account === account(name));
  if (!found) throw new Error(`no network in \`${name}\``);
  return found;
}

function only(label: string, fits: (node: GraphNode) => boolean = () => true): GraphNode {
  const found = nodes.filter((node) => node.labels[0] === label && fits(node));
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} of \`${label}\``);
  return first;
}

function ends(type: string, from: string): readonly string[] {
  return edges.filter((edge) => edge.type === type && edge.from === from).map(({ to }) => to);
}

const named = (name: string) => (node: GraphNode) => node.properties['name'] === name;

test('one of everything is read, and nothing is missing', () => {
  const counts = new Map<string, number>();
  for (const { labels } of nodes) {
    if (labels[0].startsWith('Ec2')) counts.set(labels[0], (counts.get(labels[0]) ?? 0) + 1);
  }

  expect(gaps).toBe(0);
  expect(Object.fromEntries([...counts].sort())).toEqual({
    Ec2CustomerGateway: 1,
    Ec2EgressOnlyInternetGateway: 1,
    Ec2ElasticIp: 1,
    Ec2Image: 2,
    Ec2Instance: 2,
    Ec2InstanceProfileAssociation: 2,
    Ec2InternetGateway: 2,
    Ec2KeyPair: 1,
    Ec2LaunchTemplate: 1,
    Ec2LaunchTemplateVersion: 2,
    Ec2NatGateway: 1,
    // One of each network, and one of the network that AWS makes with each account and region.
    Ec2NetworkAcl: 9,
    Ec2NetworkInterface: 4,
    // The emulator makes AWS's own six for each account and region.
    Ec2PrefixList: 37,
    Ec2RouteTable: 14,
    Ec2SecurityGroup: 13,
    Ec2Snapshot: 5,
    Ec2Subnet: 23,
    // Seen by both accounts, and one.
    Ec2TransitGateway: 1,
    Ec2TransitGatewayAttachment: 2,
    Ec2TransitGatewayRouteTable: 1,
    Ec2Volume: 5,
    Ec2Vpc: 9,
    Ec2VpcBlockPublicAccess: 6,
    Ec2VpcBlockPublicAccessExclusion: 1,
    Ec2VpcEndpoint: 2,
    Ec2VpcEndpointService: 1,
    Ec2VpcFlowLog: 1,
    Ec2VpcPeering: 1,
    Ec2Vpn: 1,
    Ec2VpnGateway: 1,
  });
});

test('every machine runs as the role of its profile', () => {
  const machine = only('Ec2Instance', named('web-1'));

  expect(ends('RUNS_AS', machine.id)).toEqual([`arn:aws:iam::${account('production')}:role/web`]);
  expect(edges.filter(({ type }) => type === 'RUNS_AS').map(({ from }) => from)).toEqual(
    nodes.filter(({ labels }) => labels[0] === 'Ec2Instance').map(({ id }) => id),
  );
});

test('a template’s version that starts machines names their profile and holds nothing of its script', () => {
  const version = only('Ec2LaunchTemplateVersion', ({ properties }) => properties['version'] === '2');
  const template = only('Ec2LaunchTemplate');

  expect(version.properties).toMatchObject({ name: 'shop', isDefault: false, hasUserData: true });
  expect(ends('USES', version.id)).toEqual([`arn:aws:iam::${account('production')}:instance-profile/web`]);
  expect(ends('VERSION_OF', version.id)).toEqual([template.id]);
  expect(template.properties).toMatchObject({ defaultVersion: '1', latestVersion: '2' });
  expect(JSON.stringify([nodes, edges])).not.toContain(Buffer.from('#!/bin/sh\nexport SHOP').toString('base64'));
});

test('disks that leave the account are told with whom', () => {
  const snapshot = (name: string) =>
    only('Ec2Snapshot', ({ properties }) => properties['description'] === `Nightly copy of ${name}`);
  const orders = snapshot('orders');
  const volume = only('Ec2Volume', named('orders'));
  const key = seeded.keys['production/app'] ?? '';

  expect(orders.properties).toEqual({
    account: account('production'),
    region: 'eu-west-1',
    arn: orders.id,
    snapshotId: orders.id.split('/')[1],
    description: 'Nightly copy of orders',
    isPublic: false,
    isEncrypted: true,
    state: 'completed',
    sizeBytes: 100 * 1024 ** 3,
    createdAt: '2026-11-23T04:00:00.000Z',
    tags: [],
  });
  expect(ends('SHARED_WITH', orders.id)).toEqual(
    [account('security'), sampleCompany.outsiders['scanner-vendor'] ?? ''].sort(),
  );
  expect(ends('ENCRYPTED_WITH', orders.id)).toEqual([key]);
  expect(ends('MADE_FROM', orders.id)).toEqual([volume.id]);
  expect(snapshot('catalogue').properties['isPublic']).toBe(true);
  expect(only('Ec2Image', named('robot-simulator')).properties['isPublic']).toBe(true);
  expect(ends('SHARED_WITH', only('Ec2Image', named('shop-golden')).id)).toEqual([account('development')]);
});

test('routes lead to gateways, and what is gone is said to be', () => {
  const { privateTable } = site('production');
  const table = only('Ec2RouteTable', ({ properties }) => properties['routeTableId'] === privateTable);
  const targets = ends('ROUTES_TO', table.id);
  const group = only('Ec2SecurityGroup', named('behind-firewall'));
  const reasonOf = (id: string | undefined) => nodes.find((node) => node.id === id)?.properties['reason'];

  expect(targets.map((id) => id.replace(/[0-9a-f]{17}$/, ''))).toEqual([
    arn('production', 'natgateway/nat-'),
    arn('production', 'vpc-endpoint/vpce-'),
    'eni-',
  ]);
  expect(reasonOf(targets.at(-1))).toBe('other account or deleted');
  expect(ends('REFERENCES', group.id).map(reasonOf)).toEqual(['does not exist']);
});

test('a transit gateway that is shared is one, its owner’s, and its routes lead into both accounts', () => {
  const hub = only('Ec2TransitGateway');
  const table = only('Ec2TransitGatewayRouteTable');
  const networks = ends('ROUTES_TO', table.id).flatMap((attachment) => ends('CONNECTS', attachment));

  expect(hub.properties['account']).toBe(account('shared'));
  expect(table.properties).toMatchObject({
    routes: [
      `10.0.0.0/16 to ${site('shared').vpc} (propagated)`,
      `10.10.0.0/16 to ${site('production').vpc} (propagated)`,
      '10.99.0.0/16 to nowhere (blackhole)',
    ],
    blackholeRoutes: ['10.99.0.0/16 to nowhere (blackhole)'],
  });
  expect(networks.sort()).toEqual(
    [arn('shared', `vpc/${site('shared').vpc}`), arn('production', `vpc/${site('production').vpc}`)].sort(),
  );
});

test('a peering is one connection, whichever of both sides tells of it', () => {
  const peering = only('Ec2VpcPeering');

  expect(peering.properties).toEqual({
    account: account('production'),
    region: 'eu-west-1',
    arn: peering.id,
    vpcPeeringConnectionId: peering.id.split('/')[1],
    state: 'active',
    requesterAccount: account('production'),
    accepterAccount: account('development'),
    requesterCidrBlock: '10.10.0.0/16',
    accepterCidrBlock: '10.20.0.0/16',
    crossesAccounts: true,
    tags: [],
  });
  expect(ends('CONNECTS', peering.id)).toEqual([
    arn('development', `vpc/${site('development').vpc}`, 'eu-central-1'),
    arn('production', `vpc/${site('production').vpc}`),
  ]);
});

test('who may connect, what is exempt, what is watched and what AWS owns are told', () => {
  const service = only('Ec2VpcEndpointService');
  const [subnet = ''] = Object.values(site('production').subnets);
  const lists = nodes.filter(({ labels }) => labels[0] === 'Ec2PrefixList');

  expect(ends('ADMITS', service.id)).toEqual(
    [`arn:aws:iam::${account('development')}:root`, 'arn:aws:iam::999988887777:root'].sort(),
  );
  expect(ends('EXEMPTS', only('Ec2VpcBlockPublicAccessExclusion').id)).toEqual([arn('production', `subnet/${subnet}`)]);
  expect(ends('WRITES_TO', only('Ec2VpcFlowLog').id)).toEqual(['arn:aws:s3:::northwind-orders']);
  expect(
    lists.filter(({ properties }) => properties['account'] !== undefined).map(({ properties }) => properties),
  ).toMatchObject([
    { account: account('shared'), entries: ['198.51.100.0/24 Oslo', '203.0.113.0/24 Lisbon'], maxEntriesCount: 10 },
  ]);
});

test('no pre-shared key of a VPN is anywhere', () => {
  expect(only('Ec2Vpn').properties).toMatchObject({ state: 'available', connectionType: 'ipsec.1' });
  expect(JSON.stringify([nodes, edges])).not.toMatch(/pre.?shared|ipsec_tunnel/i);
});

test('calls are those that the lists need, and one for each thing that must be asked about', () => {
  const calls = proxy.calls()[account('production')] ?? {};
  const regions = sampleCompany.regions.length;
  const ofEc2 = Object.entries(calls).filter(([action]) => action.startsWith('ec2:'));
  const details = new Map([
    ['ec2:DescribeSnapshotAttribute', 4],
    ['ec2:DescribeImageAttribute', 1],
  ]);

  expect(ofEc2.filter(([action, count]) => count !== (details.get(action) ?? regions))).toEqual([]);
});
