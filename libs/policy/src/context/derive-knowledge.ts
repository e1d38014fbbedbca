import { type Principal, findArn } from '@ag/model';
import type { Context, Knowledge } from '../types.ts';
import { globalKeys, keysThere } from './global-keys.ts';

export interface OrganizationFacts {
  readonly id: string;
  /** The account's path: `o-…/r-…/ou-…/`. */
  readonly path: string;
}

export interface PrincipalFacts {
  readonly principal: Principal;
  readonly uniqueId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly organization?: OrganizationFacts;
  readonly userName?: string;
  /** A role that people assume through Identity Center. */
  readonly identityCenter?: boolean;
}

export interface ResourceFacts {
  readonly arn: string;
  readonly account?: string;
  readonly organization?: OrganizationFacts;
  /** Where the resource is, for services whose ARNs do not tell. */
  readonly region?: string;
  /** `undefined`: unread, so unknown. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The service does not authorize by this resource's tags. */
  readonly tagsUnsupported?: boolean;
}

// Which of these keys a request has, its caller or the moment decides; that it has them is known.
const alwaysThere = globalKeys
  .filter(({ there, fixedBy, key }) => there === 'always' && fixedBy === 'request' && key !== 'aws:ViaAWSService')
  .map(({ key }) => key);

/** Services whose requests all go to one region. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion */
const globalServices = new Set(['iam', 'organizations', 'cloudfront', 'route53', 'account', 'support', 'shield']);

/**
 * What is known of the request context at analysis time, for an ordinary, direct call (table 1.10): keys that the
 * principal or the resource fixes are known (GK1), keys that such a call never has are absent, every other is unknown.
 * What is supplied comes first.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function deriveKnowledge(input: {
  readonly principal: PrincipalFacts;
  readonly action: string;
  readonly resource: ResourceFacts;
  readonly supplied?: Context;
}): Knowledge {
  const { principal, action, resource, supplied = {} } = input;
  const derived = derive();
  principalKeys(principal, derived);
  resourceKeys(resource, action, derived);
  const given = new Set(Object.keys(supplied).map((key) => key.toLowerCase()));
  const context = Object.fromEntries([
    ...[...derived.context].filter(([key]) => !given.has(key.toLowerCase())),
    ...Object.entries(supplied),
  ]);
  return {
    context,
    absent: derived.absent.filter((key) => !given.has(key.toLowerCase())),
    // Always there, with a value that the caller or the moment decides.
    present: [...alwaysThere, ...(isTemporary(principal) ? ['aws:TokenIssueTime'] : [])].filter(
      (key) => !given.has(key.toLowerCase()) && !derived.context.has(key),
    ),
    absentPrefixes: absentPrefixes(input),
    rest: 'unknown',
    sessionName: principal.principal.kind === 'role' ? 'unknown' : 'known',
    sessionTags: principal.identityCenter ? 'unknown' : 'known',
  };
}

// Users and the root user have long-term keys or temporary ones; the others have temporary ones alone.
function isTemporary({ principal }: PrincipalFacts): boolean {
  return ['role', 'session', 'federatedUser'].includes(principal.kind);
}

// All tags are known, or the service knows none: a tag that is not among them is absent.
function absentPrefixes({ principal, action, resource }: Parameters<typeof deriveKnowledge>[0]): readonly string[] {
  const service = action.split(':')[0]?.toLowerCase() ?? '';
  const ofResource = resource.tags || resource.tagsUnsupported ? ['aws:ResourceTag/', `${service}:ResourceTag/`] : [];
  const ofPrincipal = principal.tags && !principal.identityCenter ? ['aws:PrincipalTag/'] : [];
  return [...ofResource, ...ofPrincipal];
}

interface Derived {
  readonly context: Map<string, string | readonly string[]>;
  readonly absent: string[];
}

function derive(): Derived {
  return { context: new Map(), absent: [] };
}

function principalKeys(
  { principal, uniqueId, tags, organization, userName }: PrincipalFacts,
  { context, absent }: Derived,
): void {
  context.set('aws:PrincipalIsAWSService', principal.kind === 'service' ? 'true' : 'false');
  switch (principal.kind) {
    case 'root':
      set('Account', principal.arn, principal.account);
      context.set('aws:userid', principal.account);
      break;
    case 'user':
      set('User', principal.arn, principal.account);
      if (uniqueId !== undefined) context.set('aws:userid', uniqueId);
      context.set('aws:username', userName ?? principal.arn.split('/').at(-1) ?? '');
      break;
    case 'role':
      set('AssumedRole', principal.arn, principal.account);
      break;
    case 'session':
      set('AssumedRole', principal.roleArn, principal.account);
      if (uniqueId !== undefined) context.set('aws:userid', `${uniqueId}:${principal.sessionName}`);
      break;
    case 'federatedUser':
      set('FederatedUser', principal.arn, principal.account);
      context.set('aws:userid', `${principal.account}:${principal.arn.split('/').at(-1) ?? ''}`);
      break;
    case 'webIdentity':
    case 'saml':
      // Their calls are not signed (ST3), as those of strangers are not.
      context.delete('aws:PrincipalIsAWSService');
      absent.push('aws:PrincipalIsAWSService');
      absent.push('aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths');
      break;
    case 'service':
      context.set('aws:PrincipalServiceName', principal.name);
      absent.push('aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths');
      break;
    case 'anonymous':
      // RQ8
      context.set('aws:PrincipalType', 'Anonymous');
      context.set('aws:userid', 'anonymous');
      absent.push(
        'aws:PrincipalArn',
        'aws:PrincipalAccount',
        'aws:PrincipalOrgID',
        'aws:PrincipalOrgPaths',
        'aws:PrincipalIsAWSService',
      );
      context.delete('aws:PrincipalIsAWSService');
      break;
  }
  if (principal.kind !== 'user') absent.push(...keysThere('user'));
  if (principal.kind !== 'service') absent.push(...keysThere('forService'), ...keysThere('service'));
  if (principal.kind !== 'role' && principal.kind !== 'session') absent.push(...keysThere('roleSession'));
  // A direct call, not one that a service makes with the caller's credentials.
  context.set('aws:ViaAWSService', 'false');
  absent.push(...keysThere('viaService'));
  for (const [key, value] of Object.entries(tags ?? {})) context.set(`aws:PrincipalTag/${key}`, value);

  function set(type: string, arn: string, account: string): void {
    context.set('aws:PrincipalArn', arn);
    context.set('aws:PrincipalAccount', account);
    context.set('aws:PrincipalType', type);
    // GK3: outside any organization the keys are absent.
    if (organization) {
      context.set('aws:PrincipalOrgID', organization.id);
      context.set('aws:PrincipalOrgPaths', [organization.path]);
    } else absent.push('aws:PrincipalOrgID', 'aws:PrincipalOrgPaths');
  }
}

function resourceKeys(resource: ResourceFacts, action: string, { context, absent }: Derived): void {
  const { account, organization, tags, arn } = resource;
  if (account !== undefined) {
    context.set('aws:ResourceAccount', account);
    const caller = context.get('aws:PrincipalAccount');
    if (caller !== undefined) context.set('kms:CallerAccount', caller);
    if (organization) {
      context.set('aws:ResourceOrgID', organization.id);
      context.set('aws:ResourceOrgPaths', [organization.path]);
    } else absent.push('aws:ResourceOrgID', 'aws:ResourceOrgPaths');
  }
  const service = action.split(':')[0]?.toLowerCase() ?? '';
  // A bucket's requests go to its own region.
  const point = /^(arn:[^:]+:s3:[^:]*:(\d{12}):accesspoint\/[^/]+)/.exec(arn);
  if (service === 's3' && point?.[1] !== undefined && point[2] !== undefined) {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-condition-keys
    context.set('s3:DataAccessPointArn', point[1]);
    context.set('s3:DataAccessPointAccount', point[2]);
  }
  const region = findArn(arn)?.region || (resource.region ?? '');
  if (region !== '') context.set('aws:RequestedRegion', region);
  else if (globalServices.has(service)) context.set('aws:RequestedRegion', 'us-east-1');
  for (const [key, value] of Object.entries(tags ?? {})) {
    context.set(`aws:ResourceTag/${key}`, value);
    context.set(`${service}:ResourceTag/${key}`, value);
  }
}
