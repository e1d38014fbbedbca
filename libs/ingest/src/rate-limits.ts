/** How many calls at once, how many a second, and how many of those together after a rest. */
export interface Limit {
  readonly concurrency: number;
  readonly perSecond: number;
  readonly burst: number;
}

interface Counted {
  readonly service: string;
  readonly operation: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

const usual: Limit = { concurrency: 8, perSecond: 20, burst: 20 };

// At most half of what AWS refills, where it says what that is: the account's own tools share it.
const limits: Readonly<Record<string, Limit>> = {
  iam: { concurrency: 5, perSecond: 15, burst: 15 },
  s3: { concurrency: 16, perSecond: 50, burst: 50 },
  // 100 tokens and 20 a second for each call that is filtered or asks for pages. We take one bucket for them all.
  // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
  ec2: { concurrency: 4, perSecond: 10, burst: 10 },
  // ListRegions: 5 a second. https://docs.aws.amazon.com/accounts/latest/reference/quotas.html
  account: { concurrency: 1, perSecond: 2.5, burst: 1 },
  // ListGrants is the slowest: 100 a second. https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
  kms: { concurrency: 8, perSecond: 50, burst: 50 },
  // The control plane but for GetPolicy and GetFunction: 15 a second. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  lambda: { concurrency: 4, perSecond: 7.5, burst: 7 },
  // GetResourcePolicy: 50 a second. https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
  secretsmanager: { concurrency: 8, perSecond: 25, burst: 25 },
  // All calls together: 10 a second. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-account-service-limits-table.html
  apigateway: { concurrency: 2, perSecond: 5, burst: 5 },
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  cloudtrail: { concurrency: 2, perSecond: 5, burst: 5 },
  // Search: 5 a second. https://docs.aws.amazon.com/resource-explorer/latest/userguide/quotas.html
  'resource-explorer-2': { concurrency: 1, perSecond: 2.5, burst: 1 },
  organizations: { concurrency: 2, perSecond: 5, burst: 5 },
  // Identity Center documents 20 transactions a second for all of its calls together.
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
  sso: { concurrency: 5, perSecond: 10, burst: 10 },
  identitystore: { concurrency: 5, perSecond: 10, burst: 10 },
};

/** Operations that AWS counts by themselves. */
const operations: Readonly<Record<string, Limit>> = {
  // 2 a second, for an account and region: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
  'cloudtrail:LookupEvents': { concurrency: 2, perSecond: 2, burst: 1 },
  // 15 and 100 a second, on the page above.
  'lambda:GetPolicy': { concurrency: 4, perSecond: 7.5, burst: 7 },
  'lambda:GetFunction': { concurrency: 8, perSecond: 50, burst: 50 },
};

/** 50 tokens and 10 a second, where neither pages nor a filter are asked for. */
const unpagedEc2: Limit = { concurrency: 4, perSecond: 5, burst: 5 };

/** Asked in one account for the whole organization, so the limit is the collector's, not an account's. */
const organizationWide = new Set(['organizations', 'sso', 'identitystore']);

/** Counted in each region by itself, as their pages above say. */
const perRegion = new Set([
  'ec2',
  'kms',
  'lambda',
  'secretsmanager',
  'apigateway',
  'cloudtrail',
  'resource-explorer-2',
]);

export function isOrganizationWide(service: string): boolean {
  return organizationWide.has(service);
}

export function isPerRegion(service: string): boolean {
  return perRegion.has(service);
}

/** The limits that a call counts against: its service's, and one of its own where AWS keeps another bucket for it. */
export function limitsFor({ service, operation, input = {} }: Counted): readonly { name: string; limit: Limit }[] {
  const name = `${service}:${operation}`;
  const own = operations[name];
  if (own) return [{ name, limit: own }];
  const whole = { name: service, limit: limits[service] ?? usual };
  const isPaged = ['MaxResults', 'NextToken', 'Filters'].some((name) => input[name] !== undefined);
  return service === 'ec2' && !isPaged ? [whole, { name: 'ec2 unpaged', limit: unpagedEc2 }] : [whole];
}
