import type { PolicyKind, Principal } from '@ag/model';
import { parsePolicyValue } from '../parse/parse-policy.ts';
import type { AclGrant, BlockSettings, Facts, KmsGrant, Level, Policy, PolicySet, Question } from '../types.ts';
import { toBlock, toContext } from './conditions.ts';
import type { Random } from './random.ts';
import {
  type Asked,
  actionPatterns,
  asked,
  callers,
  home,
  other,
  principalElements,
  resourcePatterns,
} from './world.ts';

/** Policies of each kind, parsed once and asked many times. */
export type Pool = Readonly<Record<PolicyKind, readonly Policy[]>>;

const kinds: readonly PolicyKind[] = [
  'identity',
  'boundary',
  'session',
  'scp',
  'rcp',
  'resource',
  'trust',
  'endpoint',
  'accessPoint',
];

/** Makes policies of each kind. */
export function toPool(random: Random, size = 150): Pool {
  const of = (kind: PolicyKind) =>
    Array.from({ length: size }, (_, index) => toPolicy(kind, `${kind}-${index}`, random));
  const pool = new Map(kinds.map((kind) => [kind, of(kind)]));
  const get = (kind: PolicyKind) => pool.get(kind) ?? [];
  return {
    identity: get('identity'),
    boundary: get('boundary'),
    session: get('session'),
    scp: get('scp'),
    rcp: get('rcp'),
    resource: get('resource'),
    trust: get('trust'),
    endpoint: get('endpoint'),
    accessPoint: get('accessPoint'),
  };
}

const named: ReadonlySet<PolicyKind> = new Set<PolicyKind>(['resource', 'trust', 'endpoint', 'accessPoint', 'rcp']);

function toPolicy(kind: PolicyKind, id: string, random: Random): Policy {
  // AWS's own RCP allows everything, and everyone's but it denies.
  const statements = Array.from({ length: 1 + random.below(3) }, () => toStatement(kind, random));
  const full = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
  const document = {
    ...(random.chance(0.85) ? { Version: '2012-10-17' } : random.chance(0.5) && { Version: '2008-10-17' }),
    Statement: kind === 'rcp' && random.chance(0.8) ? [full, ...statements] : statements,
  };
  const parsed = parsePolicyValue(document, kind);
  if (!parsed.ok) throw new Error(`not a policy: ${JSON.stringify(parsed.findings)} ${JSON.stringify(document)}`);
  return { id, kind, document: parsed.document };
}

function toStatement(kind: PolicyKind, random: Random): object {
  const denies = random.chance(kind === 'rcp' ? 0.9 : 0.2);
  const Condition = toBlock(random);
  const element = random.one(principalElements);
  const principal = denies && random.chance(0.2) && kind !== 'rcp' ? { NotPrincipal: element } : { Principal: element };
  const actions = random.some(actionPatterns, 1, 3);
  const resources = random.some(resourcePatterns, 1, 3);
  return {
    Effect: denies ? 'Deny' : 'Allow',
    ...(named.has(kind) && (kind === 'rcp' ? { Principal: '*' } : principal)),
    ...(random.chance(0.85) ? { Action: actions } : { NotAction: actions }),
    ...(kind !== 'trust' && (random.chance(0.85) ? { Resource: resources } : { NotResource: resources })),
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}

/** One question of a closed world, with every layer there or not. */
export function toQuestion(random: Random, pool: Pool): Question {
  const { principal, facts: known } = random.one(callers);
  const target = random.one(asked);
  const action = random.one(target.actions);
  const facts = toFacts(target, known, random);
  return {
    request: {
      principal,
      action: random.chance(0.05) ? action.toUpperCase().replace(/^[^:]*/, (name) => name.toLowerCase()) : action,
      // What has no resource is about the caller's own account.
      resource: {
        arn: target.arn,
        account: target.wildcardOnly ? (accountOfCaller(principal) ?? home) : target.account,
      },
      ...(target.wildcardOnly && { wildcardOnlyAction: true }),
    },
    policies: toPolicies(target, action, hasIdentity(principal), random, pool),
    facts,
    knowledge: { context: toContext(random), rest: 'absent' },
  };
}

function accountOfCaller(principal: Principal): string | undefined {
  return 'account' in principal ? principal.account : undefined;
}

// The root user, services and strangers have no policies of their own.
function hasIdentity({ kind }: Principal): boolean {
  return kind === 'user' || kind === 'session' || kind === 'federatedUser';
}

function toPolicies(target: Asked, action: string, hasOwn: boolean, random: Random, pool: Pool): PolicySet {
  const one = (kind: PolicyKind) => random.one(pool[kind]);
  const levels = (kind: 'scp' | 'rcp'): readonly Level[] =>
    Array.from({ length: 1 + random.below(3) }, (_, index) => ({
      target: `level-${index}`,
      policies: random.chance(0.7)
        ? [fullAccess[kind], ...random.some(pool[kind], 0, 1)]
        : random.some(pool[kind], 0, 2),
    }));
  const isTrust = action.startsWith('sts:');
  const orFull = (kind: 'boundary' | 'session' | 'endpoint') =>
    random.chance(0.5) ? [fullAccess[kind], one(kind)] : [one(kind)];
  return {
    identity: hasOwn ? [...(random.chance(0.5) ? [fullAccess.identity] : []), ...random.some(pool.identity, 0, 2)] : [],
    ...(hasOwn && random.chance(0.15) && { boundary: orFull('boundary') }),
    ...(hasOwn && random.chance(0.15) && { session: orFull('session') }),
    ...(random.chance(0.35) && { scp: levels('scp') }),
    ...(random.chance(0.25) && { rcp: levels('rcp') }),
    ...(random.chance(0.6) && { resource: one(isTrust ? 'trust' : 'resource') }),
    ...(random.chance(0.15) && { endpoint: orFull('endpoint') }),
    ...(target.arn.includes(':accesspoint/') && random.chance(0.7) && { accessPoint: one('accessPoint') }),
  };
}

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const fullAccess = {
  identity: full('identity', everything),
  boundary: full('boundary', everything),
  session: full('session', everything),
  endpoint: full('endpoint', { ...everything, Principal: '*' }),
  scp: full('scp', everything),
  rcp: full('rcp', { ...everything, Principal: '*' }),
};

function full(kind: PolicyKind, statement: object): Policy {
  const parsed = parsePolicyValue({ Version: '2012-10-17', Statement: [statement] }, kind);
  if (!parsed.ok) throw new Error('full access is a policy');
  return { id: `full-${kind}`, kind, document: parsed.document };
}

function toFacts(target: Asked, known: Facts['principal'], random: Random): Facts {
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
