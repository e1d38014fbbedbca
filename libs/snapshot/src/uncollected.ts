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
  const label = ec2LabelOf(arn?.resource ?? id);
  if (!arn && label !== undefined) {
    const listings = [...read.values()].flat().filter(({ scope }) => scope.resource === label);
    return isAllComplete(listings) ? 'does not exist' : 'could not be read';
  }
  if (!arn) return /\.amazon(aws)?\.com(\.cn)?$/.test(id) ? 'owned by AWS' : 'could not be read';
  if (arn.account === 'aws' || /^alias\/aws\//.test(arn.resource)) return 'owned by AWS';

  const account = accountOf(id);
  if (account !== undefined && !read.has(account)) return 'other account';
  const records = account === undefined ? [...read.values()].flat() : (read.get(account) ?? []);
  const responsible = records.filter(({ scope }) => couldHold(scope, arn, label));
  // What was never listed, or not to its end, may well exist.
  if (!isAllComplete(responsible)) return 'could not be read';
  if (account === undefined) return 'other account';
  // A profile is told of by its role, so one without a role is in no listing of ours.
  if (arn.service === 'iam' && arn.resource.startsWith('instance-profile/')) return 'profile without role';
  return arn.service === 'iam' && arn.resource.startsWith('policy/') ? 'missing policy' : 'does not exist';
}

/** Whether the scope's listing would have yielded the ARN: `IamPolicy` for `arn:aws:iam::…:policy/…`. */
function couldHold(
  scope: Scope,
  arn: { service: string; region: string; resource: string },
  ec2Label: string | undefined,
): boolean {
  if (arn.region !== '' && scope.place.region !== 'global' && scope.place.region !== arn.region) return false;
  if (ec2Label !== undefined && scope.resource === ec2Label) return true;
  const label = scope.resource.toLowerCase();
  const type = (/^([a-z-]+)[/:]/.exec(arn.resource)?.[1] ?? '').replaceAll('-', '').replace(/^alias$/, 'key');
  if (label === `${arn.service}${type}` || label === type) return true;
  // Services whose ARNs name no type have one kind of resource: a bucket, a queue.
  return type === '' && label.startsWith(arn.service);
}

function isAllComplete(records: readonly ScopeRecord[]): boolean {
  return records.length > 0 && records.every(({ state }) => state === 'complete');
}

/** What EC2 calls by an id alone: a route's target, the group that a rule names. */
const ec2Labels: ReadonlyMap<string, string> = new Map([
  ['eigw', 'Ec2EgressOnlyInternetGateway'],
  ['eni', 'Ec2NetworkInterface'],
  ['i', 'Ec2Instance'],
  ['igw', 'Ec2InternetGateway'],
  ['nat', 'Ec2NatGateway'],
  ['pcx', 'Ec2VpcPeering'],
  ['pl', 'Ec2PrefixList'],
  ['sg', 'Ec2SecurityGroup'],
  ['subnet', 'Ec2Subnet'],
  ['tgw', 'Ec2TransitGateway'],
  ['vgw', 'Ec2VpnGateway'],
  ['vpc', 'Ec2Vpc'],
  ['vpce', 'Ec2VpcEndpoint'],
]);

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
function ec2LabelOf(resource: string): string | undefined {
  const prefix = /(?:^|\/)([a-z]+)-[0-9a-f]{8,17}$/.exec(resource)?.[1];
  return prefix === undefined ? undefined : ec2Labels.get(prefix);
}
