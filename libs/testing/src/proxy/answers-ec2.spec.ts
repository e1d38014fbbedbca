import { expect, test } from 'vitest';
import type { Network } from '../network.ts';
import type { Seeded } from '../seed/seed.ts';
import { answerForEc2 } from './answers-ec2.ts';
import { callOf, seededOf } from './fixtures.ts';

const region = 'eu-west-1';
const hub = '111122223333';
const guest = '444455556666';
const network = (more: Partial<Network> = {}): Network => ({ region, cidrBlock: '10.0.0.0/16', subnets: {}, ...more });

const seeded: Seeded = {
  ...seededOf({}),
  accounts: { shared: hub, production: guest },
  networks: {
    sites: [
      {
        account: hub,
        region,
        network: network({
          transitGateway: { description: 'The hub', sharedWith: ['production'], drops: ['10.99.0.0/16'] },
        }),
        vpc: 'vpc-0a1',
        subnets: {},
        privateTable: 'rtb-0a1',
      },
      {
        account: guest,
        region,
        network: network({ cidrBlock: '10.10.0.0/16', blocksPublicAccess: 'block-ingress' }),
        vpc: 'vpc-0b1',
        subnets: { front: 'subnet-0b1' },
        privateTable: 'rtb-0b1',
      },
    ],
    snapshots: [
      {
        account: guest,
        region,
        id: 'snap-0b1',
        description: 'a < b',
        volume: 'vol-0b1',
        sizeGibibytes: 8,
        key: 'arn:aws:kms:k',
      },
    ],
    hub: {
      account: hub,
      region,
      transitGateway: 'tgw-0a1',
      description: 'The hub',
      routeTable: 'tgw-rtb-0a1',
      sharedWith: ['production'],
      attachments: [{ id: 'tgw-attach-0a1', vpc: 'vpc-0a1' }],
    },
  },
};

/** What stands in the elements of a name, or `undefined` where the emulator is asked. */
function ask(action: string, account: string, name: string, form: Readonly<Record<string, string>> = {}) {
  const call = callOf(action, { protocol: 'ec2', account, region, form: new URLSearchParams(form) });
  const body = answerForEc2(call, seeded)?.body;
  return body && [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text);
}

test('snapshots are those of the account and region, and no invented ones', () => {
  expect(ask('ec2:DescribeSnapshots', guest, 'snapshotId')).toEqual(['snap-0b1']);
  expect(ask('ec2:DescribeSnapshots', guest, 'kmsKeyId')).toEqual(['arn:aws:kms:k']);
  expect(ask('ec2:DescribeSnapshots', guest, 'description')).toEqual(['a &lt; b']);
  expect(ask('ec2:DescribeSnapshots', hub, 'snapshotId')).toEqual([]);
});

test('a shared transit gateway is seen by whom it is shared with, as its owner’s', () => {
  expect(ask('ec2:DescribeTransitGateways', guest, 'ownerId')).toEqual([hub]);
  expect(ask('ec2:DescribeTransitGateways', hub, 'ownerId')).toBeUndefined();
  expect(ask('ec2:DescribeTransitGateways', '999988887777', 'ownerId')).toBeUndefined();
});

test('an attachment is seen by the owner of the gateway and by its own', () => {
  const seen = (account: string) => ask('ec2:DescribeTransitGatewayAttachments', account, 'transitGatewayAttachmentId');

  expect(seen(hub)).toEqual(['tgw-attach-0a1', 'tgw-attach-0b1']);
  expect(seen(guest)).toEqual(['tgw-attach-0b1']);
  expect(seen('999988887777')).toBeUndefined();
});

test('routes lead to every attached network, and drop what is to be dropped', () => {
  const routes = (name: string) =>
    ask('ec2:SearchTransitGatewayRoutes', hub, name, { TransitGatewayRouteTableId: 'tgw-rtb-0a1' });

  expect(routes('destinationCidrBlock')).toEqual(['10.0.0.0/16', '10.10.0.0/16', '10.99.0.0/16']);
  expect(routes('state')).toEqual(['active', 'active', 'blackhole']);
});

test('public access is blocked where the company says so, but for one subnet', () => {
  const modeOf = (account: string) =>
    ask('ec2:DescribeVpcBlockPublicAccessOptions', account, 'internetGatewayBlockMode');
  const exempt = (account: string) => ask('ec2:DescribeVpcBlockPublicAccessExclusions', account, 'resourceArn');

  expect([modeOf(guest), modeOf(hub)]).toEqual([['block-ingress'], ['off']]);
  expect([exempt(guest), exempt(hub)]).toEqual([[`arn:aws:ec2:${region}:${guest}:subnet/subnet-0b1`], []]);
});

test('what the emulator answers well is left to it', () => {
  expect(ask('ec2:DescribeVpcs', hub, 'vpcId')).toBeUndefined();
});
