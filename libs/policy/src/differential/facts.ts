import type { AclGrant, BlockSettings, Facts, KmsGrant } from '../types.ts';
import type { Random } from './random.ts';
import { type Asked, home, other } from './world.ts';

/** What an inventory knows of the caller, the resource and its service. */
export function toFacts(target: Asked, known: Facts['principal'], random: Random): Facts {
  const { arn } = target;
  return {
    principal: { ...known, ...(random.chance(0.05) && { inManagementAccount: true }) },
    ...(random.chance(0.05) && { resource: { inManagementAccount: true } }),
    ...(arn.includes(':s3:') && { s3: toS3(arn, random) }),
    ...(arn.includes(':kms:') && random.chance(0.6) && { kms: toKms(random) }),
    ...(random.chance(0.3) && { vpcEndpoint: { type: random.one(['Gateway', 'Interface'] as const) } }),
  };
}

const grantees: readonly AclGrant['grantee'][] = [
  { type: 'CanonicalUser', id: 'c-other' },
  { type: 'CanonicalUser', id: 'c-home' },
  { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  { type: 'Group', uri: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' },
  { type: 'Group', uri: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
];
const permissions = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'];

function toS3(arn: string, random: Random): NonNullable<Facts['s3']> {
  const grants = () =>
    Array.from({ length: random.below(3) }, (): AclGrant => ({
      grantee: random.one(grantees),
      permission: random.one(permissions),
    }));
  const block = (): BlockSettings => ({
    ignorePublicAcls: random.chance(0.2),
    restrictPublicBuckets: random.chance(0.2),
    blockPublicAcls: random.chance(0.2),
  });
  const isPoint = arn.includes(':accesspoint/');
  return {
    ...(random.chance(0.5) && {
      objectOwnership: random.one(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const),
      ...(!isPoint && { bucketAcl: grants(), objectAcl: grants() }),
    }),
    ...(random.chance(0.15) && !isPoint && { objectOwnerAccountId: random.one([home, other]) }),
    ...(random.chance(0.3) && { publicAccessBlock: { account: block(), bucket: block() } }),
    ...(isPoint && {
      accessPoint: {
        bucketObjectArn: 'arn:aws:s3:::b/red/k',
        bucketAccountId: random.one([home, home, other]),
        networkOrigin: 'Internet',
      },
    }),
  };
}

const grantOperations = ['Decrypt', 'Encrypt', 'DescribeKey', 'CreateGrant'];
const grantPrincipals = [
  ...['user/ana', 'role/app', 'root'].map((name) => `arn:aws:iam::${home}:${name}`),
  `arn:aws:iam::${other}:user/eve`,
];

function toKms(random: Random): NonNullable<Facts['kms']> {
  const grants = Array.from({ length: random.below(3) }, (): KmsGrant => ({
    granteePrincipal: random.one(grantPrincipals),
    operations: random.some(grantOperations, 1, 2),
    ...(random.chance(0.3) && {
      constraints: random.one([{ encryptionContextSubset: { a: '1' } }, { encryptionContextEquals: {} }]),
    }),
  }));
  return { grants, ...(random.chance(0.1) && { keyManager: 'AWS' }) };
}
