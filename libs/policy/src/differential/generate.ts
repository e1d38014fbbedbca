import type { PolicyKind, Principal } from '@ag/model';
import { parsePolicyValue } from '../parse/parse-policy.ts';
import type { Level, Policy, PolicySet, Question } from '../types.ts';
import { toBlock, toContext } from './conditions.ts';
import { toFacts } from './facts.ts';
import type { Random } from './random.ts';
import { type Asked, actionPatterns, asked, callers, home, principalElements, resourcePatterns } from './world.ts';

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

/**
 * How many statements have no conditions, deny, or are about everything; how many requests stay within one
 * account, and how many callers may do all.
 */
export interface Mood {
  readonly plain: number;
  readonly broad: number;
  readonly denying: number;
  readonly within: number;
  readonly powerful: number;
}

const ordinary: Mood = { plain: 0.4, broad: 0, denying: 0.3, within: 0.25, powerful: 0.7 };
/** Much hangs on conditions. */
export const conditional: Mood = { plain: 0.1, broad: 0.8, denying: 0.15, within: 0.9, powerful: 0.1 };

/** Makes policies of each kind. */
export function toPool(random: Random, size = 150, mood: Mood = ordinary): Pool {
  const of = (kind: PolicyKind) =>
    Array.from({ length: size }, (_, index) => toPolicy(kind, `${kind}-${index}`, mood, random));
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

function toPolicy(kind: PolicyKind, id: string, mood: Mood, random: Random): Policy {
  // AWS's own RCP allows everything, and everyone's but it denies.
  const statements = Array.from({ length: 1 + random.below(3) }, () => toStatement(kind, mood, random));
  const full = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
  const document = {
    ...(random.chance(0.85) ? { Version: '2012-10-17' } : random.chance(0.5) && { Version: '2008-10-17' }),
    Statement: kind === 'rcp' && random.chance(0.8) ? [full, ...statements] : statements,
  };
  const parsed = parsePolicyValue(document, kind);
  if (!parsed.ok) throw new Error(`not a policy: ${JSON.stringify(parsed.findings)} ${JSON.stringify(document)}`);
  return { id, kind, document: parsed.document };
}

function toStatement(kind: PolicyKind, { plain, broad, denying }: Mood, random: Random): object {
  const denies = random.chance(kind === 'rcp' ? 0.9 : denying);
  const Condition = random.chance(plain) ? {} : toBlock(random);
  const element = random.chance(0.15) ? '*' : random.one(principalElements);
  const principal =
    random.chance(denies ? 0.2 : 0.03) && kind !== 'rcp' ? { NotPrincipal: element } : { Principal: element };
  const actions = random.chance(broad) ? ['*'] : random.some(actionPatterns, 1, 3);
  const resources = random.chance(broad) ? ['*'] : random.some(resourcePatterns, 1, 3);
  return {
    Effect: denies ? 'Deny' : 'Allow',
    ...(named.has(kind) && (kind === 'rcp' ? { Principal: '*' } : principal)),
    ...(random.chance(0.85) ? { Action: actions } : { NotAction: actions }),
    ...(kind !== 'trust' && (random.chance(0.85) ? { Resource: resources } : { NotResource: resources })),
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}

const insiders = callers.filter(({ principal }) => hasIdentity(principal) && accountOfCaller(principal) === home);
const inside = asked.filter(
  ({ account, actions: [first = ''] }) => account === home && /^(s3|sqs|lambda):/.test(first),
);

/** One question of a closed world, with every layer there or not. */
export function toQuestion(random: Random, pool: Pool, mood: Mood = ordinary): Question {
  // Most requests are those of users and sessions for what their own account has, as in life.
  const isWithin = random.chance(mood.within);
  const { principal, facts: known } = random.one(isWithin ? insiders : callers);
  const target = random.one(isWithin ? inside : asked);
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
    policies: toPolicies(target, action, hasIdentity(principal) ? mood.powerful : undefined, random, pool),
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

function toPolicies(
  target: Asked,
  action: string,
  powerful: number | undefined,
  random: Random,
  pool: Pool,
): PolicySet {
  const hasOwn = powerful !== undefined;
  const one = (kind: PolicyKind) => random.one(pool[kind]);
  const levels = (kind: 'scp' | 'rcp'): readonly Level[] =>
    Array.from({ length: 1 + random.below(3) }, (_, index) => ({
      target: `level-${index}`,
      policies: random.chance(0.92)
        ? [fullAccess[kind], ...random.some(pool[kind], 0, 1)]
        : random.some(pool[kind], 0, 2),
    }));
  const isTrust = action.startsWith('sts:');
  const orFull = (kind: 'boundary' | 'session' | 'endpoint') =>
    random.chance(0.5) ? [fullAccess[kind], one(kind)] : [one(kind)];
  return {
    identity: hasOwn
      ? [...(random.chance(powerful) ? [fullAccess.identity] : []), ...random.some(pool.identity, 0, 2)]
      : [],
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
