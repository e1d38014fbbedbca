import { type Principal, accountOf } from '@ag/model';
import type { AclGrant, AdditionalCheck, Condition, Context, Facts, KmsGrant, Level, Policy } from '../types.ts';
import type { PolicyDocument, PolicySet, PrincipalElement, Question, Statement, Target } from '../types.ts';

export type Judgement = 'allowed' | 'implicitlyDenied' | 'explicitlyDenied';

/** One authorization of the question, with everything that decides it. */
interface Check {
  readonly principal: Principal;
  readonly action: string;
  readonly service: string;
  readonly operation: string;
  readonly resource: Target;
  readonly onlyStar: boolean;
  readonly policies: PolicySet;
  readonly facts: Facts;
  readonly context: Map<string, string | readonly string[]>;
}

/** How a principal element reaches the caller: D names it, Rr its role, Ra its account (formula after EV18). */
type Reach = readonly ('direct' | 'role' | 'account')[];

/**
 * Decides a concrete question by the rules of iam-semantics.md, written down one after another: the second opinion of
 * the differential tests, independent of the engine.
 */
export function judge(question: Question): Judgement {
  const { request, policies, facts = {}, knowledge } = question;
  const contexts = [knowledge.context];
  const { principal } = request;
  const answers = [toJudgement(toCheck(request, { principal, policies, facts }, contexts))];
  for (const check of request.additional ?? []) {
    const caller = check.principal ?? principal;
    // What is known of the caller says nothing about another one; of the resource, nothing about another account's.
    const sameCaller = JSON.stringify(caller) === JSON.stringify(principal);
    const sameOwner = ownerOf(check.resource) === ownerOf(request.resource);
    const known = { ...facts, ...(!sameCaller && { principal: {} }), ...(!sameOwner && { resource: {} }) };
    const base = { principal: caller, policies: check.policies ?? policies, facts: known };
    answers.push(toJudgement(toCheck(check, base, check.context ? [...contexts, check.context] : contexts)));
  }
  // RQ2: every check must pass; explicit wins in the label.
  if (answers.includes('explicitlyDenied')) return 'explicitlyDenied';
  return answers.includes('implicitlyDenied') ? 'implicitlyDenied' : 'allowed';
}

type Asked = Pick<AdditionalCheck, 'action' | 'resource' | 'wildcardOnlyAction'>;
type Base = Pick<Check, 'principal' | 'policies' | 'facts'>;

function toCheck(asked: Asked, base: Base, contexts: readonly Context[]): Check {
  const action = asked.action.toLowerCase();
  const colon = action.indexOf(':');
  const context = new Map<string, string | readonly string[]>();
  // IC7: session tags hide tags of the same key, whatever the case; keys of the context win.
  for (const tags of [base.facts.principal?.tags, base.facts.principal?.sessionTags])
    for (const [key, value] of Object.entries(tags ?? {})) context.set(`aws:principaltag/${key.toLowerCase()}`, value);
  for (const given of contexts) for (const [key, value] of Object.entries(given)) context.set(key.toLowerCase(), value);
  return {
    ...base,
    action,
    service: action.slice(0, colon),
    operation: action.slice(colon + 1),
    resource: asked.resource,
    onlyStar: asked.wildcardOnlyAction === true || asked.resource.arn === '*',
    context,
  };
}

const ownerOf = (resource: Target) => resource.account ?? accountOf(resource.arn);

/** The caller's account, for callers that have one (RQ5). */
function callerAccount(principal: Principal): string | undefined {
  return 'account' in principal ? principal.account : undefined;
}

function toJudgement(check: Check): Judgement {
  if (check.action === 'sts:getcalleridentity') return 'allowed'; // ST9
  if (isExplicitlyDenied(check)) return 'explicitlyDenied'; // EV1
  const { principal, policies } = check;
  if (isRestricted(check)) return 'explicitlyDenied'; // S31
  if (isImpossible(check)) return 'implicitlyDenied';
  for (const level of [...scpLevels(check), ...rcpLevels(check)])
    if (!allows(level.policies, check)) return 'implicitlyDenied'; // EV3
  if (policies.endpoint && !allows(policies.endpoint, check)) return 'implicitlyDenied'; // VP1
  if (check.action === 'kms:retiregrant') return isGrantRetirable(check) ? 'allowed' : 'implicitlyDenied'; // KM4

  const sides = resourceSides(check);
  const signed = callerAccount(principal) !== undefined;
  // RQ7, ST3, EV15: the resource side alone decides for callers without an account.
  const letIn = sides.every((side) => (signed ? isLetIn(check, side) : side.reach.includes('direct')));
  return letIn ? 'allowed' : 'implicitlyDenied';
}

/** The policies of the caller itself. Root has none (RQ6), nor have services and unsigned calls (RQ7, ST3). */
function ownPolicies(check: Check): Pick<PolicySet, 'identity' | 'boundary' | 'session'> {
  const { principal, policies } = check;
  return callerAccount(principal) === undefined || principal.kind === 'root' ? { identity: [] } : policies;
}

function scpLevels({ principal, facts, policies }: Check): readonly Level[] {
  const untouched = facts.principal?.inManagementAccount === true || facts.principal?.serviceLinkedRole === true;
  return callerAccount(principal) === undefined || untouched ? [] : (policies.scp ?? []); // OR1, OR2, RQ7
}

/** OR9, as the page stood on 2026-09-26. */
const rcpServices = new Set(
  `appstream dsql clouddirectory cloudfront cloudsearch logs networkmonitor cognito-identity cognito-idp comprehend
  comprehendmedical firehose dynamodb dax autoscaling ecr ecr-public gamelift inspector-scan kendra kinesisvideo
  memorydb aoss personalize polly s3 swf sqs textract timestream-influxdb transcribe translate workspaces appconfig
  autoscaling-plans budgets servicediscovery cloudtrail-data codeartifact codebuild codecommit codepipeline
  compute-optimizer cost-optimization-hub events fms fis health rolesanywhere kms opensearch pricing pca-connector-ad
  resource-groups secretsmanager sts signin support transfer notifications wafv2 xray`.split(/\s+/),
);

function rcpLevels(check: Check): readonly Level[] {
  const { facts, policies, service, action, resource } = check;
  if (facts.resource?.inManagementAccount === true) return []; // OR6
  if (facts.principal?.serviceLinkedRole === true) return []; // OR7
  if (service === 'sts' && isServiceLinked(resource.arn)) return []; // OR7
  if (!rcpServices.has(service)) return []; // OR9
  if (action === 'kms:retiregrant' || (service === 'kms' && facts.kms?.keyManager === 'AWS')) return []; // OR8
  return check.onlyStar ? [] : (policies.rcp ?? []); // OR11
}

function isExplicitlyDenied(check: Check): boolean {
  const { policies } = check;
  const own = ownPolicies(check);
  const layers = [own.identity, own.boundary ?? [], own.session ?? [], policies.endpoint ?? []];
  for (const level of [...scpLevels(check), ...rcpLevels(check)]) layers.push(level.policies);
  if (policies.accessPoint) layers.push([policies.accessPoint]);
  if (layers.some((layer) => layer.some((policy) => matching(policy, 'Deny', check).length > 0))) return true;
  const behind = atBucket(check);
  return policies.resource !== undefined && matching(policies.resource, 'Deny', behind).length > 0;
}

function allows(policies: readonly Policy[], check: Check): boolean {
  return policies.some((policy) => matching(policy, 'Allow', check).length > 0);
}

/** The statements of a policy that apply, each with how it reaches the caller. */
function matching(policy: Policy, effect: Statement['effect'], check: Check): readonly Reach[] {
  const found: Reach[] = [];
  for (const statement of policy.document.statements) {
    if (statement.effect !== effect || !isActionMatched(statement, check.action)) continue;
    if (!isResourceMatched(statement, policy, check)) continue;
    const reach = findReach(statement, policy, check);
    if (reach.length === 0) continue;
    if (statement.conditions.every((one) => isConditionMet(one, effect, policy.document, check))) found.push(reach);
  }
  return found;
}

/** One resource side: who owns it and what it grants. Through an S3 access point there are two (S34). */
interface Side {
  readonly owner: string | undefined;
  readonly reach: Reach;
  /** EV5: the resource's policy must speak before identity policies count. */
  readonly mustName?: boolean;
  /** A KMS grant, which suffices without identity policies (KM3). */
  readonly grant?: Reach;
}

function resourceSides(check: Check): readonly Side[] {
  const { policies, service, operation, resource, facts } = check;
  const owner = ownerOf(resource) ?? callerAccount(check.principal);
  const grantsOf = (policy: Policy | undefined, at: Check) => (policy ? matching(policy, 'Allow', at).flat() : []);
  if (service === 's3') {
    const behind = atBucket(check);
    const bucketOwner = ownerOf(behind.resource) ?? owner;
    const objectOwner = findObjectOwner(behind);
    const foreign = objectOwner !== undefined && objectOwner !== bucketOwner;
    const granted = foreign ? [] : grantsOf(policies.resource, behind);
    const reach = [...granted, ...aclReaches(behind)];
    const bucket: Side = { owner: foreign ? objectOwner : bucketOwner, reach };
    return isAccessPoint(check) ? [bucket, { owner, reach: grantsOf(policies.accessPoint, check) }] : [bucket];
  }
  const isKey = service === 'kms' && resource.arn.split(':')[5]?.startsWith('key/') === true;
  const isTrust = service === 'sts' && isRole(resource.arn);
  const grants = isKey ? (facts.kms?.grants ?? []) : [];
  const usable = grants.filter(
    (grant) => grant.operations.some((name) => name.toLowerCase() === operation) && isConstraintMet(grant, check),
  );
  const grant = usable.flatMap(({ granteePrincipal }) => namedReach(granteePrincipal, check));
  // EV5, KM1, ST1
  return [{ owner, reach: grantsOf(policies.resource, check), mustName: isKey || isTrust, grant }];
}

/** The formula after EV18 for one resource side, and EV12 for another account's. */
function isLetIn(check: Check, { owner, reach, mustName = false, grant = [] }: Side): boolean {
  const own = ownPolicies(check);
  const { kind } = check.principal;
  const identity = kind === 'root' || allows(own.identity, check); // RQ6
  const boundary = own.boundary === undefined || allows(own.boundary, check);
  // EV11: a federated session without a session policy has no permissions of its own.
  const session = own.session ? allows(own.session, check) : kind !== 'federatedUser';
  const limited = !boundary || !session;
  const delegated = identity && (reach.includes('account') || grant.includes('account'));
  if (owner !== callerAccount(check.principal)) {
    const granted = identity && (grant.includes('direct') || grant.includes('role'));
    return !limited && (granted || (identity && reach.length > 0) || delegated);
  }
  if (reach.includes('direct') || grant.includes('direct')) return true; // EV7, EV9, EV10
  if (limited) return false;
  return reach.includes('role') || grant.includes('role') || (mustName ? delegated : identity); // EV8, EV4, EV5
}

const isRole = (arn: string) => /^arn:[^:]*:iam::\d*:role\//.test(arn);
const isServiceLinked = (arn: string) => isRole(arn) && arn.includes(':role/aws-service-role/');

const kmsAcrossAccounts = new Set(
  `decrypt encrypt generatedatakey generatedatakeypair generatedatakeypairwithoutplaintext
  generatedatakeywithoutplaintext generatemac verifymac reencrypt reencryptfrom reencryptto sign verify derivesharedsecret
  creategrant describekey getkeyrotationstatus getpublickey listgrants retiregrant revokegrant`.split(/\s+/),
);

function isImpossible(check: Check): boolean {
  const { principal, service, operation, resource, facts, context } = check;
  const { kind } = principal;
  const account = callerAccount(principal);
  const crossing = account !== undefined && (ownerOf(resource) ?? account) !== account;
  const credentials = principal.kind === 'federatedUser' ? 'federation-token' : facts.principal?.credentials;
  const hasMfa = String(context.get('aws:multifactorauthpresent') ?? '').toLowerCase() === 'true';

  if (service === 'iam') {
    if (operation === 'passrole') return crossing; // ST8
    if (credentials === 'federation-token' || (credentials === 'session-token' && !hasMfa)) return true; // ST10
    if (!/^(get|list|simulate|generate)/.test(operation)) {
      if (/^arn:[^:]*:iam::(\d*:role\/aws-reserved|aws:policy)\//.test(resource.arn)) return true; // IC5
      const own = ['createservicelinkedrole', 'deleteservicelinkedrole'].includes(operation);
      if (isServiceLinked(resource.arn) && !own && principal.kind !== 'service') return true; // ST11
    }
  }
  if (service === 'sts') {
    const withRole = ['assumerole', 'tagsession', 'setsourceidentity'].includes(operation);
    if (credentials === 'federation-token') return true; // ST10
    if (credentials === 'session-token' && !withRole) return true; // ST10
    if (principal.kind === 'root' && operation === 'assumerole') return true; // API_AssumeRole
    const others = { saml: /^assumerole(withwebidentity)?$/, webIdentity: /^assumerole(withsaml)?$/ };
    if ((kind === 'saml' || kind === 'webIdentity') && others[kind].test(operation)) return true; // ST3
    if (isServiceLinked(resource.arn) && principal.kind !== 'service') return true; // ST11
  }
  if (service === 'kms' && crossing && !kmsAcrossAccounts.has(operation)) return true; // KM5
  const point = isAccessPoint(check) ? facts.s3?.accessPoint : undefined;
  return point?.networkOrigin === 'VPC' && context.get('aws:sourcevpc') !== point.vpcId;
}

function isRestricted(check: Check): boolean {
  const { principal, facts, policies, service } = check;
  const block = facts.s3?.publicAccessBlock;
  const restricts = block?.account.restrictPublicBuckets === true || block?.bucket.restrictPublicBuckets === true;
  const account = callerAccount(principal);
  const ours = principal.kind === 'service' || account === (ownerOf(atBucket(check).resource) ?? account ?? '');
  if (service !== 's3' || !restricts || ours) return false;
  const point = isAccessPoint(check) && facts.s3?.accessPoint ? policies.accessPoint : undefined;
  return [policies.resource, point].some((policy) => policy !== undefined && isPublic(policy.document));
}

function isConstraintMet({ constraints }: KmsGrant, { operation, context }: Check): boolean {
  // Constraints bind only the operations that carry an encryption context.
  if (!/^(encrypt|decrypt|generatedatakey.*|reencrypt.*)$/.test(operation)) return true;
  const prefix = 'kms:encryptioncontext:';
  const holds = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).every(([key, value]) => context.get(prefix + key.toLowerCase()) === value);
  const size = [...context.keys()].filter((key) => key.startsWith(prefix)).length;
  const equals = constraints?.encryptionContextEquals;
  const subset = constraints?.encryptionContextSubset;
  if (equals && !(holds(equals) && size === Object.keys(equals).length)) return false;
  return !subset || holds(subset);
}

/** KM4: who the grant names may retire it; a principal of a named account needs its identity policy as well. */
function isGrantRetirable(check: Check): boolean {
  const grant = (check.facts.kms?.grants ?? []).flatMap(({ retiringPrincipal, granteePrincipal, operations }) => [
    ...(retiringPrincipal === undefined ? [] : namedReach(retiringPrincipal, check)),
    ...(operations.some((name) => name.toLowerCase() === 'retiregrant') ? namedReach(granteePrincipal, check) : []),
  ]);
  if (callerAccount(check.principal) === undefined) return grant.includes('direct');
  const owner = ownerOf(check.resource) ?? callerAccount(check.principal);
  return isLetIn(check, { owner, reach: [], mustName: true, grant });
}

function isAccessPoint({ resource }: Check): boolean {
  return /^arn:[^:]*:s3:[^:]*:[^:]*:accesspoint[/:]/.test(resource.arn);
}

/** The same check as the bucket behind an access point sees it. */
function atBucket(check: Check): Check {
  const point = isAccessPoint(check) ? check.facts.s3?.accessPoint : undefined;
  return point ? { ...check, resource: { arn: point.bucketObjectArn, account: point.bucketAccountId } } : check;
}

function hasAcls({ facts }: Check): boolean {
  return (facts.s3?.objectOwnership ?? 'BucketOwnerEnforced') !== 'BucketOwnerEnforced'; // S33
}

function findObjectOwner(check: Check): string | undefined {
  // Writing and deleting are the bucket owner's to allow, whoever owns the object.
  const ofBucket = ['putobject', 'deleteobject', 'deleteobjectversion', 'abortmultipartupload'];
  if (!hasAcls(check) || !check.resource.arn.includes('/') || ofBucket.includes(check.operation)) return undefined;
  return check.facts.s3?.objectOwnerAccountId;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping */
const objectPermissions = {
  READ: ['getobject', 'getobjectversion', 'getobjecttorrent'],
  READ_ACP: ['getobjectacl', 'getobjectversionacl'],
  WRITE_ACP: ['putobjectacl', 'putobjectversionacl'],
};
const bucketPermissions = {
  READ: ['listbucket', 'listbucketversions', 'listbucketmultipartuploads'],
  WRITE: ['putobject'],
  READ_ACP: ['getbucketacl'],
  WRITE_ACP: ['putbucketacl'],
};

function aclReaches(check: Check): Reach {
  if (!hasAcls(check)) return [];
  const reach = (acl: readonly AclGrant[] | undefined, table: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(table)
      .filter(([, operations]) => operations.includes(check.operation))
      .flatMap(([name]) => (acl ?? []).filter(({ permission }) => [name, 'FULL_CONTROL'].includes(permission)))
      .flatMap((grant) => granteeReach(grant, check));
  const { s3 } = check.facts;
  return [...reach(s3?.objectAcl, objectPermissions), ...reach(s3?.bucketAcl, bucketPermissions)];
}

function granteeReach({ grantee }: AclGrant, { principal, facts }: Check): Reach {
  const signed = callerAccount(principal) !== undefined;
  if (grantee.type === 'CanonicalUser')
    return signed && grantee.id === facts.principal?.canonicalUserId ? ['account'] : [];
  const block = facts.s3?.publicAccessBlock;
  const ignored = block?.account.ignorePublicAcls === true || block?.bucket.ignorePublicAcls === true; // S31
  const [, group = ''] = /\/groups\/(.*)$/.exec(grantee.uri) ?? [];
  if (group === 's3/LogDelivery')
    return principal.kind === 'service' && principal.name === 'logging.s3.amazonaws.com' ? ['direct'] : [];
  const everyone = group === 'global/AllUsers' || (group === 'global/AuthenticatedUsers' && signed);
  return everyone && !ignored ? ['direct'] : [];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
const narrowingKeys = new Set(
  `aws:principalarn aws:principalaccount aws:principalorgid aws:principalorgpaths aws:principalservicename aws:sourceip
  aws:sourcearn aws:sourcevpc aws:sourcevpce aws:sourceowner aws:sourceaccount aws:sourceorgid aws:sourceorgpaths
  aws:userid s3:dataaccesspointarn s3:dataaccesspointaccount s3:x-amz-server-side-encryption-aws-kms-key-id`.split(
    /\s+/,
  ),
);

function isPublic(document: PolicyDocument): boolean {
  return document.statements.some(
    ({ effect, principals, notPrincipals, conditions }) =>
      effect === 'Allow' && (principals?.anyone === true || notPrincipals) && !conditions.some(isNarrowing),
  );
}

function isNarrowing({ operator, set, negated, ifExists, key, values }: Condition): boolean {
  const name = key.toLowerCase();
  if (negated || ifExists || set === 'ForAllValues' || values.length === 0 || !narrowingKeys.has(name)) return false;
  const isTight = (value: string) => (toRange(value)?.prefix ?? -1) >= (value.includes(':') ? 32 : 8); // S32
  if (name === 'aws:sourceip') return operator === 'IpAddress' && values.every(isTight);
  if (!/^(String|Arn)/.test(operator)) return false;
  if (name === 's3:dataaccesspointarn') return values.every((value) => /^\d{12}$/.test(value.split(':')[4] ?? ''));
  return values.every((value) => !/[*?]|\$\{/.test(value));
}

const identityKinds = ['identity', 'boundary', 'session', 'scp'];

function findReach(statement: Statement, policy: Policy, check: Check): Reach {
  if (identityKinds.includes(policy.kind)) return ['direct']; // PR7
  const gateway = policy.kind === 'endpoint' && check.facts.vpcEndpoint?.type === 'Gateway';
  if (statement.notPrincipals) {
    // PR9: Allow with NotPrincipal is nothing. EV16: a boundary makes the deny hit whoever is listed.
    if (statement.effect === 'Allow') return [];
    if (ownPolicies(check).boundary !== undefined) return ['direct'];
    return isExempt(statement.notPrincipals, check, gateway) ? [] : ['direct'];
  }
  return statement.principals ? elementReach(statement.principals, check, gateway) : [];
}

function elementReach(element: PrincipalElement, check: Check, gateway: boolean): Reach {
  const { principal, facts } = check;
  if (element.anyone) return ['direct']; // EV10, EV15
  if (principal.kind === 'service') return element.service.includes(principal.name) ? ['direct'] : [];
  if (principal.kind === 'webIdentity' || principal.kind === 'saml')
    return element.federated.includes(principal.provider) ? ['direct'] : []; // ST3
  if (principal.kind === 'anonymous') return [];
  // VP2: at a gateway endpoint an account is its root user alone, and no other name counts.
  if (gateway && principal.kind !== 'root') return [];
  const reach = element.aws.flatMap((name) => namedReach(name, check));
  const canonical = facts.principal?.canonicalUserId;
  if (canonical !== undefined && element.canonicalUser.includes(canonical)) reach.push('account');
  return reach;
}

/** What one AWS principal name says of the caller. */
function namedReach(name: string, { principal, facts }: Check): ('direct' | 'role' | 'account')[] {
  if (principal.kind === 'service') return name === principal.name ? ['direct'] : [];
  if (!('account' in principal)) return [];
  const { account, kind, arn } = principal;
  const ofAccount = accountOf(name) === account;
  if (name === account || (ofAccount && /^arn:[^:]*:iam::\d{12}:root$/.test(name))) return ['account']; // EV14
  if (kind === 'root') return [];
  if (name === arn) return kind === 'role' ? ['role'] : ['direct']; // EV7, EV8, EV9
  if (name === facts.principal?.uniqueId) return kind === 'user' ? ['direct'] : ['role']; // PR4
  if (kind === 'session') return name === principal.roleArn ? ['role'] : []; // EV8
  // EV11: the user's own ARN reaches its federated session only as far as boundary and session policy let it.
  const user = ofAccount && /^arn:[^:]*:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(name)?.[1];
  return kind === 'federatedUser' && user === arn.slice(arn.indexOf('/') + 1) ? ['role'] : [];
}

/** PR10: a user is exempt when it and its account are listed; a session when it, its role and its account are. */
function isExempt(listed: PrincipalElement, check: Check, gateway: boolean): boolean {
  const { principal } = check;
  const reach = elementReach(listed, check, gateway);
  const direct = reach.includes('direct');
  const account = reach.includes('account');
  if (listed.anyone || callerAccount(principal) === undefined) return direct;
  if (principal.kind === 'root') return account;
  return direct && account && (principal.kind !== 'session' || reach.includes('role'));
}

const [anyRun, anyOne] = ['\uE000', '\uE001'];

/** `*` and `?` of a policy text become wildcards. */
function toWild(text: string): string {
  return text.replaceAll('*', anyRun).replaceAll('?', anyOne);
}

/** Matches from left to right, going back to the last wildcard only: never more than length × length steps. */
function isLike(pattern: string, text: string): boolean {
  let [p, t, star, restart] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === anyRun) {
      [star, restart] = [p, t];
      p += 1;
    } else if (pattern[p] === anyOne || pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      restart += 1;
      t = restart;
    } else return false;
  }
  return [...pattern.slice(p)].every((rest) => rest === anyRun);
}

/** Puts in the variables (VA1–VA7). `undefined`: one has no value. */
function expand(text: string, document: PolicyDocument, context: Check['context'], wild: boolean): string | undefined {
  const plain = (part: string) => (wild ? toWild(part) : part);
  if (document.version !== '2012-10-17' || !text.includes('${')) return plain(text); // VA1
  let [result, last] = ['', 0];
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    const inner = match[1] ?? '';
    result += plain(text.slice(last, match.index));
    last = match.index + match[0].length;
    if (inner === '*' || inner === '?' || inner === '$') {
      result += inner; // VA6
      continue;
    }
    const [, key = inner.trim(), fallback] = /^\s*([^,]*?)\s*,\s*'(.*)'\s*$/.exec(inner) ?? [];
    const found = context.get(key.toLowerCase()) ?? fallback; // VA5
    if (typeof found !== 'string') return undefined; // VA3, VA4
    result += found; // VA7: literal
  }
  return result + plain(text.slice(last));
}

function isActionMatched({ actions, notActions }: Statement, action: string): boolean {
  const covers = (names: readonly string[]) => names.some((name) => isLike(toWild(name.toLowerCase()), action)); // MA1
  return actions ? covers(actions) : notActions ? !covers(notActions) : false;
}

function isResourceMatched({ resources, notResources }: Statement, policy: Policy, check: Check): boolean {
  if (policy.kind === 'trust') return true;
  const covers = (texts: readonly string[]) => texts.some((text) => isResourceLike(text, policy.document, check));
  if (resources) return covers(resources);
  if (notResources) return !covers(notResources); // VA8
  return !identityKinds.includes(policy.kind) && policy.kind !== 'rcp';
}

/** MA4: the first five parts one by one and without variables (VA2), the rest as one. */
function isResourceLike(text: string, document: PolicyDocument, check: Check): boolean {
  if (/^\*+$/.test(text)) return true;
  if (check.onlyStar) return false; // RQ3
  const parts = text.split(':');
  const rest = expand(parts.slice(5).join(':'), document, check.context, true);
  if (parts.length < 6 || rest === undefined) return false;
  return isArnLike([...parts.slice(0, 5).map(toWild), rest].join(':'), check.resource.arn);
}

function isConditionMet(condition: Condition, effect: Statement['effect'], document: PolicyDocument, check: Check) {
  const { operator, set, negated, ifExists, key, values } = condition;
  if (operator === 'Unknown') return false; // CL6
  const given = check.context.get(key.toLowerCase()); // CL3
  const absent = given === undefined || (typeof given !== 'string' && given.length === 0);
  const list = given === undefined ? [] : typeof given === 'string' ? [given] : given;
  const isNull = list.every((value) => value === '');
  if (operator === 'Null') return values.some((value) => value.toLowerCase() === (isNull ? 'true' : 'false')); // CO3
  // CL6: a value that cannot be one for the operator never lets an Allow apply.
  if (negated && effect === 'Allow' && values.some((value) => !isValid(operator, value))) return false;
  if (absent && ifExists) return true; // CO2
  const fits = (value: string) => negated !== values.some((one) => isMatch(operator, one, value, document, check));
  if (set === 'ForAllValues') return isNull || list.every(fits); // SE1, SE3
  if (set === 'ForAnyValue') return !isNull && list.some(fits); // SE2, SE3
  if (absent) return negated; // CO1
  return typeof given === 'string' ? fits(given) : negated; // CL1, CL2, CL4
}

/** A number, or a time in seconds; `undefined` where the text is neither as the operator wants it. */
function toAmount(operator: string, text: string): number | undefined {
  if (operator.startsWith('Date')) return toTime(text);
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined; // CO5
}

function isValid(operator: string, wanted: string): boolean {
  if (operator === 'IpAddress') return toRange(wanted) !== undefined;
  return !/^(Numeric|Date)/.test(operator) || toAmount(operator, wanted) !== undefined;
}

function isMatch(operator: string, wanted: string, given: string, document: PolicyDocument, check: Check): boolean {
  const isWild = /Like$|^Arn/.test(operator);
  const pattern = expand(wanted, document, check.context, isWild);
  const low = given.toLowerCase();
  if (operator === 'StringEquals') return pattern === given;
  if (operator === 'StringEqualsIgnoreCase') return pattern?.toLowerCase() === low;
  if (operator === 'StringLike') return pattern !== undefined && isLike(pattern, given);
  if (operator === 'ArnEquals' || operator === 'ArnLike') return pattern !== undefined && isArnLike(pattern, given);
  if (operator === 'Bool') return (low === 'true' || low === 'false') && pattern?.toLowerCase() === low; // CO7, CO11
  if (operator === 'IpAddress') {
    const address = given.includes('/') ? undefined : toRange(given);
    const range = toRange(wanted);
    if (!address || !range || address.bits !== range.bits) return false; // CO9
    const shift = BigInt(range.bits - range.prefix);
    return address.value >> shift === range.value >> shift;
  }
  if (operator === 'BinaryEquals') {
    const areBase64 = [given, wanted].every((text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text));
    return areBase64 && Buffer.from(given, 'base64').equals(Buffer.from(wanted, 'base64')); // CO10
  }
  const left = toAmount(operator, given);
  const right = toAmount(operator, wanted);
  if (left === undefined || right === undefined) return false;
  if (left === right) return operator.endsWith('Equals');
  return left < right ? operator.includes('LessThan') : operator.includes('GreaterThan');
}

/** CO8: six parts, each by itself. */
function isArnLike(pattern: string, given: string): boolean {
  const parts = given.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return false;
  if (pattern === anyRun) return true;
  const wanted = pattern.split(':');
  if (wanted.length < 6) return false;
  for (let i = 0; i < 5; i += 1) if (!isLike(wanted[i] ?? '', parts[i] ?? '')) return false;
  return isLike(wanted.slice(5).join(':'), parts.slice(5).join(':'));
}

/** CO6: seconds since 1970, from epoch seconds or the W3C profile of ISO 8601. Four digits are a year. */
function toTime(text: string): number | undefined {
  if (/^[+-]?\d+(\.\d+)?$/.test(text) && !/^\d{4}$/.test(text)) return Number(text);
  const match =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):?(\d\d))?)?)?)?$/i.exec(text);
  if (!match) return undefined;
  const part = (index: number, otherwise: number) => (match[index] === undefined ? otherwise : Number(match[index]));
  const [year, month, day] = [part(1, 0), part(2, 1), part(3, 1)];
  const [hour, minute, second] = [part(4, 0), part(5, 0), part(6, 0)];
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  const offset = (match[8] === '-' ? -60 : 60) * (part(9, 0) * 60 + part(10, 0));
  return midnight.getTime() / 1000 + hour * 3600 + minute * 60 + second + part(7, 0) - offset;
}

/** An address with the length of its block: CIDR, or alone (CO9). */
function toRange(text: string) {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  const value = bits === 32 ? toV4(address) : toV6(address);
  const prefix = length === undefined ? bits : Number(length);
  return value === undefined || prefix > bits ? undefined : { value, bits, prefix };
}

function toV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function toV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], end = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - end.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...end];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
