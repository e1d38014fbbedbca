import { type Grant, type Layer, type Residual, accountOf, findArn } from '@ag/model';
import { type Known, toKnown } from '../condition/known.ts';
import { conditionToResidual } from '../condition/to-residual.ts';
import { escapePattern } from '../match/pattern.ts';
import { all, always, any, constant, never, not } from '../residual/build.ts';
import { isRefusedByIam } from '../services/iam-protected.ts';
import { grantAllows, worksAcrossAccounts } from '../services/kms.ts';
import { rcpServices } from '../services/rcp-services.ts';
import { findAclGrant, granteeName, policyReachesObject } from '../services/s3-acl.ts';
import { isPublicPolicy } from '../services/s3-public.ts';
import type { Condition, Facts, Question } from '../types.ts';
import {
  type LayerResult,
  type Scene,
  allowBy,
  evaluatePolicies,
  evaluateWithPrincipals,
} from './evaluate-policies.ts';
import { type Subject, toSubject } from './subject.ts';

/** One layer of the answer: what it allows and denies, and whether it must allow for the request to pass. */
export interface LayerView {
  readonly layer: Layer;
  readonly target?: string;
  readonly result: LayerResult;
  readonly allow: Residual;
  readonly deny: Residual;
  /** Under which residual this layer stands in the way. */
  readonly blocks: Residual;
}

/** A request judged by every layer. Allowed is: `access` and every gate, and no deny. */
export interface Evaluation {
  readonly layers: readonly LayerView[];
  readonly allowed: Residual;
  readonly denied: Residual;
  readonly grants: readonly { readonly grant: Grant; readonly guard: Residual }[];
  readonly unread: readonly Layer[];
}

const empty: LayerResult = { statements: [], allow: never, deny: never };

/**
 * Judges one request by all layers (EV1–EV17). `assume` is what an unread layer does: everything or nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(question: Question, assume: 'best' | 'worst' = 'best'): Evaluation {
  const { request, policies, facts = {}, knowledge } = question;
  const { principal, action, resource } = request;
  const known = toKnown(knowledge, facts, principal);
  const subject = toSubject(principal, facts, knowledge);
  const bounded = policies.boundary !== undefined;
  const scene: Scene = {
    asked: { action, arn: resource.arn, wildcardOnly: request.wildcardOnlyAction === true },
    known,
    subject,
    bounded,
  };
  const unread = new Set((policies.unread ?? []).map(({ layer }) => layer));
  const open = (layer: Layer, value: Residual) => (unread.has(layer) ? (assume === 'best' ? always : never) : value);
  const shut = (layer: Layer, value: Residual) => (unread.has(layer) ? (assume === 'best' ? value : always) : value);
  const layers: LayerView[] = [];
  const denies: Residual[] = [];

  function add(layer: Layer, result: LayerResult, allow: Residual, gate: boolean, target?: string): Residual {
    const effective = open(layer, allow);
    const deny = shut(layer, result.deny);
    denies.push(deny);
    layers.push({
      layer,
      result,
      allow: effective,
      deny,
      blocks: gate ? not(effective) : never,
      ...(target !== undefined && { target }),
    });
    return effective;
  }

  const service = action.split(':')[0]?.toLowerCase() ?? '';
  const resourceAccount = resource.account ?? accountOf(resource.arn) ?? subject.account;
  const sameAccount = subject.account !== undefined && subject.account === resourceAccount;
  const isAssume = /^sts:assumerole/i.test(action) || /^sts:(tagsession|setsourceidentity)$/i.test(action);
  // EV5: these must themselves allow.
  const resourceMustAllow = service === 'kms' && isKey(resource.arn) ? true : isAssume && resource.arn !== '*';

  // ST9
  if (/^sts:getcalleridentity$/i.test(action)) {
    return { layers, allowed: always, denied: never, grants: [], unread: [] };
  }

  const gates: Residual[] = [];
  for (const level of scpLevels(question)) {
    const result = evaluatePolicies(level.policies, scene);
    gates.push(add('scp', result, result.allow, true, level.target));
  }
  if (unread.has('scp') && !policies.scp && isUnderScp(question)) gates.push(add('scp', empty, never, true));
  for (const level of rcpLevels(question, service)) {
    const result = evaluateWithPrincipals(level.policies, scene);
    gates.push(add('rcp', result, result.allow, true, level.target));
  }
  if (unread.has('rcp') && !policies.rcp && isUnderRcp(question, service)) gates.push(add('rcp', empty, never, true));
  if (policies.endpoint) {
    const result = evaluateWithPrincipals(policies.endpoint, scene);
    gates.push(add('endpoint', result, endpointAllow(result, facts, subject), true));
  }

  // The resource's side.
  const resourceKind: Layer = policies.resource?.kind === 'trust' || isAssume ? 'trust' : 'resource';
  const bucketArn = facts.s3?.accessPoint?.bucketObjectArn;
  const resourceScene =
    policies.accessPoint && bucketArn ? { ...scene, asked: { ...scene.asked, arn: bucketArn } } : scene;
  const reaches = policyReachesObject(facts, resourceAccount);
  const onResource = policies.resource && reaches ? evaluateWithPrincipals([policies.resource], resourceScene) : empty;
  const direct = any([allowBy(onResource, 'direct')]);
  const role = allowBy(onResource, 'role');
  const account = allowBy(onResource, 'account');
  const grant = service === 'kms' ? grantAllows(action, facts.kms?.grants ?? [], subject, known) : never;
  const acl = findAclGrant(action, facts, subject);
  const retiring = /^kms:retiregrant$/i.test(action);
  const resourceAllow = open(resourceKind, any([direct, role, account]));
  const extra = any([grant, constant(acl !== undefined)]);

  // The principal's side.
  const identity = evaluatePolicies(policies.identity, scene);
  const isRoot = principal.kind === 'root';
  const hasIdentity = ['user', 'role', 'session', 'federatedUser', 'root'].includes(principal.kind);
  const session = policies.session ? evaluatePolicies(policies.session, scene) : undefined;
  const boundary = policies.boundary ? evaluatePolicies(policies.boundary, scene) : undefined;
  const needsSession = facts.principal?.credentials === 'federation-token' || principal.kind === 'federatedUser';
  // RQ6: root needs no policy of its own.
  const identityAllow = isRoot && assume ? always : identity.allow;
  const sessionAllow = session?.allow ?? (needsSession ? never : always);

  const I = hasIdentity ? add('identity', identity, identityAllow, false) : never;
  const PB =
    hasIdentity && (boundary || unread.has('boundary'))
      ? add('boundary', boundary ?? empty, boundary?.allow ?? never, false)
      : always;
  const SP =
    hasIdentity && (session || needsSession || unread.has('session'))
      ? add('session', session ?? empty, sessionAllow, false)
      : always;
  if (policies.resource || unread.has(resourceKind)) add(resourceKind, onResource, any([direct, role, account]), false);
  const accessPoint = policies.accessPoint ? evaluateWithPrincipals([policies.accessPoint], scene) : undefined;
  if (accessPoint) add('accessPoint', accessPoint, accessPoint.allow, false);
  const D = any([unread.has(resourceKind) ? (assume === 'best' ? always : never) : direct, extra]);

  let access: Residual;
  if (retiring) access = grant;
  else if (!hasIdentity) access = any([resourceAllow, extra]);
  else if (sameAccount || resource.arn === '*' || request.wildcardOnlyAction) {
    const within = resourceMustAllow ? any([role, all([account, I])]) : any([I, role]);
    const root = isRoot && !resourceMustAllow ? always : never;
    access = any([D, root, all([within, PB, SP])]);
  } else {
    const allowedThere = service === 'kms' && !worksAcrossAccounts(action) ? never : any([resourceAllow, extra]);
    access = all([I, PB, SP, allowedThere]);
  }
  if (accessPoint) access = throughAccessPoint();

  const serviceDeny: Residual[] = [];
  if (isCutOffByBlock(question, subject, resourceAccount)) {
    serviceDeny.push(always);
    layers.push({ layer: 'publicAccessBlock', result: empty, allow: never, deny: always, blocks: never });
  }
  const origin = facts.s3?.accessPoint;
  if (origin?.networkOrigin === 'VPC' && origin.vpcId !== undefined) {
    // An access point of a VPC refuses requests from anywhere else.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
    gates.push(conditionToResidual(isVpc(origin.vpcId), '2012-10-17', known));
  }
  if (isRefused()) {
    gates.push(never);
    layers.push({ layer: 'service', result: empty, allow: never, deny: never, blocks: always });
  }
  if (grant.is !== 'false') layers.push({ layer: 'grant', result: empty, allow: grant, deny: never, blocks: never });
  if (acl) layers.push({ layer: 'acl', result: empty, allow: always, deny: never, blocks: never });

  // What blocks for want of an allow is named by layer, once it is known that access is missing.
  markMissing(layers, {
    I,
    PB,
    SP,
    D,
    role,
    account,
    access,
    sameAccount,
    resourceMustAllow,
    hasIdentity,
    resourceKind,
  });
  return {
    layers,
    allowed: all([access, ...gates]),
    denied: any([...denies, ...serviceDeny]),
    grants: toGrants(layers, { grant, acl: acl && granteeName(acl), isRoot, subject }),
    unread: [...unread],
  };

  // S34: the access point's policy and the bucket's must both allow.
  function throughAccessPoint(): Residual {
    const point = accessPoint ?? empty;
    const bucketSide = any([direct, role, account]);
    const side = (result: LayerResult) =>
      sameAccount
        ? any([allowBy(result, 'direct'), all([any([I, allowBy(result, 'role')]), PB, SP])])
        : all([result.allow, I, PB, SP]);
    return sameAccount ? all([side(point), any([bucketSide, all([I, PB, SP])])]) : all([side(point), bucketSide]);
  }

  function isRefused(): boolean {
    if (isRefusedByIam(action, resource.arn)) return true;
    // ST8: a role of another account cannot be passed.
    if (/^iam:passrole$/i.test(action) && !sameAccount && resource.arn !== '*') return true;
    // ST10: GetFederationToken credentials call neither IAM nor STS.
    if (facts.principal?.credentials === 'federation-token' && (service === 'iam' || service === 'sts')) return true;
    // ST10: GetSessionToken credentials may not call IAM, nor STS but for AssumeRole, unless MFA was used.
    if (
      facts.principal?.credentials === 'session-token' &&
      (service === 'iam' || (service === 'sts' && !/assumerole$/i.test(action)))
    ) {
      const mfa = known.of('aws:MultiFactorAuthPresent');
      return !(service === 'iam' && mfa.is === 'known' && mfa.value === 'true');
    }
    return false;
  }
}

function isVpc(vpc: string): Condition {
  return {
    operator: 'StringEquals',
    negated: false,
    ifExists: false,
    key: 'aws:SourceVpc',
    values: [escapePattern(vpc)],
    spelling: 'StringEquals',
  };
}

function isKey(arn: string): boolean {
  return findArn(arn)?.resource.startsWith('key/') ?? false;
}

function isUnderScp({ request: { principal }, facts = {} }: Question): boolean {
  // OR1, OR2, RQ7
  if (facts.principal?.inManagementAccount || facts.principal?.serviceLinkedRole) return false;
  return ['root', 'user', 'role', 'session', 'federatedUser'].includes(principal.kind);
}

function scpLevels(question: Question) {
  return isUnderScp(question) ? (question.policies.scp ?? []) : [];
}

function isUnderRcp({ request, facts = {} }: Question, service: string): boolean {
  // OR6, OR7, OR8, OR9, OR11
  if (facts.resource?.inManagementAccount || facts.principal?.serviceLinkedRole) return false;
  if (facts.kms?.keyManager === 'AWS' || /^kms:retiregrant$/i.test(request.action)) return false;
  return rcpServices.has(service) && request.wildcardOnlyAction !== true;
}

function rcpLevels(question: Question, service: string) {
  return isUnderRcp(question, service) ? (question.policies.rcp ?? []) : [];
}

// VP2: in a gateway endpoint's policy an account means its root user.
function endpointAllow(result: LayerResult, facts: Facts, subject: Subject): Residual {
  if (facts.vpcEndpoint?.type !== 'Gateway') return result.allow;
  return subject.principal.kind === 'root' ? result.allow : allowBy(result, 'direct');
}

// S31: under RestrictPublicBuckets a public policy leaves only services and the owner's account.
function isCutOffByBlock({ policies, facts = {} }: Question, subject: Subject, owner: string | undefined): boolean {
  const { account, bucket } = facts.s3?.publicAccessBlock ?? {};
  if (account?.restrictPublicBuckets !== true && bucket?.restrictPublicBuckets !== true) return false;
  if (subject.principal.kind === 'service' || (subject.account !== undefined && subject.account === owner))
    return false;
  return policies.resource !== undefined && isPublicPolicy(policies.resource);
}

interface Parts {
  readonly I: Residual;
  readonly PB: Residual;
  readonly SP: Residual;
  readonly D: Residual;
  readonly role: Residual;
  readonly account: Residual;
  readonly access: Residual;
  readonly sameAccount: boolean;
  readonly resourceMustAllow: boolean;
  readonly hasIdentity: boolean;
  readonly resourceKind: Layer;
}

function markMissing(layers: LayerView[], parts: Parts): void {
  if (parts.access.is === 'true') return;
  const resource = any([parts.D, parts.role, parts.account]);
  const needs: readonly (readonly [Layer, Residual])[] = [
    [
      'identity',
      parts.hasIdentity && !(parts.resourceMustAllow && parts.sameAccount && parts.account.is === 'false')
        ? parts.I
        : always,
    ],
    ['boundary', parts.PB],
    ['session', parts.SP],
    [parts.resourceKind, parts.sameAccount && !parts.resourceMustAllow ? always : resource],
  ];
  for (const [layer, allow] of needs) {
    if (allow.is === 'true') continue;
    const index = layers.findIndex((view) => view.layer === layer);
    const view = layers[index];
    if (view) layers[index] = { ...view, blocks: not(allow) };
    else layers.push({ layer, result: empty, allow, deny: never, blocks: not(allow) });
  }
}

function toGrants(
  layers: readonly LayerView[],
  extra: {
    readonly grant: Residual;
    readonly acl: string | undefined;
    readonly isRoot: boolean;
    readonly subject: Subject;
  },
): Evaluation['grants'] {
  const grants: { grant: Grant; guard: Residual }[] = [];
  for (const { layer, result } of layers) {
    if (!['identity', 'resource', 'trust', 'accessPoint'].includes(layer)) continue;
    for (const { statement, guard, ref } of result.statements) {
      if (statement.effect === 'Allow' && guard.is !== 'false')
        grants.push({ grant: { by: 'statement', statement: ref }, guard });
    }
  }
  const [name = ''] = [...extra.subject.self, ...extra.subject.behind];
  if (extra.grant.is !== 'false') grants.push({ grant: { by: 'kmsGrant', grantee: name }, guard: extra.grant });
  if (extra.acl !== undefined) grants.push({ grant: { by: 'acl', grantee: extra.acl }, guard: always });
  if (extra.isRoot) grants.push({ grant: { by: 'rootUser' }, guard: always });
  return grants;
}
