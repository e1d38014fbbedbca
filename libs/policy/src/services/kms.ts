import { type Residual, findArn } from '@ag/model';
import { conditionOn, conditionToResidual } from '../condition/to-residual.ts';
import { type LayerView, emptyResult, toView } from '../layers/layer-view.ts';
import type { Known } from '../condition/known.ts';
import type { Scene } from '../layers/scene.ts';
import { type Naming, naming as nameBy, nobody } from '../layers/naming.ts';
import { escapePattern } from '../match/pattern.ts';
import { absent, all, always, any, constant, never, test } from '../residual/build.ts';
import type { KmsGrant, PrincipalElement } from '../types.ts';

/** Actions that work on a key of another account (KM5). */
const crossAccount = new Set(
  [
    'Encrypt',
    'Decrypt',
    'ReEncryptFrom',
    'ReEncryptTo',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'GenerateMac',
    'VerifyMac',
    'Sign',
    'Verify',
    'DeriveSharedSecret',
    'CreateGrant',
    'DescribeKey',
    'GetKeyRotationStatus',
    'GetPublicKey',
    'ListGrants',
    'RetireGrant',
    'RevokeGrant',
  ].map((name) => `kms:${name.toLowerCase()}`),
);

export function worksAcrossAccounts(action: string): boolean {
  return crossAccount.has(action.toLowerCase());
}

/** Whether a key policy must itself allow (EV5, KM1): for keys, not for aliases (KM6). */
export function decidesItself({ service, arn }: Scene): boolean {
  return service === 'kms' && (findArn(arn)?.resource.startsWith('key/') ?? false);
}

/** What the key's grants allow, by the way in which they name the caller. */
export interface GrantSide {
  readonly naming: Naming;
  readonly view: LayerView;
}

/** The key's grants as a layer that only allows (KM3); `undefined` where none does. */
export function grantSide(scene: Scene): GrantSide | undefined {
  if (!decidesItself(scene)) return undefined;
  const unread = scene.readings('grant');
  if (unread === 'best' && isGrantOperation(scene.action))
    return { naming: { ...nobody, direct: always }, view: { ...toView(scene, 'grant'), allow: always } };
  const naming = namingBy(scene, (grant) => (isListed(grant, scene.action) ? [grant.granteePrincipal] : []));
  const allow = any([naming.direct, naming.role, naming.account]);
  if (allow.is === 'false' && unread === undefined) return undefined;
  const because = 'a grant of the key names the caller and the operation';
  return { naming, view: { layer: 'grant', result: emptyResult, allow, deny: never, blocks: never, because } };
}

function isListed({ operations }: KmsGrant, action: string): boolean {
  const operation = action.replace(/^kms:/i, '').toLowerCase();
  return operations.some((name) => name.toLowerCase() === operation);
}

// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations
function isGrantOperation(action: string): boolean {
  return worksAcrossAccounts(action) && !/^kms:(listgrants|revokegrant|getkeyrotationstatus)$/i.test(action);
}

/** Whom grants let retire them (KM4): the retiring principal, and the grantee where the grant lists the operation. */
export function retirers(scene: Scene): Residual {
  const { direct, role } = namingBy(scene, ({ retiringPrincipal, granteePrincipal, operations }) => [
    ...(retiringPrincipal === undefined ? [] : [retiringPrincipal]),
    ...(operations.includes('RetireGrant') ? [granteePrincipal] : []),
  ]);
  return any([direct, role]);
}

/** A grant names its principals as a key policy would (EV7–EV14). */
function namingBy(scene: Scene, namesOf: (grant: KmsGrant) => readonly string[]): Naming {
  const each = (scene.facts.kms?.grants ?? []).flatMap((grant) => {
    const names = namesOf(grant);
    if (names.length === 0) return [];
    const named = nameBy({ ...noPrincipal, aws: names, service: names }, scene.subject);
    const met = constraints(grant, scene);
    return [{ direct: all([named.direct, met]), role: all([named.role, met]), account: all([named.account, met]) }];
  });
  return {
    direct: any(each.map(({ direct }) => direct)),
    role: any(each.map(({ role }) => role)),
    account: any(each.map(({ account }) => account)),
  };
}

const noPrincipal: PrincipalElement = { anyone: false, aws: [], service: [], federated: [], canonicalUser: [] };

// The operations that carry an encryption context; constraints leave the others alone.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
const withContext =
  /^kms:(encrypt|decrypt|reencryptfrom|reencryptto|generatedatakey(withoutplaintext|pair|pairwithoutplaintext)?)$/;

// Both constraints ask for their pairs; `Equals` also that there are no others.
function constraints({ constraints: wanted = {} }: KmsGrant, { known, actionName }: Scene): Residual {
  if (!withContext.test(actionName)) return always;
  const { encryptionContextSubset: subset = {}, encryptionContextEquals: exact } = wanted;
  const each = [...Object.entries(subset), ...Object.entries(exact ?? {})].map(([name, value]) =>
    conditionToResidual(
      conditionOn('StringEquals', `${contextKey}${name}`, [escapePattern(value)]),
      '2012-10-17',
      known,
    ),
  );
  return exact ? all([...each, noOther(exact, known)]) : all(each);
}

function onlyNames(exact: Readonly<Record<string, string>>): Residual {
  const values = Object.keys(exact).map(escapePattern);
  return test({ key: 'kms:EncryptionContextKeys', operator: 'StringEqualsIgnoreCase', set: 'ForAllValues', values });
}

const contextKey = 'kms:EncryptionContext:';

// Names of pairs are compared without case, their values with it.
function noOther(exact: Readonly<Record<string, string>>, known: Known): Residual {
  const names = new Set(Object.keys(exact).map((name) => name.toLowerCase()));
  const key = 'kms:EncryptionContextKeys';
  const state = known.of(key);
  // Without the list of names, the pairs themselves tell.
  if (state.is === 'absent') return constant(known.namesUnder(contextKey).every((name) => names.has(name)));
  if (state.is === 'known') return constant([state.value].flat().every((name) => names.has(name.toLowerCase())));
  return state.is === 'unknown' ? any([absent(key), onlyNames(exact)]) : onlyNames(exact);
}
