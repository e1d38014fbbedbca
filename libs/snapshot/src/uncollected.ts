import { type Scope, type ScopeRecord, type UncollectedReason, accountOf, findArn, labelOfArn } from '@ag/model';

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
  if (!arn) return /\.amazon(aws)?\.com(\.cn)?$/.test(id) ? 'owned by AWS' : 'could not be read';
  if (arn.account === 'aws' || /^alias\/aws\//.test(arn.resource)) return 'owned by AWS';

  const account = accountOf(id);
  if (account !== undefined && !read.has(account)) return 'other account';
  const records = account === undefined ? [...read.values()].flat() : (read.get(account) ?? []);
  const label = labelOfArn(id);
  const responsible = records.filter(({ scope }) => couldHold(scope, arn, label));
  // What was never listed, or not to its end, may well exist.
  if (responsible.length === 0) return 'could not be read';
  if (responsible.some(({ state }) => state !== 'complete')) return 'could not be read';
  if (account === undefined) return 'other account';
  return arn.service === 'iam' && arn.resource.startsWith('policy/') ? 'missing policy' : 'does not exist';
}

/** Whether the scope's listing would have yielded the ARN: `IamPolicy` for `arn:aws:iam::…:policy/…`. */
function couldHold(
  scope: Scope,
  arn: { service: string; region: string; resource: string },
  exact: string | undefined,
): boolean {
  if (arn.region !== '' && scope.place.region !== 'global' && scope.place.region !== arn.region) return false;
  if (exact !== undefined) return scope.resource === exact;
  const label = scope.resource.toLowerCase();
  const type = (/^([a-z-]+)[/:]/.exec(arn.resource)?.[1] ?? '').replaceAll('-', '').replace(/^alias$/, 'key');
  if (label === `${arn.service}${type}` || label === type) return true;
  // Services whose ARNs name no type have one kind of resource: a bucket, a queue.
  return type === '' && label.startsWith(arn.service);
}
