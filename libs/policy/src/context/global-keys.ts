/** When a request has a key (table 1.10). */
export type Presence =
  | 'always'
  /** Not in requests of anonymous callers, nor before a role is assumed through an identity provider. */
  | 'signed'
  /** The caller's account is in an organization. */
  | 'organization'
  /** The caller or the resource has the tag, and the service looks at it. */
  | 'tagged'
  /** An AWS service calls in its own name. */
  | 'service'
  /** An IAM user calls. */
  | 'user'
  /** Temporary credentials, whose issuer may put it in. */
  | 'temporary'
  /** Sessions of roles, by how and where the role was assumed. */
  | 'roleSession'
  /** Centralized root sessions. */
  | 'rootSession'
  /** The request does not come through a VPC endpoint. */
  | 'publicPath'
  /** It does. */
  | 'endpoint'
  | 'resource'
  /** The resource's account is in an organization. */
  | 'resourceOrganization'
  /** A service calls with the caller's credentials. */
  | 'viaService'
  /** A service calls another on behalf of a resource. */
  | 'forService'
  /** Some calls, or some clients. */
  | 'some';

/** A key that every service's policies can use. Keys of tags are prefixes, and end with a slash. */
export interface GlobalKey {
  readonly key: string;
  readonly type: 'string' | 'arn' | 'bool' | 'date' | 'numeric' | 'ip';
  /** CL4: it is compared under a set operator. */
  readonly multivalued: boolean;
  readonly there: Presence;
  /** GK1: what principal and resource fix, the caller cannot choose. */
  readonly fixedBy: 'principal' | 'session' | 'network' | 'resource' | 'request';
}

/**
 * The global condition keys, as the page said on 2026-09-26.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const globalKeys: readonly GlobalKey[] = [
  { key: 'aws:PrincipalArn', type: 'arn', multivalued: false, there: 'signed', fixedBy: 'principal' },
  { key: 'aws:PrincipalAccount', type: 'string', multivalued: false, there: 'signed', fixedBy: 'principal' },
  { key: 'aws:PrincipalOrgPaths', type: 'string', multivalued: true, there: 'organization', fixedBy: 'principal' },
  { key: 'aws:PrincipalOrgID', type: 'string', multivalued: false, there: 'organization', fixedBy: 'principal' },
  { key: 'aws:PrincipalTag/', type: 'string', multivalued: false, there: 'tagged', fixedBy: 'principal' },
  { key: 'aws:PrincipalIsAWSService', type: 'bool', multivalued: false, there: 'signed', fixedBy: 'principal' },
  { key: 'aws:PrincipalServiceName', type: 'string', multivalued: false, there: 'service', fixedBy: 'principal' },
  { key: 'aws:PrincipalServiceNamesList', type: 'string', multivalued: true, there: 'service', fixedBy: 'principal' },
  { key: 'aws:PrincipalType', type: 'string', multivalued: false, there: 'always', fixedBy: 'principal' },
  { key: 'aws:userid', type: 'string', multivalued: false, there: 'always', fixedBy: 'principal' },
  { key: 'aws:username', type: 'string', multivalued: false, there: 'user', fixedBy: 'principal' },
  { key: 'aws:AssumedRoot', type: 'bool', multivalued: false, there: 'rootSession', fixedBy: 'session' },
  { key: 'aws:FederatedProvider', type: 'string', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'aws:TokenIssueTime', type: 'date', multivalued: false, there: 'temporary', fixedBy: 'session' },
  { key: 'aws:MultiFactorAuthAge', type: 'numeric', multivalued: false, there: 'temporary', fixedBy: 'session' },
  { key: 'aws:MultiFactorAuthPresent', type: 'bool', multivalued: false, there: 'temporary', fixedBy: 'session' },
  { key: 'aws:ChatbotSourceArn', type: 'arn', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'aws:Ec2InstanceSourceVpc', type: 'string', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'aws:Ec2InstanceSourcePrivateIPv4', type: 'ip', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'aws:SourceIdentity', type: 'string', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'ec2:RoleDelivery', type: 'numeric', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'ec2:SourceInstanceArn', type: 'arn', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'glue:RoleAssumedBy', type: 'string', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  {
    key: 'glue:CredentialIssuingService',
    type: 'string',
    multivalued: false,
    there: 'roleSession',
    fixedBy: 'session',
  },
  { key: 'lambda:SourceFunctionArn', type: 'arn', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'ssm:SourceInstanceArn', type: 'arn', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'identitystore:UserId', type: 'string', multivalued: false, there: 'roleSession', fixedBy: 'session' },
  { key: 'aws:SourceIp', type: 'ip', multivalued: false, there: 'publicPath', fixedBy: 'network' },
  { key: 'aws:SourceVpc', type: 'string', multivalued: false, there: 'endpoint', fixedBy: 'network' },
  { key: 'aws:SourceVpcArn', type: 'arn', multivalued: false, there: 'endpoint', fixedBy: 'network' },
  { key: 'aws:SourceVpce', type: 'string', multivalued: false, there: 'endpoint', fixedBy: 'network' },
  { key: 'aws:VpceAccount', type: 'string', multivalued: false, there: 'endpoint', fixedBy: 'network' },
  { key: 'aws:VpceOrgPaths', type: 'string', multivalued: true, there: 'endpoint', fixedBy: 'network' },
  { key: 'aws:VpceOrgID', type: 'string', multivalued: false, there: 'endpoint', fixedBy: 'network' },
  { key: 'aws:VpcSourceIp', type: 'ip', multivalued: false, there: 'endpoint', fixedBy: 'network' },
  { key: 'aws:ResourceAccount', type: 'string', multivalued: false, there: 'resource', fixedBy: 'resource' },
  { key: 'aws:ResourceOrgID', type: 'string', multivalued: false, there: 'resourceOrganization', fixedBy: 'resource' },
  {
    key: 'aws:ResourceOrgPaths',
    type: 'string',
    multivalued: true,
    there: 'resourceOrganization',
    fixedBy: 'resource',
  },
  { key: 'aws:ResourceTag/', type: 'string', multivalued: false, there: 'tagged', fixedBy: 'resource' },
  { key: 'aws:CalledVia', type: 'string', multivalued: true, there: 'viaService', fixedBy: 'request' },
  { key: 'aws:CalledViaFirst', type: 'string', multivalued: false, there: 'viaService', fixedBy: 'request' },
  { key: 'aws:CalledViaLast', type: 'string', multivalued: false, there: 'viaService', fixedBy: 'request' },
  { key: 'aws:CalledViaAWSMCP', type: 'string', multivalued: false, there: 'viaService', fixedBy: 'request' },
  { key: 'aws:ViaAWSService', type: 'bool', multivalued: false, there: 'always', fixedBy: 'request' },
  { key: 'aws:ViaAWSMCPService', type: 'bool', multivalued: false, there: 'some', fixedBy: 'request' },
  { key: 'aws:CurrentTime', type: 'date', multivalued: false, there: 'always', fixedBy: 'request' },
  { key: 'aws:EpochTime', type: 'date', multivalued: false, there: 'always', fixedBy: 'request' },
  { key: 'aws:referer', type: 'string', multivalued: false, there: 'some', fixedBy: 'request' },
  { key: 'aws:RequestedRegion', type: 'string', multivalued: false, there: 'always', fixedBy: 'request' },
  { key: 'aws:RequestTag/', type: 'string', multivalued: false, there: 'some', fixedBy: 'request' },
  { key: 'aws:TagKeys', type: 'string', multivalued: true, there: 'some', fixedBy: 'request' },
  { key: 'aws:SecureTransport', type: 'bool', multivalued: false, there: 'always', fixedBy: 'request' },
  { key: 'aws:SourceArn', type: 'arn', multivalued: false, there: 'forService', fixedBy: 'request' },
  { key: 'aws:SourceAccount', type: 'string', multivalued: false, there: 'forService', fixedBy: 'request' },
  { key: 'aws:SourceOwner', type: 'string', multivalued: false, there: 'forService', fixedBy: 'request' },
  { key: 'aws:SourceOrgPaths', type: 'string', multivalued: true, there: 'forService', fixedBy: 'request' },
  { key: 'aws:SourceOrgID', type: 'string', multivalued: false, there: 'forService', fixedBy: 'request' },
  { key: 'aws:UserAgent', type: 'string', multivalued: false, there: 'some', fixedBy: 'request' },
  { key: 'aws:IsMcpServiceAction', type: 'bool', multivalued: false, there: 'some', fixedBy: 'request' },
];

/** The names of the keys that requests have on one occasion. */
export function keysThere(presence: Presence): readonly string[] {
  return globalKeys.filter(({ there }) => there === presence).map(({ key }) => key);
}
