import type { Seeded } from '../seed/seed.ts';
import { snapshotTakenAt } from '../seed/seed-disks.ts';
import type { SeededHub } from '../seed/seed-hub.ts';
import type { Call } from './call.ts';
import { type Reply, escapeXml } from './reply.ts';

/** Answers for the emulator's EC2, where it has no answer or a wrong one; each says why. */
export function answerForEc2(call: Call, { networks, accounts }: Seeded): Reply | undefined {
  const here = networks.sites.find(({ account, region }) => account === call.account && region === call.region);
  switch (call.action) {
    // The emulator invents 1,301 snapshots in each account and region.
    case 'ec2:DescribeSnapshots': {
      const own = networks.snapshots.filter(
        ({ account, region }) => account === call.account && region === call.region,
      );
      return reply(call, list('snapshotSet', own.map(snapshotXml)));
    }
    // The emulator has none of the next two.
    case 'ec2:DescribeVpcBlockPublicAccessOptions':
      return reply(call, optionsXml(call, here?.network.blocksPublicAccess));
    case 'ec2:DescribeVpcBlockPublicAccessExclusions': {
      const [subnet] = Object.values(here?.subnets ?? {});
      const exempt = here?.network.blocksPublicAccess && subnet;
      return reply(call, list('vpcBlockPublicAccessExclusionSet', exempt ? [exclusionXml(call, exempt)] : []));
    }
    // The emulator shares no transit gateway: who is given one sees none.
    case 'ec2:DescribeTransitGateways':
      return isGuest(call, networks.hub, accounts)
        ? reply(call, list('transitGatewaySet', [gatewayXml(networks.hub)]))
        : undefined;
    case 'ec2:DescribeTransitGatewayAttachments':
      return attachmentsReply(call, { networks, accounts });
    // The emulator's form of these routes is one that AWS's has not.
    case 'ec2:SearchTransitGatewayRoutes':
      return routesReply(call, { networks, accounts });
    default:
      return undefined;
  }
}

type Facts = Pick<Seeded, 'networks' | 'accounts'>;

function isGuest(call: Call, hub: SeededHub | undefined, accounts: Facts['accounts']): hub is SeededHub {
  return (
    hub !== undefined && hub.region === call.region && hub.sharedWith.some((name) => accounts[name] === call.account)
  );
}

/** Networks of the accounts that it is shared with, each by an attachment that only the proxy knows. */
function guestsOf({ networks, accounts }: Facts, hub: SeededHub) {
  const ids = hub.sharedWith.map((name) => accounts[name]);
  return networks.sites
    .filter(({ account, region }) => ids.includes(account) && region === hub.region)
    .map(({ account, vpc, network }) => ({
      id: vpc.replace('vpc-', 'tgw-attach-'),
      vpc,
      account,
      cidrBlock: network.cidrBlock,
    }));
}

function attachmentsReply(call: Call, facts: Facts): Reply | undefined {
  const { hub } = facts.networks;
  if (hub?.region !== call.region) return undefined;
  const guests = guestsOf(facts, hub);
  const own = hub.attachments.map((attachment) => ({ ...attachment, account: hub.account }));
  const seen = [...own, ...guests].filter(({ account }) => call.account === hub.account || call.account === account);
  if (seen.length === 0) return undefined;
  return reply(
    call,
    list(
      'transitGatewayAttachments',
      seen.map(
        ({ id, vpc, account }) =>
          `<transitGatewayAttachmentId>${id}</transitGatewayAttachmentId><transitGatewayId>${hub.transitGateway}</transitGatewayId>` +
          `<transitGatewayOwnerId>${hub.account}</transitGatewayOwnerId><resourceOwnerId>${account}</resourceOwnerId>` +
          `<resourceType>vpc</resourceType><resourceId>${vpc}</resourceId><state>available</state>` +
          `<association><transitGatewayRouteTableId>${hub.routeTable}</transitGatewayRouteTableId><state>associated</state></association>`,
      ),
    ),
  );
}

function routesReply(call: Call, facts: Facts): Reply | undefined {
  const { hub, sites } = facts.networks;
  if (call.form.get('TransitGatewayRouteTableId') !== hub?.routeTable || !hub) return undefined;
  const home = sites.find(({ account, region }) => account === hub.account && region === hub.region);
  const own = hub.attachments.map((attachment) => ({ ...attachment, cidrBlock: home?.network.cidrBlock ?? '' }));
  const routes = [...own, ...guestsOf(facts, hub)].map(
    ({ id, vpc, cidrBlock }) =>
      `<destinationCidrBlock>${cidrBlock}</destinationCidrBlock><type>propagated</type><state>active</state>` +
      list('transitGatewayAttachments', [
        `<resourceId>${vpc}</resourceId><transitGatewayAttachmentId>${id}</transitGatewayAttachmentId><resourceType>vpc</resourceType>`,
      ]),
  );
  const dropped = (home?.network.transitGateway?.drops ?? []).map(
    (cidr) => `<destinationCidrBlock>${cidr}</destinationCidrBlock><type>static</type><state>blackhole</state>`,
  );
  const rest = '<additionalRoutesAvailable>false</additionalRoutesAvailable>';
  return reply(call, list('routeSet', [...routes, ...dropped]) + rest);
}

function gatewayXml(hub: SeededHub): string {
  const arn = `arn:aws:ec2:${hub.region}:${hub.account}:transit-gateway/${hub.transitGateway}`;
  return (
    `<transitGatewayId>${hub.transitGateway}</transitGatewayId><transitGatewayArn>${arn}</transitGatewayArn>` +
    `<ownerId>${hub.account}</ownerId><state>available</state><description>${escapeXml(hub.description)}</description>`
  );
}

function snapshotXml(snapshot: Seeded['networks']['snapshots'][number]): string {
  const { account, id, description, volume, sizeGibibytes, key } = snapshot;
  return (
    `<snapshotId>${id}</snapshotId><ownerId>${account}</ownerId><volumeId>${volume}</volumeId><status>completed</status>` +
    `<startTime>${snapshotTakenAt}</startTime><progress>100%</progress><volumeSize>${sizeGibibytes}</volumeSize>` +
    `<description>${escapeXml(description)}</description><encrypted>${key !== undefined}</encrypted>` +
    (key === undefined ? '' : `<kmsKeyId>${key}</kmsKeyId>`)
  );
}

function optionsXml({ account, region }: Call, mode = 'off'): string {
  return (
    `<vpcBlockPublicAccessOptions><awsAccountId>${account}</awsAccountId><awsRegion>${region}</awsRegion>` +
    `<state>default-state</state><internetGatewayBlockMode>${mode}</internetGatewayBlockMode>` +
    `<managedBy>account</managedBy><exclusionsAllowed>allowed</exclusionsAllowed></vpcBlockPublicAccessOptions>`
  );
}

function exclusionXml({ account, region }: Call, subnet: string): string {
  return (
    `<exclusionId>${subnet.replace('subnet-', 'vpcbpa-exclude-')}</exclusionId>` +
    `<internetGatewayExclusionMode>allow-bidirectional</internetGatewayExclusionMode>` +
    `<resourceArn>arn:aws:ec2:${region}:${account}:subnet/${subnet}</resourceArn><state>create-complete</state>`
  );
}

function list(name: string, items: readonly string[]): string {
  return `<${name}>${items.map((item) => `<item>${item}</item>`).join('')}</${name}>`;
}

function reply({ action }: Call, inside: string): Reply {
  const name = `${action.slice('ec2:'.length)}Response`;
  const body = `<${name} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>proxy</requestId>${inside}</${name}>`;
  return { status: 200, type: 'text/xml', body };
}
