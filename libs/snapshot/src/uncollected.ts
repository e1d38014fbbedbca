import { type Scope, type ScopeRecord, type UncollectedReason, accountOf, findArn } from '@ag/model';

/** Says why nothing is known of an id that an edge leads to, from what was read and how that ended. */
export function uncollectedReasons(scopes: Iterable<ScopeRecord>): (id: string) => UncollectedReason {
  const byAccount = new Map<string, ScopeRecord[]>();
  for (const record of scopes) {
    const account = record.scope.place.account;
    const records = byAccount.get(account);
    if (records) records.push(record);
    else byAccount.set(account, [record]);
  }
  return (id) => reasonFor(id, byAccount);
}

function reasonFor(id: string, read: ReadonlyMap<string, readonly ScopeRecord[]>): UncollectedReason {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (/^A(GPA|IDA|IPA|NPA|NVA|ROA|SIA|KIA)[A-Z0-9]{12,}$/.test(id)) return 'deleted principal';
  if (/^\d{12}$/.test(id)) return read.has(id) ? 'could not be read' : 'other account';
  const arn = findArn(id);
  const label = arn ? undefined : labelOfEc2Id(id);
  if (label !== undefined) return reasonForEc2Id(label, [...read.values()].flat());
  if (!arn) return /\.amazon(aws)?\.com(\.cn)?$/.test(id) ? 'owned by AWS' : 'could not be read';
  if (arn.account === 'aws' || /^alias\/aws\//.test(arn.resource)) return 'owned by AWS';

  const account = accountOf(id);
  if (account !== undefined && !read.has(account)) return 'other account';
  const records = account === undefined ? [...read.values()].flat() : (read.get(account) ?? []);
  const responsible = records.filter(({ scope }) => couldHold(scope, arn));
  // What was never listed, or not to its end, may well exist.
  if (responsible.length === 0) return 'could not be read';
  if (responsible.some(({ state }) => state !== 'complete')) return 'could not be read';
  // Images and snapshots of EC2: what is not ours was never ours, or no longer.
  if (account === undefined) return arn.service === 'ec2' ? 'other account or deleted' : 'other account';
  return arn.service === 'iam' && arn.resource.startsWith('policy/') ? 'missing policy' : 'does not exist';
}

/** The resource's type as a label ends with it. What Lambda numbers or names with one colon more is another type. */
function typeOf({ service, resource }: { service: string; resource: string }): string {
  // No label ends in `Connection`, which is GraphQL's word for a list: `vpn-connection` is `Ec2Vpn`.
  const type = (/^([a-z-]+)[/:]/i.exec(resource)?.[1] ?? '')
    .replace(/-connection$/, '')
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^alias$/, 'key');
  const [, name, qualifier] = resource.split(':');
  if (service !== 'lambda' || name === undefined || qualifier === undefined) return type;
  if (type === 'function') return /^\d+$/.test(qualifier) ? 'functionversion' : 'functionalias';
  return `${type}version`;
}

/** Whether the scope's listing would have yielded the ARN: `IamPolicy` for `arn:aws:iam::…:policy/…`. */
function couldHold(scope: Scope, arn: { service: string; region: string; resource: string }): boolean {
  if (arn.region !== '' && scope.place.region !== 'global' && scope.place.region !== arn.region) return false;
  const label = scope.resource.toLowerCase();
  const type = typeOf(arn);
  if (label === `${arn.service}${type}` || label === type) return true;
  // Services whose ARNs name no type have one kind of resource: a bucket, a queue.
  return type === '' && label.startsWith(arn.service);
}

/** The kinds of which EC2 may name another account's by the bare id, with the beginnings of those ids. */
const shareable: Readonly<Record<string, string>> = {
  vpc: 'Ec2Vpc',
  subnet: 'Ec2Subnet',
  tgw: 'Ec2TransitGateway',
  'tgw-attach': 'Ec2TransitGatewayAttachment',
  'tgw-rtb': 'Ec2TransitGatewayRouteTable',
  pcx: 'Ec2VpcPeering',
  pl: 'Ec2PrefixList',
  'vpce-svc': 'Ec2VpcEndpointService',
  vpce: 'Ec2VpcEndpoint',
  eni: 'Ec2NetworkInterface',
};

/** The kinds that are named so where they are the account's own, or gone. Of a deleted group AWS forgets whose it was. */
const own: Readonly<Record<string, string>> = {
  sg: 'Ec2SecurityGroup',
  i: 'Ec2Instance',
  igw: 'Ec2InternetGateway',
  eigw: 'Ec2EgressOnlyInternetGateway',
  nat: 'Ec2NatGateway',
  vgw: 'Ec2VpnGateway',
  rtb: 'Ec2RouteTable',
};

/** The kind that a bare id of EC2 is of: `Ec2SecurityGroup` for `sg-0a1b2c3d`. */
function labelOfEc2Id(id: string): string | undefined {
  const kind = /^([a-z]+(?:-[a-z]+)?)-[0-9a-f]{8,}$/.exec(id)?.[1] ?? '';
  return shareable[kind] ?? own[kind];
}

/** The id tells neither account nor region, so that all listings of its kind must have ended without it. */
function reasonForEc2Id(label: string, records: readonly ScopeRecord[]): UncollectedReason {
  const responsible = records.filter(({ scope }) => scope.resource === label);
  if (responsible.length === 0 || responsible.some(({ state }) => state !== 'complete')) return 'could not be read';
  return Object.values(shareable).includes(label) ? 'other account or deleted' : 'does not exist';
}
